"""Which character separates the cells of a text file, decided by its whole beginning and by the header in it."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from data.contracts import TABLES

if TYPE_CHECKING:
    from collections.abc import Sequence

#: In the order of how common they are; the earlier wins a tie.
DELIMITERS: Final = (",", ";", "\t", "|", ":", "^", "~", "\x1f", "¦", "#", "!", "，", "；")
#: Words by which a user names them; the sign itself will do, too.
NAMED_DELIMITERS: Final = {
    "comma": ",",
    "semicolon": ";",
    "tab": "\t",
    "pipe": "|",
    "colon": ":",
    "caret": "^",
    "tilde": "~",
    "hash": "#",
    "exclamation": "!",
}
#: These stand in ordinary cells (09:30, #12, well done!), so they need a header of which every cell is a label.
_RARE: Final = frozenset(":^~#!")
#: Lines at the beginning that are looked at, and cells of so many rows among them.
SAMPLE_LINES: Final = 2_000
_CELL_ROWS: Final = 300
#: Titles and notes stand in so many rows above a header at most.
_HEADER_ROWS: Final = 30
#: So many headers of the contract's own names decide by themselves.
_ENOUGH_KNOWN: Final = 2
_SEPARATOR_LINE: Final = re.compile(r'^\ufeff?"?sep=(.)"?\s*$', re.IGNORECASE)
_KNOWN_HEADERS: Final = frozenset(column.name.replace("_", "") for table in TABLES.values() for column in table.columns)
_FILLER: Final = re.compile(r"[\s_\-\"\ufeff]+")
_NUMBER: Final = re.compile(r"[-+]?[\d.,'\s]*\d[\d.,'\s]*[%€$£¥h]?", re.IGNORECASE)
#: A common delimiter inside a cell that no blank follows: most likely the cell was not split where it should be.
_UNSPLIT: Final = re.compile(r"[,;\t|](?! |$)")
_BRACKETS: Final = (("(", ")"), ("[", "]"), ("（", "）"))


@dataclass(frozen=True)
class _Fit:
    """How well one delimiter explains the sample: headers that Golive knows, then all else between 0 and 1."""

    known: int
    quality: float


def named_separator(first_line: str) -> str:
    """Return the delimiter that Excel's first line "sep=;" names, or an empty text."""
    match = _SEPARATOR_LINE.match(first_line.rstrip("\r\n"))
    return match.group(1) if match else ""


def said_delimiter(answer: str) -> str:
    """Return the delimiter that a user names, by its word or its sign; nothing when it is none."""
    if len(answer) == 1 and not answer.isalnum() and answer not in '"\r\n\\':
        return answer
    return NAMED_DELIMITERS.get(answer.strip().casefold(), "")


def delimiter_word(delimiter: str) -> str:
    """Return the word for a delimiter, else the sign itself."""
    return next((word for word, sign in NAMED_DELIMITERS.items() if sign == delimiter), delimiter)


def find_delimiter(sample: str) -> str:
    """Return the delimiter under which ``sample`` is a table: a header of labels, rows as wide, cells left whole.

    Titles may stand above the header. Header names that Golive knows weigh most; else the share of rows that are as
    wide as the header, of cells in which no other delimiter is left, of header cells that are labels, and the width.
    A comma when nothing separates anything: the file has one column.
    """
    fits = [(delimiter, _fit(sample, delimiter)) for delimiter in DELIMITERS if delimiter in sample]
    useful = [(delimiter, fit) for delimiter, fit in fits if fit.quality > 0]
    if not useful:
        return ","
    return max(useful, key=lambda item: (item[1].known, item[1].quality))[0]


def _fit(sample: str, delimiter: str) -> _Fit:
    rows = _rows(sample, delimiter)
    widths = Counter(map(len, rows))
    step = max(len(rows) // _CELL_ROWS, 1)
    whole = {place: _whole_share(rows[place], delimiter) for place in range(0, len(rows), step)}
    best = _Fit(0, 0.0)
    for place, header in enumerate(rows[:_HEADER_ROWS]):
        widths[len(header)] -= 1
        if len(header) < 2:
            continue
        labels = sum(_is_label(cell, delimiter) for cell in header) / len(header)
        if delimiter in _RARE and labels < 1:
            continue
        known = sum(_FILLER.sub("", cell).casefold() in _KNOWN_HEADERS for cell in header)
        if 0 < place == len(rows) - 1 and not known:
            continue  # the last of several lines heads nothing: it would agree with whatever is below
        below = [share for later, share in whole.items() if later > place]
        cells = sum(below) / len(below) if below else 1.0
        width = (len(header) - 1) / len(header)
        quality = _agreement(widths, len(header), len(rows) - place - 1) * cells * (0.25 + 0.75 * labels) * width
        found = _Fit(known if known >= _ENOUGH_KNOWN else 0, quality)
        best = max(best, found, key=lambda fit: (fit.known, fit.quality))
    return best


def _rows(sample: str, delimiter: str) -> list[list[str]]:
    found: list[list[str]] = []
    try:
        for row in csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter):
            if any(cell.strip() for cell in row):
                found.append(row)
            if len(found) >= SAMPLE_LINES:
                break
    except csv.Error:
        return []
    return found


def _agreement(widths: Counter[int], width: int, count: int) -> float:
    """Return the share of rows as wide as the header; those that lost or gained cells at their end count half."""
    if not count:
        return 1.0
    others = sum(number for other, number in widths.items() if other > 1 and other != width)
    return (widths[width] + others / 2) / count


def _whole_share(row: Sequence[str], delimiter: str) -> float:
    """Return the share of cells that are numbers, or in which no common delimiter was left unsplit."""
    filled = [cell for cell in row if cell]
    return sum(_is_whole(cell, delimiter) for cell in filled) / len(filled) if filled else 1.0


def _is_whole(cell: str, delimiter: str) -> bool:
    if not any(sign in cell for sign in ",;\t|") or _NUMBER.fullmatch(cell.strip()):
        return True
    return not _UNSPLIT.search(cell.replace(delimiter, ""))


def _is_label(cell: str, delimiter: str) -> bool:
    """Say whether a cell can be a label: letters more than digits, every bracket closed, nothing left to split."""
    letters, digits = sum(map(str.isalpha, cell)), sum(map(str.isdigit, cell))
    is_closed = all(cell.count(first) == cell.count(last) for first, last in _BRACKETS)
    return letters > digits and is_closed and _is_whole(cell, delimiter)
