"""A table as a workbook: numbers and days are numbers and days, texts are texts that no spreadsheet runs."""

from __future__ import annotations

import io
from datetime import date
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from dashboard.i18n import _
from dashboard.shown import in_text
from dashboard.views.rows import neutralised

if TYPE_CHECKING:
    from collections.abc import Mapping

    from openpyxl.worksheet.worksheet import Worksheet

_WIDEST: Final = 60
_NARROWEST: Final = 8
_DAY_FORMAT: Final = "yyyy-mm-dd"
_MOMENT_FORMAT: Final = r"yyyy-mm-dd\ hh:mm"


def workbook_bytes(rows: pd.DataFrame, about: Mapping[str, str]) -> bytes:
    """Return a workbook of two sheets: what the table is and of when, and the table with a filter on its heads.

    Parameters
    ----------
    about
        What stands on the first sheet: the page, the day, what is filtered.
    """
    from openpyxl import Workbook  # noqa: PLC0415 - only when somebody downloads

    book = Workbook()
    book.remove(book.worksheets[0])
    first = book.create_sheet(_("About"))
    for place, (name, text) in enumerate(about.items(), start=1):
        first.cell(place, 1, _text(name))
        first.cell(place, 2, _text(text))
    first.column_dimensions["A"].width, first.column_dimensions["B"].width = 24, _WIDEST
    sheet = book.create_sheet(_("Table"))
    fill_sheet(sheet, rows)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def fill_sheet(sheet: Worksheet, rows: pd.DataFrame) -> None:
    """Write a table into a sheet, its heads in bold with a filter on them."""
    from openpyxl.styles import Font  # noqa: PLC0415 - as above
    from openpyxl.utils import get_column_letter  # noqa: PLC0415 - as above

    for place, name in enumerate(rows.columns, start=1):
        sheet.cell(1, place, _text(str(name))).font = Font(bold=True)
        longest = len(str(name))
        for line, value in enumerate(rows[name].tolist(), start=2):
            cell = sheet.cell(line, place)
            cell.value, cell.number_format = _value(value)
            longest = max(longest, len(str(cell.value or "")))
        sheet.column_dimensions[get_column_letter(place)].width = min(max(longest + 2, _NARROWEST), _WIDEST)
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions


def _value(value: Any) -> tuple[Any, str]:
    """Return what stands in a cell and its format."""
    if isinstance(value, (list, tuple)):
        return _text(", ".join(str(one) for one in value)), "General"
    if value is None or pd.isna(value):
        return None, "General"
    if isinstance(value, pd.Timestamp):
        moment = value.tz_localize(None) if value.tz is not None else value
        is_day = moment == moment.normalize()
        return (moment.date(), _DAY_FORMAT) if is_day else (moment.to_pydatetime(), _MOMENT_FORMAT)
    if isinstance(value, date):
        return value, _DAY_FORMAT
    if isinstance(value, float):
        return round(value, 6), "0.00"
    return value if isinstance(value, (bool, int)) else _text(str(value)), "General"


def _text(text: str) -> str:
    return str(neutralised(in_text(text)))
