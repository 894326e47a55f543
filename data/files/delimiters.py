"""Which character separates the cells of a text file, decided over a sample of its rows."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from dataclasses import dataclass
from typing import Final

from data.contracts import TABLES

#: In the order of how common they are; the earlier wins a tie.
DELIMITERS: Final = (",", ";", "\t", "|", ":", "^", "~", "\x1f", "¦", "#", "!", "，", "；")
_SAMPLE_ROWS: Final = 300
_SEPARATOR_LINE: Final = re.compile(r'^\ufeff?"?sep=(.)"?\s*$', re.IGNORECASE)
_KNOWN_HEADERS: Final = frozenset(column.name.replace("_", "") for table in TABLES.values() for column in table.columns)
_FILLER: Final = re.compile(r"[\s_\-\"\ufeff]+")


@dataclass(frozen=True)
class _Fit:
    """How well one delimiter explains the sample."""

    known: int
    agreement: float
    width: int


def named_separator(first_line: str) -> str:
    """Return the delimiter that Excel's first line "sep=;" names, or an empty text."""
    match = _SEPARATOR_LINE.match(first_line.rstrip("\r\n"))
    return match.group(1) if match else ""


def find_delimiter(sample: str) -> str:
    """Return the delimiter under which the rows of ``sample`` agree best with its first row.

    Header names that Golive knows weigh most, then how many rows are as wide as the header, then its width.
    A comma when nothing separates anything: the file has one column.
    """
    fits = [(delimiter, _fit(sample, delimiter)) for delimiter in DELIMITERS if delimiter in sample]
    useful = [(delimiter, fit) for delimiter, fit in fits if fit.width > 1]
    if not useful:
        return ","
    return max(useful, key=lambda item: (item[1].known, item[1].agreement, item[1].width))[0]


def _fit(sample: str, delimiter: str) -> _Fit:
    widths: list[int] = []
    header: list[str] = []
    reader = csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter)
    try:
        for row in reader:
            if not any(cell.strip() for cell in row):
                continue
            header = header or row
            widths.append(len(row))
            if len(widths) > _SAMPLE_ROWS:
                break
    except csv.Error:
        return _Fit(0, 0.0, 0)
    if len(header) < 2:
        return _Fit(0, 0.0, len(header))
    known = sum(_FILLER.sub("", cell).casefold() in _KNOWN_HEADERS for cell in header)
    return _Fit(known, _agreement(widths), len(header))


def _agreement(widths: list[int]) -> float:
    """Return the share of rows as wide as the header, in twentieths so that a stray row decides nothing.

    Rows that are narrower may have lost empty last cells and count half.
    """
    body = Counter(widths[1:])
    if not body:
        return 1.0
    same = body[widths[0]] + sum(count / 2 for width, count in body.items() if 1 < width < widths[0])
    return round(20 * same / (len(widths) - 1)) / 20
