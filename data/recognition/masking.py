"""Takes the reasons of leave out of columns of kinds before anything is stored: "Krank" becomes ``leave``.

A recipe speaks of the masked cells, so an older file and its rebuilt rows read alike.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from data.recognition.row_kinds import LEAVE, OTHER, PENDING, PLANNED, REFUSED, folded, kind_of, state_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from data.recognition.recipe import Kinds, Recipe

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
    """Return rows of cells with the columns of kinds masked."""
    made = list(rows)
    for kinds in recipe.kinds:
        if kinds.column in names:
            place = names.index(kinds.column)
            made = [
                (*row[:place], masked_cell(row[place], kinds) if row[place] else "", *row[place + 1 :]) for row in made
            ]
    return made


def mask_file(parquet: Path, recipe: Recipe | None) -> None:
    """Mask the columns of kinds of a table of text on disk."""
    if recipe is None or not recipe.kinds:
        return
    table = pq.read_table(parquet)
    for kinds in recipe.kinds:
        if kinds.column not in table.column_names:
            continue
        place = table.column_names.index(kinds.column)
        encoded = table.column(place).combine_chunks().dictionary_encode()
        words = [None if cell is None else masked_cell(cell.strip(), kinds) for cell in encoded.dictionary.to_pylist()]
        masked = pc.take(pa.array(words, pa.string()), encoded.indices)
        table = table.set_column(place, table.schema.field(place), masked)
    made = parquet.with_suffix(".masked")
    pq.write_table(table, made, compression="zstd", write_statistics=False)
    made.replace(parquet)
