"""A report to take along: a workbook with one sheet for each part, or a document in Markdown."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Any, Final

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font

from dashboard.i18n import _
from dashboard.views.rows import neutralised

if TYPE_CHECKING:
    import pandas as pd

#: A sheet's name may be so long and must not hold these signs.
_NAME_LENGTH: Final = 31
_NAME_SIGNS: Final = re.compile(r"[\[\]:*?/\\]")
#: A cell of a workbook holds no more.
_CELL_LENGTH: Final = 32_000


def workbook_bytes(title: str, sentences: list[str], parts: list[tuple[str, pd.DataFrame]]) -> bytes:
    """Return an XLSX file: a sheet with the sentences, then one for each part; texts can't run as formulas."""
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet(_sheet_name(_("Summary")))
    for line in (title, *sentences):
        sheet.append([_cell(line)])
    for name, rows in parts:
        sheet = workbook.create_sheet(_sheet_name(name))
        sheet.freeze_panes = "A2"
        sheet.append([_heading(sheet, column) for column in rows.columns])
        for values in rows.itertuples(index=False):
            sheet.append([_cell(value) for value in values])
    target = io.BytesIO()
    workbook.save(target)
    return target.getvalue()


def markdown_text(title: str, sentences: list[str], parts: list[tuple[str, pd.DataFrame]]) -> str:
    """Return the report in Markdown; what a cell holds can neither break a table nor become markup."""
    lines = [f"# {_escaped(title)}", "", *(f"- {_escaped(sentence)}" for sentence in sentences), ""]
    for name, rows in parts:
        lines += [f"## {_escaped(name)}", ""]
        if rows.empty:
            lines += [_("Nothing."), ""]
            continue
        lines.append(_line(list(rows.columns)))
        lines.append(_line(["---:" if rows[column].dtype.kind in "iuf" else "---" for column in rows.columns]))
        lines += [_line([_escaped(value) for value in values]) for values in rows.itertuples(index=False)]
        lines.append("")
    return "\n".join(lines)


def _cell(value: Any) -> Any:
    plain = value.item() if hasattr(value, "item") else value
    if isinstance(plain, str):
        return neutralised(ILLEGAL_CHARACTERS_RE.sub("\ufffd", plain)[:_CELL_LENGTH])
    return None if plain is None or plain != plain else plain  # noqa: PLR0124 - only NaN differs from itself


def _heading(sheet: Any, text: object) -> Any:
    cell = WriteOnlyCell(sheet, value=_cell(str(text)))
    cell.font = Font(bold=True)
    return cell


def _sheet_name(text: str) -> str:
    return _NAME_SIGNS.sub(" ", text)[:_NAME_LENGTH]


def _line(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _escaped(value: Any) -> str:
    if value is None or value != value:  # noqa: PLR0124 - only NaN differs from itself
        return ""
    text = str(neutralised(" ".join(value.splitlines()) if isinstance(value, str) else value))
    return re.sub(r"([\\`*_\[\]<>|#])", r"\\\1", text)
