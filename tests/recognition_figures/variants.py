"""Four variants of every shape: another locale, other columns, damage, a workbook with titles and typed cells."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from tests.recognition_figures.records import Record, records
from tests.recognition_figures.workbooks import write_workbook
from tests.recognition_figures.writing import Style, cell

if TYPE_CHECKING:
    import random
    from pathlib import Path

    from tests.recognition_figures.shapes import Shape, ShapeColumn

VARIANTS: Final = ("locale", "columns", "damage", "workbook")
_ENCODINGS: Final = {
    "en": ("utf-8", "utf-8-sig", "utf-16"),
    "de": ("utf-8-sig", "cp1252", "utf-8"),
    "fr": ("utf-8-sig", "cp1252", "utf-8"),
    "ru": ("utf-8-sig", "cp1251", "utf-8"),
    "zh": ("gb18030", "utf-8-sig", "utf-8"),
    "ja": ("cp932", "utf-8-sig", "utf-8"),
}
#: Columns of firms: near enough to ours to tempt, and none of our business.
_STRANGERS: Final = (
    ("Cost center", "=4711"),
    ("Custom field (Region)", "=North"),
    ("Approved by", "=Zoe Lang"),
    ("Last modified", "closed"),
    ("Hourly rate", "money"),
    ("Overtime factor", "=1.25"),
    ("Kostenstelle", "=4711"),
    ("Genehmigt von", "=Zoe Lang"),
    ("成本中心", "=4711"),
    ("审批人", "=赵敏"),
    ("Foo", "id"),
    ("Internal note 2", "note"),
)


@dataclass(frozen=True)
class MadeFile:
    """A file, and what it is.

    Parameters
    ----------
    columns
        Label as it stands in the file → the columns of the contract that it may become.
    """

    path: Path
    shape: Shape
    variant: str
    columns: dict[str, tuple[str, ...]]
    rows: tuple[Record, ...]


def make_file(shape: Shape, variant: str, folder: Path, chance: random.Random) -> MadeFile:
    """Write one file."""
    language = chance.choice(list(shape.columns))
    columns = list(shape.columns[language])
    style = Style(chance.choice(shape.days), chance.choice(shape.clocks), chance.choice(shape.decimals))
    rows = records(language, chance.randrange(8, 60), chance)
    encoding, delimiter = "utf-8", ","
    if variant == "locale":
        encoding = chance.choice(_ENCODINGS[language])
        delimiter = ";" if style.decimal == "," else chance.choice((",", ";", "\t"))
    if variant == "columns":
        columns = _other_columns(columns, chance)
    table = [[column.label for column in columns]]
    table += [[cell(column.kind, row, style) for column in columns] for row in rows]
    if variant == "damage":
        table = _damaged(table, columns, chance)
    if variant == "workbook":
        path = folder / f"export_{chance.randrange(10**9)}.xlsx"
        write_workbook(path, columns, rows, style, chance)
        return MadeFile(path, shape, variant, _targets(columns), tuple(rows))
    path = folder / f"export_{chance.randrange(10**9)}.csv"
    path.write_bytes(_text(table, delimiter).encode(encoding, errors="replace"))
    return MadeFile(path, shape, variant, _targets(columns), tuple(rows))


def _targets(columns: list[ShapeColumn]) -> dict[str, tuple[str, ...]]:
    """Return what the labels may become; a label that stands twice is counted as the reader does."""
    found: dict[str, tuple[str, ...]] = {}
    for column in columns:
        name = " ".join(column.label.split())
        number = 2
        while name in found:
            name = f"{column.label} ({number})"
            number += 1
        found[name] = column.targets
    return found


def _other_columns(columns: list[ShapeColumn], chance: random.Random) -> list[ShapeColumn]:
    """Leave some columns of no use out, put strangers in, and shuffle now and then."""
    from tests.recognition_figures.shapes import ShapeColumn  # noqa: PLC0415 - only the type is needed elsewhere

    kept = [column for column in columns if column.targets or chance.random() > 0.25]
    for label, kind in chance.sample(_STRANGERS, chance.randrange(1, 5)):
        kept.insert(chance.randrange(len(kept) + 1), ShapeColumn(label, kind, ()))
    if chance.random() < 0.4:
        chance.shuffle(kept)
    return kept


def _damaged(table: list[list[str]], columns: list[ShapeColumn], chance: random.Random) -> list[list[str]]:
    """Put a title above and a total below, repeat the header, leave blank lines, short rows and a broken day."""
    header, *rows = table
    damage = chance.sample(("title", "total", "repeat", "blank", "short", "broken", "header"), chance.randrange(2, 5))
    days = [number for number, column in enumerate(columns) if column.kind in ("day", "start_day", "raised_day")]
    if "broken" in damage and days and len(rows) > 20:
        rows[len(rows) // 2][days[0]] = chance.choice(("n/a", "31.02.2026", "tbd"))
    if "short" in damage:
        while len(rows[-1]) > 1 and not rows[-1][-1]:
            rows[-1].pop()
    if "header" in damage:
        header = [f" {label} " if number % 3 else f"{label}\n" for number, label in enumerate(header)]
    if "repeat" in damage:
        rows.insert(len(rows) // 2, list(header))
    if "blank" in damage:
        rows.insert(len(rows) // 3, [""] * len(header))
    if "total" in damage and len(header) > 3:
        rows.append(_total(rows, columns, chance))
    above = [["Report of the delivery unit"], ["Created on 2026-05-04 by Zoe Lang"], []] if "title" in damage else []
    return [*above, header, *rows]


def _total(rows: list[list[str]], columns: list[ShapeColumn], chance: random.Random) -> list[str]:
    total = [""] * len(columns)
    total[0] = chance.choice(("Total", "Summe", "合计", "Итого", "Sum"))
    for number, column in enumerate(columns):
        if column.kind in ("hours", "estimate", "money") and number:
            numbers = [row[number] for row in rows if len(row) > number and row[number][:1].isdigit()]
            mark = "," if any("," in text for text in numbers) else "."
            total[number] = f"{sum(float(text.replace(',', '.')) for text in numbers):.2f}".replace(".", mark)
    return total


def _text(table: list[list[str]], delimiter: str) -> str:
    target = io.StringIO(newline="")
    csv.writer(target, delimiter=delimiter).writerows(table)
    return target.getvalue()
