"""Every visible text is in the catalogue, in words that we stand by."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

import pytest
from babel.messages.pofile import read_po

from dashboard import catalogue

if TYPE_CHECKING:
    from pathlib import Path

FOLDER = catalogue.SOURCE_FOLDER
PAGES = sorted((FOLDER / "app_pages").glob("[a-z]*.py"))
SCREEN_FILES = [FOLDER / "app.py", *sorted(FOLDER.glob("show*.py")), *PAGES]
WORDING_FILES = sorted([*(FOLDER / "views").glob("*.py"), *(FOLDER / "charts").glob("*.py")])

#: Arguments of Streamlit and Plotly that are never read by a person.
UNSEEN = {
    *("key", "bind", "icon", "format", "mime", "layout", "page_icon", "url_path", "selection_mode", "on_select"),
    *("color", "gap", "vertical_alignment", "delta_color", "delta_arrow", "height", "width", "on_change", "on_click"),
    *("default", "label_visibility", "type", "file_name", "name"),
}
FORBIDDEN = re.compile(
    r"burn.?(ed.?)?out|mental|performance|diagnos|leader.?board|productivity|idle\b|lazy|depress|resilien|stress level",
    re.IGNORECASE,
)
#: The one sentence that names what is not measured.
DISCLAIMER = "Nothing here measures burn-out: the index says what work asks of people, as far as it is filed."


#: Labels of phases and units that are compared with what is stored, and an option of the figures.
STORED = {
    *("go live", "hours a week", "hours a month", "days in a row", "x unified", "hours of rest"),
    *("hours on a day with night work", "hours of overtime on a day", "hours on a public holiday"),
}


def texts() -> set[str]:
    """Return every text of the catalogue, plural forms included."""
    found: set[str] = set()
    for message in catalogue.extracted():
        found.update(message.id if isinstance(message.id, tuple | list) else [message.id])
    return found - {""}


def test_a_template_holds_every_text_and_its_plural(tmp_path: Path) -> None:
    count = catalogue.write_template(tmp_path / "new" / "golive.pot")
    with (tmp_path / "new" / "golive.pot").open("rb") as source:
        written = {message.id for message in read_po(source)}
    assert len(written - {""}) == count > 500
    assert "People" in written
    assert any(isinstance(one, tuple) for one in written)


def test_no_text_says_what_we_do_not_say() -> None:
    assert [text for text in texts() - {DISCLAIMER} if FORBIDDEN.search(text)] == []


def streamlit_calls(file: Path) -> list[ast.Call]:
    """Return the calls of ``st.…`` and ``show.…`` in a file."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id in {"st", "show"}
    ]


def is_bare_text(node: ast.expr) -> bool:
    """Tell whether a node is a text that did not go through the catalogue."""
    return (
        isinstance(node, ast.Constant) and isinstance(node.value, str) and re.search("[a-z]{3}", node.value) is not None
    )


@pytest.mark.parametrize("file", SCREEN_FILES, ids=lambda file: file.name)
def test_what_a_page_says_goes_through_the_catalogue(file: Path) -> None:
    bare = [
        ast.unparse(call)[:80]
        for call in streamlit_calls(file)
        for node in [*call.args[:1], *(word.value for word in call.keywords if word.arg not in UNSEEN)]
        if is_bare_text(node)
        and ast.unparse(call.func)
        not in {
            "st.Page",
            "st.switch_page",
            "st.set_page_config",
            "st.get_option",
            "st.title",
            "show.rows_behind",
            "show.open_part",
        }
    ]
    assert bare == []


@pytest.mark.parametrize("file", WORDING_FILES, ids=lambda file: f"{file.parent.name}/{file.name}")
def test_sentences_in_views_and_charts_go_through_the_catalogue(file: Path) -> None:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    translated = {
        id(node)
        for call in ast.walk(tree)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in {"_", "ngettext"}
        for node in ast.walk(call)
    }
    docstrings = {
        id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    bare = [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and re.search(r"[a-z]{2,} [a-z]{2,}", node.value)
        and id(node) not in translated | docstrings
    ]
    assert [text for text in bare if text not in STORED] == []


@pytest.mark.parametrize("file", SCREEN_FILES, ids=lambda file: file.name)
def test_every_figure_and_table_has_words_for_those_who_cannot_see_it(file: Path) -> None:
    silent = [
        ast.unparse(call)[:80]
        for call in streamlit_calls(file)
        if ast.unparse(call.func) in {"st.plotly_chart", "st.dataframe", "st.table", "show.figure", "show.table"}
        and "alt" not in {word.arg for word in call.keywords}
    ]
    assert silent == []


@pytest.mark.parametrize("file", SCREEN_FILES, ids=lambda file: file.name)
def test_no_page_writes_html_or_styles(file: Path) -> None:
    source = file.read_text(encoding="utf-8")
    assert not re.search(r"unsafe_allow|st\.html|<style|components\.", source)


@pytest.mark.parametrize("file", PAGES, ids=lambda file: file.name)
def test_a_page_has_no_function_and_no_sql(file: Path) -> None:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    assert not [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.ClassDef)]
    assert not re.search(r"\bselect\b.*\bfrom\b", file.read_text(encoding="utf-8"))
