"""How far the travel log reaches, and what is said of the weeks after it."""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd
import pytest

from analytics.workload.travel import with_travel
from analytics.workload.travel_log import trips_told_until
from analytics.workload.weeks import weeks_as_known
from tests.analytics.workload.world import MONDAY, typed, weeks_of

COLUMNS = ["person_id", "departed_date", "returned_date", "known_date"]


def on(day: int) -> date:
    """The day so many days after the first Monday."""
    return MONDAY + timedelta(days=day)


def log(*trips: tuple[int, int, int], person: str = "ana") -> pd.DataFrame:
    """Trips by the days on which they begin, end and are known."""
    rows = [(person, *(on(day) for day in trip)) for trip in trips]
    return typed(pd.DataFrame(rows, columns=COLUMNS), COLUMNS[1:])


def weekly(weeks: int, lag: int) -> pd.DataFrame:
    """A trip from Monday to Thursday in each week, known so many days after the week."""
    return log(*[(7 * n, 7 * n + 3, 7 * n + 6 + lag) for n in range(weeks)])


def sunday(week: int) -> pd.Timestamp:
    return pd.Timestamp(on(7 * week + 6))


@pytest.mark.parametrize(("lag", "day", "told"), [(4, 70, 8), (4, 72, 8), (4, 73, 9), (25, 70, 5)])
def test_the_log_reaches_as_far_as_trips_are_usually_known(lag: int, day: int, told: int) -> None:
    assert trips_told_until(weekly(10, lag), on(day)) == sunday(told)


def test_trips_that_are_planned_ahead_tell_every_week_that_is_over() -> None:
    assert trips_told_until(weekly(10, -30), on(70)) == sunday(9)
    assert trips_told_until(weekly(4, -30), on(70)) == sunday(9), "four quiet weeks are known to be quiet"


def test_one_file_with_all_trips_reaches_to_its_newest_weeks() -> None:
    """Its rows are all known late; that says nothing about the weeks that it holds."""
    file = weekly(40, 0).assign(known_date=pd.Timestamp(on(283)).as_unit("us"))
    assert trips_told_until(file, on(285)) == sunday(39)
    assert trips_told_until(file, on(300)) == sunday(39)


def test_a_first_lone_trip_does_not_tell_a_week() -> None:
    team = pd.concat([weekly(9, 4).assign(person_id=f"p{n}") for n in range(6)])
    early = log((63, 66, 66), person="p0")
    assert trips_told_until(pd.concat([team, early]), on(70)) == sunday(8)


def test_without_trips_nothing_is_told() -> None:
    assert trips_told_until(weekly(0, 0), on(70)) is None
    assert trips_told_until(weekly(3, 40), on(20)) is None


def travelled(*trips: tuple[int, int], told_week: int) -> pd.DataFrame:
    world = weeks_of(*[40.0] * 5, trips=tuple((on(first), on(last)) for first, last in trips))
    weeks = weeks_as_known(world.person_weeks(), world.after)
    return with_travel(weeks, world.trip_rows(), world.after, told_until=sunday(told_week))


def test_no_night_in_a_week_that_is_not_told_is_not_known_instead_of_none() -> None:
    found = travelled((0, 4), (7, 10), told_week=2)
    assert found["nights_count"].tolist() == [4, 3, 0, pd.NA, pd.NA]
    assert found["is_travel_told"].tolist() == [True, True, True, False, False]
    assert found["nights_28_days_count"].tolist() == [4, 7, 7, 7, 3], "what is known is the least that it can be"
    assert found["weeks_on_site_count"].tolist() == [1, 2, 0, pd.NA, pd.NA]


def test_nights_that_are_known_ahead_of_the_log_count() -> None:
    found = travelled((0, 4), (28, 31), told_week=2)
    assert found["nights_count"].tolist() == [4, 0, 0, pd.NA, 3]


def test_whoever_has_no_trip_stayed_at_home_where_the_firm_has_a_log() -> None:
    found = travelled(told_week=3)
    assert found["nights_count"].tolist() == [0, 0, 0, 0, pd.NA]
