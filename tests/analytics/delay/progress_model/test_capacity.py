from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analytics.delay.known import prepare_histories, running_on
from analytics.delay.progress_model.capacity import COMPLETE_AFTER_WEEKS, Capacity, weeks_ahead
from analytics.delay.progress_model.cases import cases_of
from analytics.delay.progress_model.filing import completed_weeks, usual_shares
from analytics.delay.progress_model.work import day_numbers, week_numbers

START = pd.Timestamp("2024-01-01")
NOW = START + pd.Timedelta(weeks=30)


def monday(week: int) -> pd.Timestamp:
    return START + pd.Timedelta(weeks=week)


def capacity(
    assigned: list[tuple[str, int, int, float]] | None = None,
    booked: list[tuple[str, int, int, float]] | None = None,
    leave: list[tuple[str, pd.Timestamp, pd.Timestamp]] | None = None,
) -> Capacity:
    """Return what is known of project p1; rows are person, week, week known, hours."""
    states = pd.DataFrame(
        {
            "project_id": "p1",
            "week_start_date": [monday(week) for week in range(31)],
            "baseline_finish_date": monday(40),
            "planned_finish_date": monday(40),
            "progress_date": monday(30),
            "progress_ratio": 0.5,
            "planned_progress_ratio": np.nan,
            "booked_hours": np.arange(1, 32) * 80.0,
            "budget_hours": 4000.0,
            "scope_hours": 4000.0,
            "is_assumed": False,
        }
    )
    projects = pd.DataFrame({"project_id": ["p1"], "product": ["erp"], "start_date": [START], "status": ["active"]})
    tables = []
    for rows, hours in ((assigned, "planned_hours"), (booked, "worked_hours")):
        tables.append(
            pd.DataFrame(
                {
                    "person_id": [row[0] for row in rows or []],
                    "project_id": "p1",
                    "week_start_date": pd.to_datetime([monday(row[1]) for row in rows or []]),
                    "known_week_date": pd.to_datetime([monday(row[2]) for row in rows or []]),
                    hours: [row[3] for row in rows or []],
                }
            )
        )
    away = pd.DataFrame(
        {
            "person_id": [row[0] for row in leave or []],
            "leave_date": pd.to_datetime([row[1] for row in leave or []]),
            "known_date": pd.to_datetime([row[2] for row in leave or []]),
            "leave_hours": np.nan,
        }
    )
    histories = prepare_histories(
        states, projects, assignment_weeks=tables[0], person_project_weeks=tables[1], leave=away
    )
    assert histories.evidence is not None
    return histories.evidence.capacity


def ahead(found: Capacity) -> np.ndarray:
    result = weeks_ahead(found, np.array([0]), day_numbers(np.array([NOW.to_datetime64()])))
    assert result is not None
    return np.asarray(result[0])


TEAM = [(person, week, week, 40.0) for person in ("ana", "ben") for week in range(31)]


def test_nothing_known_ahead_says_nothing() -> None:
    assert weeks_ahead(capacity(booked=TEAM), np.array([0]), np.array([0])) is None


def test_a_doubled_assignment_doubles_a_week() -> None:
    plan = [("ana", week, 0, 40.0) for week in range(45)] + [("ben", 33, 0, 40.0)]
    factors = ahead(capacity(assigned=plan))
    assert factors[:4] == pytest.approx([1.0, 1.0, 2.0, 1.0])


def test_after_the_last_assigned_week_most_people_stay() -> None:
    factors = ahead(capacity(assigned=[("ana", week, 0, 40.0) for week in range(36)]))
    assert factors[4] == pytest.approx(1.0)
    assert factors[20] == pytest.approx(0.82)


def test_a_plan_that_becomes_known_later_is_not_looked_at() -> None:
    plan = [("ana", week, 0, 40.0) for week in range(45)]
    changed = [*plan, ("ana", 33, 31, -40.0)]
    assert (ahead(capacity(assigned=changed)) == ahead(capacity(assigned=plan))).all()
    known = [*plan, ("ana", 33, 30, -40.0)]
    assert ahead(capacity(assigned=known))[2] == 0.0


def test_leave_of_one_of_two_halves_a_week() -> None:
    days = [monday(33) + pd.Timedelta(days=day) for day in range(5)]
    factors = ahead(capacity(booked=TEAM, leave=[("ana", day, NOW) for day in days]))
    assert factors[:4] == pytest.approx([1.0, 1.0, 0.5, 1.0])


def test_leave_that_nobody_has_filed_yet_is_not_known() -> None:
    days = [monday(33) + pd.Timedelta(days=day) for day in range(5)]
    later = NOW + pd.Timedelta(days=1)
    assert (ahead(capacity(booked=TEAM, leave=[("ana", day, later) for day in days])) == 1.0).all()


