"""What is asked of a file can be answered by pasting, shows what it does, and everything can be left out."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import openpyxl

if TYPE_CHECKING:
    from tests.commands.running import Golive
    from tests.data.firm import Firm


def slashes(firm: Firm) -> Any:
    lines = ["Fecha;Empleado;Proyecto;Horas"]
    lines += [f"0{2 + n}/03/2026;{('Eva Soto', 'Iker Gil')[n % 2]};Nómina;7,5" for n in range(5)]
    file = firm.folder / "horas.csv"
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return file


def test_a_question_shows_what_each_answer_makes_of_the_cells(golive: Golive, firm: Firm) -> None:
    asked = golive("import", slashes(firm))
    assert asked.code == 3
    assert "02/03/2026 → 2026-03-02" in asked.words
    assert "02/03/2026 → 2026-02-03" in asked.words


def test_answers_stand_ready_to_paste_and_the_file_can_be_left_out(golive: Golive, firm: Firm) -> None:
    file = slashes(firm)
    words = golive("import", file).words
    assert '--answer "horas.csv:date_order=dmy"' in words
    assert '--answer "horas.csv:table=out"' in words
    assert golive("import", file, "--answer", "horas.csv:table=out").code == 0
    assert golive("import", file, "--answer", "horas.csv:date_order=dmy").code == 0


def test_inspect_prints_what_its_json_holds(golive: Golive, firm: Firm) -> None:
    file = slashes(firm)
    shown = golive("inspect", file, "--answer", "date_order=dmy").words
    told = json.loads(golive("inspect", file, "--answer", "date_order=dmy", "--json").words)["files"][0]
    assert told["outlook"]["rows_count"] == 5
    assert told["outlook"]["hours"] == 37.5
    assert "37.50 h" in shown
    assert "dmy" in shown
    assert '--answer "horas.csv:' in golive("inspect", file).words


def test_hidden_sheets_are_named(golive: Golive, firm: Firm) -> None:
    book = openpyxl.Workbook()
    book.active.append(["Date", "Employee", "Project", "Hours"])
    for day in range(2, 7):
        book.active.append([f"2026-03-{day:02}", "Anna Berg", "Alpha", 8])
    book.create_sheet("Old rates").sheet_state = "hidden"
    file = firm.folder / "hours.xlsx"
    book.save(file)
    assert "Hidden sheets are left out: Old rates." in golive("inspect", file).words


def test_a_file_that_cannot_be_used_says_what_it_lacks(golive: Golive, firm: Firm) -> None:
    file = firm.folder / "list.csv"
    file.write_text("Vorgang;Farbe\nA;rot\nB;blau\nC;rot\n", encoding="utf-8")
    words = golive("import", file).words
    assert "it lacks" in words
    assert "who (a person)" in words
    assert "when (a day)" in words
