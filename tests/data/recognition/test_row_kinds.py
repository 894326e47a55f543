"""Columns that say what kind of row a row is: leave is no work, home office is no leave, refused rows don't count."""

from __future__ import annotations

from typing import TYPE_CHECKING

import duckdb
import pytest

from data.files import TextTable, read_tables
from data.recognition import layouts_of, mask_file, recipe_sql
from data.recognition.row_kinds import kind_of, state_of
from tests.data.recognition.helpers import inspect_rows, scratch_of, tokens, write_csv

if TYPE_CHECKING:
    from pathlib import Path

    from data.recognition import Recipe, Understanding


def made(
    folder: Path, rows: list[tuple[object, ...]], **answers: str
) -> tuple[Understanding, list[tuple[object, ...]]]:
    """Return what was understood and the contract cells, read as the import reads them: kinds masked first."""
    found = inspect_rows(folder, rows, **answers)
    return found, cells(folder, rows, found, found.recipe)


def cells(
    folder: Path, rows: list[tuple[object, ...]], found: Understanding, recipe: Recipe | None
) -> list[tuple[object, ...]]:
    assert recipe is not None, found.questions
    path = write_csv(folder, rows)
    (table,) = [t for t in read_tables(path, scratch_of(path), layouts=layouts_of([found])) if isinstance(t, TextTable)]
    mask_file(table.parquet, [recipe])
    with duckdb.connect() as connection:
        connection.execute(f"create view source_cells as from read_parquet('{table.parquet}')")
        names = ", ".join(made.target for made in recipe.fields)
        return connection.execute(f"select {names} from ({recipe_sql(recipe, table.columns)})").fetchall()


HOURS = {
    "de": (("Datum", "Mitarbeiter", "Projekt", "Stunden", "Art"), "Arbeit", ("Urlaub", "Krank", "Feiertag")),
    "en": (("Date", "Employee", "Project", "Hours", "Type"), "Regular", ("Vacation", "Sick leave", "Public holiday")),
    "fr": (("Date", "Collaborateur", "Projet", "Heures", "Type"), "Travail", ("Congés payés", "Maladie", "RTT")),
    "zh": (("日期", "姓名", "项目", "工时", "类型"), "工作", ("年假", "病假", "调休")),
    "ru": (("Дата", "Сотрудник", "Проект", "Часы", "Тип"), "Работа", ("Отпуск", "Больничный", "Отгул")),
    "ja": (("日付", "氏名", "プロジェクト", "作業時間", "種別"), "勤務", ("有給休暇", "欠勤", "代休")),
    "es": (("Fecha", "Empleado", "Proyecto", "Horas", "Tipo"), "Trabajo", ("Vacaciones", "Baja médica", "Festivo")),
}


@pytest.mark.parametrize("language", HOURS)
def test_leave_among_hours_is_no_work(language: str, tmp_path: Path) -> None:
    header, work, leave = HOURS[language]
    rows: list[tuple[object, ...]] = [header]
    rows += [(f"2026-03-{day:02}", ("Anna Berg", "Bo Carl")[day % 2], "Alpha", 8, work) for day in range(2, 8)]
    rows += [(f"2026-03-{day:02}", "Anna Berg", "Alpha", 8, word) for day, word in enumerate(leave, 9)]
    found, entries = made(tmp_path, rows)
    assert not tokens(found)
    assert len(entries) == 6
    assert any("leave" in word for word in found.words)


def test_leave_among_hours_becomes_leave_where_the_user_wants_it(tmp_path: Path) -> None:
    header, work, leave = HOURS["de"]
    rows: list[tuple[object, ...]] = [header, ("2026-03-02", "Anna Berg", "Alpha", 8, work)]
    rows += [("2026-03-03", "Anna Berg", "Alpha", 4, leave[0]), ("2026-03-03", "Anna Berg", "Alpha", 4, leave[1])]
    found = inspect_rows(tmp_path, rows, **{"rows.leave": "take"})
    (feed,) = found.also_feeds
    assert feed.table == "leave"
    assert cells(tmp_path, rows, found, feed.recipe) == [("Anna Berg", "2026-03-03", "8.0")], "reasons of a day add up"


def test_a_project_called_vacation_is_no_work(tmp_path: Path) -> None:
    rows: list[tuple[object, ...]] = [("Date", "Employee", "Project", "Hours")]
    rows += [("2026-03-02", "Anna", "Alpha", 8), ("2026-03-03", "Anna", "Vacation", 8), ("2026-03-04", "Bo", "Beta", 8)]
    found, entries = made(tmp_path, rows)
    assert not tokens(found)
    assert [row[1] for row in entries] == ["Alpha", "Beta"]


