"""Big timesheet files, written by DuckDB from a formula."""

from __future__ import annotations

from typing import TYPE_CHECKING

import duckdb

if TYPE_CHECKING:
    from pathlib import Path

_PEOPLE = 2_000
_DAYS_A_WEEK = 5
_ENTRIES_A_WEEK = 6

#: Six entries a week: one on four days, two on Friday. Half of the firm's systems number their entries.
_ROWS = """
    select
        'E' || i as "Entry ID",
        'p' || lpad((i % {people})::varchar, 5, '0') as "Person ID",
        'PRJ-' || lpad(((i * 7919) % 300)::varchar, 4, '0') as "Project ID",
        (date '2021-01-04' + (week * 7 + least(slot, 4))::int)::varchar as "Work Date",
        round(case when slot < 4 then 6 + (i * 31 % 12) / 4.0 else 3 + (i * 17 % 8) / 4.0 end, 2) as "Worked Hours",
        ['configuration', 'integration', 'training', 'workshop', 'testing', 'rework'][1 + (i * 13) % 6] as "Activity",
        case when (i * 5) % 3 = 0 then 'yes' else 'no' end as "Is Onsite",
        case when (i * 11) % 9 = 0 then 'CR-' || (i % 5000) end as "Change Request ID",
        timestamp '2021-01-11 08:00:00' + to_days((week * 7 + (i * 3) % 4)::int) + to_minutes((i % 480)::int)
            as "Submitted At"
    from (
        select i, (i // {people}) // {entries} as week, (i // {people}) % {entries} as slot
        from range({first}, {last}) as numbers(i)
    )
"""


def write_timesheets(file: Path, *, rows: int, first: int = 0) -> None:
    """Write ``rows`` entries of 2,000 people from entry ``first`` on."""
    query = _ROWS.format(people=_PEOPLE, entries=_ENTRIES_A_WEEK, first=first, last=first + rows)
    with duckdb.connect() as connection:
        connection.execute(f"copy ({query}) to '{file}' (header)")


#: Person-days with clock times, in the contract's own columns …
_CLOCK_ROWS = """
    select
        "Person ID" as person_id,
        "Project ID" as project_id,
        "Work Date" as work_date,
        strftime(begun, '%Y-%m-%d %H:%M:%S') as started_at,
        strftime(begun + to_minutes(round("Worked Hours" * 60)::bigint), '%Y-%m-%d %H:%M:%S') as ended_at,
        "Worked Hours" as worked_hours,
        "Activity" as activity
    from (select *, "Work Date"::timestamp + interval 8 hour as begun from ({rows}))
"""
#: … and the same as Kimai exports them: German dates, a duration as 7:30, a customer.
_KIMAI_ROWS = """
    select
        strftime(started_at::timestamp, '%d.%m.%Y') as "Datum",
        strftime(started_at::timestamp, '%H:%M') as "Von",
        strftime(ended_at::timestamp, '%H:%M') as "Bis",
        (round(worked_hours * 60)::int // 60)::varchar || ':'
            || lpad((round(worked_hours * 60)::int % 60)::varchar, 2, '0') as "Dauer",
        '0' as "Preis",
        '0' as "Interner Preis",
        person_id as "Benutzer",
        'Klinik ' || project_id as "Kunde",
        project_id as "Projekt",
        activity as "Tätigkeit",
        '' as "Beschreibung",
        'work' as "category"
    from ({rows})
"""


def write_clock_times(file: Path, *, rows: int, is_kimai: bool) -> None:
    """Write entries with clock times, in our own columns or in the shape of a German Kimai export."""
    query = _CLOCK_ROWS.format(rows=_ROWS.format(people=_PEOPLE, entries=_ENTRIES_A_WEEK, first=0, last=rows))
    if is_kimai:
        query = _KIMAI_ROWS.format(rows=query)
    with duckdb.connect() as connection:
        connection.execute(f"copy ({query}) to '{file}' (header, delimiter '{';' if is_kimai else ','}')")


def rows_of_one_week() -> int:
    """Return how many entries the firm files in a week."""
    return _PEOPLE * _ENTRIES_A_WEEK
