"""Clock times become moments by the zone that they were read in; what no zone tells is not assessed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.shared import needs_shared, shared_folder

if TYPE_CHECKING:
    from tests.data.firm import Firm

HEAD = "person_id,project_id,work_date,worked_hours,started_at,ended_at"


def moments(firm: Firm, columns: str = "started_at::varchar, ended_at::varchar, time_zone") -> list[tuple[Any, ...]]:
    return firm.rows(f"select {columns} from marts.clock_times order by person_id, started_at, row_id")


def one_entry(firm: Firm, begin: str, end: str, **more: str) -> None:
    head = "".join(f",{name}" for name in more)
    rest = "".join(f",{value}" for value in more.values())
    firm.take_in_text("timesheets.csv", f"{HEAD}{head}\nana,p1,{begin[:10]},8,{begin},{end}{rest}")


@pytest.mark.parametrize(
    ("place", "moment", "zone"),
    [
        ("time_zone\nana,Asia/Kolkata", "2026-03-02 03:30:00", "Asia/Kolkata"),
        ("time_zone\nana,UTC+05:45", "2026-03-02 03:15:00", "+05:45"),
        ("home_city\nana,Auckland", "2026-03-01 20:00:00", "Pacific/Auckland"),
        ("home_city\nana,慕尼黑", "2026-03-02 08:00:00", "Europe/Berlin"),
        ("home_city,home_country\nana,London,Canada", "2026-03-02 14:00:00", "America/Toronto"),
        ("home_country\nana,中国", "2026-03-02 01:00:00", "Asia/Shanghai"),
    ],
)
def test_a_clock_time_without_a_zone_is_local_by_zone_city_or_country(
    firm: Firm, place: str, moment: str, zone: str
) -> None:
    firm.take_in_text("people.csv", f"person_id,{place}")
    one_entry(firm, "2026-03-02 09:00", "2026-03-02 17:00")
    assert moments(firm, "started_at::varchar, time_zone, is_local") == [(moment, zone, True)]


@pytest.mark.parametrize("place", ["home_city\nana,London", "home_city\nana,Nowhere Bridge", "home_country\nana,US"])
def test_where_no_zone_is_known_or_a_city_fits_several_nothing_is_made_of_a_clock_time(firm: Firm, place: str) -> None:
    firm.take_in_text("people.csv", f"person_id,{place}")
    one_entry(firm, "2026-03-02 09:00", "2026-03-02 17:00")
    assert moments(firm) == []


def test_the_list_of_people_may_come_after_the_hours(firm: Firm) -> None:
    one_entry(firm, "2026-03-02 09:00", "2026-03-02 17:00")
    assert moments(firm) == []
    firm.take_in_text("people.csv", "person_id,time_zone\nana,Asia/Tokyo")
    assert moments(firm) == [("2026-03-02 00:00:00", "2026-03-02 08:00:00", "Asia/Tokyo")]
    assert firm.differences() == {}


def test_the_zone_of_the_row_counts_before_the_persons(firm: Firm) -> None:
    firm.take_in_text("people.csv", "person_id,time_zone\nana,Asia/Tokyo")
    one_entry(firm, "2026-03-02 09:00", "2026-03-02 17:00", time_zone="America/Denver")
    assert moments(firm) == [("2026-03-02 16:00:00", "2026-03-03 00:00:00", "America/Denver")]


def test_on_a_trip_the_wall_clock_is_that_of_the_destination(firm: Firm) -> None:
    firm.take_in_text("people.csv", "person_id,time_zone\nana,Europe/Berlin")
    head = "person_id,departed_at,returned_at,destination_city,destination_country"
    firm.take_in_text("trips.csv", f"{head}\nana,2026-03-01 08:00,2026-03-06 20:00,Shanghai,CN")
    one_entry(firm, "2026-03-03 09:00", "2026-03-03 17:00")
    assert moments(firm) == [("2026-03-03 01:00:00", "2026-03-03 09:00:00", "Asia/Shanghai")]


def test_work_done_on_site_is_by_the_clock_of_the_site(firm: Firm) -> None:
    firm.take_in_text("people.csv", "person_id,time_zone\nana,Europe/Berlin")
    firm.take_in_text("projects.csv", "project_id,start_date,site_city,site_country\np1,2026-01-05,Chicago,US")
    one_entry(firm, "2026-03-03 09:00", "2026-03-03 17:00", is_onsite="yes")
    assert moments(firm) == [("2026-03-03 15:00:00", "2026-03-03 23:00:00", "America/Chicago")]


def test_a_night_over_a_change_of_clocks_lasts_as_long_as_it_did(firm: Firm) -> None:
    firm.take_in_text("people.csv", "person_id,time_zone\nana,America/New_York\nbo,Europe/Berlin\ncy,Pacific/Auckland")
    nights = [
        "ana,p1,2026-10-31,8,2026-10-31 22:00,2026-11-01 06:00",
        "bo,p1,2026-03-28,7,2026-03-28 22:00,2026-03-29 06:00",
        "cy,p1,2026-04-04,8,2026-04-04 22:00,2026-04-05 06:00",
    ]
    firm.take_in_text("timesheets.csv", "\n".join([HEAD, *nights]), now="2026-11-09")
    assert moments(firm, "person_id, date_diff('minute', started_at, ended_at) / 60") == [
        ("ana", 9.0),
        ("bo", 7.0),
        ("cy", 9.0),
    ]


@pytest.mark.parametrize(
    ("begin", "moment", "zone"),
    [
        ("2026-03-02T09:00:00Z", "2026-03-02 09:00:00", "+00:00"),
        ("2026-03-02T09:00+05:45", "2026-03-02 03:15:00", "+05:45"),
        ("2026-03-02 09:00:00-0330", "2026-03-02 12:30:00", "-03:30"),
    ],
)
def test_an_offset_in_the_file_is_the_moment_and_is_kept(firm: Firm, begin: str, moment: str, zone: str) -> None:
    firm.take_in_text("people.csv", "person_id,time_zone\nana,Asia/Tokyo")
    one_entry(firm, begin, begin.replace("09:00", "17:00"))
    told = [(moment, None if zone == "+00:00" else zone, False)]
    assert moments(firm, "started_at::varchar, time_zone, is_local") == told


def test_the_same_clock_time_with_a_zone_is_another_version(firm: Firm) -> None:
    firm.take_in_text("people.csv", "person_id,time_zone\nana,Asia/Shanghai")
    one_entry(firm, "2026-03-02 09:00", "2026-03-02 17:00")
    firm.take_in_text(
        "again.csv",
        f"{HEAD}\nana,p1,2026-03-02,8,2026-03-02T09:00Z,2026-03-02T17:00Z",
        now="2026-04-08",
        table_name="timesheets",
    )
    weeks = "started_at::varchar, known_week_date::varchar, superseded_week_date::varchar"
    assert moments(firm, weeks) == [
        ("2026-03-02 01:00:00", "2026-03-30", "2026-04-06"),
        ("2026-03-02 09:00:00", "2026-04-06", None),
    ]
    assert firm.differences() == {}


def test_trips_are_dated_by_the_local_clock_of_their_file(firm: Firm) -> None:
    firm.take_in_text(
        "people.csv", "person_id,time_zone\nana,Asia/Shanghai\nbo,Pacific/Auckland\ncy,America/Los_Angeles"
    )
    firm.take_in_text(
        "trips.csv",
        """
        trip_id,person_id,departed_at,returned_at
        monday,ana,2026-03-02T07:00:00+08:00,2026-03-06T21:00:00+08:00
        utc,ana,2026-03-08T23:00:00Z,2026-03-13T13:00:00Z
        dateline,bo,2026-03-02T10:00:00+13:00,2026-03-08T06:00:00+13:00
        evening,cy,2026-03-03T02:00:00Z,2026-03-05T05:00:00Z
        bare,cy,2026-03-09 06:00,2026-03-10 23:30
        """,
    )
    dates = "trip_id, departed_date::varchar, returned_date::varchar, nights_count, weekend_days_count"
    assert firm.rows(f"select {dates} from marts.trips order by trip_id") == [
        ("bare", "2026-03-09", "2026-03-10", 1, 0),
        ("dateline", "2026-03-02", "2026-03-08", 6, 1),
        ("evening", "2026-03-02", "2026-03-04", 2, 0),
        ("monday", "2026-03-02", "2026-03-06", 4, 0),
        ("utc", "2026-03-09", "2026-03-13", 4, 0),
    ]


@pytest.mark.shared
@needs_shared
def test_the_trips_of_odd_people_have_the_nights_of_their_file(firm: Firm) -> None:
    folder = shared_folder() / "cases" / "daily" / "odd-people"
    names = ("people.csv", "projects.csv", "timesheets.csv", "trips.csv", "trips2.csv")
    firm.take_in(*(folder / name for name in names), now="2026-11-28", is_history=True)
    assert firm.rows("select trip_id, nights_count from marts.trips order by trip_id") == [
        ("t1", 6),
        ("t2", 4),
        ("t3", 9),
        ("t4", 2),
        ("t5", 1),
        ("t6", 2),
        ("t7", 0),
    ]


@pytest.mark.parametrize("is_foreign", [False, True])
def test_an_entry_of_late_evening_in_utc_is_of_the_next_day_in_shanghai(firm: Firm, *, is_foreign: bool) -> None:
    firm.take_in_text(
        "people.csv", "person_id,home_city,home_country\nana,Shanghai,CN\nbo,Denver,US\ncy,London,\ndi,Berlin,DE"
    )
    moments_of = {
        "ana": "2026-03-02T22:30:00Z",
        "bo": "2026-03-03T02:00:00Z",
        "cy": "2026-03-02T22:30:00Z",  # two cities: as written
        "di": "2026-03-03T00:30:00+01:00",
    }
    if is_foreign:
        rows = [f"{who},p1,{begin},3:00,Support" for who, begin in moments_of.items()]
        firm.take_in_text("export.csv", "\n".join(["User,Project,Start,Duration,Activity", *rows]))
    else:
        rows = [f"{who},p1,{begin},3" for who, begin in moments_of.items()]
        firm.take_in_text("timesheets.csv", "\n".join(["person_id,project_id,work_date,worked_hours", *rows]))
    assert firm.rows("select person_id, work_date::varchar from staging.timesheets order by person_id") == [
        ("ana", "2026-03-03"),
        ("bo", "2026-03-02"),
        ("cy", "2026-03-02"),
        ("di", "2026-03-03"),
    ]
    assert firm.differences() == {}


def test_a_city_that_fits_several_zones_is_asked_once_and_remembered(firm: Firm) -> None:
    rows = "person_id,home_city\nana,London\nbo,Frankfurt"
    (report,) = firm.take_in(firm.file("people.csv", rows))
    (words,) = report.advice
    assert words.startswith("London is the name of cities in 2 time zones (America/Toronto, Europe/London).")
    one_entry(firm, "2026-03-02 09:00", "2026-03-02 17:00")
    assert moments(firm) == []
    head = "person_id,home_city,team_name"
    (again,) = firm.take_in(
        firm.file("people 2.csv", f"{head}\nana,London,North"),
        answers={"city.London": "Europe/London"},
        table_name="people",
    )
    assert again.advice == ()
    assert moments(firm) == [("2026-03-02 09:00:00", "2026-03-02 17:00:00", "Europe/London")]
    (third,) = firm.take_in(firm.file("people 3.csv", f"{head}\nana,London,South"), table_name="people")
    assert third.advice == ()
    assert firm.differences() == {}


def test_entries_whose_clock_nobody_can_place_are_told(firm: Firm) -> None:
    report = firm.take_in_text("timesheets.csv", f"{HEAD}\nana,p1,2026-03-02,8,2026-03-02 09:00,2026-03-02 17:00")
    assert [words for words in report.advice if "without a zone" in words] != []


def test_a_foreign_export_may_say_the_zone_of_its_clocks_in_a_column(firm: Firm) -> None:
    rows = (
        "Date,From,To,Duration,User,Project,Activity,Time zone\n2026-03-02,09:00,17:30,8:00,ana,p1,Support,Asia/Tokyo"
    )
    firm.take_in_text("kimai.csv", rows)
    assert moments(firm) == [("2026-03-02 00:00:00", "2026-03-02 08:30:00", "Asia/Tokyo")]