def test_home_office_trips_and_training_are_no_leave_and_open_requests_do_not_count(tmp_path: Path) -> None:
    rows: list[tuple[object, ...]] = [("Employee", "Leave type", "Start date", "End date", "Status")]
    rows += [("Anna", "Vacation", "2026-03-02", "2026-03-03", "Approved")]
    rows += [("Bo", "Home office", "2026-03-04", "2026-03-05", "Approved")]
    rows += [("Bo", "Business trip", "2026-03-09", "2026-03-10", "Approved")]
    rows += [("Cem", "Training", "2026-03-11", "2026-03-11", "Approved")]
    rows += [
        ("Cem", "Vacation", "2026-03-16", "2026-03-16", "Pending"),
        ("Dora", "Sick", "2026-03-17", "2026-03-17", "Withdrawn"),
    ]
    found, entries = made(tmp_path, rows)
    assert not tokens(found)
    assert sorted((str(row[0]), str(row[1])) for row in entries) == [("Anna", "2026-03-02"), ("Anna", "2026-03-03")]


def test_a_word_that_no_list_knows_is_asked_once_and_the_answer_works(tmp_path: Path) -> None:
    rows: list[tuple[object, ...]] = [("Mitarbeiter", "Abwesenheitsart", "Startdatum", "Enddatum")]
    rows += [("Anna", "Urlaub", "2026-03-02", "2026-03-02"), ("Bo", "Zukunftstag", "2026-03-03", "2026-03-03")]
    rows += [("Cem", "Sabbatzeit X", "2026-03-04", "2026-03-04")]
    found = inspect_rows(tmp_path, rows)
    assert tokens(found) == ["kind.Abwesenheitsart"]
    assert "zukunftstag" in found.questions[0].words
    _, out = made(tmp_path, rows, **{"kind.Abwesenheitsart": "out"})
    assert [row[0] for row in out] == ["Anna"]
    one = {"kind.Abwesenheitsart": "out", "kind.Abwesenheitsart.zukunftstag": "leave"}
    _, some = made(tmp_path, rows, **one)
    assert sorted(str(row[0]) for row in some) == ["Anna", "Bo"]


def test_cancelled_trips_do_not_count_whatever_their_column_is_called(tmp_path: Path) -> None:
    rows: list[tuple[object, ...]] = [("Traveller", "Departure date", "Return date", "Destination", "Booking Status")]
    rows += [("Anna Berg", "2026-03-02", "2026-03-04", "Berlin", "Ticket issued")]
    rows += [("Bo Carl", "2026-03-03", "2026-03-05", "Berlin", "Cancelled")]
    found, entries = made(tmp_path, rows)
    assert not tokens(found)
    assert [row[0] for row in entries] == ["Anna Berg"]


def test_no_reason_of_leave_is_left_in_what_is_stored(tmp_path: Path) -> None:
    header, work, _ = HOURS["de"]
    rows: list[tuple[object, ...]] = [
        header,
        ("2026-03-02", "Anna", "Alpha", 8, work),
        ("2026-03-03", "Anna", "Alpha", 8, "Krank"),
    ]
    found = inspect_rows(tmp_path, rows)
    assert found.recipe is not None
    path = write_csv(tmp_path, rows)
    (table,) = [t for t in read_tables(path, scratch_of(path)) if isinstance(t, TextTable)]
    mask_file(table.parquet, [found.recipe])
    with duckdb.connect() as connection:
        kept = connection.execute(f"select Art from read_parquet('{table.parquet}')").fetchall()
    assert kept == [("work",), ("leave",)]
    assert "krank" not in str(found.as_json()).casefold()


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("Urlaub (halber Tag)", "leave"),
        ("  SICK LEAVE ", "leave"),
        ("télétravail", "remote"),
        ("出差", "trip"),
        ("Setup", ""),
    ],
)
def test_words_mean_what_they_say(word: str, kind: str) -> None:
    assert kind_of(word) == kind


@pytest.mark.parametrize(
    ("word", "state"),
    [("Abgelehnt", "refused"), ("已撤销", "refused"), ("Offen", "pending"), ("承認済", "in_force"), ("To Do", "")],
)
def test_states_mean_what_they_say(word: str, state: str) -> None:
    assert state_of(word) == state
