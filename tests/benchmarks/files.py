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


#: The same person-days as Kimai exports them: clock times, a duration as 7:30, names of a customer and an activity.
_KIMAI_ROWS = """
    select
        strftime(day, '%d.%m.%Y') as "Datum",
        strftime(begun, '%H:%M') as "Von",
        strftime(begun + to_minutes(minutes::bigint), '%H:%M') as "Bis",
        (minutes // 60)::varchar || ':' || lpad((minutes % 60)::varchar, 2, '0') as "Dauer",
        '0' as "Preis",
        '0' as "Interner Preis",
        "Person ID" as "Benutzer",
        'Klinik ' || "Project ID" as "Kunde",
        "Project ID" as "Projekt",
        "Activity" as "Tätigkeit",
        '' as "Beschreibung",
        "Is Onsite" as "Abrechenbar",
        'work' as "category"
    from (
        select *, "Work Date"::date as day, round("Worked Hours" * 60)::int as minutes,
            "Work Date"::timestamp + interval 8 hour as begun
        from ({rows})
    )
"""


def write_kimai(file: Path, *, rows: int) -> None:
    """Write the entries of :func:`write_timesheets` in the shape of a German Kimai export."""
    query = _ROWS.format(people=_PEOPLE, entries=_ENTRIES_A_WEEK, first=0, last=rows)
    with duckdb.connect() as connection:
        connection.execute(f"copy ({_KIMAI_ROWS.format(rows=query)}) to '{file}' (header, delimiter ';')")


def rows_of_one_week() -> int:
    """Return how many entries the firm files in a week."""
    return _PEOPLE * _ENTRIES_A_WEEK
