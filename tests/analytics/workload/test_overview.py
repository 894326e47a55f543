"""Days in a row, and one row per person with the latest numbers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.workload.days import day_states, days_as_known, days_in_a_row
from analytics.workload.limits import limit_facts
from analytics.workload.load import with_load
from analytics.workload.overview import workload_overview
from analytics.workload.travel import with_travel
from analytics.workload.weeks import weeks_as_known
from tests.analytics.workload.world import MONDAY, Entry, World, few_examples, plain_week, weeks_of


def overview(world: World, as_of: date | None = None) -> pd.DataFrame:
    return workload_overview(
        world.person_weeks(),
        world.person_days(),
        world.person_project_weeks(),
        world.trip_rows(),
        world.people(),
        world.calendar_days(),
        as_of or world.after,
        facts_of(world, as_of),
        leave_days=world.leave_days(),
    )


def facts_of(world: World, as_of: date | None = None) -> pd.DataFrame:
    frames = (world.person_days(), world.person_weeks(), world.people(), world.trip_rows(), world.calendar_days())
    return limit_facts(*frames, as_of or world.after, leave_days=world.leave_days())


def runs(world: World) -> tuple[int | None, int | None]:
    weeks = weeks_as_known(world.person_weeks(), world.after)
    states = day_states(
        weeks,
        world.person_days(),
        world.people(),
        world.calendar_days(),
        as_of_date=world.after,
        leave_days=world.leave_days(),
    )
    row = days_in_a_row(states).iloc[0]
    counts = [row["days_in_a_row_count"], row["days_in_a_row_possible_count"]]
    certain, possible = (None if pd.isna(count) else int(count) for count in counts)
    return certain, possible


def worked_on(*days: int, weeks: int = 2, **more: object) -> World:
    entries = tuple(Entry(MONDAY + timedelta(days=day), 8.0) for day in days)
    return replace(World(entries, weeks), **more)  # type: ignore[arg-type] # test fields


def test_a_plain_fortnight_has_five_days_in_a_row() -> None:
    assert runs(worked_on(0, 1, 2, 3, 4, 7, 8, 9, 10, 11)) == (5, 5)


def test_a_worked_weekend_joins_two_weeks() -> None:
    assert runs(worked_on(*range(12))) == (12, 12)


def test_a_run_that_began_long_ago_is_counted_in_full() -> None:
    assert runs(worked_on(*range(40), weeks=6)) == (40, 40)


def test_an_unfiled_workday_is_possible_work_and_not_rest() -> None:
    assert runs(worked_on(0, 1, 3, 4, 5, 6, 7, 8, 9, 10, 11)) == (9, 12)


def test_leave_and_holidays_end_a_run() -> None:
    assert runs(worked_on(0, 1, 3, 4, 7, 8, 9, 10, 11, leave=(MONDAY + timedelta(days=2),))) == (5, 5)
    assert runs(worked_on(0, 1, 3, 4, 7, 8, 9, 10, 11, off=(MONDAY + timedelta(days=2),))) == (5, 5)


def test_a_quarter_of_an_hour_on_saturday_is_no_day_of_work() -> None:
    world = worked_on(0, 1, 2, 3, 4, 7, 8, 9, 10, 11)
    call = Entry(MONDAY + timedelta(days=5), 0.25)
    assert runs(replace(world, entries=(*world.entries, call))) == (5, 5)


def test_the_weekend_of_an_unfiled_week_is_unknown_too() -> None:
    assert runs(worked_on(*range(21), weeks=4)) == (21, 28)


def test_of_silence_no_upper_bound_is_told() -> None:
    assert runs(worked_on(*range(7), weeks=2)) == (7, None)


def test_a_silent_fortnight_gives_no_count_at_all() -> None:
    assert runs(worked_on(0, 1, 2, 3, 4, weeks=4)) == (None, None)
    assert runs(worked_on(0, 1, 2, 3, 4, weeks=4, leave=(MONDAY + timedelta(days=23),))) == (None, None)


def test_recorded_leave_is_a_known_zero() -> None:
    leave = tuple(MONDAY + timedelta(days=day) for day in range(14, 28))
    assert runs(worked_on(0, 1, 2, 3, 4, 7, 8, 9, 10, 11, weeks=4, leave=leave)) == (0, 0)


@few_examples
@given(st.sets(st.integers(0, 27)), st.data())
def test_deleting_a_workday_never_lowers_what_is_possible(days: set[int], data: st.DataObject) -> None:
    workdays = sorted(day for day in days if day % 7 < 5)
    if not workdays:
        return
    gone = data.draw(st.sampled_from(workdays))
    before, after = runs(worked_on(*days, weeks=4)), runs(worked_on(*(days - {gone}), weeks=4))
    if before[0] is not None and after[0] is not None:
        assert after[0] <= before[0]
    if before[1] is not None and after[1] is not None:
        assert after[1] >= before[1]


def test_a_day_whose_entries_were_taken_back_has_no_row() -> None:
    world = World((Entry(MONDAY, 8.0), Entry(MONDAY, -8.0, weeks_late=1, count=-1)), 2)
    assert days_as_known(world.person_days(), MONDAY + timedelta(days=6))["worked_hours"].tolist() == [8]
    assert days_as_known(world.person_days(), world.after).empty


def test_the_overview_tells_the_latest_numbers() -> None:
    entries = [e for n in range(12) for e in plain_week(MONDAY + timedelta(weeks=n), 8.0)]
    late = [Entry(MONDAY + timedelta(weeks=12, days=n), 10.0, project=f"p{n % 2}") for n in range(6)]
    stay = (MONDAY + timedelta(weeks=11), MONDAY + timedelta(weeks=12, days=5))
    row = overview(World((*entries, *late), 13, trips=(stay,), country="IN")).iloc[0]
    assert row["worked_hours_last_week"] == 60
    assert row["load_ratio_4_weeks"] == pytest.approx(180 / 160)
    assert row["load_hours_4_weeks"] == 45
    assert row["hours_above_baseline"] == 10
    assert row["nights_28_days_count"] == 12
    assert row["weekends_away_28_days_count"] == 1
    assert row["weeks_on_site_count"] == 2
    assert (row["days_in_a_row_count"], row["days_in_a_row_possible_count"]) == (6, 6)
    assert row["longest_day_hours"] == 10
    assert row["project_count"] == 2
    assert (row["weeks_known_share"], row["days_known_share"]) == (1, 1)
    assert (row["limit_fact_count"], row["missing_weeks_count"]) == (0, 0)


def test_missing_weeks_are_counted_and_a_mean_over_too_few_is_not_told() -> None:
    row = overview(weeks_of(40, 40, 40, 40, None, None)).iloc[0]
    assert row["missing_weeks_count"] == 2
    assert row["weeks_known_share"] == 0.5
    assert row["days_known_share"] == 0.5
    assert pd.isna(row["load_ratio_4_weeks"])
    assert pd.isna(row["worked_hours_last_week"])


def test_each_limit_counts_once_in_the_overview() -> None:
    assert overview(weeks_of(*[60.0] * 20, country="DE"))["limit_fact_count"].tolist() == [2]


def test_someone_who_left_or_never_filed_has_a_row_without_numbers() -> None:
    stayed = weeks_of(*[40.0] * 12)
    gone = replace(weeks_of(40, 40), persons=("bob",))
    gone = replace(gone, entries=tuple(replace(e, person="bob") for e in gone.entries))
    people = pd.DataFrame(
        {"person_id": ["ana", "bob", "eve"], "home_country": ["CN", None, "XX"], "has_opted_out": [None, True, False]}
    )
    found = workload_overview(
        pd.concat([stayed.person_weeks(), gone.person_weeks()]),
        pd.concat([stayed.person_days(), gone.person_days()]),
        pd.concat([stayed.person_project_weeks(), gone.person_project_weeks()]),
        stayed.trip_rows(),
        people,
        stayed.calendar_days(),
        stayed.after,
        facts_of(stayed),
    ).set_index("person_id")
    assert list(found.index) == ["ana", "bob", "eve"]
    assert found.loc[["bob", "eve"], "state_last_week":"missing_weeks_count"].isna().all(axis=None)
    assert found.loc["bob", "last_week_date"] == pd.Timestamp(MONDAY + timedelta(weeks=1))
    assert found["last_week_date"].isna().tolist() == [False, False, True]
    assert found.loc["ana", "load_hours_4_weeks"] == 40


def test_empty_marts_give_an_empty_overview() -> None:
    world = World((), 1, persons=())
    nothing = weeks_of(40)
    found = workload_overview(
        nothing.person_weeks().head(0),
        nothing.person_days().head(0),
        nothing.person_project_weeks().head(0),
        world.trip_rows(),
        world.people(),
        nothing.calendar_days(),
        nothing.after,
        facts_of(nothing).head(0),
    )
    assert found.empty


@few_examples
@given(st.lists(st.one_of(st.none(), st.floats(5, 80)), min_size=1, max_size=50))
def test_the_overview_shows_the_same_numbers_as_the_long_tables(hours: list[float | None]) -> None:
    stay = (MONDAY + timedelta(days=3), MONDAY + timedelta(days=40))
    world = weeks_of(*hours, trips=(stay,))
    long = with_travel(with_load(weeks_as_known(world.person_weeks(), world.after)), world.trip_rows(), world.after)
    row, last = overview(world).iloc[0], long.iloc[-1]
    names = ["load_ratio_4_weeks", "load_hours_4_weeks", "baseline_hours", "hours_above_baseline"]
    counts = ["nights_28_days_count", "weekends_away_28_days_count", "weeks_on_site_count"]
    here, there = (line[names + counts].astype("float64").tolist() for line in (row, last))
    assert here == pytest.approx(there, abs=2e-6, nan_ok=True)
