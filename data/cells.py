"""The text cells of one batch as the relation ``cells``, made by its recipe: columns of the contract in our form."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from data.contracts import TABLES
from data.problems import ImportRefusedError
from data.recognition import Field, identity_recipe, recipe_from_dict, recipe_sql
from data.sql_text import literal, quoted

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import duckdb

    from data.inbox import Batch
    from data.recognition import Recipe

#: A row that holds several days becomes several rows; a day's place among them takes so many bits of its number.
_PART_BITS: Final = 10
#: Ways of reading one cell; a refusal shows the cell itself.
_READ_ALONE: Final = ("copy", "date", "moment", "number")
#: Numbers of rows share a whole number of 64 bits with the number of their batch.
_MOST_ROW_NUMBERS: Final = 1 << 32


@dataclass(frozen=True)
class Cells:
    """What must be known of the relation ``cells`` to find a row's line in its file again.

    Parameters
    ----------
    part_bits
        ``line_number >> part_bits`` is the line in the file.
    left_out_count
        Rows of the file from which no row was made: totals, repeated headers, rows put together with others.
    row_text
        SQL of the cells of a row that were needed, as they stood in the file; the relation ``source_cells`` holds them.
    sources
        Column of the contract → SQL of the cell of the file, where the cell alone was read.
    """

    part_bits: int
    left_out_count: int
    row_text: str
    sources: Mapping[str, str]

    def as_told(self, target: str) -> str:
        """Return SQL of a cell as it stands in the file, else of what was made, without the mark of the unread."""
        return self.sources.get(target) or f"regexp_replace(cells.{quoted(target)}, '^[?] ', '')"


def recipe_of(batch: Batch) -> Recipe:
    """Return how the cells of a batch are made; notes of older versions hold no recipe for files of our own."""
    if batch.recipe is not None:
        return recipe_from_dict(batch.recipe)
    return identity_recipe(TABLES[batch.table_name], batch.mapping, batch.date_order, batch.decimal_mark)


def show_cells(connection: duckdb.DuckDBPyConnection, recipe: Recipe, batch: Batch, parquet: Path) -> Cells:
    """Create the relations ``source_cells`` and ``cells`` for one batch."""
    for kind in ("view", "table"):  # a name can't change its kind
        if _is_there(connection, kind):
            connection.execute(f"drop {kind} cells")
    counted = _counted(connection, batch)
    connection.execute(
        f"create or replace temp view source_cells as from read_parquet({literal(str(parquet))}) where {counted}"
    )
    names = _columns(connection, "source_cells")
    bits = _make_cells(connection, recipe, names)
    marks = {name for drop in recipe.drops if drop.rule == "marked" for name in drop.columns}
    told = [name for name in names if name in recipe.sources and name not in marks]
    alone = {
        made.target: f"source_cells.{quoted(made.sources[0])}"
        for made in recipe.fields
        if len(made.sources) == 1 and (made.op in _READ_ALONE or (made.op == "hours" and made.unit in ("", "hours")))
    }
    left_out = 0 if is_copied(recipe) else _left_out(connection, bits)
    return Cells(bits, left_out, _joined(told), alone if bits == 0 else {})


def is_copied(recipe: Recipe) -> bool:
    """Say whether a recipe does nothing but copy columns."""
    fields = tuple(Field(made.target, "copy", made.sources) for made in recipe.fields)
    bare = replace(recipe, fields=fields, drops=(), grid=(), fill_key="", empty=(), group_by=(), merge_days=False)
    bare = replace(bare, has_guards=False, has_wide_signs=False, drop_duplicates=False, cap_hours=0.0)
    return recipe == bare


def _counted(connection: duckdb.DuckDBPyConnection, batch: Batch) -> str:
    """Return SQL that is true for the lines that were not left out."""
    if not batch.left_out_lines:
        return "true"
    connection.execute("create or replace temp table left_out_lines (line_number bigint)")
    connection.execute("insert into left_out_lines select unnest($lines)", {"lines": list(batch.left_out_lines)})
    return "line_number not in (select line_number from left_out_lines)"


def _is_there(connection: duckdb.DuckDBPyConnection, kind: str) -> bool:
    found = connection.execute(
        f"select 1 from duckdb_{kind}s() where {kind}_name = 'cells' and temporary limit 1"
    ).fetchone()
    return found is not None


def _columns(connection: duckdb.DuckDBPyConnection, relation: str) -> list[str]:
    described = connection.execute(f"describe {relation}").fetchall()
    return [name for name, *_ in described if name != "line_number"]


def _joined(names: list[str]) -> str:
    return f"concat_ws(' | ', {', '.join(f'source_cells.{quoted(name)}' for name in names)})" if names else "''"


def _make_cells(connection: duckdb.DuckDBPyConnection, recipe: Recipe, names: list[str]) -> int:
    """Make the cells as the recipe says; return how many bits of a row's number say its place within its line."""
    sql = recipe_sql(recipe, names)
    if is_copied(recipe):
        connection.execute(f"create temp view cells as {sql}")
        return 0
    targets = ", ".join(quoted(made.target) for made in recipe.fields)
    connection.execute(f"create or replace temp view recipe_rows as {sql}")
    has_parts = "part_number" in _columns(connection, "recipe_rows")
    if not has_parts and not (recipe.group_by or recipe.merge_days):
        connection.execute("create temp table cells as from recipe_rows")
        return 0
    # Rows that were put together over several days can begin on the same line: they are told apart by their order.
    part = "part_number" if has_parts else f"row_number() over (partition by line_number order by {targets})"
    connection.execute(
        f"create temp table cells as select (line_number << {_PART_BITS}) | ({part})::bigint as line_number, {targets}"
        " from recipe_rows"
    )
    found = connection.execute(f"select max(line_number), max({_part()}) from cells").fetchone() or (0, 0)
    if (found[0] or 0) >= _MOST_ROW_NUMBERS:
        raise ImportRefusedError(
            f"A file whose rows hold several days can have {_MOST_ROW_NUMBERS >> _PART_BITS:,} lines at most.",
            "Split it by month or by year, and import the parts.",
        )
    return _PART_BITS


def _part() -> str:
    return f"line_number & {(1 << _PART_BITS) - 1}"


def _left_out(connection: duckdb.DuckDBPyConnection, bits: int) -> int:
    row = connection.execute(
        "select (select count(*) from source_cells)"
        f" - (select count({'distinct line_number >> ' + str(bits) if bits else '*'}) from cells)"
    ).fetchone()
    return int(row[0]) if row else 0
