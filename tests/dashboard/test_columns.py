"""Heads and cells of opened rows: one word for each column, and no code, gap or midnight as a machine writes it."""

from __future__ import annotations

import re

import pandas as pd
import pytest

from dashboard.views.columns import head, named, shown_rows
from dashboard.views.prose import markdown_table
from dashboard.views.understood import decided_text
from data.contracts import TABLES

RAW_NAME = re.compile(r"[a-z]+_[a-z_]+")

ROWS = pd.DataFrame(
    {
        "work_date": pd.to_datetime(["2026-05-04", ""]),
        "departed_at": pd.to_datetime(["2026-05-04 00:00:00", "2026-05-11 00:00:00"]),
        "known_at": pd.to_datetime(["2026-05-04 17:30:12", ""]),
        "project_id": ["P-1", None],
        "worked_hours": [7.5, None],
        "progress_ratio": [0.23, None],
        "line_number": [1204, 7],
        "activity": ["data_migration", None],
        "is_onsite": [True, None],
        "is_assumed": [False, True],
        "cause": ["legacy_integration", None],
        "column_name": ["work_date", ""],
        "detail": ["2026-05-04 00:00:00", "2026-05-04 08:30:00"],
    }
)


@pytest.mark.parametrize("table", sorted(TABLES))
def test_every_column_of_the_contract_has_a_head_in_words(table: str) -> None:
    heads = [head(column.name) for column in TABLES[table].columns]
    assert not [text for text in heads if RAW_NAME.search(text) or text != text.strip()]
    assert all(text[0].isupper() for text in heads)


def test_days_moments_and_numbers_stay_what_they_are_so_that_a_table_sorts() -> None:
    shown, columns = shown_rows(ROWS)
    kinds = {name: column.kind for name, column in columns.items()}
    assert kinds["work_date"] == kinds["departed_at"] == "day", "a midnight in every row is no clock time"
    assert kinds["known_at"] == "moment"
    assert str(shown["known_at"].dt.tz) == "UTC"
    assert kinds["worked_hours"] == "hours"
    assert (kinds["progress_ratio"], shown["progress_ratio"].iloc[0]) == ("share", pytest.approx(23))
    assert kinds["line_number"] == "whole"


def test_codes_flags_and_ids_become_words() -> None:
    shown, _columns = shown_rows(ROWS, projects={"P-1": "Lotus ERP"})
    assert shown["project_id"].tolist() == ["Lotus ERP (P-1)", "–"]
    assert shown["activity"].tolist() == ["Data migration", "not recorded"]
    assert shown["is_onsite"].tolist() == ["yes", "not recorded"]
    assert shown["is_assumed"].tolist() == ["no", "yes"]
    assert shown["cause"].tolist() == ["old system's interface", "not recorded"]
    assert shown["column_name"].tolist() == ["Day", "–"]
    assert shown["detail"].tolist() == ["2026-05-04", "2026-05-04 08:30"]


def test_no_text_of_opened_rows_is_a_gap_as_a_machine_writes_it() -> None:
    shown, columns = shown_rows(ROWS)
    texts = [str(value) for name, column in columns.items() if column.kind == "text" for value in shown[name]]
    assert not [text for text in texts if text in {"None", "nan", "NaT", "<NA>", ""} or "00:00:00" in text]


def test_no_rows_make_an_empty_table_of_the_same_columns() -> None:
    shown, columns = shown_rows(ROWS.head(0))
    assert shown.empty
    assert list(columns) == list(ROWS.columns)


def test_a_name_stands_before_its_id_and_an_unknown_id_stands_alone() -> None:
    assert named("P-1", {"P-1": "Lotus"}) == "Lotus (P-1)"
    assert named("P-9", {}) == "P-9"
    assert named("P-1", {"P-1": "P-1"}) == "P-1"


def test_a_table_of_sentences_keeps_its_columns_whatever_a_cell_holds() -> None:
    made = markdown_table(pd.DataFrame({"A": ["a|b", None], "B": ["one\ntwo", 3]}))
    assert made.splitlines() == ["| A | B |", "| --- | --- |", "| a\\|b | one two |", "| – | 3 |"]


@pytest.mark.parametrize(
    ("token", "answer", "words"),
    [
        ("date_order", "dmy", "Days are written: Day first: 31/12/2026"),
        ("table", "change_requests", "Table: change requests"),
        ("unit.Std", "minutes", "“Std” counts: minutes"),
        ("worked_hours", "Stunden", "Hours: Stunden"),
        ("rule.drop_totals", "off", "Leave out totals: no"),
        ("rule.trim.person_name", "on", "Trim spaces (person): yes"),
    ],
)
def test_a_decision_about_a_file_is_told_in_words(token: str, answer: str, words: str) -> None:
    assert decided_text(token, answer) == words
