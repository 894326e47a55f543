"""Quantities and clocks that cannot be are refused in words; none of them reaches a figure."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.data.firm import Firm

HEAD = "person_id,project_id,work_date,worked_hours\n"


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("1e-308", "is less than a second"),
        ("-1e-300", "is less than a second"),
        ("0.00001", "is less than a second"),
        ("1e999", "is not a number of hours"),
        ("inf", "is not a number of hours"),
        ("-Infinity", "is not a number of hours"),
        ("NaN", "is not a number of hours"),
        ("-0", "must be more than 0 hours"),
        ("25:61", "is not a number of hours"),
        ("7:60", "is not a number of hours"),
        ("0x10", "is not a number of hours"),
        ("99999999999999999999", "must be at most 24 hours"),
    ],
)
def test_hours_that_cannot_be_are_refused_with_the_reason(firm: Firm, cell: str, reason: str) -> None:
    report = firm.take_in_text("hours.csv", f"{HEAD}ana,P1,2026-11-10,8\nben,P1,2026-11-10,{cell}\n")
    assert report.counts is not None
    assert (report.counts.rows_accepted, report.counts.rows_refused) == (1, 1)
    assert firm.rows("select value, reason from raw.refused_rows") == [(cell, reason)]
    assert firm.rows("select sum(worked_hours) from staging.timesheets") == [(8.0,)]


@pytest.mark.parametrize("offset", ["+99:99", "+15:00", "-13:00", "+00:60", "+24:00", "-99:99", "+5:30"])
def test_an_offset_that_no_place_has_is_refused(firm: Firm, offset: str) -> None:
    trips = (
        "person_id,departed_at,returned_at\n"
        "ana,2026-11-10T09:00:00+01:00,2026-11-12T17:00:00+01:00\n"
        f"ben,2026-11-10T09:00:00{offset},2026-11-12T17:00:00{offset}\n"
    )
    report = firm.take_in_text("trips.csv", trips)
    assert report.counts is not None
    assert (report.counts.rows_accepted, report.counts.rows_refused) == (1, 1)
    assert firm.rows("select reason from raw.refused_rows") == [("is not a date and time",)]


@pytest.mark.parametrize("offset", ["+14:00", "-12:00", "+05:45", "Z", "+0530", "-03"])
def test_an_offset_of_the_earth_is_read(firm: Firm, offset: str) -> None:
    trips = f"person_id,departed_at,returned_at\nana,2026-11-10T09:00:00{offset},2026-11-12T17:00:00{offset}\n"
    report = firm.take_in_text("trips.csv", trips)
    assert report.counts is not None
    assert (report.counts.rows_accepted, report.counts.rows_refused) == (1, 0)


def test_amounts_without_a_bound_of_their_own_have_one(firm: Firm) -> None:
    trips = (
        "person_id,departed_at,returned_at,cost_amount,currency_code\n"
        "ana,2026-11-10,2026-11-12,100,EUR\nben,2026-11-10,2026-11-12,1e300,EUR\n"
        "eva,2026-11-10,2026-11-12,1e-300,EUR\n"
    )
    firm.take_in_text("trips.csv", trips)
    assert sorted(firm.rows("select reason from raw.refused_rows")) == [
        ("is too large to be meant",),
        ("is too small to be meant",),
    ]
