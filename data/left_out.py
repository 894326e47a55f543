"""How many rows of a file each rule left out, counted on the whole file: a report tells what was done.

What is understood of a file is tried on the rows that were looked at, of a large file a part; and some of its rules are
only proposed. Neither is a figure for the report of an import.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from data.recognition import Cleaning, kept_lines_sql, rule_of_drop
from data.sql_text import literal

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import duckdb

    from data.recognition import Recipe, Understanding

_DUPLICATES: Final = "drop_duplicates"
_MERGED: Final = "merge_rows"


def as_done(
    connection: duckdb.DuckDBPyConnection,
    understanding: Understanding,
    recipe: Recipe,
    parquet: Path,
    columns: Sequence[str],
    made_count: int,
) -> Understanding:
    """Return what was understood with the rows that its rules did leave out; a rule that left out none is not told.

    Parameters
    ----------
    made_count
        Rows that the recipe made of the file.
    """
    left_out = _left_out(connection, recipe, parquet, columns)
    if recipe.group_by or recipe.merge_days:
        left_out[_MERGED] = max(left_out.pop("", 0) - made_count, 0)
    left_out.pop("", None)
    counted = {rule for rule in (one.rule for one in understanding.cleaning) if rule.startswith("drop_")}
    told = []
    for one in understanding.cleaning:
        if not one.is_on or one.rule not in {*counted, _MERGED}:
            told.append(one)
        elif left_out.get(one.rule):
            told.append(replace(one, rows_count=left_out[one.rule]))
    known = {one.rule for one in told}
    told += [Cleaning(rule, "", count) for rule, count in left_out.items() if count and rule not in known]
    return replace(understanding, cleaning=tuple(told))


def _left_out(
    connection: duckdb.DuckDBPyConnection, recipe: Recipe, parquet: Path, columns: Sequence[str]
) -> dict[str, int]:
    """Return rows left out by rule, one rule after the other; under no name the rows that are entries."""
    connection.execute(f"create or replace temp view source_cells as from read_parquet({literal(str(parquet))})")
    found: dict[str, int] = {}
    rest = _kept_count(connection, replace(recipe, drops=(), drop_duplicates=False), columns)
    for number, drop in enumerate(recipe.drops, 1):
        kept = _kept_count(connection, replace(recipe, drops=recipe.drops[:number], drop_duplicates=False), columns)
        rule = rule_of_drop(drop.rule)
        found[rule] = found.get(rule, 0) + rest - kept
        rest = kept
    if recipe.drop_duplicates:
        kept = _kept_count(connection, recipe, columns)
        found[_DUPLICATES] = rest - kept
        rest = kept
    found[""] = rest
    return found


def _kept_count(connection: duckdb.DuckDBPyConnection, recipe: Recipe, columns: Sequence[str]) -> int:
    row = connection.execute(f"select count(*) from ({kept_lines_sql(recipe, columns)})").fetchone()
    return int(row[0]) if row else 0
