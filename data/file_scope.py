"""What a file of timesheets speaks about: whole days of its people, or only some projects of those days.

Systems export "all hours of project P1". Such a file says nothing about the hours of other projects on the same days,
while a full export or a corrected day does. Where the two readings differ, the file and what is in force tell which
it is; where they don't, the user is asked. The decision is kept in the batch's note, so that a rebuild follows it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from data.problems import MustAskError
from data.recognition import FILTERED_BY

if TYPE_CHECKING:
    from collections.abc import Iterable

    import duckdb

    from data.contracts import Table
    from data.inbox import Batch

#: The answers: the file holds some projects only, or it is not filtered.
BY_PROJECT: Final = "project"
BY_NOTHING: Final = "nothing"
ANSWERS: Final = (BY_PROJECT, BY_NOTHING)
#: Two files that are parts of one day hardly give more than this together; a correction beside what it corrects does.
LONG_DAY_HOURS: Final = 12
#: From so many days on, one vanished project on each of them is no coincidence.
_MANY_DAYS: Final = 3
_SHOWN_PROJECTS: Final = 4


@dataclass(frozen=True)
class _Days:
    """Days of people on which the file and rows in force of its source meet, counted.

    Parameters
    ----------
    met
        Days on which rows of projects that the file does not hold are in force.
    moved
        Of those: the file's hours are exactly the hours in force, so that hours went from one project to another.
    long
        Of those: both together are more than a long day.
    same
        Of those: the file says of its own projects what is in force.
    others_only
        Days within the file's span of its people that only have other projects, and that the file passes over.
    own_left_out
        Days within that span with the file's own projects in force, that the file passes over: it lists corrections.
    """

    met: int
    moved: int
    long: int
    same: int
    others_only: int
    own_left_out: int
    kept_hours: float
    own_in_force: int
    in_force: int
    in_file: int


def folded_project(name: str = "project_id") -> str:
    """Return SQL by which projects are compared: spelling in another case or with blanks is no other project."""
    return f"lower(trim({name}))"


def settle_scope(
    connection: duckdb.DuckDBPyConnection, table: Table, batch: Batch, earlier: Iterable[Batch]
) -> tuple[Batch, str]:
    """Decide what the rows of ``incoming`` speak about; return the batch with it, and a sentence for the report.

    Parameters
    ----------
    earlier
        Batches in force, the oldest first: what was said of this source before counts again.

    Raises
    ------
    MustAskError
        Both readings fit, and give other hours.
    """
    if table.is_unit_unique or "project_id" not in table.by_name:
        return batch, ""
    _show_rows(connection, batch)
    try:
        days = _days(connection, batch)
        if not (days.met or (batch.is_full and days.in_force)):
            return batch, ""
        said, is_said = _said_before(batch, earlier)
        decided = said if is_said else _by_evidence(connection, batch, days, said)
        if not decided:
            raise _question(connection, batch, days)
        if decided == BY_NOTHING:
            return batch, ""
        return replace(batch, filtered_by=decided), _words(connection, days)
    finally:
        for name in ("scope_incoming", "scope_held"):
            connection.execute(f"drop table if exists {name}")


def _said_before(batch: Batch, earlier: Iterable[Batch]) -> tuple[str, bool]:
    """Return what counts for this source, and whether a user said it; else what files of it showed."""
    if batch.filtered_by:
        return batch.filtered_by, True
    same = [
        one
        for one in earlier
        if one.source_name == batch.source_name and one.table_name == batch.table_name and one.filtered_by
    ]
    for one in reversed(same):
        if one.is_filter_said:
            return one.filtered_by, True
    return (same[-1].filtered_by if same else ""), False


def _show_rows(connection: duckdb.DuckDBPyConnection, batch: Batch) -> None:
    """Create ``scope_incoming`` and ``scope_held``: hours by person, day and project, in the file and in force."""
    connection.execute(
        f"""
        create or replace temp table scope_incoming as
        select person_id, work_date, {folded_project()} as project, min(project_id) as project_id,
            sum(worked_hours) as hours, bool_or(entry_id is null) as has_loose
        from incoming where problem = 0 group by all
        """
    )
    connection.execute(
        f"""
        create or replace temp table scope_held as
        select held.person_id, held.work_date, {folded_project("held.project_id")} as project,
            min(held.project_id) as project_id, sum(held.worked_hours) as hours,
            bool_or(held.entry_id is null) as has_loose, list(distinct held.batch_id) as batch_ids
        from raw.timesheets as held
        where held.source_name = $source
            and held.row_id not in (select row_id from raw.superseded where table_name = 'timesheets')
            and (held.entry_id is null or held.entry_id not in
                (select entry_id from incoming where problem = 0 and entry_id is not null))
            and ($is_full or (held.person_id in (select person_id from scope_incoming)
                and held.work_date between (select min(work_date) from scope_incoming)
                and (select max(work_date) from scope_incoming)))
        group by all
        """,
        {"source": batch.source_name, "is_full": batch.is_full},
    )


def _days(connection: duckdb.DuckDBPyConnection, batch: Batch) -> _Days:
    row = connection.execute(
        """
        with
        own as (select distinct project from scope_incoming),
        file_days as (
            select person_id, work_date, sum(hours) as file_hours, bool_or(has_loose) as has_loose
            from scope_incoming group by all
        ),
        held_days as (
            select person_id, work_date,
                coalesce(sum(hours) filter (where project in (select project from own)), 0) as own_hours,
                coalesce(sum(hours) filter (where project not in (select project from own)), 0) as other_hours,
                coalesce(bool_or(has_loose) filter (where project not in (select project from own)), false)
                    as has_loose_others
            from scope_held group by all
        ),
        days as (
            select own_hours, other_hours, file_hours,
                file_hours is not null and other_hours > 0 and (file_days.has_loose or has_loose_others) as is_met
            from held_days left join file_days
                on held_days.person_id = file_days.person_id and held_days.work_date = file_days.work_date
        )
        select
            count(*) filter (where is_met),
            count(*) filter (where is_met and abs(file_hours - own_hours - other_hours) < 0.01),
            count(*) filter (where is_met and file_hours + other_hours > $long),
            count(*) filter (where is_met and abs(file_hours - own_hours) < 0.01),
            count(*) filter (where file_hours is null and other_hours > 0 and own_hours = 0),
            count(*) filter (where file_hours is null and own_hours > 0),
            coalesce(sum(other_hours) filter (where $is_full or is_met), 0),
            count(*) filter (where own_hours > 0),
            count(*),
            (select count(*) from file_days)
        from days
        """,
        {"long": LONG_DAY_HOURS, "is_full": batch.is_full},
    ).fetchone()
    return _Days(*row) if row else _Days(0, 0, 0, 0, 0, 0, 0.0, 0, 0, 0)


def _by_evidence(connection: duckdb.DuckDBPyConnection, batch: Batch, days: _Days, shown_before: str) -> str:
    """Return how the file and the rows in force are best explained; nothing when they can't tell."""
    if batch.is_full:
        return BY_PROJECT if shown_before == BY_PROJECT else BY_NOTHING if days.own_in_force else ""
    is_moved = days.moved == days.met
    if shown_before == BY_PROJECT or not _were_together(connection):
        # Earlier files of these days held other projects only, as exports of one project each do.
        return _of_parts(days, is_moved=is_moved, is_usual=shown_before == BY_PROJECT)
    if is_moved:
        return BY_NOTHING
    if days.others_only and not days.own_left_out:
        return BY_PROJECT
    return "" if days.met >= _MANY_DAYS and days.same == days.met else BY_NOTHING


