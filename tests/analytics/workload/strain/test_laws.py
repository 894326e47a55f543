"""What always holds, whatever the rows are."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from analytics.workload.strain.assess import strain_weeks
from analytics.workload.strain.now import strain_now
from tests.analytics.workload.strain.helpers import SETTINGS, frames_of, usual_past
from tests.analytics.workload.world import Entry, World, few_examples

FIRST = date(2026, 3, 2)
PAST_WEEKS, LAST_WEEKS = 10, 4
LAST_DAY = FIRST + timedelta(weeks=PAST_WEEKS)

#: Hours of the last 28 days, in quarters; weekend days are often free.
Month = st.lists(st.integers(0, 44).map(lambda quarters: quarters / 4), min_size=28, max_size=28)


def month(hours: list[float], **more: object) -> World:
    own = [Entry(LAST_DAY + timedelta(days=n), h) for n, h in enumerate(hours) if h > 0]
    world = World(tuple(usual_past(PAST_WEEKS) + own), PAST_WEEKS + LAST_WEEKS, first=FIRST)
    return replace(world, **more)  # type: ignore[arg-type] # test fields


def filed(hours: list[float]) -> list[float]:
    """Let no workday be empty: an empty one would be unfiled."""
    return [max(h, 1.0) if n % 7 < 5 else h for n, h in enumerate(hours)]


def row(world: World, as_of: date | None = None) -> pd.Series:
    return strain_now(frames_of(world), SETTINGS, as_of or world.after).levels.iloc[0]


@few_examples
@given(Month, st.integers(0, 27), st.floats(0.25, 6))
def test_more_hours_in_the_last_four_weeks_never_lower_the_index(hours: list[float], day: int, more: float) -> None:
    hours = filed(hours)
    longer = [h + more if n == day else h for n, h in enumerate(hours)]
    before, after = row(month(hours)), row(month(longer))
    for name in ("index", "index_low", "index_high"):
        assert after[name] >= before[name] - 1e-9


@few_examples
@given(Month, st.integers(0, 3), st.integers(0, 4))
def test_recorded_leave_never_raises_the_index(hours: list[float], week: int, weekday: int) -> None:
    hours = filed(hours)
    day = LAST_DAY + timedelta(days=7 * week + weekday)
    rested = [0.0 if n == 7 * week + weekday else h for n, h in enumerate(hours)]
    assert row(month(rested, leave=(day,)))["index"] <= row(month(hours))["index"] + 1e-9


def long_day(hours: list[float]) -> float:
    """The 95th percentile of the filed workdays: no unfiled day is taken to be longer."""
    filed_days = [h for n, h in enumerate(hours) if n % 7 < 5 and h > 0]
    workdays = sorted([8.0] * 5 * PAST_WEEKS + filed_days)
    return max(workdays[math.ceil(0.95 * len(workdays)) - 1], 8.0)


def without_days(hours: list[float], gone: set[int]) -> list[float]:
    """Take away days that are no longer than the long day of the days that remain."""
    kept = [0.0 if n in gone else h for n, h in enumerate(hours)]
    too_long = {n for n in gone if hours[n] > long_day(kept)}
    return without_days(hours, gone - too_long) if too_long else kept


@few_examples
@given(Month, st.sets(st.integers(0, 19), max_size=12))
def test_deleting_workdays_never_lowers_the_high_bound_and_never_gives_ok(
    hours: list[float], deleted: set[int]
) -> None:
    hours = filed(hours)
    kept = without_days(hours, {7 * (n // 5) + n % 5 for n in deleted})
    before, after = row(month(hours)), row(month(kept))
    assert after["index_high"] >= before["index_high"] - 1e-9
    if before["level"] != "OK":
        assert after["level"] != "OK"


@few_examples
@given(Month, st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(hours: list[float], random: object) -> None:
    world = month(filed(hours))
    entries = list(world.entries)
    random.shuffle(entries)  # type: ignore[attr-defined] # a random.Random
    pd.testing.assert_series_equal(row(world), row(replace(world, entries=tuple(entries))))


@few_examples
@given(Month, st.integers(1, 4))
def test_a_shift_by_whole_weeks_changes_only_dates(hours: list[float], weeks: int) -> None:
    world = month(filed(hours))
    later = replace(
        world,
        first=world.first + timedelta(weeks=weeks),
        entries=tuple(replace(e, day=e.day + timedelta(weeks=weeks)) for e in world.entries),
    )
    same = row(world).drop("week_start_date")
    pd.testing.assert_series_equal(same, row(later).drop("week_start_date"))


def test_names_and_other_people_change_nothing() -> None:
    alone = month(filed([9.0, 10, 11, 9, 10, 4, 0] * 4))
    other = tuple(replace(e, person="ben", hours=e.hours / 2, project="p2") for e in alone.entries)
    renamed = tuple(replace(e, person="zoe") for e in alone.entries)
    crowd = replace(alone, entries=other + renamed, persons=("ben", "zoe"))
    levels = strain_now(frames_of(crowd), SETTINGS, crowd.after).levels
    found = levels.loc[levels["person_id"].eq("zoe")].iloc[0].drop("person_id")
    pd.testing.assert_series_equal(found, row(alone).drop("person_id"), check_names=False)


@few_examples
@given(Month, st.lists(st.integers(0, 3), min_size=4, max_size=4))
def test_late_timesheets_change_no_level_that_was_told_before(hours: list[float], late: list[int]) -> None:
    world = month(filed(hours))
    entries = tuple(
        replace(e, weeks_late=late[(e.day - LAST_DAY).days // 7]) if e.day >= LAST_DAY else e for e in world.entries
    )
    world = replace(world, entries=entries)
    for weeks in range(1, LAST_WEEKS + 1):
        monday = LAST_DAY + timedelta(weeks=weeks)
        known = [
            e for e in entries if e.day - timedelta(days=e.day.weekday()) + timedelta(weeks=e.weeks_late) <= monday
        ]
        then = replace(world, entries=tuple(known), weeks=PAST_WEEKS + weeks)
        pd.testing.assert_series_equal(row(world, monday), row(then, monday))


@few_examples
@given(Month)
def test_one_more_week_on_top_is_the_same_as_from_the_begin(hours: list[float]) -> None:
    world = month(filed(hours))
    frames = frames_of(world)
    whole = strain_weeks(frames, SETTINGS, world.after)
    last = whole["week_start_date"].max()
    before = whole.loc[whole["week_start_date"].eq(last - timedelta(weeks=1))]
    more = strain_weeks(frames, SETTINGS, world.after, before=before)
    expected = whole.loc[whole["week_start_date"].eq(last)].reset_index(drop=True)
    pd.testing.assert_frame_equal(more, expected)


@few_examples
@given(Month)
def test_the_same_work_under_another_calendar_is_the_same_index(hours: list[float]) -> None:
    """Without a holiday in the time, it does not matter in which country somebody lives."""
    world = month(filed(hours))
    for country in ("DE", "JP", None):
        pd.testing.assert_series_equal(row(world), row(replace(world, country=country)))


@few_examples
@given(Month)
def test_the_index_lies_between_its_bounds(hours: list[float]) -> None:
    rows = strain_weeks(frames_of(month(hours)), SETTINGS, month(hours).after)
    assert np.all(rows["index_low"] <= rows["index"] + 1e-9)
    assert np.all(rows["index"] <= rows["index_high"] + 1e-9)
    assert rows["index_low"].ge(0).all()
    assert rows["index_high"].le(100).all()
