"""What an import says of clock times: which zone they were read in, from what, and of how many rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.data.firm import Firm

HEAD = "Date,From,To,Duration,User,Project,Activity"


def kimai(*rows: str) -> str:
    return "\n".join([HEAD, *rows])


def test_the_zones_that_were_taken_are_told_with_their_origin_and_rows(firm: Firm) -> None:
    firm.take_in_text("people.csv", "person_id,time_zone,home_country\nana,Europe/Madrid,ES\nmei,,CN")
    firm.take_in_text(
        "trips.csv",
        "person_id,departed_at,returned_at,destination_city,destination_country\n"
        "mei,2026-03-02T08:00+08:00,2026-03-06T20:00+08:00,Tokyo,JP",
    )
    rows = [f"2026-03-0{day},09:00,17:00,8:00,{who},P1,Support" for day in range(2, 7) for who in ("ana", "mei")]
    report = firm.take_in_text("kimai.csv", kimai(*rows))
    (told,) = [words for words in report.advice if "taken as local" in words]
    assert "Europe/Madrid (home of the person; 5 rows)" in told
    assert "Asia/Tokyo (destination of a trip on that day; 3 rows)" in told
    assert "Asia/Shanghai (home of the person; 2 rows)" in told


def test_nothing_is_told_of_zones_where_the_file_tells_them(firm: Firm) -> None:
    firm.take_in_text("people.csv", "person_id,time_zone\nana,Europe/Madrid")
    report = firm.take_in_text(
        "timesheets.csv",
        "person_id,project_id,work_date,worked_hours,started_at,ended_at\n"
        "ana,p1,2026-03-02,8,2026-03-02T09:00+01:00,2026-03-02T17:00+01:00",
    )
    assert not [words for words in report.advice if "taken as local" in words]