def _of_parts(days: _Days, *, is_moved: bool, is_usual: bool) -> str:
    """Return what explains a file best whose days were known with other projects only; nothing when it is open."""
    is_long = 2 * days.long > days.met
    if is_long and (is_moved or days.met == days.in_file):
        # Every day of the file would become too long beside what it doesn't mention: it corrects those days.
        return "" if is_usual and is_moved else BY_PROJECT if is_usual else BY_NOTHING
    if is_moved and not days.others_only:
        return ""
    return "" if is_long and not is_usual else BY_PROJECT


def _were_together(connection: duckdb.DuckDBPyConnection) -> bool:
    """Say whether a file that brought the other projects' rows also held one of this file's projects."""
    found = connection.execute(
        f"""
        with
        own as (select distinct project from scope_incoming),
        days as (select distinct person_id, work_date from scope_incoming),
        batches as (
            select distinct unnest(scope_held.batch_ids) as batch_id
            from scope_held semi join days
                on scope_held.person_id = days.person_id and scope_held.work_date = days.work_date
            where scope_held.project not in (select project from own)
        )
        select 1 from raw.timesheets
        where batch_id in (select batch_id from batches) and {folded_project()} in (select project from own)
        limit 1
        """
    ).fetchone()
    return found is not None


def _own_projects(connection: duckdb.DuckDBPyConnection) -> str:
    rows = connection.execute("select min(project_id) from scope_incoming group by project order by 1").fetchall()
    names = [str(name) for (name,) in rows]
    if len(names) > _SHOWN_PROJECTS:
        return f"projects {', '.join(names[:_SHOWN_PROJECTS])} and {len(names) - _SHOWN_PROJECTS} more"
    return f"project{'s' if len(names) > 1 else ''} {', '.join(names)}"


def _words(connection: duckdb.DuckDBPyConnection, days: _Days) -> str:
    return (
        f"This file speaks about {_own_projects(connection)} only, so {days.kept_hours:,.2f} h of other projects of the"
        " same people and days stay."
        f" If it holds whole days instead, import it with --answer {FILTERED_BY}={BY_NOTHING}."
    )


def _question(connection: duckdb.DuckDBPyConnection, batch: Batch, days: _Days) -> MustAskError:
    row = connection.execute(
        """
        with own as (select distinct project from scope_incoming)
        select held.person_id, held.work_date, held.project_id, held.hours, file.project_id, file.hours
        from scope_held as held left join scope_incoming as file
            on held.person_id = file.person_id and held.work_date = file.work_date
        where held.project not in (select project from own)
        order by file.project_id is null, held.work_date, held.person_id, held.project, file.project limit 1
        """
    ).fetchone()
    example = ""
    if row and row[4] is not None:
        example = f" (first {row[0]} on {row[1]}: {row[3]:g} h of {row[2]}, and {row[5]:g} h of {row[4]} in the file)"
    places = f"{days.met} day{'s' if days.met != 1 else ''}" if days.met else "no day"
    what = (
        f"The file is called complete, but earlier files of the source “{batch.source_name}” hold other projects only"
        if batch.is_full
        else f"On {places} earlier files of the source “{batch.source_name}” have hours of the same person on projects"
        " that this file doesn't hold"
    )
    return MustAskError(
        f"{what}{example}. Is this file filtered by project, so that the other hours stay ({days.kept_hours:,.2f} h),"
        " or does it hold whole days, so that its rows take their place?",
        f"Say which with --answer {FILTERED_BY}={BY_PROJECT} or --answer {FILTERED_BY}={BY_NOTHING}.",
        FILTERED_BY,
        ANSWERS,
    )
