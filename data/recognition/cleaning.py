"""Tries a recipe on the rows that were looked at: what it changes, what it can't read, what it leaves out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import duckdb
import pyarrow as pa

from data.recognition.masking import masked_rows
from data.recognition.recipe_sql import recipe_sql
from data.recognition.understanding import Cleaning
from data.recognition.values import EMPTY_MARKS

if TYPE_CHECKING:
    from data.recognition.columns import FoundTable
    from data.recognition.recipe import Field, Recipe

#: Rows on which a recipe is tried; of a large file fewer, because counts of a sample say little.
_TRIED_ROWS: Final = 60_000
_SAMPLED_ROWS: Final = 3_000
_EXAMPLES: Final = 5
_UNKNOWN_LINE: Final = 1 << 40
_RULES: Final = {
    "join": "join_names",
    "join_values": "join_values",
    "date": "read_dates",
    "moment": "read_dates",
    "end": "read_dates",
    "hours": "convert_unit",
    "sum_hours": "add_up",
    "elapsed": "count_hours",
    "number": "read_numbers",
    "ratio": "percent_to_share",
    "range_start": "split_range",
    "range_end": "split_range",
    "extract": "take_number",
    "first": "first_filled",
    "grid_hours": "days_to_rows",
    "grid_leave": "days_to_rows",
    "month_day": "read_dates",
    "spread_date": "days_to_rows",
}
_DROPS: Final = {
    "totals": "drop_totals",
    "repeated_header": "drop_repeated_header",
    "stray": "drop_stray_cells",
    "notes": "drop_notes",
    "value": "drop_refused",
    "no_hours": "drop_rows_without_hours",
    "kind": "drop_other_kinds",
    "not_kind": "drop_other_kinds",
    "lines": "drop_lines",
    "outside": "drop_lines",
    "empty": "drop_lines",
}


@dataclass(frozen=True)
class Trial:
    """What came of trying a recipe.

    Parameters
    ----------
    rows
        Line and cells that the recipe made.
    missing, unread
        Column of the contract → rows in which it is empty, or holds what the recipe can't read.
    """

    cleaning: tuple[Cleaning, ...]
    targets: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str | None, ...]], ...]
    missing: dict[str, int]
    unread: dict[str, int]


def try_recipe(recipe: Recipe, table: FoundTable) -> Trial:
    """Make contract cells of the rows that were looked at."""
    with duckdb.connect() as connection:
        # Line breaks inside hostile settings aside: nothing outside is read or written.
        connection.execute("set enable_external_access = false")
        rows = table.rows[: _TRIED_ROWS if table.is_whole else _SAMPLED_ROWS]
        names = table.names
        rows = tuple(masked_rows(rows, names, recipe))
        # Lines of rows from further down are not known: they count behind all others.
        lines = [line or _UNKNOWN_LINE + place for place, line in enumerate(table.lines[: len(rows)])]
        data: dict[str, pa.Array] = {"line_number": pa.array(lines, pa.int64())}
        columns = list(zip(*rows, strict=True)) if rows else [()] * len(names)
        for name, cells in zip(names, columns, strict=True):
            data[name] = pa.array([cell or None for cell in cells], pa.string())
        source = pa.table(data)
        connection.register("source_cells", source)
        found = connection.execute(recipe_sql(recipe, names)).fetchall()
    targets = tuple(made.target for made in recipe.fields)
    skip = 1 if len(found) == 0 or len(found[0]) == len(targets) + 1 else 2
    places = {line: place for place, line in enumerate(lines, 1)}
    made_rows = tuple((places[int(row[0])], tuple(row[skip:])) for row in found)
    missing = {target: sum(1 for _, cells in made_rows if cells[i] is None) for i, target in enumerate(targets)}
    unread = {
        target: sum(1 for _, cells in made_rows if (cells[i] or "").startswith("? "))
        for i, target in enumerate(targets)
    }
    masked = replace(table, rows=rows)  # examples show what is kept
    cleaning = [*_left_out(recipe, table, rows, made_rows), *_changes(recipe, masked, targets, made_rows)]
    return Trial(tuple(cleaning), targets, made_rows, missing, unread)


def rule_of_drop(rule: str) -> str:
    """Return the cleaning rule under which the rows of a drop are told."""
    return _DROPS.get(rule, f"drop_{rule}")


def _left_out(
    recipe: Recipe,
    table: FoundTable,
    tried: tuple[tuple[str, ...], ...],
    made: tuple[tuple[int, tuple[str | None, ...]], ...],
) -> list[Cleaning]:
    found = []
    kept = {line for line, _ in made}
    others = [drop.rule for drop in recipe.drops if drop.rule not in ("totals", "repeated_header")]
    if table.totals:
        found.append(Cleaning(_DROPS["totals"], "", len(table.totals)))
    if table.repeats:
        found.append(Cleaning(_DROPS["repeated_header"], "", len(table.repeats)))
    if others and not (recipe.group_by or recipe.merge_days or recipe.grid):
        gone = [row for number, row in enumerate(tried, 1) if number not in kept]
        # What rows of leave say is repeated nowhere.
        shown = [] if recipe.kinds else gone[:_EXAMPLES]
        used = [place for place, name in enumerate(table.names) if name in recipe.sources]
        examples = tuple((" | ".join(row[place] for place in used if row[place])[:120], "") for row in shown)
        found += [Cleaning(_DROPS[rule], "", len(gone), examples) for rule in others[:1] if gone]
    if recipe.fill_key:
        blank = sum(1 for cell in table.cells(recipe.fill_key) if not cell)
        found.append(Cleaning("fill_down", recipe.fill_key, blank))
    return found


def _changes(
    recipe: Recipe,
    table: FoundTable,
    targets: tuple[str, ...],
    made: tuple[tuple[int, tuple[str | None, ...]], ...],
) -> list[Cleaning]:
    found = []
    if recipe.group_by or recipe.merge_days:
        found.append(Cleaning("merge_rows", "", len(table.rows) - len(made)))
    for index, field in enumerate(recipe.fields):
        if field.op == "copy" and not field.values and not (recipe.has_guards or recipe.empty):
            continue
        pairs = _pairs(field, table, index, made)
        if pairs:
            examples = tuple(dict.fromkeys(pairs))[:_EXAMPLES]
            found.append(Cleaning(_rule_of(field, recipe, pairs), targets[index], len(pairs), examples))
    return found


def _rule_of(field: Field, recipe: Recipe, pairs: list[tuple[str, str]]) -> str:
    if field.values:
        return "map_values"
    if field.op == "copy":
        is_nothing = all(not after and before in {*EMPTY_MARKS, *recipe.empty} for before, after in pairs)
        return "nothing_to_empty" if is_nothing else "take_guard_off"
    return _RULES.get(field.op, "change")


def _pairs(
    field: Field, table: FoundTable, index: int, made: tuple[tuple[int, tuple[str | None, ...]], ...]
) -> list[tuple[str, str]]:
    """Return what stood in the file and what it became, where the two differ."""
    places = [table.names.index(source) for source in field.sources if source]
    spelt = dict(field.spelling)  # told as a rule of its own
    found = []
    for line, cells in made:
        before = " + ".join(table.rows[line - 1][place] for place in places if table.rows[line - 1][place])
        after = cells[index] or ""
        if before in spelt:
            continue
        if before != after and (before or field.op.startswith("grid")) and field.op != "constant":
            found.append((before[:120], after[:120]))
    return found if field.op != "grid_hours" else found[:0]
