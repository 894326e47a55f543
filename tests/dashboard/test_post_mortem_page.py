"""The page of post-mortems: every part opens by its link, hides the outcome when asked, and names nobody."""

from __future__ import annotations

import io
import shutil
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook
from pptx import Presentation
from pypdf import PdfReader
from streamlit.testing.v1 import AppTest

from dashboard.packs.document import has_asian_font
from data.home import HOME_VARIABLE, Home
from data.journal import read_lessons
from tests.dashboard.company import PEOPLE
from tests.dashboard.conftest import APP_FILE

if TYPE_CHECKING:
    from pathlib import Path

PAGE = "app_pages/post_mortem.py"
#: A sentence that only this part says.
SAID = {
    "overview": "liability is not assigned",
    "weeks": "As planned and as built",
    "requirements": "By department",
    "comparables": "Late by",
    "lessons": "Lessons of all projects",
    "review": "outcome is hidden",
    "firm": "Which early signs worked",
}


@pytest.fixture
def home(company_home: Home, tmp_path: Path, loopback: None, monkeypatch: pytest.MonkeyPatch) -> Home:
    """Return a copy of the tiny firm that a test may change."""
    del loopback
    copied = Home(shutil.copytree(company_home.path, tmp_path / "home"))
    monkeypatch.setenv(HOME_VARIABLE, str(copied.path))
    return copied


def opened(home: Home) -> AppTest:
    del home
    app = AppTest.from_file(str(APP_FILE), default_timeout=240).run()
    app.switch_page(PAGE)
    return app


def shown(app: AppTest, **asked: str) -> AppTest:
    """Follow a link to the page."""
    app.query_params.clear()
    for name, value in asked.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception
    return app


def texts(app: AppTest) -> str:
    elements = (*app.markdown, *app.text, *app.caption, *app.subheader, *app.info, *app.success, *app.error)
    return "\n".join(str(element.value) for element in elements)


def test_a_late_project_opens_with_its_verdict_and_every_part_has_a_link_and_names_nobody(home: Home) -> None:
    app = opened(home)
    first = texts(shown(app, project="wms-1"))
    assert "Finished 6.0 weeks after the baseline." in first
    assert "false alarm" in first or "No sign with a record" in first
    for part, sentence in SAID.items():
        said = texts(shown(app, project="wms-1", part=part))
        assert sentence in said, part
        whole = said + "\n".join(table.value.to_csv() for table in app.dataframe)
        assert not [name for _id, name, _team in PEOPLE if name in whole], part
    assert "still runs" in texts(shown(app, project="his-1"))


def test_the_guided_review_hides_the_outcome_until_it_is_asked_for(home: Home) -> None:
    app = shown(opened(home), project="wms-1", part="review", step="timeline")
    assert "Show the outcome" in [toggle.label for toggle in app.toggle]
    assert not [table for table in app.dataframe if "Sign" in table.value.columns]
    assert "6.0 weeks" not in texts(app)
    assert "What did each of us know" in texts(app)
    shown(app, project="wms-1", part="review", step="timeline", outcome="true")
    assert [table for table in app.dataframe if "Sign" in table.value.columns]


def test_what_is_not_there_is_said_and_a_lesson_is_written(home: Home) -> None:
    app = shown(opened(home), project="wms-11")
    assert "wms-11" in app.warning[0].value
    shown(app, project="wms-1", part="lessons")
    app.text_input[0].set_value("Confirm by prototype")
    next(button for button in app.button if button.label == "Write the lesson").click()
    app.run()
    assert [lesson.title for lesson in read_lessons(home, "wms-1")] == ["Confirm by prototype"]


def test_the_report_is_handed_to_the_browser_with_the_figures_of_the_page(home: Home) -> None:
    app = shown(opened(home), project="wms-1", part="comparables")
    made = {kind: _made(app, kind) for kind in ("xlsx", "pptx", "pdf")}
    assert not (home.path / "packs").exists()
    verdict = "Finished 6.0 weeks after the baseline."
    book = load_workbook(io.BytesIO(made["xlsx"]), read_only=True)
    assert any(verdict in str(cell) for (cell, *_rest) in book["About"].iter_rows(values_only=True))
    weeks = [row[1] for row in book["Account"].iter_rows(min_row=2, values_only=True)]
    assert sum(weeks) == pytest.approx(6.0, abs=1e-9)
    deck = Presentation(io.BytesIO(made["pptx"]))
    slides = [shape.text_frame.text for slide in deck.slides for shape in slide.shapes if shape.has_text_frame]
    assert any(verdict in text for text in slides)
    if made["pdf"]:
        pages = PdfReader(io.BytesIO(made["pdf"])).pages
        assert verdict in " ".join(" ".join(page.extract_text() for page in pages).split())
    else:
        assert not has_asian_font()


def _made(app: AppTest, kind: str) -> bytes:
    app.selectbox(key="postmortem_pack_kind").set_value(kind).run()
    app.button(key="postmortem_pack_make").click().run()
    assert not app.exception
    key, _subject, made_kind, made = app.session_state["pack_made"]
    assert (key, made_kind) == ("postmortem", kind)
    return bytes(made or b"")
