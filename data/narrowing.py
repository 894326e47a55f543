"""What the inbox keeps of a file: the columns that its batch needs, and nothing else.

Religion, union, bonus or comments stand in many exports beside the hours. They are never written: the cells that are
kept are cut to the needed columns before a batch is loaded, and the batch is loaded from what is kept, so that a replay
sees the same cells. Rules that look at whole rows (totals, single cells, equal rows) are decided once, on all columns;
what they leave out is marked, and the recipe that is kept goes by the mark.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final
from uuid import uuid4

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from data import inbox
from data.cells import recipe_of
from data.recognition import Drop, kept_lines_sql, needs_whole_rows
from data.sql_text import literal

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import duckdb

    from data.home import Home
    from data.inbox import Batch
    from data.recognition import Recipe

#: The rule that goes by the mark, and the column of the mark.
_MARKED: Final = "marked"
_MARK: Final = "left out by rules on whole rows"
_BATCH_ROWS: Final = 50_000
WITHHELD: Final = "(not shown: the file has columns that are not stored)"


@dataclass(frozen=True)
class Narrow:
    """A batch as it is kept, the cells that are kept for it, and the names of their columns."""

    batch: Batch
    parquet: Path
    columns: tuple[str, ...]


def narrowed(
    connection: duckdb.DuckDBPyConnection, batch: Batch, parquet: Path, scratch: Path, columns: Sequence[str]
) -> Narrow:
    """Cut the cells of a file to what a batch needs.

    Parameters
    ----------
    columns
        All columns of the file as it was read, beside the number of the line.
    """
    recipe = recipe_of(batch)
    needed = set(recipe.sources)
    kept = tuple(name for name in columns if name in needed)
    left_out: list[int] = []
    mark = ""
    if needs_whole_rows(recipe) and len(kept) < len(columns):
        left_out = _left_out(connection, recipe, parquet, columns)
        mark = _free_name(columns)
        recipe = replace(recipe, drops=(Drop(_MARKED, (mark,)),), drop_duplicates=False)
    target = scratch / f"{uuid4().hex}.parquet"
    _write(parquet, target, kept, _Marked(mark, left_out, is_emptied=not recipe.fill_key))
    hidden = len(kept) < len(columns)
    malformed = tuple((line, WITHHELD, reason) for line, _, reason in batch.malformed) if hidden else batch.malformed
    return Narrow(
        replace(batch, recipe=recipe.as_dict(), malformed=malformed, cells_sha256=_sha256(target)),
        target,
        (*kept, mark) if mark else kept,
    )


def narrow_older(
    connection: duckdb.DuckDBPyConnection, home: Home, batches: Sequence[Batch], scratch: Path
) -> list[Narrow]:
    """Cut what earlier versions of Golive kept in full; batches that are cut, or whose cells are gone, are left out."""
    found = []
    for batch in batches:
        content = inbox.content_file(home, batch)
        if batch.cells_sha256 or not content.is_file():
            continue
        columns = [name for name in pq.read_schema(content).names if name != "line_number"]
        found.append(narrowed(connection, batch, content, scratch, columns))
    return found


def _left_out(
    connection: duckdb.DuckDBPyConnection, recipe: Recipe, parquet: Path, columns: Sequence[str]
) -> list[int]:
    connection.execute(f"create or replace temp view source_cells as from read_parquet({literal(str(parquet))})")
    rows = connection.execute(
        f"select line_number from source_cells where line_number not in ({kept_lines_sql(recipe, columns)})"
    ).fetchall()
    return [int(line) for (line,) in rows]


def _free_name(columns: Sequence[str]) -> str:
    name = _MARK
    while name in columns:
        name += "_"
    return name


@dataclass(frozen=True)
class _Marked:
    """Rows that are no entries; their cells are emptied, unless a rule fills other rows from them."""

    column: str
    lines: Sequence[int]
    is_emptied: bool

    def cut(self, lines: pa.Array, cells: list[pa.Array]) -> list[pa.Array]:
        """Return the cells with the mark behind them; without a column of marks, as they are."""
        if not self.column:
            return cells
        is_out = pc.is_in(lines, value_set=pa.array(self.lines, pa.int64()))
        nothing = pa.scalar(None, pa.string())
        if self.is_emptied:
            cells = [pc.if_else(is_out, nothing, column) for column in cells]
        return [*cells, pc.if_else(is_out, pa.scalar("left out"), nothing)]


def _write(source: Path, target: Path, kept: Sequence[str], marked: _Marked) -> None:
    names = ["line_number", *kept]
    schema = pa.schema([("line_number", pa.int64()), *((name, pa.string()) for name in kept)])
    if marked.column:
        schema = schema.append(pa.field(marked.column, pa.string()))
    with (
        pq.ParquetFile(source) as file,
        pq.ParquetWriter(target, schema, compression="zstd", write_statistics=False) as writer,
    ):
        for batch in file.iter_batches(batch_size=_BATCH_ROWS, columns=names):
            lines = batch.column("line_number")
            cells = marked.cut(lines, [batch.column(name) for name in kept])
            writer.write_batch(pa.RecordBatch.from_arrays([lines, *cells], schema=schema))


def _sha256(file: Path) -> str:
    with file.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()
