"""Rosters that are kept and accepted: they become assignments and a decision, and can be taken back."""

from __future__ import annotations

import io
import json
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import numpy as np
import openpyxl
import pytest

from analytics.rotation.problem import empty_plan
from analytics.rotation.search import Limits, search
from dashboard.answers.rotation_export import calendar_text, workbook_bytes
from dashboard.answers.rotation_keeping import kept_plan, planned_and_actual
from dashboard.answers.viewers import local_viewer
from data.home import find_home
from data.publishing import published_file
from tests.analytics.rotation import cases
from tests.commands.test_rotation import ROUNDS, begin, monday

if TYPE_CHECKING:
    from tests.commands.running import Golive
    from tests.data.firm import Firm

PLANNED = (
    "select person_id, project_id, planned_hours, is_tentative from staging.assignments where week_start_date = '{}'"
)


def kept(golive: Golive) -> dict[str, Any]:
    ended = golive("rotation", "propose", *ROUNDS, "--keep", "Spring", "--json")
    assert ended.code == 0, ended
    found: dict[str, Any] = json.loads(ended.out)
    return found


def test_an_accepted_roster_is_in_the_assignments_and_can_be_taken_back(golive: Golive, firm: Firm) -> None:
    begin(firm)
    before = sorted(firm.rows(PLANNED.format(monday(0))))
    found = kept(golive)
    planned = {(row["person_id"], row["project_id"]) for row in found["plan"] if row["week_start_date"] == monday(0)}
    accepted = json.loads(golive("rotation", "accept", found["kept_as"], "--owner", "Ana", "--json").out)
    after = firm.rows(PLANNED.format(monday(0)))
    assert {(person, project) for person, project, hours, _ in after if hours > 0} == planned
    assert any(is_tentative for *_, is_tentative in after)
    assert "taken back" not in golive("rotation", "list").out
    assert golive("undo", accepted["batch_id"]).code == 0
    assert sorted(firm.rows(PLANNED.format(monday(0)))) == before
    assert f"taken back (batch {accepted['batch_id']} is undone)" in " ".join(golive("rotation", "list").out.split())
    (listed,) = json.loads(golive("rotation", "list", "--json").out)
    assert listed["is_taken_back"]
    again = golive("rotation", "accept", found["kept_as"], "--owner", "Ana")
    assert again.code == 1
    assert f"golive redo {accepted['batch_id']}" in again.words, "what was decided comes back as it was"
    assert golive("redo", accepted["batch_id"]).code == 0
    assert sorted(firm.rows(PLANNED.format(monday(0)))) == sorted(after)


def test_a_proposal_after_acceptance_keeps_the_roster(golive: Golive, firm: Firm) -> None:
    begin(firm)
    found = kept(golive)
    golive("rotation", "accept", found["kept_as"], "--owner", "Ana", "--firm")
    again = json.loads(golive("rotation", "propose", *ROUNDS, "--json").out)
    assert again["moves"] == []
    assert again["terms"]["stability"] == 0


def test_a_roster_is_accepted_once(golive: Golive, firm: Firm) -> None:
    begin(firm)
    number = kept(golive)["kept_as"]
    assert golive("rotation", "accept", number, "--owner", "Ana").code == 0
    twice = golive("rotation", "accept", number, "--owner", "Ana")
    assert twice.code == 1
    assert "accepted already" in twice.words
    assert golive("rotation", "accept", 99, "--owner", "Ana").code == 1


def test_the_list_says_what_was_kept_and_decided(golive: Golive, firm: Firm) -> None:
    begin(firm)
    assert "No roster was kept yet" in golive("rotation", "list").out
    assert kept(golive)["kept_as"] == kept(golive)["kept_as"]
    golive("rotation", "accept", 1, "--owner", "Ana")
    (listed,) = json.loads(golive("rotation", "list", "--json").out)
    assert (listed["plan_id"], listed["title"], listed["decision_id"]) == (1, "Spring", 1)