def test_leave_of_somebody_who_left_the_project_counts_for_nothing() -> None:
    days = [monday(33) + pd.Timedelta(days=day) for day in range(5)]
    old = [("cem", week, week, 40.0) for week in range(10)]
    factors = ahead(capacity(booked=[*TEAM, *old], leave=[("cem", day, NOW) for day in days]))
    assert (factors == 1.0).all()


def filed(*rows: tuple[str, int, int, float]) -> tuple[np.ndarray, np.ndarray]:
    weeks = week_numbers(np.array([NOW.to_datetime64()]))
    found = completed_weeks(capacity(booked=list(rows)), np.array([0]), weeks)
    return found.hours[0], found.noise_weeks[0]


def test_who_files_at_once_is_complete() -> None:
    hours, news = filed(*TEAM)
    assert hours == pytest.approx(np.full(COMPLETE_AFTER_WEEKS, 80.0), rel=0.08)
    assert news == pytest.approx(np.ones(COMPLETE_AFTER_WEEKS), abs=0.08)


def test_who_files_a_week_late_is_completed_and_believed_less() -> None:
    late = [("ana", week, week + lag, 20.0) for week in range(31) for lag in (0, 1) if week + lag <= 30]
    hours, news = filed(*late)
    assert hours[-1] == pytest.approx(40.0, rel=0.1)
    assert hours[-2] == pytest.approx(40.0, rel=0.05)
    assert news[-1] == pytest.approx(0.5, abs=0.06)


def test_a_week_of_which_nothing_is_known_by_now_says_nothing() -> None:
    late = [("ana", week, week + 2, 40.0) for week in range(-60, 29)]
    hours, _ = filed(*late)
    assert np.isnan(hours[-1])
    assert hours[0] == pytest.approx(40.0, rel=0.02)


def test_hours_that_become_known_later_change_nothing() -> None:
    later = [("ana", 30, 31, 500.0)]
    for left, right in zip(filed(*TEAM), filed(*TEAM, *later), strict=True):
        assert (left == right).all()


def test_a_firm_without_history_files_as_is_usual() -> None:
    assert usual_shares()[0] < usual_shares()[-1] == 1.0


def test_a_week_that_is_not_filed_yet_is_no_idle_week() -> None:
    late = [("ana", week, week + 2, 40.0) for week in range(-60, 29)]
    states = pd.DataFrame(
        {
            "project_id": "p1",
            "week_start_date": [monday(week) for week in range(31)],
            "baseline_finish_date": monday(40),
            "planned_finish_date": monday(40),
            "progress_date": [monday(week) + pd.Timedelta(days=6) for week in range(31)],
            "progress_ratio": np.linspace(0.02, 0.7, 31),
            "planned_progress_ratio": np.nan,
            "booked_hours": np.maximum(np.arange(-1, 30), 0) * 40.0,
            "budget_hours": 1600.0,
            "scope_hours": 1600.0,
            "is_assumed": False,
        }
    )
    projects = pd.DataFrame({"project_id": ["p1"], "product": ["erp"], "start_date": [START], "status": ["active"]})
    people = pd.DataFrame(
        {
            "person_id": [row[0] for row in late],
            "project_id": "p1",
            "week_start_date": [monday(row[1]) for row in late],
            "known_week_date": [monday(row[2]) for row in late],
            "worked_hours": [row[3] for row in late],
        }
    )
    histories = prepare_histories(states, projects, person_project_weeks=people)
    assert histories.evidence is not None
    cases = cases_of(histories.evidence, running_on(histories, NOW + pd.Timedelta(days=6)))[0]
    idle = cases.watched_weeks - cases.active_weeks
    assert idle[0] <= 2
    assert np.isnan(cases.availability[0, -1])


def test_a_roster_that_has_only_begun_moves_little_from_one_week_to_the_next() -> None:
    dips = [week for week in range(30, 45) if week % 3]  # every third week nobody is planned
    begun = ahead(capacity(assigned=[("ana", week, 0, 40.0) for week in [30, *dips]]))
    none = ahead(capacity(assigned=[("ana", week, 0, 40.0) for week in dips if week > 30]))
    full = ahead(capacity(assigned=[("ana", week, 0, 40.0) for week in [*range(23, 31), *dips]]))
    assert (none == 1.0).all(), "nothing says what is usual"
    assert abs(begun - 1.0).max() == pytest.approx(1 / 8)
    assert abs(full - 1.0).max() == pytest.approx(1.0), "a week that is empty in a known roster is empty"
