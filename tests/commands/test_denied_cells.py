"""Reasons of leave, kinds of illness, passwords and free text reach no byte of the home."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import openpyxl
import pytest

from data.home import Home
from tests.commands.test_what_is_stored import MARK, found_in, texts_of

if TYPE_CHECKING:
    from tests.commands.running import Golive
    from tests.data.firm import Firm

#: Kinds of absence that say something about a body.
SICK: Final = ("病假", "产假", "Mutterschutz")
LEAVE: Final = [
    ["姓名", "请假类型", "开始日期", "结束日期", "天数", "请假事由", "审批意见", "密码"],
    *(
        [
            *("王小明", ("病假", "产假", "年假", "Mutterschutz")[n % 4], f"2026-03-{2 + n:02}", f"2026-03-{2 + n:02}"),
            *("1", f"{MARK}1 {n}", f"{MARK}2", f"{MARK}3"),
        ]
        for n in range(8)
    ),
    ["李雪", "病假", f"{MARK}4", "2026-03-12", "1", f"{MARK}5", "", ""],
    ["李雪", f"{MARK}6", "2026-03-13", "2026-03-13", "1", "", "", ""],
]
HOURS: Final = [
    ["Datum", "Mitarbeiter", "Projekt", "Stunden", "Art", "Krankheitsgrund", "Passwort", "Kommentar", "病假(小时)"],
    *(
        [
            *(f"{2 + n:02}.03.2026", ("Jana Wolf", "Uwe Kern")[n % 2], "Werk 3", "7,5"),
            *(("Arbeit", "Mutterschutz")[n == 5], f"{MARK}1", f"{MARK}2", f"{MARK}3 {n}", f"{MARK}4"),
        ]
        for n in range(9)
    ),
    ["12.03.2026", "Jana Wolf", "Werk 3", f"{MARK}5 war beim Arzt", "Arbeit", "", "", "", ""],
    [f"{MARK}6", "Jana Wolf", "Werk 3", "7,5", "Arbeit", f"{MARK}7", "", "", ""],
    ["13.03.2026", "Jana Wolf", "Werk 3", "99", "Arbeit", "", f"{MARK}8", f"{MARK}9", ""],
]
ANSWERS: Final = ("--answer", "kind.请假类型=out", "--answer", "hours_per_day=8", "--answer", "rows.leave=out")


def write(firm: Firm, rows: list[list[str]], ending: str) -> Path:
    path = firm.folder / f"file.{ending}"
    if ending == "csv":
        path.write_text("\n".join(";".join(row) for row in rows) + "\n", encoding="utf-8")
    elif ending == "json":
        path.write_text(json.dumps([dict(zip(rows[0], row, strict=True)) for row in rows[1:]]), encoding="utf-8")
    else:
        book = openpyxl.Workbook()
        for row in rows:
            book.active.append(row)
        book.save(path)
    return path


@pytest.fixture
def home() -> Home:
    return Home(Path(os.environ["GOLIVE_HOME"]))


def left_in(home: Home) -> list[str]:
    """Return where a mark stands, or a word for an illness that is no name of a column."""
    words = [
        f"{word} in {file.relative_to(home.path)}"
        for file in sorted(home.path.rglob("*"))
        if file.is_file()
        for text in texts_of(file)
        for word in SICK
        if word in text.replace("病假(小时)", "")
    ]
    return found_in(home.path) + words


@pytest.mark.parametrize("ending", ["csv", "xlsx", "json"])
@pytest.mark.parametrize("rows", [LEAVE, HOURS], ids=["leave", "hours"])
def test_denied_cells_reach_no_byte_of_the_home(
    golive: Golive, firm: Firm, home: Home, rows: list[list[str]], ending: str
) -> None:
    file = write(firm, rows, ending)
    golive("import", file)  # asked, where something must be asked
    assert left_in(home) == []
    answers = _fitting(rows)
    golive("import", file, "--dry-run", *answers)
    assert left_in(home) == []
    ended = golive("import", file, *answers)
    assert ended.code == 0, ended.words
    assert left_in(home) == []
    golive("undo", "1")
    golive("rebuild")
    assert left_in(home) == []


def _fitting(rows: list[list[str]]) -> tuple[Any, ...]:
    return ANSWERS[:4] if rows is LEAVE else ANSWERS[4:]


@pytest.mark.parametrize("ending", ["csv", "xlsx", "json"])
def test_a_refused_file_of_denied_cells_leaves_nothing(golive: Golive, firm: Firm, home: Home, ending: str) -> None:
    rows = [["Gericht", "Gewürz", "Passwort"], *([f"{MARK}{n}", f"{MARK}b", f"{MARK}c"] for n in range(5))]
    golive("import", write(firm, rows, ending))
    assert left_in(home) == []
