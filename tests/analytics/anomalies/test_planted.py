from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest

from tests.analytics.anomalies.world import AS_OF, PEOPLE, WEEKS, Firm, entry, firm, monday, ordinary_entries

if TYPE_CHECKING:
    from datetime import date


def keys_of(given: Firm, as_of_date: date = AS_OF) -> list[str]:
    return sorted(given.found(as_of_date)["anomaly_key"])


def only(given: Firm) -> pd.Series:
    found = given.found()
    assert len(found) == 1, found.to_string()
    return found.iloc[0]


def week_of(person: str, week: int, pattern: list[tuple[str, float]], known: int | None = None) -> list[pd.DataFrame]:
    return [
        entry(person, week, day, hours, project_id=project, known_week_date=monday(known or week + 1))
        for day, (project, hours) in enumerate(pattern)
    ]


def test_an_ordinary_firm_has_no_anomalies() -> None:
    assert keys_of(firm()) == []


def test_a_day_of_nineteen_hours_is_told() -> None:
    found = only(firm().without("ana", 20).plus(entry("ana", 20, 1, 19), entry("ana", 20, 2, 7)))
    assert found["anomaly_key"] == "long_day|person:ana|2024-05-21"
    assert (found["value"], found["unit"], found["likely_cause"]) == (19, "hours", "clock_not_stopped")
    assert found["unusual_score"] > 5


def test_whoever_always_books_the_week_on_friday_is_left_alone() -> None:
    lumps = [entry("ana", week, 4, 38 + week % 3) for week in range(WEEKS)]
    others = ordinary_entries(people=PEOPLE[1:])
    assert keys_of(firm(pd.concat([others, *lumps]))) == []


COPIED = [("p1", 7.5), ("p2", 8.25), ("p1", 9.0), ("p1", 6.0), ("p2", 7.0)]


def copies(weeks: int, pattern: list[tuple[str, float]]) -> Firm:
    chosen = range(30, 30 + weeks)
    rows = [row for week in chosen for row in week_of("ana", week, pattern)]
    return firm().without("ana", *chosen).plus(*rows)


def test_four_alike_weeks_on_two_projects_are_copied() -> None:
    found = only(copies(4, COPIED))
    assert found["anomaly_key"] == "copied_weeks|person:ana|2024-07-29"
    assert (found["value"], found["person_weeks_count"], found["likely_cause"]) == (4, 4, "week_copied")


def test_two_alike_weeks_are_chance() -> None:
    assert keys_of(copies(2, COPIED)) == []


@pytest.mark.parametrize("hours", [8.0, 4.0])
def test_the_same_day_five_times_on_one_project_is_how_people_work(hours: float) -> None:
    assert keys_of(copies(8, [("p1", hours)] * 5)) == []


def test_a_part_timer_of_two_and_a_half_days_is_no_copy() -> None:
    assert keys_of(copies(8, [("p1", 8.0), ("p1", 8.0), ("p1", 4.0)])) == []


def test_the_same_days_on_other_projects_are_not_alike() -> None:
    turns = [[(("p1", "p2", f"q{week}")[week % 3], hours) for _, hours in COPIED] for week in range(4)]
    rows = [row for step, week in enumerate(turns) for row in week_of("ana", 30 + step, week)]
    assert keys_of(firm().without("ana", *range(30, 34)).plus(*rows)) == []


def on_leave(given: Firm, hours: float | None, days: int = 1) -> Firm:
    dates = [monday(20) + pd.Timedelta(days=day) for day in range(days)]
    rows = pd.DataFrame({"person_id": "ana", "leave_date": dates, "leave_hours": hours})
    return replace(given, leave_days=rows.astype({"leave_hours": "float64"}))


def test_a_full_day_of_work_on_a_day_of_leave_is_told() -> None:
    found = only(on_leave(firm(), None))
    assert (found["check"], found["likely_cause"]) == ("hours_on_leave", "leave_not_taken")


def test_half_a_day_of_leave_leaves_half_a_day_of_work() -> None:
    halved = firm().without("ana", 20).plus(entry("ana", 20, 0, 4), entry("ana", 20, 1, 8))
    assert keys_of(on_leave(halved, 4.0)) == []


def test_one_person_at_work_on_a_holiday_is_told_and_a_whole_country_is_one_question() -> None:
    holiday = (("DE", "2024-05-20"),)
    resting = firm()
    for person in PEOPLE[1:]:
        is_day = resting.entries["work_date"].eq(monday(20)) & resting.entries["person_id"].eq(person)
        resting = replace(resting, entries=resting.entries.loc[~is_day])
    assert keys_of(replace(resting, holidays=holiday)) == ["hours_on_holiday|person:ana|2024-05-20"]
    found = only(replace(firm(), holidays=holiday))
    assert (found["anomaly_key"], found["remedy"]) == ("hours_on_holiday|country:DE|2024-05-20", "check_calendar")


