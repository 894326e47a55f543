"""Nights and weekends away, weeks on site, and over how many projects hours are spread."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.workload.fragmentation import project_fragmentation
from analytics.workload.travel import with_travel
from analytics.workload.weeks import weeks_as_known
from tests.analytics.workload.world import MONDAY, Entry, World, few_examples, weeks_of

if TYPE_CHECKING:
    import pandas as pd

Stay = tuple[date, date]
stays = st.lists(st.tuples(st.integers(-30, 60), st.integers(0, 30)), max_size=8)


def on(day: int) -> date:
    """The day so many days after the first Monday."""
    return MONDAY + timedelta(days=day)


def travel(weeks: int, *trips: Stay, as_of: date | None = None) -> pd.DataFrame:
    world = weeks_of(*[40.0] * weeks, trips=trips)
    return with_travel(weeks_as_known(world.person_weeks(), world.after), world.trip_rows(), as_of or world.after)


def test_a_trip_from_monday_to_wednesday_has_two_nights() -> None:
    assert travel(1, (on(0), on(2)))["nights_count"].tolist() == [2]


def test_a_day_trip_has_no_night() -> None:
    found = travel(1, (on(1), on(1)), (on(3), on(4)))
    assert found["nights_count"].tolist() == [1]


def test_trips_that_overlap_share_their_nights() -> None:
    assert travel(1, (on(0), on(3)), (on(1), on(4)))["nights_count"].tolist() == [4]


def test_nights_over_a_week_end_belong_to_the_week_of_their_evening() -> None:
    found = travel(2, (on(4), on(8)))
    assert found["nights_count"].tolist() == [3, 1]
    assert found["weekends_away_28_days_count"].tolist() == [1, 1]


def test_a_weekend_is_away_when_a_whole_day_of_it_is() -> None:
    away = "weekends_away_28_days_count"
    assert travel(1, (on(0), on(6)))[away].tolist() == [1]  # back on Sunday
    assert travel(1, (on(5), on(9)))[away].tolist() == [1]  # leaves on Saturday
    assert travel(1, (on(5), on(6)))[away].tolist() == [0]  # one night
    assert travel(1, (on(0), on(5)))[away].tolist() == [0]  # back on Saturday


def test_nights_are_counted_over_28_days() -> None:
    found = travel(6, *[(on(7 * n), on(7 * n + 4)) for n in range(6)])
    assert found["nights_28_days_count"].tolist() == [4, 8, 12, 16, 16, 16]


def test_a_full_week_at_home_ends_the_weeks_on_site() -> None:
    found = travel(5, (on(0), on(4)), (on(7), on(11)), (on(21), on(25)), (on(28), on(32)))
    assert found["weeks_on_site_count"].tolist() == [1, 2, 0, 1, 2]


def test_who_travels_on_a_sunday_evening_is_on_site_in_the_week_that_follows() -> None:
    found = travel(5, (on(6), on(11)), (on(20), on(25)))
    assert found["nights_count"].tolist() == [1, 4, 1, 4, 0]
    assert found["weeks_on_site_count"].tolist() == [0, 1, 0, 1, 0]


def test_a_stay_that_began_before_the_first_timesheet_is_counted_from_its_begin() -> None:
    assert travel(2, (on(-21), on(14)))["weeks_on_site_count"].tolist() == [4, 5]


def test_a_trip_that_was_not_known_yet_does_not_count() -> None:
    found = travel(3, (on(0), on(4)), (on(14), on(18)), as_of=on(13))
    assert found["nights_count"].tolist() == [4, 0, 0]


def test_without_any_trip_log_nights_are_not_known() -> None:
    assert travel(2).loc[:, "nights_count":].isna().all(axis=None)


@few_examples
@given(stays)
def test_nights_are_the_evenings_between_departure_and_return(plan: list[tuple[int, int]]) -> None:
    trips = [(on(first), on(first + length)) for first, length in plan]
    evenings = {first + n for first, length in plan for n in range(length)}
    found = travel(6, *trips, as_of=on(400))
    if not trips:
        return
    assert found["nights_count"].tolist() == [len(evenings & set(range(7 * n, 7 * n + 7))) for n in range(6)]
    assert found["nights_28_days_count"].iloc[-1] == len(evenings & set(range(14, 42)))


def spread(*hours: tuple[str, float], as_of: date | None = None) -> pd.DataFrame:
    world = World(tuple(Entry(MONDAY, worked, project=name) for name, worked in hours), 1)
    return project_fragmentation(world.person_project_weeks(), as_of or world.after)


@pytest.mark.parametrize(
    ("hours", "effective"),
    [([("a", 8.0)], 1.0), ([("a", 8.0), ("b", 8.0)], 2.0), ([("a", 38.0), ("b", 2.0)], 1.22)],
)
def test_the_effective_number_of_projects(hours: list[tuple[str, float]], effective: float) -> None:
    assert spread(*hours)["project_fragmentation"].item() == pytest.approx(effective, abs=0.01)


def test_projects_are_taken_over_four_weeks() -> None:
    world = World(tuple(Entry(on(7 * n), 8.0, project=f"p{n}") for n in range(6)), 6)
    found = project_fragmentation(world.person_project_weeks(), world.after)
    assert found["project_fragmentation"].tolist() == pytest.approx([1, 2, 3, 4, 4, 4])
    last = project_fragmentation(world.person_project_weeks(), world.after, on(35))
    assert last["project_count"].tolist() == [4]


def test_hours_that_became_known_later_are_no_project_yet() -> None:
    world = World((Entry(MONDAY, 8.0, project="a"), Entry(MONDAY, 8.0, weeks_late=3, project="b")), 1)
    assert project_fragmentation(world.person_project_weeks(), world.after)["project_count"].tolist() == [1]


@few_examples
@given(st.lists(st.floats(0.1, 60), min_size=1, max_size=8))
def test_the_effective_number_lies_between_one_and_the_count(hours: list[float]) -> None:
    found = spread(*[(f"p{n}", worked) for n, worked in enumerate(hours)])
    assert 1 - 1e-6 <= found["project_fragmentation"].item() <= len(hours) + 1e-6
