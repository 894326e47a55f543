"""Missing is not rest, and odd rows have a stated answer."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pandas as pd
import pytest

from analytics.workload.strain.now import strain_now
from tests.analytics.workload.strain.helpers import SETTINGS, after_past, frames_of, level_of, now, value_of
from tests.analytics.workload.world import Entry, World, weeks_of

USUAL = (8.0, 8.0, 8.0, 8.0, 8.0)
MONDAY = date(2026, 5, 25)


def test_two_missing_weeks_of_four_give_no_level() -> None:
    row = level_of(after_past((), (), past=12))
    assert (row["level"], row["reason"], row["data_share"]) == ("NO DATA", "coverage", 0.5)


def test_one_missing_week_of_a_person_with_usual_weeks_leaves_ok() -> None:
    busy = (10.0, 10.0, 9.0, 9.0, 9.0)
    row = level_of(after_past(busy, busy, (), busy))
    assert (row["level"], row["data_share"]) == ("OK", 0.75)
    assert row["index_low"] < row["index"] < row["index_high"]


def test_one_missing_week_of_a_person_who_works_weekends_decides() -> None:
    saturdays = (9.0, 9.0, 9.0, 9.0, 9.0, 6.0)
    row = level_of(after_past(saturdays, saturdays, (), saturdays))
    assert (row["level"], row["reason"]) == ("NO DATA", "open")


def test_leave_is_rest_because_it_is_recorded() -> None:
    leave = tuple(MONDAY + timedelta(days=n) for n in range(28))
    row = level_of(replace(after_past((), (), (), ()), leave=leave))
    assert (row["level"], row["index"], row["data_share"]) == ("OK", 0, 1.0)


def test_a_holiday_is_rest_because_the_calendar_has_it() -> None:
    week = tuple(MONDAY + timedelta(days=n) for n in range(5))
    row = level_of(replace(after_past(()), off=week))
    assert (row["level"], row["data_share"]) == ("OK", 1.0)


def test_one_week_of_data_is_too_new_to_judge() -> None:
    row = level_of(weeks_of(60.0))
    assert (row["level"], row["reason"]) == ("NO DATA", "new")


def test_a_day_of_more_than_24_hours_counts_24() -> None:
    longest = after_past((30.0, 8, 8, 8, 8))
    assert value_of(longest, "hours_peak_week") == 56


def test_overlapping_trips_share_their_nights() -> None:
    world = after_past(USUAL, USUAL)
    trips = ((MONDAY, MONDAY + timedelta(days=5)), (MONDAY + timedelta(days=2), MONDAY + timedelta(days=7)))
    assert value_of(replace(world, trips=trips), "nights_away") == 7


def test_a_trip_without_an_end_puts_nobody_anywhere() -> None:
    world = after_past(USUAL)
    trip = frames_of(replace(world, trips=((MONDAY, MONDAY + timedelta(days=3)),))).trips
    open_end = trip.assign(returned_date=pd.Series([pd.NaT], dtype="datetime64[us]"))
    assert value_of(world, "nights_away", trips=open_end) == 0


def test_a_trip_that_ends_before_it_begins_has_no_nights() -> None:
    world = replace(after_past(USUAL), trips=((MONDAY + timedelta(days=3), MONDAY),))
    assert value_of(world, "nights_away") == 0


def test_a_person_with_two_ids_is_two_people_and_both_are_told() -> None:
    entries = after_past(USUAL).entries
    split = tuple(replace(e, person="ana" if n % 2 else "ana2") for n, e in enumerate(entries))
    world = World(split, 13, first=date(2026, 3, 2), persons=("ana", "ana2"))
    levels = now(world).levels
    assert levels["person_id"].tolist() == ["ana", "ana2"]
    # Half of the workdays of each id are unfiled: that gives no level rather than a restful one.
    assert levels["level"].tolist() == ["NO DATA", "NO DATA"]


def test_a_contract_of_no_hours_still_counts_the_hours_worked() -> None:
    row = level_of(after_past(*[(12.0,) * 6] * 4, weekly_hours=0.0))
    assert row["level"] == "HIGH"


def test_an_unknown_contract_changes_nothing_in_limits_of_health() -> None:
    known, unknown = (level_of(after_past(*[(11.0,) * 5] * 4, weekly_hours=h)) for h in (40.0, None))
    assert known["hours_score"] == unknown["hours_score"]


def test_without_a_calendar_monday_to_friday_are_workdays() -> None:
    row = level_of(after_past(USUAL, country=None))
    assert (row["level"], row["data_share"]) == ("OK", 1.0)


def test_nobody_at_all_is_an_empty_answer() -> None:
    told = strain_now(frames_of(after_past(USUAL)).of_people([]), SETTINGS, MONDAY)
    assert told.levels.empty
    assert told.indicators.empty


@pytest.mark.parametrize(("weeks_late", "share"), [(1, 1.0), (2, 0.75)])
def test_a_week_that_is_filed_later_was_missing_before(weeks_late: int, share: float) -> None:
    late = tuple(Entry(MONDAY + timedelta(days=n), 8.0, weeks_late=weeks_late) for n in range(5))
    past = after_past()
    world = replace(past, entries=past.entries + late, weeks=13)
    assert now(world).levels.iloc[0]["data_share"] == share
    told = now(world, as_of=MONDAY + timedelta(weeks=weeks_late)).weeks
    assert told.loc[told["week_start_date"].eq(pd.Timestamp(MONDAY)), "data_share"].iloc[0] == 1.0
