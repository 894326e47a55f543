"""``golive rotation``: proposals from contract files, the points of any plan, and input that can't be used."""

from __future__ import annotations

import csv
import io
import json
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.commands.running import Ended, Golive
    from tests.data.firm import Firm

#: Imports arrive on Monday, 30 March 2026; the demand begins a week later.
FIRST = date(2026, 4, 6)
ROUNDS = ("--iterations", "5", "--seed", "1")


def monday(week: int) -> str:
    return (FIRST + timedelta(weeks=week)).isoformat()


def table(head: str, *rows: str) -> str:
    return "\n".join([head, *rows])


def begin(firm: Firm, **changes: str | None) -> None:
    """Ana, Bo and Cem know erp; Linz needs two for six weeks, Hamburg one; Ana is planned at Linz."""
    files = {
        "people": table(
            "person_id,person_name,team_name,seniority,home_city,home_country",
            "ana,Ana,North,senior,Munich,DE",
            "bo,Bo,North,junior,Munich,DE",
            "cem,Cem,North,mid,Hamburg,DE",
        ),
        "skills": table("person_id,skill,level", "ana,erp,4", "bo,erp,1", "cem,erp,3"),
        "projects": table(
            "project_id,project_name,site_city,site_country,start_date,planned_finish_date,go_live_date,status",
            "p1,Linz,Linz,AT,2026-01-05,2026-12-18,2026-12-11,active",
            "p2,Hamburg,Hamburg,DE,2026-01-05,2026-12-18,2026-12-11,active",
        ),
        "site_demand": table(
            "project_id,week_start_date,skill,headcount,onsite_headcount",
            *(f"p1,{monday(week)},erp,2,1" for week in range(6)),
            *(f"p2,{monday(week)},erp,1,1" for week in range(6)),
        ),
        "assignments": table(
            "person_id,project_id,week_start_date,planned_hours,is_onsite",
            *(f"ana,p1,{monday(week)},40,yes" for week in range(3)),
        ),
        **changes,
    }
    firm.take_in(*(firm.file(f"{name}.csv", text) for name, text in files.items() if text is not None))


def asked(golive: Golive, *more: object) -> dict[str, Any]:
    ended = golive("rotation", "propose", *ROUNDS, "--json", *more)
    assert ended.code == 0, ended
    found: dict[str, Any] = json.loads(ended.out)
    return found


def kinds(found: dict[str, Any]) -> set[str]:
    return {one["kind"] for one in found["remarks"]}


def test_a_proposal_covers_sites_and_breaks_no_rule(golive: Golive, firm: Firm) -> None:
    begin(firm)
    found = asked(golive)
    assert found["first_week"] == monday(0)
    assert found["is_feasible"]
    assert found["is_proven"]
    assert found["needed_head_weeks"] == 18
    assert found["covered_head_weeks"] == 18
    assert found["total"] < found["roster_total"]
    assert sum(found["terms"].values()) == pytest.approx(found["total"])


def test_what_a_proposal_writes_is_evaluated_to_the_same_points(golive: Golive, firm: Firm, tmp_path: Path) -> None:
    begin(firm)
    plan = tmp_path / "plan.csv"
    found = asked(golive, "--out", plan)
    again = json.loads(golive("rotation", "evaluate", plan, "--json").out)
    assert again["total"] == pytest.approx(found["total"], abs=1e-6)
    assert again["terms"] == found["terms"]
    assert again["is_feasible"]
    rows = list(csv.DictReader(io.StringIO(plan.read_text("utf-8"))))
    assert list(rows[0]) == ["person_id", "project_id", "skill", "week_start_date", "mode"]
    assert len(rows) == len(found["plan"])


def test_the_same_rounds_and_seed_give_the_same_plan(golive: Golive, firm: Firm) -> None:
    begin(firm)
    assert asked(golive) == asked(golive)


