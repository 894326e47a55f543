"""The header row: its names, the columns that are dropped, and what makes a header unusable."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from data.files.layout import number_repeats
from data.files.limits import refuse_wide
from data.files.problems import FileProblem, safe_text

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

#: Marks that sit invisibly at the edge of a header: byte order mark, zero-width space, joiners, direction marks.
_INVISIBLE: Final = "\ufeff\u200b\u200c\u200d\u200e\u200f\u2060"


@dataclass(frozen=True)
class Header:
    """The header of a table.

    Parameters
    ----------
    names
        One name per header cell, also for the dropped ones.
    kept
        Positions of the columns that are stored.
    unnamed
        Positions of the header cells that are empty.
    """

    line_number: int
    names: tuple[str, ...]
    kept: tuple[int, ...]
    unnamed: frozenset[int]

    @property
    def dropped(self) -> tuple[str, ...]:
        """Names of the columns that are never stored."""
        kept = set(self.kept)
        return tuple(name for index, name in enumerate(self.names) if index not in kept)


def trimmed(cell: str) -> str:
    """Return a header cell without white space and invisible marks around it."""
    before = None
    while cell != before:
        before, cell = cell, cell.strip().strip(_INVISIBLE)
    return cell


def make_header(
    line_number: int, cells: Sequence[str], should_drop: Callable[[str], bool], *, may_repeat: bool = False
) -> Header:
    """Name the columns of a header row.

    An empty header cell is named by its position ("column 5"). A second ``line_number`` beside our own can't be,
    so a column of that name is called "line_number (of the file)".

    Parameters
    ----------
    may_repeat
        A name that occurs again gets a number; else it is refused.

    Raises
    ------
    FileProblem
        A name occurs twice (in any case of letters), there are too many columns, or none is left to store.
    """
    refuse_wide(len(cells), line_number)
    titles = [trimmed(cell) for cell in cells]
    own = titles
    if may_repeat:
        titles = number_repeats(titles)
    _refuse_duplicates(line_number, titles)
    taken = {title.casefold() for title in titles}
    names: list[str] = []
    for position, title in enumerate(titles, start=1):
        if not title:
            name = f"column {position}"
            while name in taken:
                name += " (no name)"
            names.append(name)
        elif title.casefold() == "line_number":
            names.append("line_number (of the file)")
        else:
            names.append(title)
    unnamed = frozenset(index for index, title in enumerate(titles) if not title)
    kept = tuple(index for index in range(len(titles)) if index in unnamed or not should_drop(own[index]))
    if not set(kept) - unnamed:
        raise FileProblem(
            f"every column of the header in line {line_number} is of a kind that is never stored.",
            "Export the columns of the work: person, project, dates, hours.",
        )
    return Header(line_number, tuple(names), kept, unnamed)


def is_unnamed(name: str, header: Header) -> bool:
    """Say whether ``name`` was made up for an empty header cell."""
    return any(header.names[index] == name for index in header.unnamed)


def _refuse_duplicates(line_number: int, titles: list[str]) -> None:
    first_at: dict[str, int] = {}
    for position, title in enumerate(titles, start=1):
        earlier = first_at.setdefault(title.casefold(), position)
        if title and earlier != position:
            raise FileProblem(
                f'the header in line {line_number} has "{safe_text(title, 80)}" twice: in column {earlier} '
                f"and in column {position}.",
                "Rename or remove one of the two columns and try again.",
            )
