"""Nights, weekends away, and weeks in a row on site."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.data.firm import Firm

TRIP = "trip_id,person_id,departed_at,returned_at"


def trips(firm: Firm, columns: str, *rows: str) -> list[tuple[Any, ...]]:
    firm.take_in_text("trips.csv", "\n".join([TRIP, *rows]))
    return firm.rows(f"select {columns} from marts.trips order by trip_id")


@pytest.mark.parametrize(
    ("departed", "returned", "nights", "weekend_days", "weekends", "weeks"),
    [
        ("2026-03-02 06:00", "2026-03-02 23:00", 0, 0, 0, 0),
        ("2026-03-02 06:00", "2026-03-03 01:00", 1, 0, 0, 1),
        ("2026-03-02 06:00", "2026-03-06 20:00", 4, 0, 0, 1),
        # Who travels on a Sunday evening is on site in the week that follows.
        ("2026-03-01 20:00", "2026-03-07 10:00", 6, 0, 0, 1),
        ("2026-02-28 20:00", "2026-03-07 10:00", 7, 1, 1, 2),
        ("2026-03-02 06:00", "2026-03-08 20:00", 6, 1, 1, 1),
        ("2026-03-02 06:00", "2026-03-13 20:00", 11, 2, 1, 2),
        ("2026-03-08 20:00", "2026-03-09 08:00", 1, 0, 0, 0),
        ("2026-02-27 06:00", "2026-03-16 08:00", 17, 6, 3, 3),
    ],
)
def test_nights_weekends_and_weeks_of_one_trip(
    firm: Firm, departed: str, returned: str, nights: int, weekend_days: int, weekends: int, weeks: int
) -> None:
    columns = "nights_count, weekend_days_count, weekends_away_count, weeks_on_site_count"
    assert trips(firm, columns, f"t1,ana,{departed},{returned}") == [(nights, weekend_days, weekends, weeks)]


def test_weeks_on_site_run_over_trips_until_a_week_at_home(firm: Firm) -> None:
    found = trips(
        firm,
        "trip_id, weeks_on_site_count",
        "t1,ana,2026-02-02,2026-02-06",
        "t2,ana,2026-02-09,2026-02-13",
        "t3,ana,2026-02-16,2026-02-27",
        "t4,ana,2026-03-09,2026-03-13",
        "t5,bo,2026-02-23,2026-02-27",
    )
    assert found == [("t1", 1), ("t2", 2), ("t3", 4), ("t4", 1), ("t5", 1)]


def test_weeks_on_site_run_over_the_end_of_a_year(firm: Firm) -> None:
    found = trips(firm, "weeks_on_site_count", "t1,ana,2025-12-22,2025-12-26", "t2,ana,2025-12-29,2026-01-09")
    assert found == [(1,), (3,)]


def test_a_day_trip_is_no_week_on_site_and_does_not_hide_a_longer_trip(firm: Firm) -> None:
    found = trips(
        firm, "weeks_on_site_count", "t1,ana,2026-03-02,2026-03-05", "t2,ana,2026-03-06 07:00,2026-03-06 20:00"
    )
    assert found == [(1,), (0,)]


def test_trips_without_a_number_get_one_that_no_other_trip_has(firm: Firm) -> None:
    head = "person_id,departed_at,returned_at"
    firm.take_in_text("trips.csv", f"{head}\nana,2026-03-02,2026-03-05\nbo,2026-03-02,2026-03-05")
    found = firm.rows("select count(*), count(distinct trip_id), count(trip_id) from marts.trips")
    assert found == [(2, 2, 2)]


def test_a_destination_is_a_country_in_any_language_or_unknown(firm: Firm) -> None:
    firm.take_in_text(
        "trips.csv",
        f"{TRIP},destination_country\nt1,ana,2026-03-02,2026-03-05,中国\nt2,bo,2026-03-02,2026-03-05,Deutschland"
        "\nt3,cy,2026-03-02,2026-03-05,Atlantis\nt4,di,2026-03-02,2026-03-05,",
    )
    assert firm.rows("select destination_country from marts.trips order by trip_id") == [("CN",), ("DE",), ("",), ("",)]


def test_a_trip_that_is_corrected_and_withdrawn_keeps_its_versions_with_the_days_of_their_life(firm: Firm) -> None:
    head = f"{TRIP},destination_country"
    kept = "t2,bo,2026-03-02,2026-03-05,DE"
    for day, rows in (
        ("2026-03-09", ("t1,ana,2026-03-02,2026-03-06,DE", kept)),
        ("2026-03-20", ("t1,ana,2026-03-02,2026-03-10,CN", kept)),
        ("2026-04-01", (kept,)),
    ):
        firm.take_in_text("trips.csv", "\n".join([head, *rows]), now=day, is_full=True)
    found = firm.rows(
        """
        select trip_id, known_date::varchar, superseded_date::varchar, nights_count, weekends_away_count,
            destination_country
        from marts.trip_versions order by trip_id, known_date
        """
    )
    assert found == [
        ("t1", "2026-03-09", "2026-03-20", 4, 0, "DE"),
        ("t1", "2026-03-20", "2026-04-01", 8, 1, "CN"),
        ("t2", "2026-03-09", None, 3, 0, "DE"),
    ]
    assert firm.rows("select trip_id, nights_count from marts.trips") == [("t2", 3)]
    assert firm.differences() == {}


def test_trips_in_force_are_the_versions_that_nothing_took_the_place_of(firm: Firm) -> None:
    head = f"{TRIP},time_zone,destination_city,destination_country"
    firm.take_in_text("people.csv", "person_id,home_country,home_city\nana,CN,Shanghai\nbo,DE,Berlin")
    firm.take_in_text(
        "trips.csv",
        f"{head}\nt1,ana,2026-03-01T20:00Z,2026-03-06T17:30Z,,Berlin,DE\nt2,bo,2026-03-02T23:30Z,2026-03-05T23:30Z,,,CN",
    )
    firm.take_in_text("trips.csv", f"{head}\nt1,ana,2026-03-01T20:00Z,2026-03-08T17:30Z,,Berlin,DE", now="2026-04-06")
    kept = "* exclude (superseded_at) from staging.trip_versions where superseded_at is null"
    assert firm.rows(f"select {kept} order by row_id") == firm.rows("select * from staging.trips order by row_id")
    columns = "* exclude (weeks_on_site_count) from marts.trips"
    kept = "* exclude (superseded_date) from marts.trip_versions where superseded_date is null"
    assert firm.rows(f"select {kept} order by row_id") == firm.rows(f"select {columns} order by row_id")
    assert firm.rows("select count(*) from marts.trip_versions") == [(3,)]
