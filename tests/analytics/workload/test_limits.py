"""Limit facts: each rule at its edge, what is certain, and what missing days do."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.workload.limit_rules import LIMIT_RULES, jurisdiction_of
from analytics.workload.limits import limit_facts
from data.calendars import working_days
from tests.analytics.workload.world import MONDAY, Entry, World, few_examples, plain_week, weeks_of

JUNE = date(2026, 6, 1)  # a Monday; June has 22 weekdays


def facts(world: World, rule: str | None = None, as_of: date | None = None) -> pd.DataFrame:
    found = limit_facts(
        world.person_days(),
        world.person_weeks(),
        world.people(),
        world.trip_rows(),
        world.calendar_days(),
        as_of or world.after,
        leave_days=world.leave_days(),
    )
    return found if rule is None else found.loc[found["rule"].eq(rule)].reset_index(drop=True)


def month_with_overtime(hours: float, country: str = "CN", **more: object) -> World:
    """June 2026 with eight hours on each weekday, and overtime on top of the first eleven of them."""
    days = [JUNE + timedelta(days=n) for n in range(30)]
    weekdays = [day for day in days if day.weekday() < 5]
    entries = [Entry(day, 8.0 + (hours / 11 if n < 11 else 0)) for n, day in enumerate(weekdays)]
    return replace(World(tuple(entries), 5, first=JUNE, country=country), **more)  # type: ignore[arg-type] # test fields


def run_of(days: int, **more: object) -> World:
    entries = [Entry(MONDAY + timedelta(days=n), 4.0) for n in range(days)]
    return replace(World(tuple(entries), 4), **more)  # type: ignore[arg-type] # test fields


def test_every_rule_names_its_source_and_grade() -> None:
    assert all(rule.source and rule.grade in "ABC" for rule in LIMIT_RULES)
    assert len({rule.rule for rule in LIMIT_RULES}) == len(LIMIT_RULES)
    forbidden = "burn.?out|burned|depress|stress level|resilience|mental|performance|productivity"
    assert not any(re.search(forbidden, f"{rule.rule} {rule.source}", re.IGNORECASE) for rule in LIMIT_RULES)


@pytest.mark.parametrize(
    ("country", "law"), [("DE", "EU"), ("NO", "EU"), ("CN", "CN"), ("JP", "JP"), ("GB", "none"), (None, "none")]
)
def test_the_home_country_decides_the_law(country: str | None, law: str) -> None:
    assert jurisdiction_of(country) == law


def test_48_hours_over_17_weeks_are_no_fact_and_a_minute_more_is() -> None:
    rule = "eu_48_hours_17_weeks"
    assert facts(weeks_of(*[48.0] * 17, country="DE"), rule).empty
    found = facts(weeks_of(*[48.02] * 17, country="DE"), rule)
    assert found["value"].tolist() == [48.02]
    assert found["window_start_date"].dt.date.tolist() == [MONDAY]
    assert found["is_certain"].all()
    assert found["is_law"].all()


def test_the_48_hours_hold_in_the_eu_only() -> None:
    assert facts(weeks_of(*[50.0] * 17, country="CN"), "eu_48_hours_17_weeks").empty


def test_an_opt_out_is_said_beside_the_fact() -> None:
    found = facts(weeks_of(*[50.0] * 17, country="DE", has_opted_out=True), "eu_48_hours_17_weeks")
    assert found["has_opted_out"].tolist() == [True]
    elsewhere = facts(weeks_of(*[60.0] * 17, country="DE", has_opted_out=True), "who_ilo_55_hours_4_weeks")
    assert not elsewhere["has_opted_out"].any()


def test_leave_does_not_thin_the_17_weeks_out() -> None:
    leave = tuple(MONDAY + timedelta(weeks=5, days=n) for n in range(14))
    hours = [50.0] * 5 + [None, None] + [50.0] * 10
    found = facts(weeks_of(*hours, country="DE", leave=leave), "eu_48_hours_17_weeks")
    assert found["value"].tolist() == [50.0]


def test_17_weeks_need_six_tenths_known_and_are_then_not_certain() -> None:
    rule = "eu_48_hours_17_weeks"
    assert facts(weeks_of(*[50.0] * 10, *[None] * 7, country="DE"), rule).empty
    found = facts(weeks_of(*[50.0] * 11, *[None] * 6, country="DE"), rule)
    assert found["is_certain"].tolist() == [False]
    assert found["days_known_share"].tolist() == [pytest.approx(11 / 17, abs=1e-4)]
    assert facts(weeks_of(*[80.0] * 11, *[None] * 6, country="DE"), rule)["is_certain"].tolist() == [True]


def test_every_window_over_the_limit_is_told_and_none_is_capped() -> None:
    assert len(facts(weeks_of(*[50.0] * 60, country="DE"), "eu_48_hours_17_weeks")) == 44


def test_a_window_does_not_reach_back_before_the_first_week() -> None:
    assert facts(weeks_of(*[60.0] * 16, country="DE"), "eu_48_hours_17_weeks").empty
    assert facts(weeks_of(*[60.0] * 3), "who_ilo_55_hours_4_weeks").empty


def test_55_hours_hold_for_everybody_from_the_first_minute() -> None:
    rule = "who_ilo_55_hours_4_weeks"
    found = facts(weeks_of(*[55.0] * 4, country=None), rule)
    assert found["jurisdiction"].tolist() == ["none"]
    assert not found["is_law"].any()
    assert facts(weeks_of(*[54.9] * 4, country=None), rule).empty


def test_leave_is_rest_for_the_55_hours() -> None:
    leave = tuple(MONDAY + timedelta(days=n) for n in range(5))
    assert facts(weeks_of(None, 60, 60, 60, country=None, leave=leave), "who_ilo_55_hours_4_weeks").empty


def test_36_overtime_hours_in_a_chinese_month_are_allowed_and_more_is_a_fact() -> None:
    rule = "cn_36_overtime_hours_month"
    assert facts(month_with_overtime(36), rule).empty
    found = facts(month_with_overtime(37), rule)
    assert found["value"].tolist() == [37]
    assert found["window_end_date"].dt.date.tolist() == [date(2026, 6, 30)]
    assert found["is_certain"].all()


def test_a_short_day_does_not_pay_for_a_long_one() -> None:
    world = month_with_overtime(37)
    short = replace(world, entries=(*world.entries[:-1], replace(world.entries[-1], hours=2.0)))
    assert facts(short, "cn_36_overtime_hours_month")["value"].tolist() == [37]


def test_all_hours_of_a_day_off_are_overtime() -> None:
    world = month_with_overtime(30)
    saturday = Entry(JUNE + timedelta(days=5), 7.0)
    found = facts(replace(world, entries=(*world.entries, saturday)), "cn_36_overtime_hours_month")
    assert found["value"].tolist() == [37]


def test_a_makeup_workday_is_no_overtime() -> None:
    saturday = JUNE + timedelta(days=5)
    world = month_with_overtime(30, makeup=(saturday,))
    assert facts(replace(world, entries=(*world.entries, Entry(saturday, 8.0))), "cn_36_overtime_hours_month").empty


def test_known_overtime_over_the_limit_is_certain_although_days_are_missing() -> None:
    world = month_with_overtime(40)
    found = facts(replace(world, entries=world.entries[:15]), "cn_36_overtime_hours_month")
    assert found["is_certain"].tolist() == [True]
    assert found["days_known_share"].tolist() == [pytest.approx(15 / 22, abs=1e-4)]


def test_overtime_on_a_provisional_calendar_is_not_certain() -> None:
    found = facts(month_with_overtime(40, provisional_from=JUNE), "cn_36_overtime_hours_month")
    assert found["is_certain"].tolist() == [False]


def test_without_a_calendar_overtime_is_not_assessed() -> None:
    world = month_with_overtime(60)
    found = limit_facts(
        world.person_days(),
        world.person_weeks(),
        world.people(),
        world.trip_rows(),
        world.calendar_days().head(0),
        world.after,
    )
    assert not found["rule"].str.contains("overtime").any()


def test_japan_has_three_limits_on_overtime() -> None:
    assert "jp_45_overtime_hours_month" not in set(facts(month_with_overtime(45, "JP"))["rule"])
    assert "jp_45_overtime_hours_month" in set(facts(month_with_overtime(46, "JP"))["rule"])
    assert "jp_100_overtime_hours_month" not in set(facts(month_with_overtime(99, "JP"))["rule"])
    assert "jp_100_overtime_hours_month" in set(facts(month_with_overtime(100, "JP"))["rule"])


def test_sundays_do_not_count_towards_the_45_hours() -> None:
    world = month_with_overtime(44, "JP")
    sunday = Entry(JUNE + timedelta(days=6), 5.0)
    assert facts(replace(world, entries=(*world.entries, sunday)), "jp_45_overtime_hours_month").empty


def test_80_hours_in_japan_are_a_mean_over_two_to_six_months() -> None:
    rule = "jp_80_overtime_hours_months"
    assert facts(month_with_overtime(99, "JP"), rule).empty
    days = [date(2026, 6, 1) + timedelta(days=n) for n in range(61)]
    entries = tuple(Entry(day, 12.0) for day in days if day.weekday() < 5)
    found = facts(World(entries, 9, first=JUNE, country="JP"), rule)
    assert found["value"].tolist() == [90]  # 22 and 23 days of four hours
    assert found["window_start_date"].dt.date.tolist() == [JUNE]


def test_the_seventh_day_in_a_row_is_a_fact_in_china() -> None:
    rule = "cn_day_off_each_week"
    assert facts(run_of(6), rule).empty
    found = facts(run_of(9), rule)
    assert found["value"].tolist() == [9]
    assert found["is_certain"].tolist() == [True]
    assert found["window_end_date"].dt.date.tolist() == [MONDAY + timedelta(days=8)]
    assert facts(run_of(9, country="DE"), rule).empty


def test_a_run_over_an_unfiled_day_is_possible_not_certain() -> None:
    world = run_of(9)
    unfiled = replace(world, entries=tuple(e for e in world.entries if e.day != MONDAY + timedelta(days=3)))
    found = facts(unfiled, "cn_day_off_each_week")
    assert found["value"].tolist() == [9]
    assert found["is_certain"].tolist() == [False]


def test_a_day_of_leave_ends_a_run_for_certain() -> None:
    leave = MONDAY + timedelta(days=3)
    world = run_of(9, leave=(leave,))
    on_leave = replace(world, entries=tuple(e for e in world.entries if e.day != leave))
    assert facts(on_leave, "cn_day_off_each_week").empty


def test_a_silent_team_makes_no_facts() -> None:
    assert facts(World((), 30)).empty


def test_working_exactly_chinas_workdays_of_2024_to_2026_makes_no_fact() -> None:
    first, last = date(2024, 1, 1), date(2026, 12, 27)
    calendar = working_days(["CN"], first, last)
    days = calendar.loc[calendar["is_workday"], "calendar_date"].dt.date
    weekend = tuple(day for day in days if day.weekday() >= 5)
    off = tuple(calendar.loc[~calendar["is_workday"], "calendar_date"].dt.date)
    world = World(tuple(Entry(day, 8.0) for day in days), 156, first=first, makeup=weekend, off=off)
    assert facts(world).empty


def test_facts_have_the_same_columns_when_there_are_none() -> None:
    none = facts(World((), 2)).columns
    assert list(none) == list(facts(run_of(9)).columns)
    assert list(facts(World((), 1), as_of=MONDAY).columns) == list(none)


def test_a_fact_that_rests_on_assumed_knowledge_says_so() -> None:
    assert facts(run_of(9, is_assumed=True), "cn_day_off_each_week")["is_assumed"].tolist() == [True]


days_and_hours = st.dictionaries(st.integers(0, 55), st.floats(0.5, 16), max_size=56)


def world_of(hours: dict[int, float], country: str, first: date = MONDAY) -> World:
    entries = tuple(Entry(first + timedelta(days=day), worked) for day, worked in sorted(hours.items()))
    return World(entries, 8, first=first, country=country)


@few_examples
@given(days_and_hours, st.sampled_from(["CN", "JP", "DE"]), st.data())
def test_one_more_hour_never_takes_a_certain_fact_away(
    hours: dict[int, float], country: str, data: st.DataObject
) -> None:
    if not hours:
        return
    day = data.draw(st.sampled_from(sorted(hours)))
    keys = ["rule", "window_end_date"]
    before = facts(world_of(hours, country))
    after = facts(world_of(hours | {day: hours[day] + 1}, country))
    monthly = before.loc[before["is_certain"] & ~before["rule"].eq("cn_day_off_each_week")]
    joined = monthly.merge(after, on=keys, how="left", suffixes=("", "_after"), validate="one_to_one")
    assert joined["value_after"].ge(joined["value"] - 0.02).all()
    certain = [found.loc[found["is_certain"]] for found in (before, after)]
    runs = [found.loc[found["rule"].eq("cn_day_off_each_week"), "value"].sum() for found in certain]
    assert runs[1] >= runs[0]


@few_examples
@given(days_and_hours, st.data())
def test_a_deleted_row_never_makes_a_certain_fact(hours: dict[int, float], data: st.DataObject) -> None:
    if not hours:
        return
    gone = data.draw(st.sampled_from(sorted(hours)))
    before = facts(world_of(hours, "CN"))
    after = facts(world_of({day: worked for day, worked in hours.items() if day != gone}, "CN"))
    exact = ["cn_36_overtime_hours_month", "cn_day_off_each_week"]
    certain = [found.loc[found["is_certain"] & found["rule"].isin(exact), "value"].sum() for found in (before, after)]
    assert certain[1] <= certain[0] + 0.02


@few_examples
@given(days_and_hours, st.integers(-100, 100))
def test_runs_and_means_do_not_depend_on_the_date(hours: dict[int, float], weeks: int) -> None:
    here = facts(world_of(hours, "CN"))
    there = facts(world_of(hours, "CN", MONDAY + timedelta(weeks=weeks)))
    # Months end on other days there, so overtime of a month is left out.
    columns = ["rule", "value", "is_certain", "days_known_share"]
    shown = [found.loc[~found["rule"].str.contains("month"), columns].reset_index(drop=True) for found in (here, there)]
    pd.testing.assert_frame_equal(shown[0], shown[1])


@few_examples
@given(st.lists(st.tuples(st.integers(0, 27), st.floats(1, 14), st.integers(0, 4)), max_size=40), st.integers(0, 5))
def test_late_rows_do_not_change_the_facts_of_an_earlier_day(rows: list[tuple[int, float, int]], asked: int) -> None:
    entries = [Entry(MONDAY + timedelta(days=day), hours, late) for day, hours, late in rows]
    day = MONDAY + timedelta(weeks=asked, days=6)
    in_time = [e for e in entries if e.day - timedelta(days=e.day.weekday()) + timedelta(weeks=e.weeks_late) <= day]
    pd.testing.assert_frame_equal(
        facts(World(tuple(entries), 4), as_of=day), facts(World(tuple(in_time), 4), as_of=day)
    )


def test_a_plain_week_of_five_days_makes_no_fact_anywhere() -> None:
    for country in ("CN", "JP", "DE", None):
        entries = [e for n in range(20) for e in plain_week(MONDAY + timedelta(weeks=n))]
        assert facts(World(tuple(entries), 20, country=country)).empty
