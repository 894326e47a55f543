"""The report of an import and the restated weeks in words, as files and on a page."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import openpyxl
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from dashboard.answers.proof import batch_report, restated_weeks
from dashboard.answers.viewers import Viewer
from dashboard.views import proof, restated
from dashboard.views.proof_files import markdown_text, workbook_bytes
from data.home import HOME_VARIABLE, Home
from data.proving import keep_report
from data.publishing import published_file
from tests.data.firm import Firm

if TYPE_CHECKING:
    from pathlib import Path

HOURS = "person_id,project_id,work_date,worked_hours"


def change(name: str, before: float, after: float) -> dict[str, Any]:
    return {"id": name, "name": "", "before_hours": before, "after_hours": after, "difference_hours": after - before}


def report_of(*persons: dict[str, Any], **more: Any) -> dict[str, Any]:
    counts = {"read": 3, "accepted": 1, "unchanged": 1, "corrected": 0, "refused": 1, "superseded": 0}
    batch = {
        "batch_id": 2,
        "table": "timesheets",
        "source": "files",
        "file": "b.csv",
        "sheet": "",
        **{f"rows_{key}": count for key, count in counts.items()},
        **{f"hours_{key}": float(count) for key, count in counts.items()},
        "refused_before_count": 1,
    }
    body = {"batch_ids": [2], "hours_before": 0.0, "hours_after": 8.0, "difference_hours": 8.0, "tables": []}
    return {"proof": {**body, "persons": list(persons), "batches": [batch], "refused": []}, **more}


def sentences(report: dict[str, Any], **said: bool) -> str:
    return " ".join(proof.report_sentences(report, {}, 2, **{"is_undone": False, "is_kept": True, **said}))


def test_what_was_understood_is_told_in_sentences() -> None:
    understood = {
        "table": "timesheets",
        "system": "Kimai",
        "denied_columns": ["Telefon"],
        "unmapped": ["Preis"],
        "words": ["Two rows above the header are a title."],
    }
    found = sentences(report_of(understanding=understood))
    assert "read as timesheets, written by Kimai" in found
    assert "Never stored, because they are nobody's business here: Telefon." in found
    assert "Not stored: Preis." in found
    assert "Two rows above the header are a title." in found


def test_a_dry_run_and_an_undone_batch_say_so() -> None:
    assert "nothing was kept" in sentences(report_of(is_dry_run=True))
    assert "This batch was undone" in sentences(report_of(), is_undone=True)
    assert "what was before and after it is not known" in sentences({}, is_kept=False)


def test_files_of_one_command_are_said_to_be_told_together() -> None:
    report = report_of()
    report["proof"]["batch_ids"] = [1, 2, 3, 4, 5]
    assert "4 more batches came with the same command (1, 3–5)" in sentences(report)


def test_the_ten_largest_differences_are_shown_and_the_rest_is_added_up() -> None:
    rows, remark = proof.shown_changes(
        proof.change_rows(report_of(*(change(f"p{n}", 0, 20 - n) for n in range(12))), "persons")
    )
    assert len(rows) == 10
    assert rows["Difference in hours"].tolist()[0] == "+20.00 h"
    assert remark == "2 more changed, by +19.00 h together."
    assert proof.shown_changes(proof.change_rows(report_of(change("ana", 2, 1)), "persons"))[1] == ""


def test_rows_read_are_the_sum_of_four_lines_above() -> None:
    rows = proof.outcome_rows(report_of(), 2).set_index("What became of it")["Rows"]
    assert rows.iloc[:4].sum() == rows["Read from the file"] == 3


def test_rows_that_were_refused_before_are_counted_not_hidden() -> None:
    rows = proof.refused_reason_rows(report_of())
    assert rows["Reason"].tolist() == ["refused before; listed with its earlier batch"]


def test_columns_are_told_from_the_note_when_no_understanding_was_kept() -> None:
    recipe = {"fields": [{"target": "worked_hours", "sources": ["Dauer"]}]}
    assert proof.mapping_rows({}, {"recipe": recipe}).iloc[0].tolist()[:2] == ["Dauer", "Worked hours"]
    assert proof.mapping_rows({}, {"mapping": {"Hours": "worked_hours"}}).iloc[0].tolist()[0] == "Hours"
    assert proof.mapping_rows({}, {"mapping": {"WORKED_HOURS": "worked_hours"}}).empty


def test_an_empty_report_has_all_its_parts() -> None:
    parts = proof.report_parts({}, {})
    assert all(rows.empty for _, rows in parts)
    book = openpyxl.load_workbook(io.BytesIO(workbook_bytes("Batch 1", ["Nothing."], parts)))
    assert len(book.sheetnames) == len(parts) + 1
    assert "Nothing." in markdown_text("Batch 1", [], parts)


HOSTILE = st.text(st.characters(codec="utf-8"), max_size=20) | st.sampled_from(
    ["=1+1", "+1", "-1", "@a", "\t=1", "\r=1", "a|b", "a\nb", "<b>", "\x00\x01"]
)


@given(text=HOSTILE)
def test_no_text_runs_or_breaks_a_table(text: str) -> None:
    rows = pd.DataFrame({"Person": [text, "x"], "Hours": [-1.0, 2.0]})
    book = openpyxl.load_workbook(io.BytesIO(workbook_bytes(text, [text], [("Persons", rows)])))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert all(cell.data_type != "f" for cell in cells)
    texts = [cell.value for cell in cells if isinstance(cell.value, str)]
    assert not any(value.startswith(("=", "+", "-", "@", "\t", "\r")) for value in texts)
    lines = markdown_text("Title", [], [("Persons", rows)]).split("\n")
    table = [line for line in lines if line.startswith("|")]
    assert len(table) == 4
    assert all(line.replace("\\|", "").count("|") == 3 for line in table)


def weeks(*rows: tuple[str, float, float, float, float, float]) -> pd.DataFrame:
    names = ["week_start_date", "hours_then", "hours_now", "filed_late_hours", "corrected_hours", "withdrawn_hours"]
    found = pd.DataFrame(list(rows), columns=names)
    difference = found["hours_now"] - found["hours_then"]
    share = (difference / found["hours_then"]).where(found["hours_then"] > 0)
    return found.assign(
        week_start_date=pd.to_datetime(found["week_start_date"]),
        difference_hours=difference,
        difference_share=share,
        batch_ids="3, 12",
    )


def test_restated_weeks_are_worded_with_share_and_kind() -> None:
    rows = weeks(("2026-03-02", 16, 18, 4, -2, 0), ("2026-03-09", 0, 1, 1, 0, 0))
    table = restated.restated_table(rows)
    assert table.iloc[0].tolist() == [
        "2 Mar 2026",
        "16.00 h",
        "18.00 h",
        "+2.00 h",
        "12.5 %",
        "+4.00 h",
        "−2.00 h",
        "0.00 h",
        "3, 12",
    ]
    assert table["Share"].tolist()[1] == "–"
    sentence = restated.restated_sentence(rows, pd.Timestamp("2026-04-06"), is_assumed=True)
    assert "2 weeks that had ended by then have changed since, by +3.00 h in all." in sentence
    assert "No review is recorded" in sentence


def test_no_restated_week_is_a_sentence_too() -> None:
    assert "No week that had ended by 6 Apr 2026" in restated.restated_sentence(
        weeks(), pd.Timestamp("2026-04-06"), is_assumed=False
    )
    assert restated.stamped_earlier_sentence(0.0) == ""
    assert "4.00 h of past weeks arrived" in restated.stamped_earlier_sentence(4.0)


@pytest.fixture
def firm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Firm:
    """A firm of two teams whose second batch restates a week."""
    found = Firm.at(tmp_path)
    monkeypatch.setenv(HOME_VARIABLE, str(found.home.path))
    found.take_in_text("people.csv", "person_id,team_name\nana,North\nbo,South\ncy,South")
    found.take_in_text("a.csv", f"{HOURS}\nana,p1,2026-03-02,8\nbo,p1,2026-03-02,8")
    found.take_in_text(
        "b.csv", f"{HOURS}\nana,p1,2026-03-02,6\nbo,p1,2026-03-02,7\ncy,p1,2026-03-02,4", now="2026-04-08"
    )
    persons = [change("cy", 0, 4), change("ana", 8, 6), change("bo", 8, 7)]
    report = report_of(*persons)
    report["proof"]["batches"][0]["batch_id"] = 3
    keep_report(found.home, 3, report)
    return found


def test_a_viewer_of_one_team_sees_the_others_as_one_line(firm: Firm) -> None:
    file = published_file(firm.home)
    assert file is not None
    report = batch_report(file, Viewer("n", "lead", ("North",)), 3).report
    rows = proof.change_rows(report, "persons")
    assert rows["Person"].tolist() == ["ana", ""]
    assert rows["Name"].tolist() == ["", "people of other teams"]
    assert rows["Difference in hours"].sum() == 1.0
    assert len(batch_report(file, Viewer("all", "local"), 3).report["proof"]["persons"]) == 3
    since = pd.Timestamp("2026-04-06").to_pydatetime()
    assert restated_weeks(file, Viewer("n", "lead", ("North",)), since, "person")["person_id"].tolist() == ["ana"]
    assert len(restated_weeks(file, Viewer("all", "local"), since, "person")) == 3


def _page() -> None:
    from datetime import date  # noqa: PLC0415 - the page runs as a script of its own

    from dashboard import show_proof  # noqa: PLC0415 - the same
    from dashboard.answers import everything as answers  # noqa: PLC0415 - the same

    file = answers.warehouse_file()
    assert file is not None
    day = date(2026, 4, 8)
    context = answers.Context(file, answers.local_viewer(), day, day, answers.reporting(file, day))
    show_proof.show_batch_report(context, 3)
    show_proof.show_restatements(context)


def test_report_and_restated_weeks_stand_on_a_page(firm: Firm) -> None:
    assert isinstance(firm.home, Home)
    page = AppTest.from_function(_page, default_timeout=60).run()
    assert not page.exception
    texts = " ".join(text.value for text in page.text)
    assert "Hours in force: 0.00 h before, 8.00 h after" in texts
    assert "1 week that had ended by then has changed since, by +17.00 h in all." in texts
    tables = [set(frame.value.columns) for frame in page.dataframe]
    assert any("What became of it" in columns for columns in tables)
    assert any("Filed late" in columns for columns in tables)
    page.segmented_control(key="restated_by").set_value("person").run()
    assert not page.exception
    assert any("Person" in frame.value.columns and "Filed late" in frame.value.columns for frame in page.dataframe)
