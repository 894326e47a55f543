"""Rows of sums that no word names, and rows that head a group: numbers stand in them where entries have texts."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

#: A number, a duration or an amount, with its unit: ``11,50 Stunden``. One pattern for SQL and Python.
NUMBER_PATTERN: Final = r"[-+(]?[€$£¥]?\s?\d[\d.,:'’ %]*\s?[A-Za-zÀ-žА-яа-я小时分钟天日人次元円€$£¥%]{0,9}\.?\)?"
#: The head of a group (``Hospital (2)``) or the word for its sum (``Ana Total``, ``Overall - Total``).
GROUP_PATTERN: Final = (
    r"(?i)^(.*\(\d+\)|.*[\s:-](total|totals|ergebnis|summe|gesamt|итого|итог)|.*(汇总|小计|合计|小計|合計)"
    r"|(total|subtotal|summe|gesamt|итого|всего)\b.*)\s*$"
)
_NUMBER: Final = re.compile(NUMBER_PATTERN)
_GROUP: Final = re.compile(GROUP_PATTERN)
#: A sum leaves columns empty that so many rows fill.
_USUALLY: Final = 0.5
_LEAST_BLANKS: Final = 2
#: Rows are looked at closer when they hold at most this share of what most rows hold.
_FEW: Final = 0.6


def sum_places(rows: Sequence[Sequence[str]]) -> list[int]:
    """Return the places of rows that are sums by their form: numbers alone, where other rows have texts and days."""
    counts = [sum(1 for cell in row if cell) for row in rows]
    if not rows:
        return []
    usual = Counter(counts).most_common(1)[0][0]
    # A grid's row of sums is as full as its entries, but for the person at the front.
    few = [place for place, count in enumerate(counts) if 0 < count <= max(_FEW * usual, 2) or not cell(rows[place], 0)]
    likely = [place for place in few if _has_form(rows[place])]
    if not likely:
        return []
    others = [row for place, row in enumerate(rows) if place not in set(likely)]
    filled = [sum(1 for row in others if cell(row, index)) for index in range(len(rows[0]))]
    kept = [index for index, count in enumerate(filled) if others and count >= _USUALLY * len(others)]
    return [place for place in likely if sum(1 for index in kept if not rows[place][index]) >= _LEAST_BLANKS]


def cell(row: Sequence[str], index: int) -> str:
    """Return a cell of a row that may be short."""
    return row[index] if index < len(row) else ""


def _has_form(row: Sequence[str]) -> bool:
    filled = [text for text in row if text]
    texts = [text for text in filled if not _NUMBER.fullmatch(text)]
    if len(filled) == len(texts):
        return False
    return not texts or (len(texts) == 1 and texts[0] == filled[0] and bool(_GROUP.match(texts[0])))
