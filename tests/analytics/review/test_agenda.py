"""The agenda: what happened to whom, ranked by harm and by how unusual it is, as much as fits the hour."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.review.agenda import FRAME_MINUTES, HOUR_MINUTES, Agenda, agenda
from analytics.review.frames import AgendaFrames
from analytics.review.items import MOST_BITS, Sign, count_bits, plain, share_bits, size_bits

SINCE, DAY = pd.Timestamp("2026-11-22"), pd.Timestamp("2026-11-29")
MONDAYS = pd.date_range("2026-09-07", "2026-11-23", freq="7D")


def forecasts(*rows: tuple[str, str, float, float]) -> pd.DataFrame:
    """Return forecasts of (project, median, chance of late, expected person-weeks of delay)."""
    return pd.DataFrame(
        [
            {
                "project_id": name,
                "finish_p10_date": pd.Timestamp(p50) - pd.Timedelta(days=30),
                "finish_p50_date": pd.Timestamp(p50),
                "finish_p80_date": pd.Timestamp(p50) + pd.Timedelta(days=40),
                "finish_p90_date": pd.Timestamp(p50) + pd.Timedelta(days=60),
                "late_probability": late,
                "slip_weeks_p50": 3.0,
                "expected_delay_person_weeks": delay,
            }
            for name, p50, late, delay in rows
        ]
    )


def booked(*rows: tuple[str, str, str, float, float]) -> pd.DataFrame:
    """Return hours of (person, project, Monday, hours, hours on site)."""
    names = ["person_id", "project_id", "week_start_date", "worked_hours", "onsite_hours"]
    frame = pd.DataFrame(rows, columns=names)
    return frame.assign(week_start_date=pd.to_datetime(frame["week_start_date"]))


def people(*rows: tuple[str, str, str]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["person_id", "team_name", "seniority"])


QUIET = AgendaFrames(
    SINCE,
    DAY,
    forecast=forecasts(("a", "2027-03-01", 0.3, 4.0), ("b", "2027-04-01", 0.3, 4.0), ("c", "2027-05-01", 0.3, 4.0)),
    forecast_before=forecasts(
        ("a", "2027-03-01", 0.3, 4.0), ("b", "2027-04-01", 0.3, 4.0), ("c", "2027-05-01", 0.3, 4.0)
    ),
)


def signs(found: Agenda) -> dict[str, list[str]]:
    return {point.subject: [sign.kind for sign in point.signs] for point in (*found.points, *found.rest)}


def sign(found: Agenda, subject: str, kind: str) -> Sign:
    (point,) = [one for one in (*found.points, *found.rest) if one.subject == subject]
    return next(one for one in point.signs if one.kind == kind)


def test_a_week_in_which_nothing_happened_has_an_empty_agenda() -> None:
    assert agenda(QUIET) == Agenda((), ())
    assert agenda(AgendaFrames(SINCE, DAY)) == Agenda((), ())


def test_a_forecast_that_moved_is_told_with_both_medians_and_against_the_usual_move() -> None:
    later = forecasts(("a", "2027-03-22", 0.7, 16.0), ("b", "2027-04-01", 0.3, 4.0), ("c", "2027-05-01", 0.3, 4.0))
    found = agenda(replace(QUIET, forecast=later))
    assert signs(found) == {"project:a": ["moved"]}
    said = sign(found, "project:a", "moved")
    assert (said.figures["moved_weeks"], said.figures["finish_p50_date_before"]) == (3.0, "2027-03-01")
    assert said.harm_person_weeks == 12.0
    restless = forecasts(("a", "2027-03-01", 0.3, 4.0), ("b", "2027-04-22", 0.3, 4.0), ("c", "2027-05-22", 0.3, 4.0))
    usual = sign(agenda(replace(QUIET, forecast=later, forecast_before=restless)), "project:a", "moved")
    assert usual.bits < said.bits, "three weeks are less news where everything moves three weeks"


def test_a_forecast_that_came_nearer_ranks_below_one_that_slipped_as_far() -> None:
    calm = [(f"q{n}", "2027-05-01", 0.3, 4.0) for n in range(3)]
    both = forecasts(("a", "2027-03-22", 0.7, 7.0), ("b", "2027-03-11", 0.1, 1.0), *calm)
    before = forecasts(("a", "2027-03-01", 0.3, 4.0), ("b", "2027-04-01", 0.3, 4.0), *calm)
    found = agenda(replace(QUIET, forecast=both, forecast_before=before))
    assert [point.kind for point in found.points] == ["moved", "moved_earlier"]


def test_a_green_report_on_a_project_that_is_red_twice_running_is_told() -> None:
    red = forecasts(("a", "2027-03-01", 0.9, 40.0))
    report = pd.DataFrame({"project_id": ["a"], "as_of_date": [DAY], "reported_status": ["Green"], "phase": ["build"]})
    told = agenda(replace(QUIET, forecast=red, forecast_before=red, reports=report))
    assert sign(told, "project:a", "contradicted").figures["late_probability"] == 0.9
    fresh = replace(QUIET, forecast=red, reports=report)
    assert "contradicted" not in signs(agenda(fresh)).get("project:a", []), "one red week may be noise"
    amber = replace(QUIET, forecast=red, forecast_before=red, reports=report.assign(reported_status="amber"))
    assert agenda(amber) == Agenda((), ())


def promise(day: str) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "project_id": ["a"],
            "announced_date": [pd.Timestamp(day)],
            "said_date": [SINCE],
            "said_by": ["Ana"],
            "change_count": [2],
        }
    )


def test_a_promise_is_asked_about_only_when_its_chance_leaves_the_band() -> None:
    assert agenda(replace(QUIET, promises=promise("2027-03-20"))) == Agenda((), ()), "between 50 and 90 %"
    found = sign(agenda(replace(QUIET, promises=promise("2027-02-10"))), "project:a", "promise")
    assert found.figures["kept_probability"] < 0.5
    assert (found.figures["proposed_date"], found.figures["change_count"]) == ("2027-04-10", 2)
    safe = sign(agenda(replace(QUIET, promises=promise("2027-06-30"))), "project:a", "promise_safe")
    assert safe.figures["kept_probability"] > 0.9


def asked(*rows: tuple[str, str, str, float, str | None]) -> pd.DataFrame:
    names = ["change_request_id", "project_id", "raised_at", "estimated_hours", "decided_at"]
    frame = pd.DataFrame(rows, columns=names)
    return frame.assign(
        raised_at=pd.to_datetime(frame["raised_at"]),
        decided_at=pd.to_datetime(frame["decided_at"]),
        is_approved=frame["decided_at"].notna(),
        is_confirmed_by_prototype=pd.Series([False] * len(frame), dtype="boolean"),
    )


def test_a_burst_of_requests_is_told_with_its_rows_and_a_usual_week_is_not() -> None:
    past = [(f"p{n}", "a", f"{day:%Y-%m-%d}", 10.0, None) for n, day in enumerate(MONDAYS[:-1])]
    burst = [(f"n{n}", "a", "2026-11-25", 60.0, None) for n in range(6)]
    found = sign(agenda(replace(QUIET, requests=asked(*past, *burst))), "project:a", "requests")
    assert (found.figures["new_count"], found.figures["new_hours"], found.figures["unconfirmed_count"]) == (6, 360.0, 6)
    assert (len(found.evidence), found.evidence_count) == (6, 6)
    assert agenda(replace(QUIET, requests=asked(*past, ("n", "a", "2026-11-25", 10.0, None)))) == Agenda((), ())


def test_requests_of_a_project_that_no_longer_runs_are_not_told() -> None:
    burst = asked(*[(f"n{n}", "over", "2026-11-25", 60.0, None) for n in range(6)])
    assert agenda(replace(QUIET, requests=burst)) == Agenda((), ())


def still(progress: tuple[float, ...]) -> pd.DataFrame:
    weeks = MONDAYS[-len(progress) :]
    return pd.DataFrame(
        {
            "project_id": "a",
            "week_start_date": weeks,
            "progress_date": weeks + pd.Timedelta(days=4),
            "progress_ratio": progress,
            "booked_hours": [500.0 + 120 * n for n in range(len(progress))],
            "budget_hours": 4_000.0,
        }
    )


def test_hours_without_progress_are_told_after_four_weeks() -> None:
    found = sign(agenda(replace(QUIET, states=still((0.3,) * 8))), "project:a", "standstill")
    assert (found.figures["booked_hours"], found.figures["gained_ratio"]) == (480.0, 0.0)
    moving = replace(QUIET, states=still((0.3, 0.33, 0.36, 0.39, 0.42, 0.45, 0.48, 0.51)))
    assert agenda(moving) == Agenda((), ())
    silent = still((0.3,) * 8).assign(progress_date=MONDAYS[-8] + pd.Timedelta(days=4))
    assert agenda(replace(QUIET, states=silent)) == Agenda((), ()), "without a newer report nothing is known"


def filing(filed: list[int], expected: int = 8) -> pd.DataFrame:
    weeks = MONDAYS[-len(filed) :]
    quiet = [{"team_name": "Osaka", "week_start_date": week, "expected_count": 9, "filed_count": 9} for week in weeks]
    own = [
        {"team_name": "Singapore", "week_start_date": week, "expected_count": expected, "filed_count": count}
        for week, count in zip(weeks, filed, strict=True)
    ]
    return pd.DataFrame(quiet + own)


def test_a_team_that_stops_filing_is_told_and_late_hours_of_one_week_are_not() -> None:
    found = sign(agenda(replace(QUIET, filing=filing([8, 8, 0, 0]))), "team:Singapore", "silent")
    assert (found.figures["weeks_count"], found.harm_person_weeks) == (2, 16.0)
    assert agenda(replace(QUIET, filing=filing([8, 8, 8, 3]))) == Agenda((), ())
    assert "team:Singapore" in signs(agenda(replace(QUIET, filing=filing([8, 8, 8, 0]))))


def test_a_team_that_always_files_late_is_less_of_a_surprise() -> None:
    weeks = filing([8, 8, 8, 0])
    late, prompt = (weeks.assign(filed_then_count=weeks["expected_count"] * share) for share in (0.1, 1.0))
    bits = [sign(agenda(replace(QUIET, filing=one)), "team:Singapore", "silent").bits for one in (late, prompt)]
    assert bits[0] < 2 < bits[1]


def test_a_junior_who_was_alone_some_weeks_ago_is_not_told() -> None:
    days = [f"{day:%Y-%m-%d}" for day in MONDAYS]
    hours = booked(
        *[("jun", "a", day, 55.0, 40.0) for day in days[-4:-2]],
        *[("sen", "b", day, 40.0, 40.0) for day in days[-4:]],
    )
    crew = people(("jun", "T", "junior"), ("sen", "T", "senior"))
    assert "project:a" not in signs(agenda(replace(QUIET, booked=hours, people=crew)))


def test_a_junior_alone_at_a_site_for_two_weeks_is_told_without_a_name() -> None:
    hours = booked(
        ("jun", "a", "2026-11-16", 55.0, 40.0),
        ("jun", "a", "2026-11-23", 55.0, 40.0),
        ("sen", "b", "2026-11-16", 40.0, 40.0),
        ("sen", "b", "2026-11-23", 40.0, 40.0),
    )
    crew = people(("jun", "T", "junior"), ("sen", "T", "senior"))
    found = sign(agenda(replace(QUIET, booked=hours, people=crew)), "project:a", "junior_alone")
    assert (found.figures["weeks_count"], found.figures["weekly_hours"]) == (2, 55.0)
    assert "jun" not in str(plain([dict(found.figures), list(found.evidence)]))
    helped = pd.concat([hours, booked(("sen", "a", "2026-11-23", 10.0, 10.0))], ignore_index=True)
    assert "project:a" not in signs(agenda(replace(QUIET, booked=helped, people=crew)))


def test_juniors_who_take_turns_are_not_one_who_is_alone_for_long() -> None:
    days = [f"{day:%Y-%m-%d}" for day in MONDAYS[-4:]]
    others = [("sen", "b", day, 40.0, 40.0) for day in days]
    crew = people(("jun", "T", "junior"), ("lee", "T", "junior"), ("sen", "T", "senior"))
    turns = booked(*[(("jun", "lee")[place % 2], "a", day, 40.0, 40.0) for place, day in enumerate(days)], *others)
    found = sign(agenda(replace(QUIET, booked=turns, people=crew)), "project:a", "junior_alone")
    assert found.figures["weeks_count"] == 2, "each of both for two of the four weeks"
    once = booked(("jun", "a", days[-2], 40.0, 40.0), ("lee", "a", days[-1], 40.0, 40.0), *others)
    assert "project:a" not in signs(agenda(replace(QUIET, booked=once, people=crew)))


def test_a_team_that_was_replaced_is_told_and_one_newcomer_is_not() -> None:
    old = [(name, "a", f"{day:%Y-%m-%d}", 40.0, 0.0) for day in MONDAYS[:-3] for name in ("x", "y")]
    new = [(name, "a", f"{day:%Y-%m-%d}", 40.0, 0.0) for day in MONDAYS[-3:] for name in ("v", "w")]
    found = sign(agenda(replace(QUIET, booked=booked(*old, *new))), "project:a", "replaced")
    assert (found.figures["new_share"], found.figures["new_people_count"]) == (1.0, 2)
    stays = [("x", "a", f"{day:%Y-%m-%d}", 40.0, 0.0) for day in MONDAYS[-3:]]
    assert "project:a" not in signs(agenda(replace(QUIET, booked=booked(*old, *stays, *new[::2]))))


def test_weeks_of_fifty_hours_and_a_long_stay_are_told_of_the_project() -> None:
    hard = [(name, "a", f"{day:%Y-%m-%d}", 60.0, 40.0) for day in MONDAYS[-3:] for name in ("x", "y")]
    away = pd.DataFrame({"person_id": ["x", "y", "z"], "weeks_on_site_count": [9.0, 2.0, 1.0]})
    found = agenda(replace(QUIET, booked=booked(*hard), away=away, people=people(("x", "T", "senior"))))
    assert sign(found, "project:a", "crunch").figures["weekly_hours"] == 60.0
    assert sign(found, "project:a", "long_away").figures["most_weeks"] == 9
    assert sign(found, "project:a", "long_away").figures["is_by_hours"] is False, "a trip tells"


def test_a_long_stay_is_known_from_hours_on_site_before_its_trip_is_claimed() -> None:
    stay = [("x", "a", f"{day:%Y-%m-%d}", 40.0, 40.0) for day in MONDAYS[-7:]]
    broken = [("y", "b", f"{day:%Y-%m-%d}", 40.0, 0.0 if day == MONDAYS[-3] else 40.0) for day in MONDAYS[-9:]]
    found = agenda(replace(QUIET, booked=booked(*stay, *broken)))
    assert sign(found, "project:a", "long_away").figures["most_weeks"] == 7
    assert "project:b" not in signs(found)


def test_people_on_five_projects_are_told_of_a_team_of_five_and_never_of_a_smaller_one() -> None:
    thin = booked(*[("x", f"p{n}", f"{day:%Y-%m-%d}", 8.0, 0.0) for day in MONDAYS[-2:] for n in range(5)])
    team = people(*[(name, "T", "senior") for name in "xabcd"])
    assert "team:T" in signs(agenda(replace(QUIET, booked=thin, people=team)))
    assert "team:T" not in signs(agenda(replace(QUIET, booked=thin, people=team.iloc[:4])))


def test_cover_that_is_missing_presence_and_restated_weeks_are_told() -> None:
    weeks = pd.to_datetime(["2026-12-07", "2026-12-14"])
    demand = pd.DataFrame({"project_id": "a", "week_start_date": weeks, "needed_count": 4, "planned_count": [4, 1]})
    near = pd.DataFrame(
        {
            "project_id": ["b"],
            "counter_name": ["Schengen short stay"],
            "days_count": [81.0],
            "limit_count": [90.0],
            "people_count": [1],
        }
    )
    changed = pd.DataFrame({"project_id": "c", "week_start_date": MONDAYS[:2], "difference_hours": [-360.0, 20.0]})
    found = agenda(replace(QUIET, demand=demand, presence=near, restated=changed))
    assert sign(found, "project:a", "cover").figures["gap_people_weeks"] == 3
    assert sign(found, "project:b", "presence").figures["days_count"] == 81.0
    assert sign(found, "project:c", "restated").figures["changed_hours"] == 380.0


def decision(**more: Any) -> dict[str, Any]:
    plain_one = {"decision_id": 4, "project_id": "a", "title": "Freeze", "owner_name": "Ana", "due_date": DAY}
    return {**plain_one, "due": "later", "must_look": False, "is_contradicted": False, **more}


def test_decisions_come_back_when_due_contradicted_or_to_be_looked_at_again() -> None:
    assert agenda(replace(QUIET, decisions=[decision()])) == Agenda((), ())
    for more in ({"due": "overdue"}, {"due": "due"}, {"must_look": True}, {"is_contradicted": True}):
        found = sign(agenda(replace(QUIET, decisions=[decision(**more)])), "project:a", "decision")
        assert found.figures["decision_id"] == 4


def test_what_stood_on_the_last_agenda_ranks_lower_and_rises_no_more() -> None:
    frames = replace(QUIET, filing=filing([8, 8, 0, 0]))
    (fresh,) = agenda(frames).points
    (seen,) = agenda(replace(frames, seen={"silent:team:Singapore": 2})).points
    assert seen.score < fresh.score
    assert seen.seen_count == 2


@given(st.lists(st.tuples(st.integers(1, 60), st.floats(0.0, 200.0)), max_size=40))
def test_the_agenda_fits_the_hour_loses_nothing_and_is_ranked(rows: list[tuple[int, float]]) -> None:
    now = forecasts(*[(f"p{n}", "2027-06-01", 0.5, delay) for n, (_, delay) in enumerate(rows)])
    before = forecasts(
        *[
            (f"p{n}", f"{pd.Timestamp('2027-06-01') - pd.Timedelta(days=d):%Y-%m-%d}", 0.5, 0.0)
            for n, (d, _) in enumerate(rows)
        ]
    )
    found = agenda(replace(QUIET, forecast=now, forecast_before=before) if rows else QUIET)
    assert found.minutes <= HOUR_MINUTES - FRAME_MINUTES
    scores = [point.score for point in (*found.points, *found.rest)]
    assert scores == sorted(scores, reverse=True)
    subjects = [point.subject for point in (*found.points, *found.rest)]
    assert len(set(subjects)) == len(subjects)


@given(st.floats(0, 1e6), st.floats(0, 1e6), st.integers(0, 500))
def test_nothing_is_more_unusual_than_the_bound(size: float, usual: float, count: int) -> None:
    for bits in (size_bits(size, usual), count_bits(count, usual), share_bits(count, 500, 0.9)):
        assert 0.0 <= bits <= MOST_BITS


def test_more_than_usual_is_more_unusual() -> None:
    assert count_bits(0, 2.0) == 0.0
    assert count_bits(8, 2.0) > count_bits(4, 2.0) > count_bits(2, 2.0)
    assert share_bits(0, 8, 0.9) > share_bits(6, 8, 0.9)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (pd.NaT, None),
        (float("nan"), None),
        (pd.NA, None),
        (pd.Timestamp("2026-11-29 10:00"), "2026-11-29"),
        ({"a": [True, 1, 0.12345678]}, {"a": [True, 1, 0.123457]}),
    ],
)
def test_figures_are_frozen_as_plain_values(value: Any, expected: Any) -> None:
    assert plain(value) == expected