def test_a_proposal_says_who_hands_over_what_to_whom_and_what_journeys_cost(golive: Golive, firm: Firm) -> None:
    requests = table(
        "change_request_id,project_id,raised_at,requested_by,status,decided_at",
        "c1,p1,2026-02-02T09:00:00,Sales,raised,",
        "c2,p1,2026-02-03T09:00:00,Sales,rejected,2026-02-10T09:00:00",
        "c3,p1,2026-02-04T09:00:00,Sales,approved,2026-02-11T09:00:00",
    )
    hours = table(
        "entry_id,person_id,project_id,work_date,worked_hours,activity,submitted_at",
        *(f"a{day},ana,p1,2026-03-{day:02d},8,integration,2026-03-29T10:00:00" for day in range(2, 7)),
        *(f"b{day},bo,p1,2026-03-{day:02d},8,testing,2026-03-29T10:00:00" for day in range(2, 5)),
        *(f"c{day},ana,p1,2026-03-{day:02d},8,testing,2026-03-29T10:00:00" for day in range(9, 11)),
        *(f"d{day},ana,p1,2026-03-{day:02d},8,workshop,2026-03-29T10:00:00" for day in range(23, 28)),
    )
    trips = table(
        "trip_id,person_id,project_id,departed_at,returned_at,origin_city,destination_city,cost_amount,currency_code",
        "t1,ana,p1,2026-03-02T08:00:00+01:00,2026-03-06T18:00:00+01:00,Munich,Linz,120,EUR",
    )
    gone = table(
        "person_id,leave_date,leave_kind,leave_hours",
        *(f"ana,{FIRST + timedelta(weeks=week, days=day)},annual,8" for week in range(6) for day in range(5)),
    )
    roster = table(
        "person_id,project_id,week_start_date,planned_hours,is_onsite",
        *(f"ana,p1,{monday(week)},40,yes" for week in range(-2, 3)),
    )
    begin(firm, change_requests=requests, timesheets=hours, trips=trips, leave=gone, assignments=roster)
    found = asked(golive)
    (ana,) = [one for one in found["handovers"] if one["person_id"] == "ana"]
    assert ana["project_id"] == "p1"
    assert ana["last_week"] == monday(-1)
    assert ana["open_request_ids"] == ["c1", "c3"]
    assert set(ana["activities"]) == {"integration", "workshop"}
    assert found["journeys"]["count"] >= 1
    assert found["journeys"]["amounts"].get("EUR", 0) % 120 == 0
    told = golive("rotation", "propose", *ROUNDS)
    assert told.code == 0
    for word in ("Journeys", "Handovers", "Integration"):
        assert word in told.out


def test_a_budget_of_nobody_keeps_the_next_four_weeks(golive: Golive, firm: Firm) -> None:
    begin(firm)
    found = asked(golive, "--budget", 0)
    assert found["people_moved"] == 0
    assert {row["person_id"] for row in found["plan"] if row["week_start_date"] < monday(4)} == {"ana"}


def test_other_weights_give_other_points(golive: Golive, firm: Firm, tmp_path: Path) -> None:
    begin(firm)
    plan, weights = tmp_path / "plan.csv", tmp_path / "weights.toml"
    asked(golive, "--out", plan)
    weights.write_text("[travel]\ntrip = 0\nkm_per_point = 1e8\n", encoding="utf-8")
    before = json.loads(golive("rotation", "evaluate", plan, "--json").out)
    after = json.loads(golive("rotation", "evaluate", plan, "--json", "--weights", weights).out)
    assert after["terms"]["travel"] == pytest.approx(0, abs=0.01)
    assert before["terms"]["travel"] > 1
    assert after["weights_version"] != before["weights_version"]


@pytest.mark.parametrize(
    ("text", "words"),
    [("[travel]\ntripp = 1", "travel.tripp"), ("[travel]\ntrip = -1", "travel.trip"), ("trip =", "can't be read")],
)
def test_wrong_weights_are_said_with_their_line(
    golive: Golive, firm: Firm, tmp_path: Path, text: str, words: str
) -> None:
    begin(firm)
    weights = tmp_path / "weights.toml"
    weights.write_text(text, encoding="utf-8")
    ended = golive("rotation", "propose", *ROUNDS, "--weights", weights)
    assert ended.code == 1
    assert words in ended.words


def test_a_plan_with_wrong_rows_is_not_feasible_and_says_each(golive: Golive, firm: Firm, tmp_path: Path) -> None:
    begin(firm)
    plan = tmp_path / "plan.csv"
    plan.write_text(
        table(
            "person_id,project_id,skill,week_start_date,mode",
            f"zoe,p1,erp,{monday(0)},onsite",
            "ana,p1,erp,2026-04-08,onsite",
            f"ana,p9,erp,{monday(0)},onsite",
            f"ana,p1,sap,{monday(0)},onsite",
            f"ana,p1,erp,{monday(0)},there",
            f"ana,p1,erp,{monday(0)},onsite",
            f"ana,p2,erp,{monday(0)},onsite",
            f"bo,p1,erp,{monday(40)},onsite",
        ),
        encoding="utf-8",
    )
    found = json.loads(golive("rotation", "evaluate", plan, "--json").out)
    assert not found["is_feasible"]
    assert sorted(one["rule"] for one in found["violations"]) == [
        *("no_demand", "two_places", "unknown_mode", "unknown_person", "unknown_project", "week_not_monday"),
    ]
    assert (found["rows"], found["rows_outside"]) == (8, 1)
    words = golive("rotation", "evaluate", plan).out
    assert "not feasible" in words
    assert "zoe" in words


