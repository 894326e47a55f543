"""``python -m tests.recognition_figures.doubts``: how many silent errors the second look stops, and how often in vain.

Makes typed rows as a recipe would hand them over, half of them with one planted error that no cell shows, and asks the
checks of ``data.doubts`` for what they doubt.
"""

from __future__ import annotations

import argparse
import datetime as dt
import random
import tempfile
from collections import Counter
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
from rich.console import Console

from data.contracts import TABLES
from data.doubts import Taken, first_doubt
from data.schema import RAW_COLUMNS

if TYPE_CHECKING:
    from collections.abc import Callable

TODAY: Final = dt.date(2026, 6, 1)
_NAMES: Final = (
    "Anna Berg",
    "Bo Carl",
    "Cem Dal",
    "Dora Ehl",
    "Eva Falk",
    "Finn Graf",
    "王小明",
    "李雪",
    "Luc Morel",
    "Ada Lin",
)
_PROJECTS: Final = ("Alpha", "Beta WMS", "HIS Nord", "ERP-2", "仓储", "P1000.00")


@dataclass(frozen=True)
class Row:
    """One typed row of hours."""

    person: str
    project: str
    day: dt.date
    hours: float


@dataclass(frozen=True)
class Case:
    """What a file brings, what is in force before, and the file's own sum."""

    rows: list[Row]
    past: list[Row] = field(default_factory=list)
    others: list[Row] = field(default_factory=list)
    leave: list[tuple[str, dt.date]] = field(default_factory=list)
    total: float | None = None


def right_case(chance: random.Random) -> Case:
    """Make a file that is right: people, projects, working days, sometimes a past, leave, a sum, another source."""
    people = chance.sample(_NAMES, chance.randint(3, 8))
    projects = chance.sample(_PROJECTS, chance.randint(2, 4))
    monday = dt.date(2026, 3, 2) + dt.timedelta(weeks=chance.randint(0, 6))
    weeks = chance.randint(1, 4)
    leave = [(person, monday + dt.timedelta(days=chance.randint(0, 4))) for person in people if chance.random() < 0.3]
    rows = _rows(chance, people, projects, monday, weeks, set(leave))
    past = _rows(chance, people, projects, monday - dt.timedelta(weeks=8), 6, set()) if chance.random() < 0.5 else []
    others = _rows(chance, people[:2], ["Support"], monday - dt.timedelta(weeks=20), 3, set())
    total = round(sum(row.hours for row in rows), 2) if chance.random() < 0.4 else None
    return Case(rows, past, others if chance.random() < 0.3 else [], leave, total)


def _rows(
    chance: random.Random,
    people: list[str],
    projects: list[str],
    monday: dt.date,
    weeks: int,
    away: set[tuple[str, dt.date]],
) -> list[Row]:
    found = []
    for person in people:
        full = chance.choice((8.0, 8.0, 7.5, 6.0))
        for number in range(7 * weeks):
            day = monday + dt.timedelta(days=number)
            if (person, day) in away or chance.random() < (0.95 if day.isoweekday() > 5 else 0.08):
                continue
            first = chance.choice((full, full / 2, 3.0))
            found.append(Row(person, chance.choice(projects), day, first))
            if first < full:
                found.append(Row(person, chance.choice(projects), day, full - first))
    return found


def _doubled(case: Case, _chance: random.Random) -> Case:
    return replace(case, rows=case.rows + case.rows)


def _sums_counted(case: Case, _chance: random.Random) -> Case:
    """Sums of each day were filled down and count for the last person of the day."""
    found = list(case.rows)
    for day in {row.day for row in case.rows}:
        same = [row for row in case.rows if row.day == day]
        found.append(replace(same[-1], hours=sum(row.hours for row in same)))
    return replace(case, rows=found)


def _times(factor: float) -> Callable[[Case, random.Random], Case]:
    def planted(case: Case, _chance: random.Random) -> Case:
        total = case.total and case.total * factor
        return replace(case, rows=[replace(row, hours=row.hours * factor) for row in case.rows], total=total)

    return planted


