"""Names as they may be shown: whatever comes from a file is text, and stays text in every medium.

A project's name can hold an image, a link, a colour or an escape sequence. There is one function per medium, and
each returns text that its medium shows letter by letter: :func:`in_markdown` for what Streamlit reads as Markdown
(captions, messages, headings, labels of widgets, cells of ``st.table``), :func:`in_figure` for Plotly,
:func:`in_terminal` and :func:`in_json` for the command line, :func:`in_text` and :func:`in_cells` where nothing is
read as markup (``st.text``, options of a list, cells of ``st.dataframe``), :func:`in_file_name` for the name of a
download.
``tests/dashboard/test_shown_names.py`` reads the source and finds every text that goes another way.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, Final

from dashboard.plain_text import INVISIBLE, in_text

if TYPE_CHECKING:
    import pandas as pd
    import plotly.graph_objects as go

__all__ = [
    "as_drawn",
    "in_cells",
    "in_figure",
    "in_file_name",
    "in_json",
    "in_markdown",
    "in_markdown_cells",
    "in_terminal",
    "in_text",
]

_MARKDOWN_SIGNS: Final = re.compile(r"[\\`*_\[\]<>$~&]")
_MARKDOWN_START: Final = re.compile(r"^(?:\d+(?=[.)](?:\s|$))|(?=[-+](?:[\s-]|$))|(?=#))")
#: Streamlit looks for addresses, emojis, symbols and arrows in the finished text, after escapes are gone.
_FOUND_LATER: Final = re.compile(
    r"(?i)(?<=www)(?=\.)|(?<=@)|(?<=:)(?=//)|(?<=:)(?=[-+_]?\d*[a-z])|(?<=:)(?=[-+]?\d+:)"
    r"|(?<=[<>~])(?==)|(?<=<)(?=-)|(?<=-)(?=>)"
)
#: Has no width and no meaning; what stands on its two sides is not found as one thing.
_DIVIDER: Final = "\u2060"

_FIGURE_SIGNS: Final = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "$": "&#36;"}
_MADE_HARMLESS: Final = "&(?:amp|lt|gt|#36|#123);"
#: The markup that our own figures use, and where; names have lost theirs when they are joined with it.
_IN_TEMPLATES: Final = re.compile(f"(<br>|</?extra>|{_MADE_HARMLESS})")
_IN_TEXTS: Final = re.compile(f"(<br>|{_MADE_HARMLESS})")
_ELSEWHERE: Final = re.compile(f"({_MADE_HARMLESS})")
_TEMPLATES: Final = frozenset({"hovertemplate", "texttemplate"})
_TEXTS: Final = frozenset({"text", "customdata", "ticktext", "hovertext"})
#: A text without any of these is drawn as it stands.
_MAY_BE_MARKUP: Final = re.compile(r"[<$%&\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff]")

_HIDDEN_IN_JSON: Final = re.compile(f"[\x7f-\x9f\u2028\u2029]|{INVISIBLE.pattern}")
_FILE_NAME_LENGTH: Final = 120


def in_markdown(name: object) -> str:
    """Return a name that Streamlit's Markdown shows letter by letter, alone or within a sentence."""
    text = _FOUND_LATER.sub(_DIVIDER, re.sub("^ {2,}", " ", in_text(name)))
    text = _MARKDOWN_SIGNS.sub(lambda found: f"\\{found.group()}", text)
    return _MARKDOWN_START.sub(lambda found: f"{found.group()}\\", text)


def in_figure(name: object) -> str:
    """Return a name that Plotly shows letter by letter, as label, text, legend and in a hover template."""
    text = "".join(_FIGURE_SIGNS.get(sign, sign) for sign in in_text(name))
    return text.replace("%{", "%&#123;")


def in_terminal(text: str) -> str:
    """Return text without what a terminal would obey; lines stay lines."""
    return "\n".join(in_text(line) for line in text.split("\n"))


def in_json(text: str) -> str:
    """Return JSON that says the same and that a terminal shows as it stands: what hides is written as its number."""
    return _HIDDEN_IN_JSON.sub(lambda found: json.dumps(found.group())[1:-1], text)


def in_file_name(name: object) -> str:
    """Return the name of a download: no folder, no sign that a system reads as something else, not too long."""
    text = re.sub(r'[\\/:*?"<>|%\ufffd]+', "_", in_text(name)).strip(". ")
    stem, dot, suffix = text.rpartition(".")
    if not dot or len(suffix) > 8:
        return text[:_FILE_NAME_LENGTH] or "_"
    return f"{stem[: _FILE_NAME_LENGTH - len(suffix) - 1] or '_'}.{suffix}"


def in_cells(rows: pd.DataFrame) -> pd.DataFrame:
    """Return a table whose texts and heads are :func:`in_text`; numbers and dates stay what they are."""
    texts = {
        str(name): rows[name].map(lambda cell: in_text(cell) if isinstance(cell, str) else cell)
        for name in rows.columns
        if rows[name].dtype.kind not in "iufbMm"
    }
    return rows.assign(**texts).rename(columns=lambda name: in_text(name) if isinstance(name, str) else name)


def in_markdown_cells(rows: pd.DataFrame) -> pd.DataFrame:
    """Return a table for ``st.table``, which reads each cell as Markdown."""
    texts = {
        str(name): rows[name].map(lambda cell: in_markdown(cell) if isinstance(cell, str) else cell)
        for name in rows.columns
        if rows[name].dtype.kind not in "iufbMm"
    }
    return rows.assign(**texts)


def as_drawn(figure: go.Figure) -> go.Figure:
    """Return a figure in which nothing but our own line breaks is markup: the last gate before the screen."""
    parts = figure.to_plotly_json()
    # The template is ours and large; a figure without markup, as nearly all are, is not made a second time.
    template = parts["layout"].pop("template", None)
    drawn = _drawn(parts, "")
    if drawn is parts:
        return figure
    made = type(figure)(drawn)
    return made if template is None else made.update_layout(template=template)


def _drawn(part: Any, key: str) -> Any:
    """Return a part with all its texts drawn; the part itself where nothing has to change."""
    if isinstance(part, dict):
        values = {name: _drawn(value, str(name)) for name, value in part.items()}
        return values if any(values[name] is not part[name] for name in part) else part
    if isinstance(part, (list, tuple)):
        items = [_drawn(value, key) for value in part]
        return items if any(new is not old for new, old in zip(items, part, strict=True)) else part
    if isinstance(part, str):
        return _own_markup_only(part, key) if _MAY_BE_MARKUP.search(part) else part
    if getattr(getattr(part, "dtype", None), "kind", "") in {"O", "U", "T"}:
        items = part.tolist()
        drawn = _drawn(items, key)
        return part if drawn is items else drawn
    return part


def _own_markup_only(text: str, key: str) -> str:
    own = _IN_TEMPLATES if key in _TEMPLATES else _IN_TEXTS if key in _TEXTS else _ELSEWHERE
    harmless = _without_tags if key in _TEMPLATES else in_figure
    made = "".join(piece if place % 2 else harmless(piece) for place, piece in enumerate(own.split(text)))
    return text if made == text else made


def _without_tags(piece: str) -> str:
    return piece.replace("<", "&lt;").replace(">", "&gt;").replace("$", "&#36;")