def test_what_was_planned_is_held_against_where_people_were(golive: Golive, firm: Firm) -> None:
    begin(firm)
    number = kept(golive)["kept_as"]
    rows = kept_plan(find_home(firm.home.path), number).rows
    ana = next(row for row in rows if row["person_id"] == "ana" and row["mode"] == "onsite")
    other = "p2" if ana["project_id"] == "p1" else "p1"
    week = date.fromisoformat(ana["week_start_date"])
    days = [week.replace(day=week.day + number) for number in range(3)]
    firm.take_in_text(
        "timesheets.csv",
        "\n".join(
            [
                "person_id,project_id,work_date,worked_hours,is_onsite",
                *(f"ana,{ana['project_id']},{day},8,yes" for day in days),
                *(f"cem,{other},{day},8,yes" for day in days),
            ]
        ),
        now="2026-07-01",
    )
    file = published_file(firm.home)
    assert file is not None
    found = planned_and_actual(file, local_viewer(), kept_plan(firm.home, number), date(2026, 7, 1))
    told = found.set_index(["person_id", "week_start_date"])["is_as_planned"]
    assert bool(told[("ana", ana["week_start_date"])])
    cem = {(row["person_id"], row["week_start_date"]): row for row in rows}.get(("cem", ana["week_start_date"]))
    expected = cem is not None and (cem["project_id"], cem["mode"]) == (other, "onsite")
    assert bool(told[("cem", ana["week_start_date"])]) == expected


def test_a_calendar_holds_whole_weeks_and_no_name_breaks_out_of_its_line() -> None:
    problem = cases.drawn(6, 3, 6)
    plan = search(problem, Limits(rounds=3), seed=1).plan
    person = int(np.flatnonzero((plan.role >= 0).any(axis=1))[0])
    names = dict.fromkeys(problem.project_ids, "Site; one,\r\nATTENDEE:mailto:x " + "长" * 40)
    text = calendar_text(problem, plan, person, names, datetime(2026, 11, 30, tzinfo=UTC))
    lines = text.split("\r\n")
    assert lines[0] == "BEGIN:VCALENDAR"
    assert not any(line.startswith("ATTENDEE") for line in lines)
    assert all(len(line.encode()) <= 75 for line in lines)
    starts = [line for line in lines if line.startswith("DTSTART")]
    assert starts
    assert all(datetime.strptime(line[-8:], "%Y%m%d").replace(tzinfo=UTC).weekday() == 0 for line in starts)


def test_a_workbook_has_board_plan_and_moves_and_no_formula() -> None:
    problem = cases.drawn(6, 3, 6)
    found = search(problem, Limits(rounds=3), seed=1)
    checks: list[list[object]] = [[date(2026, 11, 29), "@site", "Ana", "Bo", "☐", "Show them around"]]
    data = workbook_bytes(problem, found.plan, found.base, {"e0000": "=1+1"}, {}, checks)
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert book.sheetnames == ["Board", "Plan", "Moves", "Handovers"]
    assert [cell.value for cell in book["Handovers"][2]][1:3] == ["'@site", "Ana"]
    assert book["Board"]["A2"].value == "'=1+1"
    assert book["Plan"].max_row == int((found.plan.role >= 0).sum()) + 1


@pytest.mark.parametrize("title", ["", "  "])
def test_a_kept_roster_needs_a_name(golive: Golive, firm: Firm, title: str) -> None:
    begin(firm)
    ended = golive("rotation", "propose", *ROUNDS, "--keep", title)
    assert ended.code == 1
    assert "needs a name" in ended.words


def test_an_empty_plan_has_an_empty_calendar() -> None:
    problem = cases.drawn(3, 2, 4)
    text = calendar_text(problem, empty_plan(problem), 0, {}, datetime(2026, 11, 30, tzinfo=UTC))
    assert "VEVENT" not in text
