"""One made-up file, the rows that are true of it, and what somebody who knows would answer."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import openpyxl

if TYPE_CHECKING:
    from pathlib import Path

Row = Sequence[Any]
Sheets = Mapping[str, Sequence[Row]]
#: Table → rows that are true; ``?`` in a row stands for anything.
Truth = Mapping[str, Sequence[Row]]


@dataclass(frozen=True)
class Case:
    """A file and the truth.

    Parameters
    ----------
    kind, name
        Which kind of trouble it is, and which variant of it.
    content
        What the file holds: text, or rows by sheet of a workbook.
    truth
        Rows by table: hours are (person, project, day, hours), leave (person, day, hours), trips (person, departed,
        returned), requests (id, day).
    answers
        By the beginning of a question's token; questions of no known token stay open.
    """

    kind: str
    name: str
    file: str
    content: str | Sheets
    truth: Truth
    answers: Mapping[str, str] = field(default_factory=dict)
    encoding: str = "utf-8"

    def write(self, folder: Path) -> Path:
        """Write the file into a folder and return its path."""
        path = folder / self.file
        if isinstance(self.content, str):
            path.write_bytes(self.content.encode(self.encoding))
            return path
        book = openpyxl.Workbook()
        book.remove(book.active)
        for title, rows in self.content.items():
            sheet = book.create_sheet(title)
            for row in rows:
                sheet.append(list(row))
        book.save(path)
        return path


def as_csv(rows: Sequence[Row], delimiter: str = ",") -> str:
    """Return rows as the text of a file."""
    target = io.StringIO(newline="")
    csv.writer(target, delimiter=delimiter).writerows(rows)
    return target.getvalue()


def as_json(rows: Sequence[Mapping[str, Any]]) -> str:
    """Return objects as one array."""
    return json.dumps(list(rows), ensure_ascii=False, indent=1)
