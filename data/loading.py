"""From the text cells of one file to typed, checked rows in a raw table.

The first file of a source has nothing to be compared with: its rows are typed, checked and appended in one pass, and
only when a row does not fit is the file looked at closely.
"""

from __future__ import annotations

from dataclasses import astuple, dataclass, field, replace
from typing import TYPE_CHECKING, Final

from data.cells import Cells, recipe_of, show_cells
from data.contracts import Kind, Table, offset_name
from data.file_scope import settle_scope
from data.insertion import insert_rows
from data.local_days import has_clocks, local_day
from data.negative_hours import NETTED, Netting, ask_about_open, net_negative_hours
from data.readings import Reading, readings_of
from data.recognition import needs_reading_sql, settled, with_marks
from data.remarks import keep_malformed, keep_unread_values
from data.repeated_rows import Repeats, settle_repeats
from data.row_checks import APPEARS_AGAIN, cell, row_checks, typed
from data.schema import RAW_COLUMNS
from data.sql_text import literal
from data.versions import (
    USUAL_LAG_DAYS,
    BatchCounts,
    Versions,
    counts_from,
    is_assumed_sql,
    is_first_of_source,
    known_at_sql,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    import duckdb

    from data.contracts import Column
    from data.inbox import Batch
    from data.recognition import Recipe
    from data.row_checks import RowCheck

_APPEARS_AGAIN_NUMBER: Final = 255
#: A row that was refused before, word for word, is counted again but not listed again.
_REFUSED_BEFORE: Final = "(select row_text, reason, column_name from raw.refused_rows where table_name = $table)"


@dataclass(frozen=True)
class Asking:
    """What a file is decided by beside its own rows: batches in force, answers of the user, rows that stand twice."""

    earlier: Sequence[Batch] = ()
    answers: Mapping[str, str] = field(default_factory=dict)
    repeats: Repeats = field(default_factory=Repeats)


@dataclass(frozen=True)
class Loaded:
    """What became of the rows of one batch, and how many rows of the file were left out as no entries."""

    counts: BatchCounts
    batch: Batch
    left_out_count: int = 0
    words: tuple[str, ...] = ()


def load_batch(
    connection: duckdb.DuckDBPyConnection,
    table: Table,
    batch: Batch,
    parquet: Path,
    asking: Asking | None = None,
) -> Loaded:
    """Type, check and version the rows of one file; keep what is refused with its reason.

    Parameters
    ----------
    asking
        What is needed to decide what the file doesn't say. Without it, in a rebuild, all stands as noted in the batch.

    Raises
    ------
    MustAskError
        Two readings of the file fit.
    """
    recipe = recipe_of(batch)
    cells = show_cells(connection, recipe, batch, parquet)
    words: tuple[str, ...] = ()
    if asking and asking.repeats.pairs:
        batch, words = _settle_repeats(connection, batch, cells, asking)
        cells = show_cells(connection, recipe, batch, parquet)
    is_first = is_first_of_source(connection, table, batch.source_name)
    plain = _load_plain(connection, table, batch, recipe, cells) if is_first else None
    if plain is None:
        recipe, cells = _settle(connection, table, batch, recipe, cells, parquet)
    batch = replace(batch, recipe=recipe.as_dict(), mapping={made.target: made.target for made in recipe.fields})
    loaded = Loaded(plain, batch) if plain else _load_closely(connection, table, batch, recipe, cells, asking)
    batch, counts = loaded.batch, loaded.counts
    keep_malformed(connection, table, batch)
    connection.execute(
        f"insert into raw.batches values ({', '.join('?' * 21)})",
        [
            batch.batch_id,
            batch.table_name,
            batch.source_name,
            batch.file_name,
            batch.sheet_name,
            batch.content_sha256,
            batch.arrived,
            batch.is_full,
            batch.is_history,
            *astuple(counts),
        ],
    )
    left_out_count = cells.left_out_count + len(batch.left_out_lines) + loaded.left_out_count
    return replace(loaded, left_out_count=left_out_count, words=(*words, *loaded.words))


def _settle(
    connection: duckdb.DuckDBPyConnection, table: Table, batch: Batch, recipe: Recipe, cells: Cells, parquet: Path
) -> tuple[Recipe, Cells]:
    """Decide how the copied cells of a file are written, and show them so that they can be typed."""
    marked = with_marks(connection, recipe)
    if marked != recipe:
        cells = show_cells(connection, marked, batch, parquet)
    made = settled(connection, table, marked, cells.part_bits)
    return made, cells if made == marked else show_cells(connection, made, batch, parquet)


def _columns(table: Table, recipe: Recipe) -> list[Column]:
    """Return the columns of the contract that a recipe makes."""
    return [table.by_name[made.target] for made in recipe.fields]


def _settle_repeats(
    connection: duckdb.DuckDBPyConnection, batch: Batch, cells: Cells, asking: Asking
) -> tuple[Batch, tuple[str, ...]]:
    """Decide about rows that stand twice, of those that are entries."""
    lines = connection.execute(f"select distinct line_number >> {cells.part_bits} from cells").fetchall()
    repeats = asking.repeats.among({line for (line,) in lines})
    left_out, words = settle_repeats(repeats, asking.answers)
    return replace(batch, left_out_lines=left_out), words


def _load_plain(
    connection: duckdb.DuckDBPyConnection, table: Table, batch: Batch, recipe: Recipe, cells: Cells
) -> BatchCounts | None:
    """Append all rows in one pass, or nothing when a single row needs a closer look."""
    if batch.malformed or (batch.is_history and table.known_at and table.known_at != table.happened_at):
        return None
    readings = readings_of(_columns(table, recipe))
    if has_clocks(connection, readings):
        return None
    names = ", ".join(typed(column.name) for column in table.stored)
    own = ", ".join(name for name, _ in RAW_COLUMNS)
    connection.execute(
        f"insert into raw.{table.name} ({own}, {names})"
        f" select ($batch_id::bigint << 32) | line_number, $batch_id, line_number >> {cells.part_bits}, $source,"
        f" {known_at_sql(table, batch, USUAL_LAG_DAYS)}, {is_assumed_sql(table, batch)}, {names}"
        f" from ({_typed_rows(table, readings, row_checks(table, readings, batch.arrived))}) where problem = 0"
        f" and not ({needs_reading_sql(recipe)})",
        {"batch_id": batch.batch_id, "source": batch.source_name, "arrived_at": batch.arrived},
    )
    total = (connection.execute("select count(*) from cells").fetchone() or (0,))[0]
    hours = typed("worked_hours") if "worked_hours" in table.by_name else "0.0"
    row = connection.execute(
        f"select count(*), coalesce(sum({hours}), 0) from raw.{table.name} where batch_id = ?", [batch.batch_id]
    ).fetchone() or (0, 0.0)
    if row[0] < total or _has_repeated(connection, table, batch) or _has_unread_label(connection, readings):
        connection.execute(f"delete from raw.{table.name} where batch_id = ?", [batch.batch_id])
        return None
    return counts_from({"accepted": (int(row[0]), float(row[1]))}, (0, 0.0), 0)


def _has_repeated(connection: duckdb.DuckDBPyConnection, table: Table, batch: Batch) -> bool:
    """Return whether a number or a unit that must be unique stands twice in the file."""
    for columns in _unique_columns(table):
        present = " and ".join(f"{typed(name)} is not null" for name in columns)
        value = f"hash({', '.join(map(typed, columns))})"
        found = connection.execute(
            f"select 1 from raw.{table.name} where batch_id = ? and {present}"
            f" group by {value} having count(*) > 1 limit 1",
            [batch.batch_id],
        ).fetchone()
        if found:
            return True
    return False


def _has_unread_label(connection: duckdb.DuckDBPyConnection, readings: list[Reading]) -> bool:
    for reading in readings:
        if reading.column.kind is not Kind.CHOICE:
            continue
        found = connection.execute(
            f"select count(distinct {reading.cell}) filter (where lower({reading.cell}) not in"
            f" ({', '.join(map(literal, reading.column.choices))})) from cells"
        ).fetchone()
        if found and found[0]:
            return True
    return False


def _load_closely(
    connection: duckdb.DuckDBPyConnection,
    table: Table,
    batch: Batch,
    recipe: Recipe,
    cells: Cells,
    asking: Asking | None,
) -> Loaded:
    """Type the rows, keep what is refused, and append the versions."""
    readings = readings_of(_columns(table, recipe))
    checks = row_checks(table, readings, batch.arrived)
    local = local_day(connection, readings) if table.name == "timesheets" else ("", "")
    connection.execute(f"create or replace temp table incoming as {_typed_rows(table, readings, checks, local)}")
    _mark_repeated(connection, table)
    netting = _net(connection, table, batch, checks, cells, asking)
    _keep_refused(connection, table, batch, readings, checks, cells)
    words = list(netting.words)
    if asking:
        batch, sentence = settle_scope(connection, table, batch, asking.earlier)
        words += [sentence] if sentence else []
    versions = Versions(connection, table, batch, cells.part_bits)
    versions.match()
    versions.append()
    keep_unread_values(connection, table, batch, readings, cells)
    counts = versions.count(len(batch.malformed))
    for name in ("incoming", "numbered", "spoken_of", "current_rows", "arrivals", "leaving", "heirs"):
        connection.execute(f"drop table {name}")
    return Loaded(counts, batch, len(netting.netted_lines), tuple(words))


def _net(
    connection: duckdb.DuckDBPyConnection,
    table: Table,
    batch: Batch,
    checks: list[RowCheck],
    cells: Cells,
    asking: Asking | None,
) -> Netting:
    """Net rows with negative hours, where the batch is one of those that do."""
    above = [number for number, check in enumerate(checks, 1) if check.is_lower_bound_of("worked_hours")]
    if not batch.is_netted or not above or table.is_unit_unique:
        return Netting()
    netting = net_negative_hours(connection, above[0], cells.part_bits)
    if asking:
        ask_about_open(netting, asking.answers)
    return netting


def _typed_rows(
    table: Table, readings: list[Reading], checks: list[RowCheck], local: tuple[str, str] = ("", "")
) -> str:
    """Return SQL for line, typed columns, and the number of the first check that the row fails.

    Parameters
    ----------
    local
        SQL of the local day of work, and the relation that it is read from, where the file tells it in UTC.
    """
    made = {reading.column.name: reading.sql for reading in readings}
    made |= {"work_date": local[0]} if local[0] else {}
    made |= {offset_name(r.column.name): r.offset_sql for r in readings if r.offset_sql}
    values = [f"{made.get(c.name, f'null::{c.sql_type}')} as {typed(c.name)}" for c in table.stored]
    cells = [f"{r.cell} as {cell(r.column.name)}" for r in readings]
    whens = " ".join(f"when {check.condition} then {number}" for number, check in enumerate(checks, 1))
    names = ", ".join(typed(column.name) for column in table.stored)
    problem = f"case {whens} else 0 end" if whens else "0"
    return (
        f"select line_number, {names}, ({problem})::utinyint as problem"
        f" from (select line_number, {', '.join(values + cells)} from {local[1] or 'cells'})"
    )


def _unique_columns(table: Table) -> list[tuple[str, ...]]:
    """Return the sets of columns that may not repeat inside one file."""
    found = [table.key] if table.key else []
    if table.is_unit_unique and table.unit != table.key:
        found.append(table.unit)
    return found


def _mark_repeated(connection: duckdb.DuckDBPyConnection, table: Table) -> None:
    """Refuse a row whose number or unit stands again further down."""
    for columns in _unique_columns(table):
        names = ", ".join(map(typed, columns))
        present = " and ".join(f"{typed(name)} is not null" for name in columns)
        if columns != table.key and table.key:
            present += " and " + " and ".join(f"{typed(name)} is null" for name in table.key)
        same = " and ".join(f"incoming.{typed(name)} = repeated.{typed(name)}" for name in columns)
        connection.execute(
            f"create or replace temp table repeated as select {names}, max(line_number) as last_line from incoming"
            f" where problem = 0 and {present} group by {names} having count(*) > 1"
        )
        if connection.execute("select count(*) from repeated").fetchone() != (0,):
            here = " and ".join(f"incoming.{typed(name)} is null" for name in table.key if columns != table.key)
            connection.execute(
                f"update incoming set problem = {_APPEARS_AGAIN_NUMBER} from repeated"
                f" where {same} and problem = 0 and line_number < last_line{' and ' + here if here else ''}"
            )
        connection.execute("drop table repeated")


def _keep_refused(
    connection: duckdb.DuckDBPyConnection,
    table: Table,
    batch: Batch,
    readings: list[Reading],
    checks: list[RowCheck],
    cells: Cells,
) -> None:
    if connection.execute("select 1 from incoming where problem > 0 limit 1").fetchone() is None:
        return
    made = {reading.column.name for reading in readings}
    key = (table.key or table.unit)[-1]
    reasons = [(number, check.column_name, check.reason) for number, check in enumerate(checks, 1)]
    reasons.append((_APPEARS_AGAIN_NUMBER, key, APPEARS_AGAIN))
    values = " ".join(f"when {number} then {cells.as_told(name)}" for number, name, _ in reasons if name in made)
    connection.execute("create or replace temp table reasons (number utinyint, column_name varchar, reason varchar)")
    insert_rows(connection, "reasons", reasons)
    connection.execute(
        f"""
        insert into raw.refused_rows
        with found as (
            select source_cells.line_number, reasons.column_name,
                case incoming.problem {values} end as value,
                reasons.reason, {cells.row_text} as row_text
            from incoming
            inner join cells on incoming.line_number = cells.line_number
            inner join source_cells on incoming.line_number >> {cells.part_bits} = source_cells.line_number
            inner join reasons on incoming.problem = reasons.number
            where incoming.problem > 0 and incoming.problem <> $netted
        )
        select $batch_id, $table, $file, $sheet, line_number, column_name, value, reason, row_text
        from found
        anti join {_REFUSED_BEFORE} as earlier
            on found.row_text = earlier.row_text and found.reason = earlier.reason
            and found.column_name = earlier.column_name
        order by line_number
        """,
        {
            "batch_id": batch.batch_id,
            "table": table.name,
            "file": batch.file_name,
            "sheet": batch.sheet_name,
            "netted": NETTED,
        },
    )
    connection.execute("drop table reasons")


def map_headers(table: Table, columns: Iterable[str]) -> dict[str, Column]:
    """Return header → column for headers that are the contract's own names, in any case, with spaces or underscores."""
    return {name: table.by_header[tidy] for name in columns if (tidy := tidy_header(name)) in table.by_header}


def tidy_header(name: str) -> str:
    """Return a header in the manner of the contract: lower case, underscores."""
    return "_".join(name.replace("-", " ").replace("_", " ").casefold().split())
