"""Several tables on one sheet: below one another, under titles of their own, or side by side.

The first one is the table of the file. Parts below with the same header go on with it, under the title of their group;
plans are left out; another table is taken in beside it where it is understood, else it is named and left out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from data.recognition.headers import Place, is_value
from data.recognition.vocabulary import is_known

if TYPE_CHECKING:
    from collections.abc import Sequence

    from data.files.preview import Preview, Row

_PLAN: Final = re.compile(
    r"(?i)\b(plan\w*|planned|forecast|next (week|month)|upcoming|budget|target|scheduled|tentative|vorschau|"
    r"soll\w*|geplant|prognose|nächste|prévu\w*|prévision\w*|planifi\w*|prochain\w*|previst\w*|planificad\w*|próxim\w*|planejad\w*)\b|"
    r"план|прогноз|следующ|计划|预计|预估|下周|下月|予定|計画|見込|来週|来月|計劃|預計"
)
_TITLE_LETTERS: Final = 80
_MOST_SECTIONS: Final = 60


@dataclass(frozen=True)
class Section:
    """A part of a sheet with a header of its own.

    Parameters
    ----------
    header, first, last
        Places of its header and of its first and last row among the preview's rows; last before first is empty.
    """

    title: str
    header: int
    first: int
    last: int

    @property
    def is_plan(self) -> bool:
        """Say whether its title speaks of what is to come."""
        return bool(_PLAN.search(self.title))

    def lines(self, rows: Sequence[Row]) -> str:
        """Return the lines that it spans, header and title aside."""
        if self.last < self.first:
            return ""
        return f"{rows[self.first][0]}-{rows[self.last][0]}"


def find_sections(preview: Preview, place: Place) -> list[Section]:
    """Return the parts of a sheet, the one of the header first; one part alone is the usual table."""
    if not preview.is_whole or preview.has_names:
        return []
    rows = preview.rows
    heads = [place.index]
    for index in range(place.index + 1, len(rows)):
        if _stands_alone(rows, index) and _is_header(rows[index][1]):
            heads.append(index)
        if len(heads) > _MOST_SECTIONS:
            return []
    starts = [_title_start(rows, head, place.rows if head == place.index else 1) for head in heads]
    found = []
    for number, head in enumerate(heads):
        end = starts[number + 1] if number + 1 < len(heads) else len(rows)
        title = _title_of(rows, starts[number], head)
        found.append(Section(title, head, head + 1, end - 1))
    return found


def _stands_alone(rows: Sequence[Row], index: int) -> bool:
    """Say whether a gap or a title stands above a row: a header printed again on the next page has neither."""
    is_gap = rows[index][0] - rows[index - 1][0] > 1
    return is_gap or _is_title(rows[index - 1][1])


def _is_title(cells: Sequence[str]) -> bool:
    filled = [cell.strip() for cell in cells if cell.strip()]
    return len(filled) == 1 and len(filled[0]) <= _TITLE_LETTERS and not is_value(filled[0])


def _is_header(cells: Sequence[str]) -> bool:
    filled = [cell.strip() for cell in cells if cell.strip()]
    known = sum(1 for cell in filled if len(cell) < _TITLE_LETTERS and is_known(cell))
    return len(filled) >= 2 and known >= 2 and 2 * known >= len(filled) and not any(is_value(cell) for cell in filled)


def _title_start(rows: Sequence[Row], head: int, height: int) -> int:
    """Return the place of the first title above a header, or of the header."""
    start = head - height + 1
    while start > 0 and start > head - 4 and _is_title(rows[start - 1][1]):
        start -= 1
    return start


def _title_of(rows: Sequence[Row], start: int, head: int) -> str:
    """Return the title that stands closest above a header."""
    titles = [next(cell.strip() for cell in rows[index][1] if cell.strip()) for index in range(start, head)]
    titles = [title for title, index in zip(titles, range(start, head), strict=True) if _is_title(rows[index][1])]
    return titles[-1] if titles else ""


def same_header(rows: Sequence[Row], one: Section, other: Section) -> bool:
    """Say whether two parts have the same header."""
    first, second = ([cell.strip().casefold() for cell in rows[part.header][1]] for part in (one, other))
    width = max(len(first), len(second))
    return [*first, *[""] * (width - len(first))] == [*second, *[""] * (width - len(second))]


def only(preview: Preview, place: Place, parts: Sequence[Section]) -> Preview:
    """Return a preview with the rows of some parts, and the header of the table with what stands above it."""
    kept = [*preview.rows[: place.index + 1]]
    for part in parts:
        kept += preview.rows[part.first : part.last + 1]
    return replace(preview, rows=tuple(kept))


def part_alone(preview: Preview, part: Section) -> Preview:
    """Return a preview of one part with its own header."""
    return replace(preview, rows=preview.rows[part.header : part.last + 1])


def right_half(preview: Preview, place: Place) -> int:
    """Return where a second table begins to the right of the first, behind an empty column; 0 without one."""
    header = [cell.strip() for cell in preview.rows[place.index][1]]
    below = preview.rows[place.index + 1 :]
    for index in range(2, len(header) - 2):
        if header[index] or any(index < len(cells) and cells[index].strip() for _, cells in below):
            continue
        left, right = header[:index], header[index + 1 :]
        if all(_is_header(half) and len([cell for cell in half if cell]) >= 3 for half in (left, right)):
            return index + 1
    return 0
