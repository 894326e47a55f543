"""Everything that the user decides about a file is an answer, and is kept as a profile that a person can read."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING

import pytest
import tomli_w
from hypothesis import given
from hypothesis import strategies as st

from data.problems import ImportRefusedError
from data.recognition import Profile, inspect_file, profile_from_dict, profile_of, unused_answers
from data.recognition.tables import MEANINGS
from tests.data.recognition.formats import FORMATS, Format
from tests.data.recognition.helpers import (
    cells_of,
    inspect_all,
    inspect_rows,
    read_rows,
    scratch_of,
    targets,
    tokens,
    write_csv,
    write_xlsx,
)

if TYPE_CHECKING:
    from pathlib import Path

HEADER = ("Mitarbeiter", "Projekt", "Datum", "Stunden", "Ort")
ROWS = [
    HEADER,
    ("Ana", "ERP", "13.03.2026", "7,5", "Köln"),
    ("Bo", "ERP", "02.03.2026", "8", "köln"),
    ("Bo", "ERP", "02.03.2026", "8", "köln"),
    ("Bo", "CRM", "04.03.2026", "26", "Köln"),
]
TRIPS = [
    ("Mitarbeiter", "Zielort", "Abreise", "Rückkehr", "Reise-Nr"),
    ("Ana", "Köln", "2026-03-02", "2026-03-04", "1"),
    ("Bo", "köln", "2026-03-02", "2026-03-04", "2"),
    ("Cy", "Köln", "2026-03-02", "2026-03-04", "3"),
]


def test_an_answer_counts_for_the_file_or_sheet_that_it_names(tmp_path: Path) -> None:
    sheet = [("User", "Project", "Date", "Hours"), ("ana", "p", "03/04/2026", "1")]
    path = write_xlsx(tmp_path, {"May": sheet, "June": sheet})
    found = {one.sheet: one for one in inspect_all(path, {"May:date_order": "dmy", "export.xlsx:date_order": "mdy"})}
    assert found["June"].date_order == "mdy"
    assert found["May"].date_order == "mdy", "the whole file is named more exactly than a sheet that any file may have"
    exact = inspect_all(path, {"export.xlsx › May:date_order": "dmy", "date_order": "mdy"})
    assert [one.date_order for one in exact] == ["dmy", "mdy"]


@pytest.mark.parametrize(
    "answers",
    [
        {"date_order": "xyz"},
        {"table": "hours"},
        {"unit.Stunden": "years"},
        {"rule.map_values": "perhaps"},
        {"month": "May"},
        {"week": "18"},
    ],
)
def test_an_answer_that_is_none_is_refused_with_the_possible_ones(tmp_path: Path, answers: dict[str, str]) -> None:
    with pytest.raises(ImportRefusedError) as refused:
        inspect_rows(tmp_path, ROWS, **answers)
    assert next(iter(answers.values())) in refused.value.what
    assert refused.value.advice


def test_an_answer_that_fits_nothing_is_told(tmp_path: Path) -> None:
    path = write_csv(tmp_path, ROWS)
    answers = {"projekt_id": "X", "date_order": "dmy", "other.csv:date_order": "dmy"}
    assert unused_answers(inspect_all(path, answers), answers) == ("projekt_id", "other.csv:date_order")


def test_a_column_named_by_the_user_takes_the_place_of_another(tmp_path: Path) -> None:
    rows = [("Name", "Kürzel", "Projekt", "Datum", "Stunden"), ("Ana Berg", "ab", "p", "2026-03-02", "1")]
    assert read_rows(tmp_path / "a", rows)[0]["person_id"] == "Ana Berg"
    assert read_rows(tmp_path / "b", rows, person_id="Kürzel")[0]["person_id"] == "ab"


def test_a_column_that_the_user_takes_away_is_not_used(tmp_path: Path) -> None:
    rows = [("Name", "Projekt", "Datum", "Stunden", "Tätigkeit"), ("Ana", "p", "2026-03-02", "1", "Schulung")]
    assert targets(inspect_rows(tmp_path / "a", rows))["Tätigkeit"] == "activity"
    assert "activity" not in targets(inspect_rows(tmp_path / "b", rows, activity="-")).values()
    assert tokens(inspect_rows(tmp_path / "c", rows, project_id="-")) == ["project_id"]


def test_a_rule_can_be_switched_off_unless_the_cells_need_it(tmp_path: Path) -> None:
    found = inspect_rows(tmp_path / "a", TRIPS)
    spelling = next(rule for rule in found.cleaning if rule.rule == "unify_spelling")
    assert (spelling.column, spelling.rows_count, spelling.examples) == ("destination_city", 1, (("köln", "Köln"),))
    assert (spelling.is_on, spelling.is_optional) == (True, True)
    path = write_csv(tmp_path / "b", TRIPS)
    assert [row["destination_city"] for row in cells_of(path, found)] == ["Köln", "Köln", "Köln"]
    (off,) = inspect_all(path, {spelling.token: "off"})
    assert [row["destination_city"] for row in cells_of(path, off)] == ["Köln", "köln", "Köln"]
    assert next(rule for rule in off.cleaning if rule.rule == "unify_spelling").is_on is False
    with pytest.raises(ImportRefusedError, match="read_dates"):
        inspect_rows(tmp_path / "c", ROWS, **{"rule.read_dates": "off"})


def test_rows_that_stand_twice_and_days_too_long_are_only_proposed(tmp_path: Path) -> None:
    found = inspect_rows(tmp_path / "a", ROWS)
    rules = {rule.rule: rule for rule in found.cleaning}
    assert (rules["drop_duplicates"].rows_count, rules["drop_duplicates"].is_on) == (1, False)
    assert (rules["cap"].rows_count, rules["cap"].is_on) == (1, False)
    path = write_csv(tmp_path / "b", ROWS)
    assert len(cells_of(path, found)) == 4
    (on,) = inspect_all(path, {"rule.drop_duplicates": "on", "rule.cap.worked_hours": "on"})
    assert sorted(float(row["worked_hours"]) for row in cells_of(path, on)) == [7.5, 8.0, 24.0]


def test_a_cell_becomes_what_the_user_says(tmp_path: Path) -> None:
    rows = [("Name", "Projekt", "Datum", "Stunden", "Tätigkeit"), ("Ana", "p", "2026-03-02", "1", "Design")]
    answers = {"value.activity.design": "workshop"}
    assert read_rows(tmp_path, rows, **answers)[0]["activity"] == "workshop"


@pytest.mark.parametrize("shape", FORMATS, ids=lambda shape: shape.name)
def test_a_profile_reads_its_own_file_in_the_same_way_and_asks_nothing(shape: Format, tmp_path: Path) -> None:
    path = write_csv(tmp_path, [shape.header, *shape.rows])
    (asked,) = inspect_all(path)
    answers = {question.token: _answer(question.token, question.options) for question in asked.questions}
    (first,) = inspect_all(path, answers)
    if first.has_to_ask:
        pytest.skip("an answer leads to another question here")
    saved = profile_from_dict(tomllib.loads(tomli_w.dumps(profile_of(first, answers, "kind").as_dict())))
    own = {token: answer for token, answer in answers.items() if token in ("month", "week")}
    (again,) = inspect_file(path, scratch_of(path), profiles=[saved], answers=own)
    assert again.questions == ()
    assert again.profile == "kind"
    assert again.recipe == first.recipe


def _answer(token: str, options: tuple[str, ...]) -> str:
    known = {"month": "2026-04", "week": "2026-04-06", "project_id": "P-1", "person_id": "ana"}
    return known.get(token) or (options[0] if options else "2026-04-01")


def test_a_profile_takes_the_new_month_of_a_grid(tmp_path: Path) -> None:
    header = ("Name", "Projekt", *[str(day) for day in range(1, 31)])
    rows = [header, ("Ana", "p", *["8"] * 30)]
    (april,) = inspect_all(write_csv(tmp_path, rows, name="2026-04.csv"))
    saved = profile_of(april, {}, "grid")
    path = write_csv(tmp_path, rows, name="2026-06.csv")
    (june,) = inspect_file(path, scratch_of(path), profiles=[saved])
    assert cells_of(path, june)[0]["work_date"] == "2026-06-01"


def test_a_profile_never_turns_days_into_months(tmp_path: Path) -> None:
    header = ("User", "Project", "Date", "Hours")
    (first,) = inspect_all(write_csv(tmp_path / "a", [header, ("ana", "p", "25/03/2026", "1")]))
    saved = profile_of(first, {}, "dmy")
    both = write_csv(tmp_path / "b", [header, ("ana", "p", "03/04/2026", "1")])
    (usual,) = inspect_file(both, scratch_of(both), profiles=[saved])
    assert cells_of(both, usual)[0]["work_date"] == "2026-04-03", "as in the earlier file"
    other = write_csv(tmp_path / "c", [header, ("ana", "p", "03/25/2026", "1")])
    (asked,) = inspect_file(other, scratch_of(other), profiles=[saved])
    assert [question.token for question in asked.questions] == ["date_order"]
    (said,) = inspect_file(other, scratch_of(other), profiles=[saved], answers={"date_order": "mdy"})
    assert cells_of(other, said)[0]["work_date"] == "2026-03-25"


def test_a_profile_asks_when_the_decimal_mark_changes(tmp_path: Path) -> None:
    header = ("User", "Project", "Date", "Hours")
    (first,) = inspect_all(write_csv(tmp_path / "a", [header, ("ana", "p", "2026-03-02", "7,5")]))
    path = write_csv(tmp_path / "b", [header, ("ana", "p", "2026-03-02", "7.5")])
    (asked,) = inspect_file(path, scratch_of(path), profiles=[profile_of(first, {}, "comma")])
    assert [question.token for question in asked.questions] == ["decimal_mark"]


texts = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1, max_size=20)


@given(
    name=texts,
    table=st.sampled_from(sorted(MEANINGS)),
    columns=st.lists(texts, unique=True, max_size=6),
    values=st.dictionaries(texts, texts, max_size=4),
    data=st.data(),
)
def test_a_profile_is_the_same_after_its_file(
    name: str, table: str, columns: list[str], values: dict[str, str], data: st.DataObject
) -> None:
    meanings = st.sampled_from(sorted(MEANINGS[table].roles))
    mapping = {column: data.draw(meanings) for column in columns}
    answers = {f"value.activity.{cell}": word for cell, word in values.items()} | {"rule.cap": "on"}
    profile = Profile(name, table, tuple(columns), mapping, {"date_order": "dmy"}, answers)
    assert profile_from_dict(tomllib.loads(tomli_w.dumps(profile.as_dict()))) == profile


@pytest.mark.parametrize(
    "plain",
    [
        {"columns": [], "table": "hours"},
        {"columns": "a", "table": "timesheets"},
        {"columns": ["a"], "table": "timesheets", "mapping": {"a": "birthday"}},
        {"columns": ["a"], "table": "timesheets", "mapping": ["a"]},
        {"columns": ["a"], "table": "timesheets", "recipes": {}},
        {"columns": ["a"], "table": "timesheets", "reading": {"date_order": "odd"}},
        {"columns": ["a"], "table": "timesheets", "rules": {"cap": True}},
    ],
)
def test_a_profile_that_was_damaged_by_hand_is_refused_in_words(plain: dict[str, object]) -> None:
    with pytest.raises(ImportRefusedError):
        profile_from_dict(plain)


@pytest.mark.parametrize(
    ("target", "cells"),
    [
        ("package_id", ("A12", "B3", "C4", "D5")),
        ("change_request_id", ("CR-1", "CR-2", "CR-3", "CR-4")),
        ("is_onsite", ("ja", "nein", "ja", "ja")),
        ("entry_id", ("1", "2", "3", "4")),
        ("activity", ("Schulung", "Tests", "Schulung", "Tests")),
        ("submitted_at", ("2026-03-20 10:00", "2026-03-20 10:00", "2026-03-20 10:00", "2026-03-20 10:00")),
    ],
)
def test_a_column_becomes_what_the_user_says_also_when_another_table_has_such_a_column(
    tmp_path: Path, target: str, cells: tuple[str, ...]
) -> None:
    rows = [(*row, cell) for row, cell in zip(ROWS, ("Xyz", *cells), strict=True)]
    seen = inspect_rows(tmp_path, rows, **{target: "Xyz"})
    assert seen.table == "timesheets"
    assert seen.mapping["Xyz"] == target
