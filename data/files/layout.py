"""Where the header of a table stands, when it is not simply the first row."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True)
class Layout:
    """Where the header is: found by looking at the file, or said by the user.

    Parameters
    ----------
    header_line
        Line (in a sheet: row) of the labels that stand directly above the data, from 1; 0 is the first row that holds
        anything.
    header_rows
        2 when a row of groups stands above the labels.
    delimiter
        What separates the cells of a text file; empty leaves that to the reader.
    """

    header_line: int
    header_rows: int = 1
    delimiter: str = ""


def join_titles(rows: Sequence[Sequence[str]]) -> list[str]:
    """Make one title per column of the header rows, the labels last.

    A group stands in the first of its columns only (cells were merged), so it counts for the columns to its right,
    up to the next group. A label is prefixed by its group only when it occurs twice; without a label the group is the
    title.
    """
    width = max((len(row) for row in rows), default=0)
    titles = [_cell(rows[-1], index) for index in range(width)] if rows else []
    for row in reversed(rows[:-1]):
        groups = _spread([_cell(row, index) for index in range(width)], titles)
        seen: dict[str, int] = {}
        for title in titles:
            seen[title.casefold()] = seen.get(title.casefold(), 0) + 1
        titles = [
            group if not title else f"{group} / {title}" if group and seen[title.casefold()] > 1 else title
            for group, title in zip(groups, titles, strict=True)
        ]
    return titles


def number_repeats(titles: Sequence[str]) -> list[str]:
    """Make titles differ: the second "Labels" becomes "Labels (2)"; empty ones stay empty."""
    taken = {title.casefold() for title in titles}
    found: list[str] = []
    seen: set[str] = set()
    for title in titles:
        name, number = title, 1
        while (name and name.casefold() in seen) or (number > 1 and name.casefold() in taken):
            number += 1
            name = f"{title} ({number})"
        seen.add(name.casefold())
        found.append(name)
    return found


def _cell(row: Sequence[str], index: int) -> str:
    return row[index].strip() if index < len(row) else ""


def _spread(groups: list[str], labels: list[str]) -> list[str]:
    """Let a group count to the right over columns that have a label but no group of their own."""
    found: list[str] = []
    current = ""
    for group, label in zip(groups, labels, strict=True):
        current = group or (current if label else "")
        found.append(current)
    return found