def _to_come(case: Case, _chance: random.Random) -> Case:
    """A plan below the hours was counted, too."""
    later = [replace(row, day=row.day + dt.timedelta(weeks=16)) for row in case.rows[: len(case.rows) // 3]]
    return replace(case, rows=case.rows + later)


def _swapped(case: Case, _chance: random.Random) -> Case:
    """Day and month changed places where both are months."""
    turned = [
        replace(row, day=dt.date(row.day.year, row.day.day, row.day.month)) if row.day.day <= 12 else row
        for row in case.rows
    ]
    return replace(case, rows=turned)


def _filed_on_friday(case: Case, _chance: random.Random) -> Case:
    """The day of filing was taken for the day of work: a week's entries fall on one day."""
    return replace(case, rows=[replace(r, day=r.day + dt.timedelta(days=(4 - r.day.weekday()) % 7)) for r in case.rows])


def _titles(case: Case, _chance: random.Random) -> Case:
    return replace(case, rows=[replace(row, person=f"Task {number}") for number, row in enumerate(case.rows)])


def _hours_as_projects(case: Case, _chance: random.Random) -> Case:
    return replace(case, rows=[replace(row, project=f"{row.hours:g}") for row in case.rows])


def _leave_as_work(case: Case, _chance: random.Random) -> Case:
    """Rows of leave were counted as work, and the list of leave knows the days."""
    people = sorted({row.person for row in case.rows})
    days = [case.rows[0].day + dt.timedelta(days=number) for number in range(5)]
    leave = [(person, day) for person in people for day in days]
    return replace(case, leave=leave, rows=case.rows + [Row(p, "Internal", d, 8.0) for p, d in leave])


def _second_source(case: Case, _chance: random.Random) -> Case:
    return replace(case, others=[replace(row, project="Attendance") for row in case.rows])


def _lost(case: Case, _chance: random.Random) -> Case:
    """Rows were lost, and the file's own sum knows it."""
    total = round(sum(row.hours for row in case.rows), 2)
    return replace(case, rows=case.rows[: int(0.85 * len(case.rows))], total=total)


def _clerk(case: Case, _chance: random.Random) -> Case:
    """One clerk entered the hours of all."""
    return replace(case, rows=[replace(row, person="Office Admin") for row in case.rows])


def _weekend(case: Case, _chance: random.Random) -> Case:
    """Days are read some days off, so that most work falls on weekends."""
    return replace(
        case,
        rows=[replace(r, day=r.day + dt.timedelta(days=5 - r.day.weekday())) for r in case.rows if r.day.weekday() < 2],
    )


PLANTED: Final = {
    "rows twice": _doubled,
    "day sums counted": _sums_counted,
    "minutes as hours": _times(60.0),
    "hours as minutes": _times(1 / 60),
    "days as hours": _times(1 / 8),
    "a plan counted": _to_come,
    "day and month swapped": _swapped,
    "day of filing": _filed_on_friday,
    "titles as people": _titles,
    "hours as projects": _hours_as_projects,
    "leave as work": _leave_as_work,
    "second source": _second_source,
    "rows lost": _lost,
    "one clerk for all": _clerk,
    "work on weekends": _weekend,
}


def doubt_of(case: Case, folder: Path) -> str:
    """Return the name of the first doubt, or nothing."""
    parquet = folder / "cells.parquet"
    texts = [(row.person, f"{row.hours:g}") for row in case.rows]
    texts += [("Total", f"{case.total:.2f}")] if case.total is not None else []
    people, hours = zip(*texts, strict=True)
    lines = pa.array(range(2, len(texts) + 2), pa.int64())
    pq.write_table(pa.table({"line_number": lines, "Name": list(people), "Hours": list(hours)}), parquet)
    with duckdb.connect() as connection:
        connection.execute("create schema raw; create schema staging")
        own = ", ".join(f"{name} {kind}" for name, kind in RAW_COLUMNS)
        columns = ", ".join(f'"{column.name}" {column.sql_type}' for column in TABLES["timesheets"].columns)
        connection.execute(f"create table raw.timesheets ({own}, {columns})")
        connection.execute(f"create table staging.timesheets ({own}, {columns})")
        connection.execute("create table staging.leave (person_id varchar, leave_date date, leave_hours double)")
        _insert(connection, "raw", 1, "export", case.rows)
        _insert(connection, "staging", 0, "export", case.past)
        _insert(connection, "staging", 0, "other", case.others)
        if case.leave:
            connection.executemany("insert into staging.leave values (?, ?, null)", case.leave)
        taken = Taken(connection, "timesheets", 1, "export", TODAY, parquet, ("Hours",))
        doubt = first_doubt(taken, {})
    return doubt.name if doubt else ""


def _insert(connection: duckdb.DuckDBPyConnection, schema: str, batch: int, source: str, rows: list[Row]) -> None:
    if not rows:
        return
    table = pa.table(
        {
            "batch_id": pa.array([batch] * len(rows), pa.int32()),
            "line_number": pa.array(range(2, len(rows) + 2), pa.int64()),
            "source_name": [source] * len(rows),
            "person_id": [row.person for row in rows],
            "project_id": [row.project for row in rows],
            "work_date": pa.array([row.day for row in rows], pa.date32()),
            "worked_hours": [row.hours for row in rows],
        }
    )
    connection.register("made", table)
    connection.execute(f"insert into {schema}.timesheets by name select * from made")
    connection.unregister("made")


def run(count: int, seed: int) -> tuple[Counter[str], Counter[str], Counter[str]]:
    """Return how many files had each planted error, how many of them were stopped, and doubts of right files."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    planted: Counter[str] = Counter()
    stopped: Counter[str] = Counter()
    in_vain: Counter[str] = Counter()
    names = list(PLANTED)
    with tempfile.TemporaryDirectory() as folder:
        for number in range(count):
            name = names[number % len(names)]
            planted[name] += 1
            stopped[name] += bool(doubt_of(PLANTED[name](right_case(chance), chance), Path(folder)))
            found = doubt_of(right_case(chance), Path(folder))
            if found:
                in_vain[found] += 1
    return planted, stopped, in_vain


def main() -> None:
    """Print how many of the planted errors were stopped, and how many right files were asked about in vain."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=500, help="files with an error, and as many without")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    planted, stopped, in_vain = run(options.count, options.seed)
    tell = Console(width=150).print
    for name, count in planted.items():
        tell(f"{name:24} {stopped[name]:4} of {count:4} stopped")
    total = planted.total()
    tell(f"{'all':24} {stopped.total():4} of {total:4} stopped ({stopped.total() / total:.1%})")
    vain = ", ".join(f"{name} {count}" for name, count in in_vain.items()) or "none"
    share = in_vain.total() / options.count
    tell(f"right files asked in vain: {in_vain.total()} of {options.count} ({share:.1%}; {vain})")


if __name__ == "__main__":
    main()
