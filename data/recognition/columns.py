"""The columns of one table as they were found: their names, labels and the form of their cells."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from data.files.denied import is_denied
from data.recognition.headers import Place, is_repeated_header, is_total_row
from data.recognition.labels import Label, read_label
from data.recognition.sums import sum_places
from data.recognition.values import Values, profile

if TYPE_CHECKING:
    from collections.abc import Iterator

    from data.files.preview import Preview

_PROFILED_ROWS: Final = 3_000


@dataclass(frozen=True)
class FoundColumn:
    """One column of the file."""

    name: str
    position: int
    label: Label
    values: Values


@dataclass(frozen=True)
class FoundTable:
    """One table of the file, before anything is decided.

    Parameters
    ----------
    columns
        Without the ones that are never stored.
    lines, rows
        Line numbers and cells of the data rows that were looked at, one cell per name of ``names``.
    totals, repeats
        Line numbers of rows that are sums or the header again; 0 where the line isn't known.
    wide_count
        Rows with more cells than the header; they can't be taken in.
    notes
        Pairs of a label and what stands behind it, from the rows above the header: ``Mitarbeiter: Anna Berg``.
    """

    place: Place
    columns: tuple[FoundColumn, ...]
    denied: tuple[str, ...]
    lines: tuple[int, ...]
    rows: tuple[tuple[str, ...], ...]
    totals: tuple[int, ...]
    repeats: tuple[int, ...]
    is_whole: bool
    wide_count: int = 0
    notes: tuple[tuple[str, str], ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the stored columns."""
        return tuple(column.name for column in self.columns)

    def column(self, name: str) -> FoundColumn:
        """Return the column of a name."""
        return next(column for column in self.columns if column.name == name)

    def cells(self, name: str) -> list[str]:
        """Return the cells of a column, row by row."""
        index = self.names.index(name)
        return [row[index] for row in self.rows]


def found_table(preview: Preview, place: Place, until: int = 0) -> FoundTable:
    """Take the columns of a table apart.

    Parameters
    ----------
    until
        The place of the first column that belongs to another table beside this one; 0 without one.
    """
    width = len(place.names)
    kept = [index for index in range(until or width) if not is_denied(place.names[index])]
    lines: list[int] = []
    rows: list[tuple[str, ...]] = []
    totals: list[int] = []
    repeats: list[int] = []
    wide = 0
    later = [(0, cells) for cells in preview.further]
    labels = preview.rows[place.index][1]
    for line, cells in [*preview.rows[place.index + 1 :], *later]:
        if is_repeated_header(cells, labels):
            repeats.append(line)
            continue
        if is_total_row(cells, width):
            totals.append(line)
            continue
        wide += any(cell.strip() for cell in cells[width:])
        padded = [*cells, *[""] * (width - len(cells))]
        if until and not any(cell.strip() for cell in padded[:until]):
            continue
        lines.append(line)
        rows.append(tuple(padded[index].strip() for index in kept))
    sums = set(sum_places(rows))
    if sums:
        totals = sorted({*totals, *(lines[place] for place in sums)})
        lines = [line for place, line in enumerate(lines) if place not in sums]
        rows = [row for place, row in enumerate(rows) if place not in sums]
    sample = _spread(rows)
    columns = tuple(
        FoundColumn(place.names[index], index, read_label(place.names[index]), profile(row[order] for row in sample))
        for order, index in enumerate(kept)
        if not (place.names[index] == f"column {index + 1}" and not any(row[order] for row in rows))
    )
    positions = [kept.index(column.position) for column in columns]
    return FoundTable(
        place,
        columns,
        tuple(place.names[index] for index in range(until or width) if index not in kept),
        tuple(lines),
        tuple(tuple(row[position] for position in positions) for row in rows),
        tuple(totals),
        tuple(repeats),
        preview.is_whole,
        wide,
        tuple(_notes(preview, place)),
    )


def _notes(preview: Preview, place: Place) -> Iterator[tuple[str, str]]:
    """Give what the rows above the header say: a label with a colon and its value, in one cell or in the next."""
    for _, cells in preview.rows[: max(place.index - place.rows + 1, 0)]:
        filled = [cell.strip() for cell in cells if cell.strip()]
        for number, cell in enumerate(filled):
            label, colon, value = cell.replace("：", ":").partition(":")
            if colon and value.strip() and not value.strip()[0].isdecimal():
                yield label.strip(), value.strip()
            elif number + 1 < len(filled) and ((colon and not value.strip()) or (len(filled) == 2 and number == 0)):
                yield label.strip(), filled[number + 1]


def _spread(rows: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Return the first rows and some from all over the rest."""
    if len(rows) <= _PROFILED_ROWS:
        return rows
    half = _PROFILED_ROWS // 2
    return rows[:half] + rows[half :: max((len(rows) - half) // half, 1)]
