"""Weeks as known on a day, and the load that they make."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.workload.load import with_load
from analytics.workload.weeks import weeks_as_known
from tests.analytics.workload.world import MONDAY, Entry, World, few_examples, plain_week, weeks_of

known_or_missing = st.lists(st.one_of(st.none(), st.floats(5, 80)), min_size=1, max_size=40)


def loads(world: World) -> pd.DataFrame:
    return with_load(weeks_as_known(world.person_weeks(), world.after))


def last_load(world: World) -> pd.Series:
    return loads(world).iloc[-1]


def test_a_missing_week_has_no_hours_and_never_zero() -> None:
    weeks = loads(weeks_of(40, None))
    assert list(weeks["state"]) == ["filed", "missing"]
    assert weeks.loc[1, ["worked_hours", "load_ratio", "worked_days_count"]].isna().all()
    assert not weeks.loc[1, "is_known"]


def test_a_week_filed_only_later_is_missing_as_of_then() -> None:
    world = World(tuple(plain_week(MONDAY, weeks_late=2)), 1)
    before = weeks_as_known(world.person_weeks(), MONDAY + timedelta(weeks=1))
    later = weeks_as_known(world.person_weeks(), MONDAY + timedelta(weeks=2))
    assert list(before["state"]) == ["missing"]
    assert before["worked_hours"].isna().all()
    assert later["worked_hours"].item() == 40


def test_a_correction_is_added_and_a_withdrawn_week_is_missing() -> None:
    week = plain_week(MONDAY)
    corrected = World((*week, Entry(MONDAY, -2.0, weeks_late=1, count=0)), 1)
    assert weeks_as_known(corrected.person_weeks(), MONDAY + timedelta(weeks=1))["worked_hours"].item() == 38
    withdrawn = World((*week, *plain_week(MONDAY, -8.0, weeks_late=1, count=-1)), 1)
    known = weeks_as_known(withdrawn.person_weeks(), MONDAY + timedelta(weeks=1))
    assert known["state"].item() == "missing"
    assert known["worked_hours"].isna().all()


def test_a_week_counts_from_its_sunday_on() -> None:
    marts = weeks_of(40, 40).person_weeks()
    assert len(weeks_as_known(marts, MONDAY + timedelta(days=5))) == 0
    assert len(weeks_as_known(marts, MONDAY + timedelta(days=6))) == 1
    assert len(weeks_as_known(marts, MONDAY + timedelta(days=12))) == 1


def test_a_week_of_leave_is_known_rest_even_when_nothing_was_filed() -> None:
    leave = tuple(MONDAY + timedelta(days=n) for n in range(5))
    week = loads(World((), 1, leave=leave)).iloc[0]
    assert (week["state"], week["is_known"], week["capacity_hours"]) == ("on_leave", True, 0)
    assert pd.isna(week["load_ratio"])
    assert not week["is_work_on_leave"]


def test_work_in_a_week_of_leave_is_said_so() -> None:
    leave = tuple(MONDAY + timedelta(days=n) for n in range(5))
    week = loads(World((Entry(MONDAY, 4.0),), 1, leave=leave)).iloc[0]
    assert week["is_work_on_leave"]
    assert pd.isna(week["load_ratio"])


def test_leave_and_holidays_make_less_capacity_not_less_load() -> None:
    world = World(
        tuple(plain_week(MONDAY, 8.0, days=3)),
        1,
        leave=(MONDAY + timedelta(days=4),),
        off=(MONDAY + timedelta(days=3),),
    )
    week = loads(world).iloc[0]
    assert (week["capacity_hours"], week["load_ratio"], week["filed_share"]) == (24, 1.0, 1.0)


def test_a_makeup_workday_is_an_ordinary_workday() -> None:
    saturday = MONDAY + timedelta(days=5)
    week = loads(World(tuple(plain_week(MONDAY, 8.0, days=6)), 1, makeup=(saturday,))).iloc[0]
    assert (week["capacity_hours"], week["load_ratio"]) == (48, 1.0)


def test_unknown_contract_hours_give_hours_but_no_ratio() -> None:
    week = last_load(weeks_of(40, 44, 40, 44, weekly_hours=None))
    assert week["load_hours_4_weeks"] == 42
    assert pd.isna(week["load_ratio_4_weeks"])


def test_a_week_with_one_of_five_days_filed_is_not_a_light_week() -> None:
    filed = [entry for n in range(3) for entry in plain_week(MONDAY + timedelta(weeks=n), 9.0)]
    hardly = plain_week(MONDAY + timedelta(weeks=3), 9.0, days=1)
    week = last_load(World((*filed, *hardly), 4))
    assert week["filed_share"] == pytest.approx(0.2)
    assert not week["is_known"]
    assert week["load_hours_4_weeks"] == pytest.approx(45)


def test_a_part_timers_short_week_is_filed_in_full() -> None:
    week = loads(World(tuple(plain_week(MONDAY, 8.0, days=3)), 1, weekly_hours=24.0)).iloc[0]
    assert (week["filed_share"], week["load_ratio"], week["is_known"]) == (1.0, 1.0, True)


def test_a_mean_needs_six_tenths_of_its_weeks() -> None:
    assert last_load(weeks_of(40, 40, None, 46))["load_hours_4_weeks"] == 42
    assert pd.isna(last_load(weeks_of(40, None, None, 46))["load_hours_4_weeks"])
    assert last_load(weeks_of(40, None, None, 46))["weeks_known_share_4"] == 0.5


def test_the_recent_load_is_that_of_the_last_two_weeks_of_which_one_may_miss() -> None:
    assert last_load(weeks_of(40, 50, 60))["load_hours_2_weeks"] == 55
    assert last_load(weeks_of(40, 60, None))["load_hours_2_weeks"] == 60
    assert pd.isna(last_load(weeks_of(60, None, None))["load_hours_2_weeks"])


def test_seventeen_weeks_have_a_mean_of_their_own() -> None:
    assert last_load(weeks_of(*[40.0] * 13, *[50.0] * 4))["load_hours_17_weeks"] == pytest.approx(42.352941)


def test_hours_are_compared_with_the_persons_own_usual_week() -> None:
    week = last_load(weeks_of(*[38.0] * 10, 45, 45, 50, 50))
    assert (week["baseline_hours"], week["hours_above_baseline"]) == (38, 12)


def test_a_baseline_needs_six_full_weeks_and_never_sees_the_last_four() -> None:
    assert pd.isna(last_load(weeks_of(*[40.0] * 9))["baseline_hours"])
    assert last_load(weeks_of(*[40.0] * 6, *[70.0] * 4))["baseline_hours"] == 40


def test_a_return_from_leave_is_not_above_the_own_usual_week() -> None:
    first_back = MONDAY + timedelta(weeks=13)
    leave = tuple(first_back - timedelta(days=n) for n in range(1, 22))
    entries = [e for n in range(10) for e in plain_week(MONDAY + timedelta(weeks=n))] + plain_week(first_back)
    week = last_load(World(tuple(entries), 14, leave=leave))
    assert week["hours_above_baseline"] < 0


def test_what_rests_on_assumed_knowledge_says_so() -> None:
    world = weeks_of(40, None, is_assumed=True)
    assert weeks_as_known(world.person_weeks(), world.after)["is_assumed"].tolist() == [True, True]


def test_no_weeks_give_no_rows() -> None:
    assert loads(replace(weeks_of(40), first=MONDAY)).shape[0] == 1
    assert with_load(weeks_as_known(weeks_of(40).person_weeks().head(0), MONDAY)).empty


@few_examples
@given(known_or_missing, st.data())
def test_one_more_hour_on_a_filed_day_never_lowers_a_load(hours: list[float | None], data: st.DataObject) -> None:
    world = weeks_of(*hours)
    if not world.entries:
        return
    at = data.draw(st.integers(0, len(world.entries) - 1))
    entries = list(world.entries)
    entries[at] = replace(entries[at], hours=entries[at].hours + 1)
    columns = [f"load_hours_{n}_weeks" for n in (2, 4, 17)] + [
        "load_ratio",
        "load_ratio_4_weeks",
        "load_ratio_17_weeks",
    ]
    before, after = loads(world)[columns], loads(replace(world, entries=tuple(entries)))[columns]
    assert before.isna().equals(after.isna())
    assert (after - before).fillna(0).ge(-1e-5).all(axis=None)


@few_examples
@given(known_or_missing, st.data())
def test_deleting_rows_never_turns_into_rest(hours: list[float | None], data: st.DataObject) -> None:
    world = weeks_of(*hours)
    kept = data.draw(st.lists(st.booleans(), min_size=len(world.entries), max_size=len(world.entries)))
    fewer = replace(world, entries=tuple(e for e, keep in zip(world.entries, kept, strict=True) if keep))
    before, after = loads(world), loads(fewer)
    assert not after["state"].isin(["on_leave", "no_workdays"]).any()
    assert after.loc[after["state"].eq("missing"), "worked_hours"].isna().all()
    assert (after["filed_share"] <= before["filed_share"] + 1e-9).all()
    assert not (after["is_known"] & ~before["is_known"]).any()


@few_examples
@given(known_or_missing, st.integers(-200, 200))
def test_shifting_by_whole_weeks_changes_nothing(hours: list[float | None], weeks: int) -> None:
    here, there = weeks_of(*hours), weeks_of(*hours, first=MONDAY + timedelta(weeks=weeks))
    dates = ["week_start_date"]
    pd.testing.assert_frame_equal(loads(here).drop(columns=dates), loads(there).drop(columns=dates))


@few_examples
@given(st.lists(st.tuples(st.integers(0, 41), st.floats(0.5, 12), st.integers(0, 5)), max_size=60), st.integers(0, 5))
def test_late_rows_do_not_change_an_earlier_day(rows: list[tuple[int, float, int]], asked_week: int) -> None:
    entries = [Entry(MONDAY + timedelta(days=day), hours, late) for day, hours, late in rows]
    asked = MONDAY + timedelta(weeks=asked_week, days=6)
    in_time = [e for e in entries if e.day - timedelta(days=e.day.weekday()) + timedelta(weeks=e.weeks_late) <= asked]
    all_rows, known = World(tuple(entries), 6), World(tuple(in_time), 6)
    pd.testing.assert_frame_equal(
        with_load(weeks_as_known(all_rows.person_weeks(), asked)),
        with_load(weeks_as_known(known.person_weeks(), asked)),
    )


@few_examples
@given(known_or_missing)
def test_the_order_of_rows_changes_nothing_and_no_frame_is_touched(hours: list[float | None]) -> None:
    marts = weeks_of(*hours).person_weeks()
    copy = marts.copy(deep=True)
    asked = MONDAY + timedelta(weeks=len(hours))
    forward = with_load(weeks_as_known(marts, asked))
    backward = with_load(weeks_as_known(marts.iloc[::-1], asked))
    pd.testing.assert_frame_equal(forward, backward)
    pd.testing.assert_frame_equal(marts, copy)