def test_a_plan_that_breaks_rules_says_which(golive: Golive, firm: Firm, tmp_path: Path) -> None:
    begin(
        firm,
        leave=table("person_id,leave_date", *(f"bo,2026-04-{day:02d}" for day in range(6, 11))),
        unavailability=table("person_id,first_date,last_date,project_id", "cem,,,p1"),
    )
    plan = tmp_path / "plan.csv"
    plan.write_text(
        table(
            "person_id,project_id,skill,week_start_date,mode",
            f"bo,p1,erp,{monday(0)},onsite",
            f"cem,p1,erp,{monday(0)},onsite",
            f"ana,p1,erp,{monday(0)},onsite",
            f"ana,p1,erp,{monday(2)},onsite",
        ),
        encoding="utf-8",
    )
    found = json.loads(golive("rotation", "evaluate", plan, "--json").out)
    assert {(one["rule"], one["person_id"]) for one in found["violations"]} == {
        ("leave", "bo"),
        ("place", "cem"),
        ("seats", None),
        ("home_weeks", "ana"),
    }


def test_a_file_that_is_no_plan_is_said_in_words(golive: Golive, firm: Firm, tmp_path: Path) -> None:
    begin(firm)
    plan = tmp_path / "plan.csv"
    plan.write_text("person_id,week\nana,1\n", encoding="utf-8")
    ended = golive("rotation", "evaluate", plan)
    assert ended.code == 1
    assert "lacks project_id, skill, week_start_date, mode" in ended.words
    assert golive("rotation", "evaluate", tmp_path / "none.csv").code == 1


@pytest.mark.parametrize(
    ("changes", "kind"),
    [
        ({"site_demand": None, "assignments": None}, "no_demand"),
        ({"skills": None}, "no_skills"),
        ({"skills": "person_id,skill,level\nana,sap,2"}, "skill_nobody_has"),
        (
            {
                "leave": table(
                    "person_id,leave_date",
                    *(
                        f"{person},{FIRST + timedelta(days=day)}"
                        for person in ("ana", "bo", "cem")
                        for day in range(7 * 12)
                    ),
                )
            },
            "everybody_absent",
        ),
        (
            {
                "assignments": table(
                    "person_id,project_id,week_start_date,planned_hours,is_onsite",
                    f"ana,p1,{monday(0)},20,yes",
                    f"ana,p2,{monday(0)},20,yes",
                )
            },
            "two_places",
        ),
        (
            {
                "projects": table(
                    "project_id,site_city,site_country,start_date,planned_finish_date,status,actual_finish_date",
                    "p1,Linz,AT,2025-01-06,2026-03-27,finished,2026-03-27",
                    "p2,Hamburg,DE,2026-01-05,2026-12-18,active,",
                )
            },
            "demand_of_unknown_project",
        ),
        (
            {"projects": "project_id,site_city,site_country,start_date\np1,Nowhereville,AT,2026-01-05"},
            "distance_unknown",
        ),
        ({"stay_limits": "person_id,counter\nana,moon_days"}, "counter_unknown"),
        (
            {
                "skills": table("person_id,skill,level", "ana,erp,4", "bo,erp,1", "cem,crm,3"),
                "site_demand": table(
                    "project_id,week_start_date,skill,headcount,named_person_id", f"p1,{monday(0)},erp,2,cem"
                ),
            },
            "named_without_skill",
        ),
    ],
)
def test_input_that_leaves_nothing_or_little_to_plan_is_said(
    golive: Golive, firm: Firm, changes: dict[str, str | None], kind: str
) -> None:
    begin(firm, **changes)
    found = asked(golive)
    assert kind in kinds(found)
    assert found["is_feasible"]


def test_nobody_at_all_is_said(golive: Golive, firm: Firm) -> None:
    begin(firm, people=None, skills=None, assignments=None)
    ended = golive("rotation", "propose", *ROUNDS)
    assert ended.code == 1
    assert "Nobody is known" in ended.words


