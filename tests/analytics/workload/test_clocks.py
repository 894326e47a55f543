"""Rests and hours of the night from entries with begin and end."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest

from analytics.workload.clocks import night_hours, pieces_of, rests_between, short_rest_counts
from analytics.workload.grid import Grid, day_number
from analytics.workload.place import places
from analytics.workload.zones import LocalClock, local_clock
from data.time_zones import country_zones, zone_offsets

MONDAY = date(2026, 10, 19)
AS_OF = date(2026, 11, 2)
GRID = Grid(pd.Index(["ana"]), day_number(MONDAY), 1, 14)
NEVER = pd.NaT


def entries(*rows: tuple[int, str, str], zone: str | None = None, is_local: bool = False) -> pd.DataFrame:
    """Return entries: work date (days after the first Monday), begin and end in UTC."""
    frame = pd.DataFrame(list(rows), columns=["day", "started_at", "ended_at"])
    work_date = pd.to_datetime([MONDAY + timedelta(days=n) for n in frame["day"]])
    return frame.assign(
        person_id="ana",
        work_date=work_date,
        known_week_date=pd.Timestamp(MONDAY),
        superseded_week_date=pd.Series(NEVER, index=frame.index, dtype="datetime64[us]"),
        started_at=pd.to_datetime(frame["started_at"]),
        ended_at=pd.to_datetime(frame["ended_at"]),
        time_zone=zone,
        is_local=is_local,
    )


def clock_in(zone: str | None) -> LocalClock:
    people = pd.DataFrame({"person_id": ["ana"], "home_country": [None], "time_zone": [zone]})
    no_dates = pd.Series(dtype="datetime64[us]")
    trips = pd.DataFrame({"person_id": pd.Series(dtype="str"), "departed_date": no_dates, "returned_date": no_dates})
    zones = ["Europe/Berlin", "Asia/Kathmandu", "America/New_York", "Asia/Shanghai", "+05:30"]
    offsets = zone_offsets(zones, MONDAY, AS_OF)
    return local_clock(places(GRID, people, trips, country_zones()), GRID, offsets)


def nights(rows: pd.DataFrame, zone: str | None, worked: float = 24.0) -> list[float]:
    found = night_hours(pieces_of(GRID, rows, AS_OF), clock_in(zone), np.full(GRID.shape, worked))
    return [float(hours) for hours in found[0] if not np.isnan(hours)]


def rests(rows: pd.DataFrame, zone: str | None = "Europe/Berlin") -> list[tuple[int, int, float]]:
    found = rests_between(pieces_of(GRID, rows, AS_OF), clock_in(zone))
    return [(int(a), int(b), float(h)) for a, b, h in zip(found.day_before, found.day_after, found.hours, strict=True)]


def test_the_pause_between_two_entries_is_no_work_at_night() -> None:
    rows = entries(
        (1, "2026-10-20 01:00", "2026-10-20 02:00"),  # 3 to 4 in Berlin
        (1, "2026-10-20 07:00", "2026-10-20 15:00"),
    )
    assert nights(rows, "Europe/Berlin") == [1.0]


def test_every_rest_that_a_call_at_night_breaks_counts() -> None:
    rows = entries(
        (0, "2026-10-19 07:00", "2026-10-19 15:00"),
        (1, "2026-10-20 01:00", "2026-10-20 02:00"),
        (1, "2026-10-20 07:00", "2026-10-20 15:00"),
    )
    assert rests(rows) == [(0, 1, 10.0), (1, 1, 5.0)]
    found = rests_between(pieces_of(GRID, rows, AS_OF), clock_in("Europe/Berlin"))
    assert short_rest_counts(GRID, found, 11.0)[0].tolist()[:3] == [0, 2, 0]


def test_a_lunch_and_a_free_afternoon_are_no_rests() -> None:
    rows = entries(
        (0, "2026-10-19 07:00", "2026-10-19 11:00"),
        (0, "2026-10-19 15:00", "2026-10-19 19:00"),
        (1, "2026-10-20 07:00", "2026-10-20 11:00"),
        (1, "2026-10-20 12:00", "2026-10-20 16:00"),
    )
    assert rests(rows) == [(0, 1, 12.0)]


def test_work_through_midnight_is_one_stretch_whatever_its_dates() -> None:
    rows = entries(
        (0, "2026-10-19 20:00", "2026-10-19 22:00"),
        (1, "2026-10-19 22:00", "2026-10-20 04:00"),
        (1, "2026-10-20 15:30", "2026-10-20 17:30"),
    )
    assert rests(rows) == [(1, 1, 11.5)]
    assert nights(rows, "Europe/Berlin") == [1.0, 6.0]


def test_two_jobs_at_one_time_are_one_stretch_of_time() -> None:
    rows = entries(
        (0, "2026-10-19 21:00", "2026-10-20 01:00"),
        (0, "2026-10-19 21:00", "2026-10-20 01:00"),
        (0, "2026-10-19 22:00", "2026-10-20 02:00"),
    )
    assert nights(rows, "Europe/Berlin") == [5.0]
    assert rests(rows) == []


@pytest.mark.parametrize(("worked", "hours"), [(9.0, 8.0), (8.0, 8.0), (7.5, 7.5)])
def test_the_night_in_which_clocks_go_back_has_eight_hours(worked: float, hours: float) -> None:
    rows = entries((5, "2026-10-24 20:00", "2026-10-25 05:00"), (6, "2026-10-25 15:30", "2026-10-25 17:30"))
    assert nights(rows, "Europe/Berlin", worked) == [hours, 0.0]
    assert rests(rows) == [(5, 6, 10.5)]


def test_the_night_of_the_first_of_november_in_new_york_has_eight_hours() -> None:
    assert nights(entries((12, "2026-11-01 02:00", "2026-11-01 11:00")), "America/New_York") == [8.0]


@pytest.mark.parametrize(
    ("zone", "hours"), [("Asia/Kathmandu", 3.25), ("Asia/Shanghai", 1.0), ("Europe/Berlin", 5.0), ("+05:30", 3.5)]
)
def test_night_is_by_the_clock_of_the_place(zone: str, hours: float) -> None:
    rows = entries((1, "2026-10-20 21:00", "2026-10-21 02:00"), zone=zone)
    assert nights(rows, zone if "/" in zone else None) == [hours]


def test_a_clock_read_off_the_wall_keeps_its_own_zone_and_a_moment_takes_that_of_the_place() -> None:
    told = ((1, "2026-10-20 01:00", "2026-10-20 09:00"),)  # 9 to 5 in Shanghai
    assert nights(entries(*told, zone="Asia/Shanghai", is_local=True), "Europe/Berlin") == [0.0]
    assert nights(entries(*told, zone="+08:00"), "Europe/Berlin") == [3.0]


def test_without_any_zone_a_night_is_not_assessed_and_rests_between_days_are() -> None:
    rows = entries((0, "2026-10-19 14:00", "2026-10-19 22:00"), (1, "2026-10-20 07:00", "2026-10-20 15:00"))
    assert nights(rows, None) == []
    assert rests(rows, None) == [(0, 1, 9.0)]


def test_a_version_that_gave_way_tells_nothing_from_then_on() -> None:
    wrong = entries((0, "2026-10-19 08:00", "2026-10-19 23:59"), (1, "2026-10-20 08:00", "2026-10-20 16:00"))
    right = entries((0, "2026-10-19 08:00", "2026-10-19 16:00")).assign(known_week_date=pd.Timestamp("2026-11-02"))
    gone = wrong["day"].eq(0)
    wrong = wrong.assign(superseded_week_date=wrong["superseded_week_date"].mask(gone, pd.Timestamp("2026-11-02")))
    rows = pd.concat([wrong, right], ignore_index=True)
    before = rests_between(pieces_of(GRID, rows, date(2026, 11, 1)))
    after = rests_between(pieces_of(GRID, rows, date(2026, 11, 2)))
    assert before.hours.round(2).tolist() == [8.02]
    assert after.hours.tolist() == [16.0]