def test_a_holiday_at_home_is_a_workday_at_a_site_abroad() -> None:
    alone = firm(ordinary_entries(people=("ana",)), people=("ana",))
    away = alone.with_trips(("ana", monday(20) - pd.Timedelta(days=1), monday(20) + pd.Timedelta(days=4), "FR"))
    assert keys_of(replace(away, holidays=(("DE", "2024-05-20"),))) == []
    assert keys_of(replace(away, holidays=(("FR", "2024-05-20"),))) == ["hours_on_holiday|person:ana|2024-05-20"]


def test_work_on_weekends_and_rest_on_holidays_are_no_anomalies() -> None:
    given = firm().plus(entry("ana", 20, 5, 6), entry("ana", 20, 6, 3))
    assert keys_of(replace(given, holidays=(("DE", "2023-12-25"), ("CN", "2024-05-21")))) == []


def test_a_team_that_stops_is_told_once() -> None:
    silent = firm()
    for person in ("ana", "ben", "cho"):
        silent = silent.without(person, *range(50, WEEKS))
    found = only(silent)
    assert found["anomaly_key"] == "team_silence|team:north|2024-12-16"
    assert (found["value"], found["likely_cause"], found["remedy"]) == (3, "team_stopped_filing", "ask_team")


def test_a_firm_that_stops_is_an_import_not_a_team() -> None:
    silent = firm(people=(*PEOPLE, "gil"))
    for person in PEOPLE:
        silent = silent.without(person, *range(50, WEEKS))
    found = only(silent)
    assert (found["anomaly_key"], found["remedy"]) == ("team_silence|firm|2024-12-16", "import_missing_week")


def test_one_late_week_of_a_team_is_everyday_life() -> None:
    late = firm()
    week = (late.entries["work_date"] - monday(0)).dt.days // 7
    is_late = week.eq(50) & late.entries["person_id"].isin(["ana", "ben", "cho"])
    late = replace(
        late,
        entries=late.entries.assign(
            known_week_date=late.entries["known_week_date"].where(~is_late, monday(54)),
        ),
    )
    for weeks_later in range(1, 6):
        assert keys_of(late, (monday(50 + weeks_later) + pd.Timedelta(days=2)).date()) == []


def test_a_team_on_leave_is_not_silent() -> None:
    rows = [(who, monday(50 + week) + pd.Timedelta(days=day)) for who in TEAM for week in range(3) for day in range(5)]
    away = firm()
    for person in TEAM:
        away = away.without(person, 50, 51, 52)
    leave = pd.DataFrame(rows, columns=["person_id", "leave_date"]).assign(leave_hours=np.nan)
    found = replace(away, leave_days=leave).found()
    assert not found["check"].eq("team_silence").any()


TEAM = ("ana", "ben", "cho")


def ended(status: str, finish: str | None) -> Firm:
    given = firm()
    rows = given.projects.assign(
        status=["active", status], actual_finish_date=pd.to_datetime(pd.Series([None, finish])).astype("datetime64[us]")
    )
    is_after = given.entries["work_date"].gt(pd.Timestamp("2024-06-30"))
    return replace(given, projects=rows, entries=given.entries.assign(
        project_id=given.entries["project_id"].where(~is_after, "p1")
    ))  # fmt: skip


@pytest.mark.parametrize(("status", "finish"), [("finished", "2024-06-28"), ("cancelled", "2024-06-28")])
def test_hours_long_after_the_end_are_told_and_closing_work_is_not(status: str, finish: str) -> None:
    given = ended(status, finish)
    closing = given.plus(entry("ana", 28, 1, 1, project_id="p2"))
    assert keys_of(closing) == []
    found = only(closing.plus(entry("ana", 40, 1, 0.5, project_id="p2")))
    assert found["anomaly_key"] == "ended_project_hours|person:ana/project:p2|2024-10-07"
    assert (found["likely_cause"], found["remedy"]) == ("wrong_project_picked", "correct_entry")


def test_a_cancelled_project_without_a_date_ended_before_its_long_gap() -> None:
    given = ended("cancelled", None).plus(entry("ana", 40, 1, 0.5, project_id="p2"))
    found = only(given)
    assert (found["check"], found["is_assumed"]) == ("ended_project_hours", True)


def test_a_project_that_ends_later_is_not_ended_today() -> None:
    given = ended("finished", "2025-06-28").plus(entry("ana", 40, 1, 0.5, project_id="p2"))
    assert keys_of(given) == []
