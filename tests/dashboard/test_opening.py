"""Names in tables lead somewhere, whatever the table was filtered or worded by."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import pytest

from dashboard.parts.pressing import as_links
from dashboard.views.opening import opened_at, opening, openings
from dashboard.views.typed import in_styled_cells, texts_of, with_wording

if TYPE_CHECKING:
    from streamlit.testing.v1 import AppTest


def projects() -> pd.DataFrame:
    frame = pd.DataFrame({"Project": ["Cedar", "Ridge", "Unlisted"], "Slip": [3.0, 1.0, 2.0]}, index=[7, 3, 5])
    return opening(frame, {"Project": ("project", ["erp-4", "wms-2", None])})


def test_a_name_opens_what_stands_in_its_row() -> None:
    assert opened_at(projects(), 0, "Project") == ("project", "erp-4")
    assert opened_at(projects(), 1, "Project") == ("project", "wms-2")


@pytest.mark.parametrize(("row", "column"), [(2, "Project"), (0, "Slip"), (9, "Project"), (-1, "Project")])
def test_what_leads_nowhere_opens_nothing(row: int, column: str) -> None:
    assert opened_at(projects(), row, column) is None


def test_a_filtered_and_a_sorted_table_open_the_same_rows() -> None:
    late = projects().query("Slip < 3").sort_values(by="Slip", ascending=False)
    assert late["Project"].tolist() == ["Unlisted", "Ridge"]
    assert opened_at(late, 1, "Project") == ("project", "wms-2")
    assert opened_at(late, 0, "Project") is None


def test_words_of_a_column_keep_what_it_opens() -> None:
    table = with_wording(projects(), {"Slip": lambda weeks: f"{weeks} weeks"})
    assert opened_at(table, 1, "Project") == ("project", "wms-2")
    assert openings(texts_of(table)).keys() == {"Project"}
    assert openings(table.drop(columns="Project")) == {}


def test_only_names_that_lead_somewhere_look_like_links() -> None:
    drawn = in_styled_cells(projects(), as_links(projects())).to_html()
    assert drawn.count("color: #") == 1, "cells of one colour share a rule"
    coloured = drawn[drawn.index("<style") : drawn.index("{")]
    assert coloured.count("row") == 2, "the third row opens nothing"
    assert "col1" not in coloured
    assert as_links(projects().drop(columns="Project")) is None


def test_every_id_is_needed_for_a_row() -> None:
    with pytest.raises(ValueError, match="shorter"):
        opening(pd.DataFrame({"Project": ["Cedar", "Ridge"]}), {"Project": ("project", ["erp-4"])})


PAGES = [
    ("project.py", {"project": "his-1", "part": "people"}, "Person", "person"),
    ("people.py", {"part": "load"}, "Person", "person"),
    ("people.py", {"person": "p01", "part": "projects"}, "Project", "project"),
    ("portfolio.py", {}, "Project", "project"),
    ("change_requests.py", {}, "Project", "project"),
]


@pytest.mark.parametrize(("page", "values", "column", "what"), PAGES)
def test_tables_of_the_pages_lead_on(
    app: AppTest, page: str, values: dict[str, str], column: str, what: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A press goes through the browser's canvas; here it is looked at which tables offer one, and where to."""
    offered: list[tuple[str, str]] = []

    def followed(frame: pd.DataFrame, cells: object, *, key: str) -> None:
        del cells, key
        offered.extend((name, one.what) for name, one in openings(frame).items() if one.ids)

    monkeypatch.setattr("dashboard.parts.pressing.follow", followed)
    app.query_params.update(values)
    shown = app.switch_page(f"app_pages/{page}").run()
    assert not shown.exception
    assert (column, what) in offered
