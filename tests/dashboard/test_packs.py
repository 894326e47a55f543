"""Packs are read back by independent readers: the same figures in all, and no name becomes an order."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest
from openpyxl import load_workbook

from dashboard.packs import document, writing
from dashboard.packs.contents import Pack, Part, pack_of
from dashboard.packs.writing import PackError, write_pack
from dashboard.views import words
from dashboard.views.typed import worded
from data.journal import Attendee, ReviewHead

if TYPE_CHECKING:
    from pathlib import Path

pytest.importorskip("pptx", reason="install requirements.lock")
pytest.importorskip("typst", reason="install requirements.lock")
pypdf = pytest.importorskip("pypdf", reason="install requirements.lock")

HOSTILE = "=cmd|' /C calc'!A0"
CHINESE = "晨曦机械ERP实施"


def project(project_id: str, name: str, delay: float) -> dict[str, Any]:
    return {
        "project_id": project_id,
        "project_name": name,
        "reported_status": "green",
        "late_probability": 0.72,
        "slip_weeks_p50": 3.4,
        "expected_delay_person_weeks": delay,
        "kept_probability": 0.41,
        "announced_changes_count": 2,
        "finish_p50_date": "2027-03-01",
        "finish_p80_date": "2027-04-10",
        "committed_date": "2027-01-15",
        "announced_date": "2027-02-20",
        "proposed_date": "2027-04-11",
    }


def content() -> dict[str, Any]:
    figures = {"filed_count": 0, "expected_count": 8, "weeks_count": 2, "week": "2026-11-23"}
    sign = {"kind": "silent", "figures": figures, "evidence": [], "evidence_count": 0}
    point = {
        "key": "team:#set[x]",
        "kind": "silent",
        "kinds": ["silent"],
        "project_id": None,
        "team_name": "#set[x] $y$ *z*",
        "minutes": 4,
        "lead_figures": figures,
        "signs": [sign],
    }
    return {
        "publication": "golive-000007.duckdb",
        "verified": {
            "week_start_date": "2026-11-23",
            "filed_count": 70,
            "expected_count": 80,
            "teams": [{"team_name": "+Osaka", "expected_count": 8, "filed_count": 0}],
            "restated_weeks_count": 0,
            "restated_by": [],
            "open_imports": [],
            "overdue_reports": [],
            "is_new_publication": True,
        },
        "agenda": [point],
        "rest": [],
        "projects": [project("a", CHINESE, 41.25), project("b", HOSTILE, 12.5)],
        "decisions": [],
        "score": {"scored_count": 0, "held_count": 0, "coverage": None, "brier": None},
    }


@pytest.fixture(scope="module")
def pack() -> Pack:
    attending = (Attendee("林悦", "portfolio manager"),)
    day = date(2026, 11, 30)
    head = ReviewHead(3, datetime(2026, 11, 30, 8, 40), "ana", day, None, "golive-000007.duckdb", "3", attending)  # noqa: DTZ001 - the journal's moments are UTC without a zone
    return pack_of(head, content(), [])


@pytest.fixture(scope="module")
def folder(pack: Pack, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_pack(pack, tmp_path_factory.mktemp("packs"), "review-3")


def test_the_workbook_holds_numbers_days_and_a_native_chart(folder: Path) -> None:
    book = load_workbook(folder / "review-3.xlsx")
    sheet = book["Projects and announced dates"]
    heads = {cell.value: place for place, cell in enumerate(sheet[1])}
    first = [cell.value for cell in sheet[2]]
    assert first[heads["Project"]] == CHINESE
    assert first[heads["Expected person-weeks of delay"]] == 41.25
    assert pd.Timestamp(first[heads["Announced date"]]) == pd.Timestamp("2027-02-20")
    assert len(book["Chart"]._charts) == 1
    formulas = [cell.coordinate for page in book for row in page.iter_rows() for cell in row if cell.data_type == "f"]
    assert formulas == []


def test_a_number_below_zero_is_a_number_on_a_slide_and_no_formula() -> None:
    slips = worded({"Slip": (pd.Series([-2.1]), words.amount_text), "Client": (pd.Series(["-2.1"]), None)})
    part = Part("projects", "Projects", slips)
    assert part.texts.to_numpy().tolist() == [["−2.1", "'-2.1"]]


def test_csv_and_parquet_hold_the_same_rows_and_no_formula(folder: Path) -> None:
    table = pd.read_parquet(folder / "projects.parquet")
    text = pd.read_csv(folder / "projects.csv")
    assert table["Expected person-weeks of delay"].tolist() == [41.25, 12.5]
    assert text["Expected person-weeks of delay"].tolist() == [41.25, 12.5]
    assert not text["Project"].str.startswith("=").any()
    assert not pd.read_csv(folder / "filing.csv")["Team"].str.startswith("+").any()


def test_the_slides_hold_an_editable_chart_whose_workbook_runs_no_formula(folder: Path) -> None:
    from pptx import Presentation  # noqa: PLC0415 - skipped above where it lacks

    deck = Presentation(str(folder / "review-3.pptx"))
    charts = [shape.chart for slide in deck.slides for shape in slide.shapes if shape.has_chart]
    (chart,) = charts
    assert list(chart.plots[0].series[0].values) == [41.2, 12.5]
    with zipfile.ZipFile(folder / "review-3.pptx") as archive:
        (inner,) = [name for name in archive.namelist() if name.endswith(".xlsx")]
        book = load_workbook(io.BytesIO(archive.read(inner)))
        slides = b"".join(archive.read(name) for name in archive.namelist() if name.startswith("ppt/slides/slide"))
        theme = archive.read("ppt/theme/theme1.xml")
        drawn = b"".join(
            archive.read(name) for name in archive.namelist() if "charts/chart" in name and "rels" not in name
        )
    cells = [cell for row in book.worksheets[0].iter_rows() for cell in row]
    assert [cell.value for cell in cells if cell.data_type == "f"] == []
    assert any(str(cell.value).endswith("cmd|' /C calc'!A0") for cell in cells)
    asian = f'typeface="{"Noto Sans CJK SC"}"'.encode()
    assert asian in theme
    assert asian in slides
    assert asian in drawn


def test_every_table_of_the_slides_and_the_document_shows_the_figures_of_the_page(pack: Pack, folder: Path) -> None:
    from pptx import Presentation  # noqa: PLC0415 - skipped above where it lacks

    deck = Presentation(str(folder / "review-3.pptx"))
    tables = [shape.table for slide in deck.slides for shape in slide.shapes if shape.has_table]
    slides = {cell.text for table in tables for row in table.rows for cell in row.cells}
    paper = "".join(page.extract_text() for page in pypdf.PdfReader(folder / "review-3.pdf").pages)
    told = next(part for part in pack.parts if part.name == "projects").texts
    for head in ("Chance of being late", "Announced date", "Chance of keeping it", "Slip (P50), weeks"):
        for text in told[head]:
            assert text in slides
            assert text.replace("\u202f", " ") in paper.replace("\u202f", " ").replace("\n", " ")


def test_the_document_is_an_archive_pdf_with_chinese_and_page_numbers(folder: Path) -> None:
    reader = pypdf.PdfReader(folder / "review-3.pdf")
    text = "".join(page.extract_text() for page in reader.pages)
    assert "晨曦机械" in text
    assert f"1 / {len(reader.pages)}" in text
    assert "#set[x]" in text, "a name of markup stays a name"
    fonts = {
        str(font.get_object()["/BaseFont"]) for page in reader.pages for font in page["/Resources"]["/Font"].values()
    }
    assert any("CJK" in name for name in fonts), fonts
    assert b"pdfaid:part>2" in (folder / "review-3.pdf").read_bytes()


def test_the_same_review_makes_the_same_document(pack: Pack) -> None:
    assert document.document_of(pack) == document.document_of(pack)


def test_without_a_font_for_chinese_nothing_is_written_and_it_is_said(
    pack: Pack, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(document, "has_asian_font", lambda: False)
    with pytest.raises(document.DocumentError, match="no font"):
        write_pack(pack, tmp_path, "review-3", ("csv", "pdf"))
    assert list(tmp_path.iterdir()) == []
    assert (write_pack(pack, tmp_path, "review-3", ("csv",)) / "agenda.csv").exists()


def test_a_full_disk_leaves_the_pack_of_before_and_no_half_one(
    pack: Pack, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = write_pack(pack, tmp_path, "review-3", ("csv",))
    kept = {file.name: file.read_bytes() for file in before.iterdir()}

    def full(*_given: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setitem(writing._WRITERS, "parquet", full)
    with pytest.raises(PackError, match="No space left"):
        write_pack(pack, tmp_path, "review-3", ("csv", "parquet"))
    assert {file.name: file.read_bytes() for file in before.iterdir()} == kept
    assert [file.name for file in tmp_path.iterdir()] == ["review-3"]


def test_a_folder_that_is_a_file_is_told(pack: Pack, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(PackError, match="can't be written"):
        write_pack(pack, tmp_path / "file", "review-3", ("csv",))