def test_one_person_alone_gets_a_plan(golive: Golive, firm: Firm) -> None:
    begin(
        firm,
        people="person_id,seniority,home_city,home_country\nana,senior,Munich,DE",
        skills="person_id,skill,level\nana,erp,4",
    )
    found = asked(golive)
    assert {row["person_id"] for row in found["plan"]} == {"ana"}
    assert found["is_feasible"]


def test_a_trip_that_never_ended_counts_until_the_day_of_the_plan(golive: Golive, firm: Firm) -> None:
    begin(
        firm,
        trips=table(
            "trip_id,person_id,project_id,departed_at,returned_at,destination_city,destination_country",
            "t1,ana,p1,2026-02-02 08:00,2027-12-31 18:00,Linz,AT",
        ),
    )
    found = asked(golive)
    assert "trip_never_ended" in kinds(found)
    # Eight weeks away are behind her: she comes home first.
    first = [row for row in found["plan"] if row["person_id"] == "ana" and row["mode"] == "onsite"]
    assert all(row["week_start_date"] >= monday(2) for row in first)


def test_a_limit_of_presence_that_is_used_up_keeps_somebody_out(golive: Golive, firm: Firm) -> None:
    begin(
        firm,
        stay_limits="person_id,counter,valid_from\nana,schengen_short_stay,2025-01-01",
        trips=table(
            "trip_id,person_id,project_id,departed_at,returned_at,destination_city,destination_country",
            "t1,ana,p1,2025-12-20 08:00,2026-03-18 18:00,Linz,AT",
        ),
    )
    found = asked(golive)
    assert found["is_feasible"]
    there = [row for row in found["plan"] if row["person_id"] == "ana" and row["mode"] == "onsite"]
    assert there == []


def test_why_a_move_and_why_not_another(golive: Golive, firm: Firm, tmp_path: Path) -> None:
    begin(firm)
    plan = tmp_path / "plan.csv"
    asked(golive, "--out", plan)
    told = json.loads(golive("rotation", "explain", plan, "--json").out)
    assert {one["person_id"] for one in told} >= {"cem"}
    assert all(one["total"] == pytest.approx(sum(one["terms"].values()), abs=1e-4) for one in told)
    forced = json.loads(golive("rotation", "explain", plan, "--why-not", f"bo:p2:{monday(1)}", "--json").out)
    assert forced[0]["total"] > 0
    blocked = json.loads(golive("rotation", "explain", plan, "--why-not", f"bo:p2:{monday(11)}", "--json").out)
    assert blocked[0]["reason"] == "demand"


@pytest.mark.parametrize(
    ("option", "code"),
    [
        (("--why-not", "bo"), 1),
        (("--why-not", "zoe:p1"), 1),
        (("--why-not", "bo:p9"), 1),
        (("--why-not", "bo:p1:2026-04-07"), 1),
        (("--person", "zoe"), 1),
        (("--from", "2026-04-07"), 2),
        (("--weeks", "0"), 2),
    ],
)
def test_a_question_about_nobody_is_answered_in_words(
    golive: Golive, firm: Firm, tmp_path: Path, option: tuple[str, str], code: int
) -> None:
    begin(firm)
    plan = tmp_path / "plan.csv"
    plan.write_text("person_id,project_id,skill,week_start_date,mode\n", encoding="utf-8")
    ended: Ended = golive("rotation", "explain", plan, *option)
    assert ended.code == code
    assert "Traceback" not in ended.words


def test_a_home_without_data_says_what_to_do(golive: Golive) -> None:
    ended = golive("rotation", "propose")
    assert ended.code == 1
    assert "golive import" in ended.words


def test_the_tables_for_people_say_who_decides(golive: Golive, firm: Firm) -> None:
    begin(firm)
    ended = golive("rotation", "propose", *ROUNDS)
    assert ended.code == 0
    assert "a person decides" in ended.out
    assert "uncovered demand" in ended.out


def test_a_plan_for_a_folder_that_is_not_there_is_refused_before_the_search(
    golive: Golive, firm: Firm, tmp_path: Path
) -> None:
    begin(firm)
    ended = golive("rotation", "propose", *ROUNDS, "--keep", "Spring", "--out", tmp_path / "nowhere" / "plan.csv")
    assert (ended.code, "there is no folder" in ended.words) == (1, True), ended.words
    assert json.loads(golive("rotation", "list", "--json").out) == []
