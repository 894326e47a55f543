"""Each indicator on the smallest rows that show what it counts."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date, datetime, timedelta

import pandas as pd
import pytest

from tests.analytics.workload.strain.helpers import (
    after_past,
    frames_of,
    handled,
    level_of,
    now,
    reports_of,
    requests_of,
    value_of,
)
from tests.analytics.workload.world import World

USUAL = (8.0, 8.0, 8.0, 8.0, 8.0)
LONG = (12.0, 12.0, 12.0, 12.0, 12.0)
SEVEN = (8.0,) * 7
MONDAY = date(2026, 5, 25)  # the first day after twelve usual weeks


def test_hours_are_the_mean_of_four_weeks() -> None:
    assert value_of(after_past(LONG, LONG), "hours_4_weeks") == 50


def test_the_peak_is_the_longer_of_two_weeks() -> None:
    assert value_of(after_past(LONG, USUAL), "hours_peak_week") == 60
    assert value_of(after_past(LONG, USUAL, USUAL), "hours_peak_week") == 40


def test_overtime_is_scaled_to_a_month() -> None:
    assert value_of(after_past((10.0,) * 5), "overtime_month") == pytest.approx(10 * 30.4 / 28, abs=1e-3)


def test_work_on_a_day_of_leave_is_overtime_as_a_whole() -> None:
    world = replace(after_past(USUAL), leave=(MONDAY,))
    assert value_of(world, "overtime_month") == pytest.approx(8 * 30.4 / 28, abs=1e-3)


def test_days_in_a_row_go_over_the_weekend() -> None:
    assert value_of(after_past(SEVEN, USUAL), "days_in_a_row") == 12
    assert value_of(after_past(SEVEN), "weeks_without_day_off") == 1


def test_thirteen_days_in_a_row_are_a_red_line_only_where_they_are_days_of_work() -> None:
    mails = level_of(after_past((*USUAL, 1.0, 1.0), (*USUAL, 1.0, 1.0)))
    worked = level_of(after_past((*USUAL, 4.0, 4.0), (*USUAL, 4.0, 4.0)))
    assert (mails["is_red_line"], worked["is_red_line"]) == (False, True)
    assert value_of(after_past((*USUAL, 1.0, 1.0), (*USUAL, 1.0, 1.0)), "days_in_a_row") >= 13


def test_a_quarter_of_an_hour_is_no_day_of_work() -> None:
    assert value_of(after_past((8, 8, 8, 8, 8, 0.25, 0.25), USUAL), "days_in_a_row") == 5


def test_weekend_days_worked_are_a_share() -> None:
    assert value_of(after_past((*USUAL, 6.0), (*USUAL, 6.0)), "weekend_share") == pytest.approx(2 / 8)


def test_weeks_since_leave_begin_with_five_days_off() -> None:
    week_off = tuple(MONDAY + timedelta(days=n) for n in range(5))
    world = replace(after_past((), USUAL, USUAL, USUAL), leave=week_off)
    assert value_of(world, "weeks_since_leave") == 3


def test_leave_that_was_never_recorded_is_not_known_and_adds_nothing() -> None:
    worked = after_past(*[USUAL] * 12, past=20)
    rows = now(worked).indicators.set_index("indicator")
    assert math.isnan(float(rows["value"]["weeks_since_leave"]))
    assert rows.loc["weeks_since_leave", "score"] == 0
    once = tuple(worked.first + timedelta(days=n) for n in range(5))
    recorded = replace(worked, leave=once, entries=tuple(e for e in worked.entries if e.day not in once))
    assert value_of(recorded, "weeks_since_leave") == 31
    one_day = replace(worked, leave=once[:1], entries=tuple(e for e in worked.entries if e.day != once[0]))
    assert math.isnan(value_of(one_day, "weeks_since_leave"))


def test_hours_are_measured_at_a_part_time_contract() -> None:
    part_time = after_past(*[(7.6,) * 5] * 4, weekly_hours=20.0)
    assert value_of(part_time, "over_contract") == pytest.approx(1.9)
    for full in (40.0, 0.0, None):
        assert value_of(after_past(*[LONG] * 4, weekly_hours=full), "over_contract") == 0


def test_a_contract_of_few_hours_is_not_exceeded_by_a_few() -> None:
    tiny = after_past(*[(2.0, 2.0, 2.0)] * 4, weekly_hours=4.0)
    assert value_of(tiny, "over_contract") < 1


def test_three_days_on_the_road_a_week_are_counted() -> None:
    world = after_past(USUAL, USUAL, USUAL, USUAL)
    mondays = [MONDAY + timedelta(weeks=n) for n in range(4)]
    trips = tuple(
        t for m in mondays for t in ((m, m + timedelta(days=2)), (m + timedelta(days=2), m + timedelta(days=4)))
    )
    assert value_of(replace(world, trips=trips), "travel_days") == 12


def test_a_stay_over_weekends_counts_nights_and_weeks_without_a_weekend_at_home() -> None:
    world = after_past(USUAL, USUAL, USUAL, USUAL)
    stay = replace(world, trips=((MONDAY, MONDAY + timedelta(days=28)),))
    assert value_of(stay, "nights_away") == 28
    assert value_of(stay, "weeks_without_home_weekend") == 4


def test_a_commuter_who_is_home_on_weekends_has_none() -> None:
    world = after_past(USUAL, USUAL, USUAL, USUAL)
    trips = tuple((MONDAY + timedelta(weeks=n), MONDAY + timedelta(weeks=n, days=4)) for n in range(4))
    commuting = replace(world, trips=trips)
    assert value_of(commuting, "nights_away") == 16
    assert value_of(commuting, "weeks_without_home_weekend") == 0


def test_a_rise_over_the_own_usual_week_is_in_hours() -> None:
    assert value_of(after_past((10.0,) * 5, (10.0,) * 5), "above_own_week") == 10
    assert value_of(after_past(USUAL, USUAL), "above_own_week") == 0


def test_without_six_full_weeks_no_rise_is_told() -> None:
    assert value_of(after_past(LONG, LONG, past=4), "above_own_week") == 0


def test_three_equal_projects_are_three() -> None:
    entries = tuple(
        replace(e, hours=e.hours / 3, project=name) for e in after_past(*[USUAL] * 4).entries for name in "abc"
    )
    world = World(entries, 16, first=date(2026, 3, 2))
    assert value_of(world, "effective_projects") == pytest.approx(3)
    assert value_of(world, "projects_a_week") == pytest.approx(3)


def test_a_request_on_a_saturday_is_handled_after_hours() -> None:
    saturday = MONDAY + timedelta(days=5)
    world = after_past((*USUAL, 3.0))
    found = handled(("ana", "cr1", saturday, None), ("ana", "cr2", MONDAY, None))
    assert value_of(world, "unsocial_requests", request_days=found) == 1


def test_a_request_in_the_evening_counts_in_local_time_and_only_where_the_zone_is_known() -> None:
    world = after_past(USUAL)
    evening = handled(("ana", "cr1", MONDAY, datetime(2026, 5, 25, 13)))  # noqa: DTZ001 - moments of marts are UTC
    home = frames_of(world).people.assign(time_zone="Asia/Shanghai")
    assert value_of(world, "unsocial_requests", request_days=evening, people=home) == 1
    nowhere = home.assign(time_zone=None, home_country=None)
    assert value_of(world, "unsocial_requests", request_days=evening, people=nowhere) == 0


def projects_due(finish: date) -> pd.DataFrame:
    world = after_past(USUAL)
    return frames_of(world).projects.assign(baseline_finish_date=pd.Timestamp(finish))


def test_late_requests_are_carried_by_the_share_of_hours() -> None:
    entries = after_past(USUAL).entries
    world = World(
        tuple(replace(e, person=name) for e in entries for name in ("ana", "ben")),
        13,
        first=date(2026, 3, 2),
        persons=("ana", "ben"),
    )
    raised = requests_of(*((f"cr{n}", "p1", MONDAY) for n in range(6)))
    due = projects_due(MONDAY + timedelta(weeks=2))
    assert value_of(world, "late_requests", change_requests=raised, projects=due) == pytest.approx(3, abs=1e-6)


def test_requests_long_before_go_live_are_not_late() -> None:
    raised = requests_of(*((f"cr{n}", "p1", MONDAY) for n in range(6)))
    due = projects_due(MONDAY + timedelta(weeks=20))
    assert value_of(after_past(USUAL), "late_requests", change_requests=raised, projects=due) == 0


def test_the_weeks_around_a_go_live_count_and_others_do_not() -> None:
    due = projects_due(MONDAY + timedelta(days=4))
    world = after_past(*[USUAL] * 6)
    assert value_of(world, "go_live_weeks", projects=due) == 3


def test_a_project_that_turns_red_is_one_escalation_however_long_it_is_red() -> None:
    reports = reports_of(
        *(("p1", MONDAY + timedelta(weeks=n, days=4), None, colour) for n, colour in enumerate(("green", "red", "red")))
    )
    world = after_past(*[USUAL] * 4)
    assert value_of(world, "escalations", status_reports=reports) == 1
    assert value_of(world, "difficult_client_weeks", status_reports=reports) == 3
