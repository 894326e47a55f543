"""Workbooks as systems lay them out: titles, groups above the labels, typed cells, sums without a word, more sheets."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

import openpyxl

if TYPE_CHECKING:
    import random
    from pathlib import Path

    from tests.recognition_figures.records import Record
    from tests.recognition_figures.shapes import ShapeColumn
    from tests.recognition_figures.writing import Style

Cell = str | float | dt.datetime | None
_TITLES: Final = (
    ("Report of the delivery unit",),
    ("Company: Example Consulting",),
    (),
    ("Report run on: 2026-05-04 09:30",),
    ("Filters: all projects",),
    (),
)
_DAY_KINDS: Final = {
    "day": lambda r: r.day,
    "last_day": lambda r: r.last_day,
    "raised_day": lambda r: r.raised.date(),
    "decided_day": lambda r: r.decided.date(),
    "closed_day": lambda r: r.closed.date(),
    "due": lambda r: r.due,
}
_NUMBER_KINDS: Final = {
    "hours": lambda r: r.minutes / 60,
    "minutes": lambda r: r.minutes,
    "estimate": lambda r: r.estimate_hours,
    "money": lambda r: 10 * r.number + 0.5,
    "days": lambda r: r.nights + 1,
}


def write_workbook(
    path: Path, columns: list[ShapeColumn], rows: list[Record], style: Style, chance: random.Random
) -> None:
    """Write one workbook; the table is on its first sheet."""
    from tests.recognition_figures.writing import cell  # noqa: PLC0415 - only here

    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = chance.choice(("Details_1", "Sheet1", "Export", "明细"))
    for title in _TITLES[: chance.randrange(len(_TITLES) + 1)]:
        sheet.append(list(title))
    if chance.random() < 0.3:
        groups = ["" for _ in columns]
        groups[0], groups[len(columns) // 2] = "General", "More"
        sheet.append(groups)
    sheet.append([_broken(column.label, chance) for column in columns])
    for row in rows:
        sheet.append([_typed(column.kind, row) or cell(column.kind, row, style) or None for column in columns])
    measures = [place for place, column in enumerate(columns) if column.kind in ("hours", "estimate", "money")]
    if measures and len(columns) > 4 and chance.random() < 0.5:
        total: list[Cell] = [None] * len(columns)
        for place in measures:
            total[place] = sum(float(_NUMBER_KINDS[columns[place].kind](row)) for row in rows)
        if chance.random() < 0.5 and 0 not in measures:
            total[0] = chance.choice(("Total", "Overall - Total", "合计", "Summe"))
        sheet.append(total)
    if chance.random() < 0.5:
        book.create_sheet("Notes").append(["Made by the delivery unit."])
    book.save(path)


def _broken(label: str, chance: random.Random) -> str:
    """Break a label of several words over two lines, as narrow columns do."""
    return label.replace(" ", "\n", 1) if chance.random() < 0.3 else label


def _typed(kind: str, row: Record) -> Cell:
    if kind in _DAY_KINDS:
        return dt.datetime.combine(_DAY_KINDS[kind](row), dt.time())
    return float(_NUMBER_KINDS[kind](row)) if kind in _NUMBER_KINDS else None
