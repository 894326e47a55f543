"""Takes the reasons of leave out of columns of kinds before anything is stored: "Krank" becomes ``leave``.

A recipe speaks of the masked cells, so an older file and its rebuilt rows read alike.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from data.contracts import TABLES, Kind
from data.recognition.headers import TOTAL_PATTERN
from data.recognition.row_kinds import LEAVE, OTHER, PENDING, PLANNED, REFUSED, folded, kind_of, state_of
from data.recognition.values import PATTERNS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from data.recognition.recipe import Kinds, Recipe

#: What is kept of words that somebody wrote where a day or a number belongs.
FREE_TEXT: Final = "(text)"
#: Ways of making cells that read nothing but days and numbers.
_TYPED_OPS: Final = ("date", "moment", "hours", "sum_hours", "elapsed", "end", "number", "ratio", "spread_date")
_TYPED: Final = (Kind.DATE, Kind.MOMENT, Kind.DURATION, Kind.NUMBER, Kind.WHOLE)
_DAYS: Final = ("year_first", "two_first", "named_date", "moment")
_LEAST_LETTERS: Final = 5
#: How programs write a number that is none: the refusal names it.
_ENDLESS: Final = re.compile(r"(?i)[+-]?infinity")
_ASCII_WORDS: Final = re.compile(r"(?:[A-Za-z][^A-Za-z]*){5}")
#: At least five letters, which no number and no plain day has.
_WORDED: Final = r"(?:\pL\PL*){5}"
_ALL = ("work", LEAVE, "trip", "remote", "learning", PLANNED, REFUSED, PENDING, "in_force", OTHER, "out")


def masked_cell(cell: str, kinds: Kinds) -> str:
    """Return what is kept of a cell: the kind it means, or the cell where it is none of the kinds that are masked."""
    if cell in _ALL and cell in kinds.masked:
        return cell
    said = dict(kinds.said)
    text = folded(cell)
    kind = said.get(text) or (state_of(cell) if kinds.is_status else kind_of(cell, is_label=kinds.is_label))
    kind = kind or said.get("*") or OTHER
    return kind if kind in kinds.masked else cell


def masked_rows(rows: Iterable[tuple[str, ...]], names: Sequence[str], recipe: Recipe) -> list[tuple[str, ...]]:
    """Return rows of cells as they are kept: kinds instead of words, no texts where a day or a number belongs."""
    made = list(rows)
    for kinds in recipe.kinds:
        if kinds.column in names:
            place = names.index(kinds.column)
            made = [
                (*row[:place], masked_cell(row[place], kinds) if row[place] else "", *row[place + 1 :]) for row in made
            ]
    kept = _kept_words(recipe)
    for name in _typed_columns(recipe) - {kinds.column for kinds in recipe.kinds}:
        place = names.index(name) if name in names else -1
        texts = {row[place] for row in made if _is_free_text(row[place])} if place >= 0 else set()
        texts = {text for text in texts if text.strip().casefold() not in kept}
        if texts:
            made = [(*row[:place], FREE_TEXT, *row[place + 1 :]) if row[place] in texts else row for row in made]
    return made


def mask_file(parquet: Path, recipes: Sequence[Recipe]) -> None:
    """Mask the columns of kinds of a table of text on disk, and what people wrote where a day or a number belongs.

    Parameters
    ----------
    recipes
        Of all tables that the rows hold. Tables below one another share columns, so each is masked in its own lines.
    """
    masks = []
    for stretch in dict.fromkeys(map(_stretch, recipes)):
        here = [recipe for recipe in recipes if _stretch(recipe) == stretch]
        kinds = {one.column: one for recipe in here for one in recipe.kinds}
        texts = _free_texts(parquet, _typed_columns(*here) - set(kinds), _kept_words(*here))
        if kinds or texts:
            masks.append((stretch, kinds, texts))
    if not masks:
        return
    table = pq.read_table(parquet)
    for stretch, kinds, texts in masks:
        for name in {*kinds, *texts} & set(table.column_names):
            place = table.column_names.index(name)
            cells = table.column(place).combine_chunks()
            encoded = cells.dictionary_encode()
            words = [_masked(cell, kinds.get(name), texts.get(name, set())) for cell in encoded.dictionary.to_pylist()]
            masked = pc.take(pa.array(words, pa.string()), encoded.indices)
            if stretch:
                masked = pc.if_else(_inside(table.column("line_number").combine_chunks(), stretch), masked, cells)
            table = table.set_column(place, table.schema.field(place), masked)
    made = parquet.with_suffix(".masked")
    pq.write_table(table, made, compression="zstd", write_statistics=False)
    made.replace(parquet)


def _stretch(recipe: Recipe) -> tuple[str, ...]:
    """Return the lines that hold a table, where others stand in other lines; empty for all of them."""
    return next((drop.values for drop in recipe.drops if drop.rule == "outside"), ())


def _inside(lines: pa.Array, stretch: Sequence[str]) -> pa.Array:
    found = pc.less(lines, 0)
    for piece in stretch:
        first, _, last = piece.partition("-")
        found = pc.or_(found, pc.and_(pc.greater_equal(lines, int(first)), pc.less_equal(lines, int(last or first))))
    return found


def _masked(cell: str | None, kinds: Kinds | None, texts: set[str]) -> str | None:
    if cell is None:
        return None
    if kinds is not None:
        return masked_cell(cell.strip(), kinds)
    return FREE_TEXT if cell in texts else cell


def _typed_columns(*recipes: Recipe) -> set[str]:
    """Return the columns of which recipes make days and numbers only."""
    made: set[str] = set()
    others: set[str] = set()
    for recipe in recipes:
        columns = TABLES[recipe.table].by_name
        for one in recipe.fields:
            is_typed = one.op in _TYPED_OPS or (one.op == "copy" and columns[one.target].kind in _TYPED)
            (made if is_typed else others).update(source for source in one.sources if source)
        if any(one.op == "grid_hours" for one in recipe.fields):
            made |= {day.source for day in recipe.grid}
        others |= {recipe.fill_key, *recipe.fill_down}
    return made - others


def _kept_words(*recipes: Recipe) -> frozenset[str]:
    """Return the words that a rule looks for: the names of columns printed again."""
    return frozenset(value.casefold() for one in recipes for drop in one.drops for value in drop.values)


def _free_texts(parquet: Path, columns: set[str], kept: frozenset[str]) -> dict[str, set[str]]:
    """Return the cells, by column, in which somebody wrote words where a day or a number belongs."""
    names = [name for name in pq.read_schema(parquet).names if name in columns]
    if not names:
        return {}
    table = pq.read_table(parquet, columns=names)
    found: dict[str, set[str]] = {}
    for name in names:
        distinct = table.column(name).unique()
        worded = distinct.filter(pc.fill_null(pc.match_substring_regex(distinct, _WORDED), fill_value=False))
        texts = {cell for cell in worded.to_pylist() if _is_free_text(cell) and cell.strip().casefold() not in kept}
        if texts:
            found[name] = texts
    return found


def _is_free_text(cell: str) -> bool:
    text = cell.strip()
    if len(text) < _LEAST_LETTERS or (text.isascii() and not _ASCII_WORDS.search(text)) or _ENDLESS.fullmatch(text):
        return False
    letters, digits = sum(map(str.isalpha, text)), sum(map(str.isdecimal, text))
    if letters < _LEAST_LETTERS or letters <= 2 * digits or re.fullmatch(TOTAL_PATTERN, text):
        return False
    return not any(PATTERNS[form].match(text) for form in _DAYS) and not any(
        PATTERNS[form].fullmatch(text) for form in ("clock", "with_unit", "range")
    )
