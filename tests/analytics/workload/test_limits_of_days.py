"""Limits on single days, and those that a firm sets itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pandas as pd
import pytest

from analytics.workload.limit_rules import LIMIT_RULES, PolicyError, policy_rules
from analytics.workload.limits import limit_facts
from data.strain_method import limits_table
from data.time_zones import country_zones, zone_offsets
from tests.analytics.workload.world import MONDAY, Entry, World, plain_week


def with_clock(world: World, times: dict[int, tuple[int, int]]) -> pd.DataFrame:
    """Return days with clock times (hours of UTC since midnight) on some days after the first Monday."""
    days = world.person_days()
    first = pd.Series(pd.NaT, index=days.index, dtype="datetime64[us]")
    last = first.copy()
    for number, (begin, end) in times.items():
        midnight = pd.Timestamp(MONDAY + timedelta(days=number))
        is_day = days["work_date"].eq(midnight)
        first = first.mask(is_day, midnight + pd.Timedelta(hours=begin))
        last = last.mask(is_day, midnight + pd.Timedelta(hours=end))
    return days.assign(first_started_at=first, last_ended_at=last)


def facts(world: World, rule: str, days: pd.DataFrame | None = None, **more: object) -> pd.DataFrame:
    people = world.people().assign(time_zone=None)
    trips = world.trip_rows().assign(destination_country=None, destination_time_zone=None)
    zones = (country_zones(), zone_offsets(["Europe/Berlin", "Asia/Shanghai"], world.first, world.last))
    found = limit_facts(
        world.person_days() if days is None else days,
        world.person_weeks(),
        people,
        trips,
        world.calendar_days().assign(is_statutory=more.pop("is_statutory", False)),  # type: ignore[arg-type] # a flag or one for each day
        world.after,
        world.leave_days(),
        **{"rules": LIMIT_RULES, "zones": zones, **more},  # type: ignore[arg-type] # test options
    )
    return found.loc[found["rule"].eq(rule)].reset_index(drop=True)


def german_week(*hours: float) -> World:
    entries = tuple(Entry(MONDAY + timedelta(days=n), h) for n, h in enumerate(hours) if h > 0)
    return World(entries, 2, country="DE")


def test_ten_hours_between_two_days_are_a_fact_and_eleven_are_not() -> None:
    world = german_week(8, 8, 8)
    days = with_clock(world, {0: (8, 20), 1: (6, 16), 2: (3, 12)})  # 10 h before Tuesday, 11 h before Wednesday
    found = facts(world, "eu_11_hours_daily_rest", days)
    assert found["value"].tolist() == [10]
    assert found["window_end_date"].dt.date.tolist() == [MONDAY + timedelta(days=1)]
    assert found["window_start_date"].dt.date.tolist() == [MONDAY]
    assert found["is_law"].tolist() == [True]


def test_without_clock_times_no_daily_rest_is_told() -> None:
    assert facts(german_week(16, 16, 16), "eu_11_hours_daily_rest").empty


def test_the_daily_rest_of_the_eu_does_not_hold_in_china() -> None:
    world = replace(german_week(8, 8), country="CN")
    assert facts(world, "eu_11_hours_daily_rest", with_clock(world, {0: (8, 20), 1: (6, 16)})).empty


def test_thirteen_days_in_a_row_break_the_weekly_rest_and_twelve_do_not() -> None:
    assert facts(german_week(*[4.0] * 13), "eu_weekly_rest")["value"].tolist() == [13]
    assert facts(german_week(*[4.0] * 12), "eu_weekly_rest").empty


def test_a_long_day_with_three_hours_of_the_night_is_a_fact() -> None:
    world = german_week(9, 9)
    # 16 to 1:30 UTC is 17 to 2:30 in Berlin in March: three and a half hours after 23 o'clock.
    found = facts(world, "eu_night_work_8_hours", with_clock(world, {0: (16, 26), 1: (8, 18)}))
    assert found["value"].tolist() == [9]


def test_where_the_zone_is_not_known_the_night_is_not_assessed() -> None:
    world = german_week(9)
    assert facts(world, "eu_night_work_8_hours", with_clock(world, {0: (16, 26)}), zones=None).empty


def test_more_than_three_hours_of_overtime_on_a_chinese_workday_are_a_fact() -> None:
    world = World((Entry(MONDAY, 11.0), Entry(MONDAY + timedelta(days=1), 11.5)), 1)
    assert facts(world, "cn_3_overtime_hours_day")["value"].tolist() == [3.5]


def test_work_on_a_public_holiday_is_told_with_its_hours() -> None:
    world = replace(World(tuple(plain_week(MONDAY)), 1), off=(MONDAY + timedelta(days=2),))
    holiday = [day == MONDAY + timedelta(days=2) for day in world.days_of_week(MONDAY)]
    found = facts(world, "cn_holiday_work", is_statutory=holiday)
    assert found["value"].tolist() == [8]
    assert found["window_start_date"].dt.date.tolist() == [MONDAY + timedelta(days=2)]


def test_a_proposal_is_not_told_as_a_law() -> None:
    world = World(tuple(Entry(MONDAY + timedelta(days=n), 4.0) for n in range(14)), 2, country="JP")
    found = facts(world, "jp_14_days_in_a_row")
    assert found["value"].tolist() == [14]
    assert found["is_law"].tolist() == [False]


def test_a_rule_of_the_firm_holds_for_everybody_and_names_its_source() -> None:
    rules = policy_rules(
        {"policy": [{"name": "fifty", "measure": "weekly_hours", "limit": 50, "source": "Works agreement § 4"}]}
    )
    long_week = World(tuple(plain_week(MONDAY, 10.5)), 1, country="US")
    found = facts(long_week, "policy_fifty", rules=(*LIMIT_RULES, *rules))
    assert found["value"].tolist() == [52.5]
    assert found["source"].tolist() == ["Works agreement § 4"]
    assert found["jurisdiction"].tolist() == ["policy"]


def test_the_file_that_comes_with_golive_sets_no_rule() -> None:
    assert policy_rules(limits_table()) == ()


@pytest.mark.parametrize(
    "line",
    [
        {"name": "x", "measure": "mood", "limit": 1, "source": "y"},
        {"name": "x", "measure": "weekly_hours", "source": "y"},
        {"name": "x", "measure": "weekly_hours", "limit": "much", "source": "y"},
    ],
)
def test_a_wrong_line_of_the_policy_is_named(line: dict[str, object]) -> None:
    with pytest.raises(PolicyError, match="Entry 1"):
        policy_rules({"policy": [line]})


def test_every_fact_of_a_day_has_its_article() -> None:
    assert all("art." in rule.source for rule in LIMIT_RULES if rule.is_law)
    assert date(2026, 3, 2) == MONDAY
