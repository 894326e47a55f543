"""How the copied cells of a file are written, decided over all of its rows: what is not in our form is read.

A file with the contract's own columns is copied column by column (an identity recipe) until this is decided. Columns
of other files that looked plain in a sample of a large file are looked at in the same way.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from data.contracts import TABLES, Kind
from data.problems import MustAskError
from data.readings import fits, form_of, readings_of
from data.recognition.cell_sql import is_guarded_sql
from data.recognition.dates import decide_order
from data.recognition.drafting import CHOICES, meanings
from data.recognition.numbers import decide_mark
from data.recognition.recipe import Field, Recipe
from data.recognition.values import FILE_MARKS, OTHER_SIGNS, WIDE_SIGNS
from data.sql_text import literal, quoted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import duckdb

    from data.contracts import Column, Table
    from data.recognition.understanding import Question

#: How cells of a kind are read where they are not in our form.
_OPS: Final = {
    Kind.DATE: "date",
    Kind.MOMENT: "moment",
    Kind.DURATION: "hours",
    Kind.NUMBER: "number",
    Kind.WHOLE: "number",
}
_DAYS: Final = (Kind.DATE, Kind.MOMENT)
#: So many different cells of a column say how it is written.
_MOST_CELLS: Final = 20_000
_TIME: Final = r"[T\s]+\d{1,2}[:：].*$"
_ADVICE: Final = {
    "date_order": "Say which with --date-order dmy or --date-order mdy.",
    "decimal_mark": "Say which with --decimal comma or --decimal point.",
}


def identity_recipe(table: Table, mapping: Mapping[str, str], date_order: str = "", decimal_mark: str = "") -> Recipe:
    """Return the recipe of a file with our own columns.

    Parameters
    ----------
    mapping
        Header of the file → column of the contract.
    date_order, decimal_mark
        What the user said; the cells decide where nothing was said.
    """
    fields = tuple(Field(target, "copy", (source,)) for source, target in mapping.items())
    return Recipe(
        table.name, 0, 1, tuple(mapping), fields, date_order=date_order, decimal_mark=decimal_mark, is_own=True
    )


def needs_reading_sql(recipe: Recipe) -> str:
    """Return SQL over ``cells`` that is true for a row whose texts are no plain texts: guards and marks of nothing."""
    marks = ", ".join(map(literal, FILE_MARKS))
    columns = TABLES[recipe.table].by_name
    texts = [quoted(made.target) for made in recipe.fields if recipe.is_own and columns[made.target].kind is Kind.TEXT]
    signs = [f"{_is_guarded(text)} or {text} in ({marks})" for text in texts]
    return " or ".join(f"coalesce({sign}, false)" for sign in signs) or "false"


def with_marks(connection: duckdb.DuckDBPyConnection, recipe: Recipe) -> Recipe:
    """Say what means nothing in a file of our own, and whether its cells carry guards or signs of other scripts.

    The relation ``source_cells`` holds the cells.
    """
    if not recipe.is_own:
        return recipe
    marks = ", ".join(map(literal, FILE_MARKS))
    # Most files have none of them: first it is asked, by the cheapest tests, in which columns they may stand.
    signs = [
        f"[bool_or({_is_guarded(cell)}), bool_or({cell} in ({marks})), bool_or(strlen({cell}) > length({cell}))]"
        for cell in map(quoted, recipe.sources)
    ]
    (found,) = connection.execute(f"select [{', '.join(signs)}] from source_cells").fetchone() or ([],)
    empty: set[str] = set()
    is_wide = False
    for source, (_, has_marks, has_signs) in zip(recipe.sources, found, strict=True):
        cell = quoted(source)
        if has_marks and source not in recipe.sources_of(Kind.FLAG):
            rows = connection.execute(f"select distinct {cell} from source_cells where {cell} in ({marks})").fetchall()
            empty |= {mark for (mark,) in rows}
        if has_signs and source not in recipe.text_sources and not is_wide:
            wide = f"regexp_matches({cell}[:40], {literal(f'[{WIDE_SIGNS}{OTHER_SIGNS}]')})"
            is_wide = connection.execute(f"select 1 from source_cells where {wide} limit 1").fetchone() is not None
    has_guards = any(guards for guards, _, _ in found)
    return replace(recipe, has_guards=has_guards, has_wide_signs=is_wide, empty=tuple(sorted(empty)))


def _is_guarded(cell: str) -> str:
    return f"{is_guarded_sql(cell)} or prefix({cell}, '=\"')"


def settled(connection: duckdb.DuckDBPyConnection, table: Table, recipe: Recipe, part_bits: int = 0) -> Recipe:
    """Return the recipe that reads each copied column in which a cell is not in our form.

    Parameters
    ----------
    connection
        Its relation ``cells`` holds what the recipe makes as it is.
    part_bits
        ``line_number >> part_bits`` is the line in the file.

    Raises
    ------
    MustAskError
        Two readings of the file fit.
    """
    copied = {made.target: made for made in recipe.fields if made.op == "copy" and not made.values}
    columns = [table.by_name[target] for target in copied]
    odd = _odd(connection, [column for column in columns if column.kind in _OPS])
    # Of other files the user may have said that words stay as they are.
    labels = [column for column in columns if column.kind is Kind.CHOICE and recipe.is_own]
    words = {column.name: _words(connection, column) for column in labels}
    look = _Look(connection, copied, columns, part_bits)
    order, mark = recipe.date_order, recipe.decimal_mark
    if not order and any(column.kind in _DAYS for column in odd):
        order = look.order()
    if not mark and any(column.kind not in _DAYS for column in odd):
        mark = look.mark()
    read = {column.name: _OPS[column.kind] for column in odd}
    fields = tuple(
        replace(
            made,
            op=read.get(made.target, made.op),
            unit="hours" if read.get(made.target) == "hours" else made.unit,
            values=words.get(made.target, made.values),
        )
        for made in recipe.fields
    )
    return replace(recipe, fields=fields, date_order=order, decimal_mark=mark)


def _odd(connection: duckdb.DuckDBPyConnection, columns: Sequence[Column]) -> list[Column]:
    """Return the columns in which at least one cell is not in our form."""
    if not columns:
        return []
    counts = ", ".join(
        f"count(*) filter (where {reading.cell} is not null and ({reading.sql} is null"
        f" or not {fits(reading.cell, form_of(reading.column))}))"
        for reading in readings_of(columns)
    )
    row = connection.execute(f"select {counts} from cells").fetchone() or ()
    return [column for column, count in zip(columns, row, strict=True) if count]


def _words(connection: duckdb.DuckDBPyConnection, column: Column) -> tuple[tuple[str, str], ...]:
    """Return the words of other languages among labels, with ours."""
    known = meanings().get(CHOICES.get(column.name, ""), {})
    cell = quoted(column.name)
    allowed = ", ".join(map(literal, column.choices))
    rows = connection.execute(
        f"select distinct lower(trim({cell})) from cells"
        f" where regexp_replace(lower({cell}), '[ -]+', '_', 'g') not in ({allowed})"
    ).fetchall()
    return tuple(sorted((word, known[word]) for (word,) in rows if word in known))


class _Look:
    """Looks at all different cells of copied columns."""

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, copied: Mapping[str, Field], columns: list[Column], part_bits: int
    ) -> None:
        self._connection = connection
        self._source = {target: made.sources[0] for target, made in copied.items()}
        self._columns = columns
        self._bits = part_bits

    def order(self) -> str:
        """Return how days with two numbers first are read; empty where none is."""
        cells = {
            self._source[column.name]: self._cells(f"regexp_replace({quoted(column.name)}, {literal(_TIME)}, '')")
            for column in self._columns
            if column.kind in _DAYS
        }
        found = decide_order(
            {name: list(one) for name, one in cells.items()}, line_of=lambda name, cell: cells[name][cell]
        )
        _ask(found.question)
        return found.order

    def mark(self) -> str:
        """Return what begins the decimals."""
        kinds = (Kind.DURATION, Kind.NUMBER, Kind.WHOLE)
        cells = {self._source[c.name]: self._cells(quoted(c.name)) for c in self._columns if c.kind in kinds}
        found = decide_mark({name: list(one) for name, one in cells.items()}, "", [self._source.get("cost_amount", "")])
        _ask(found.question)
        return found.mark

    def _cells(self, cell: str) -> dict[str, int]:
        """Return each different cell, or the part of it that matters, with its first line."""
        rows = self._connection.execute(
            f"select {cell} as cell, min(line_number) >> {self._bits} from cells where {cell} is not null"
            f" group by 1 order by hash(cell) limit {_MOST_CELLS}"
        ).fetchall()
        return dict(sorted(rows, key=lambda row: int(row[1])))


def _ask(question: Question | None) -> None:
    if question is not None:
        raise MustAskError(question.words, _ADVICE[question.token], question.token, question.options)
