"""The pack as a workbook: typed tables with filters, and a native chart."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from dashboard.i18n import _
from dashboard.views.workbooks import fill_sheet

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

    from dashboard.packs.contents import Pack


def workbook_of(pack: Pack) -> bytes:
    """Return the workbook: what it is, a sheet for each table, and the chart on a sheet with its rows."""
    from openpyxl import Workbook  # noqa: PLC0415 - only when a pack is made

    book = Workbook()
    book.remove(book.worksheets[0])
    first = book.create_sheet(_("About"))
    first.column_dimensions["A"].width = 110
    for line, text in enumerate((pack.title, *pack.opening), start=1):
        first.cell(line, 1, text)
    for part in pack.parts:
        rows = part.rows.copy(deep=False)
        rows.attrs = {}
        fill_sheet(book.create_sheet(part.heading[:31]), rows)
    _chart(book.create_sheet(_("Chart")), pack)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _chart(sheet: Worksheet, pack: Pack) -> None:
    from openpyxl.chart import BarChart, Reference  # noqa: PLC0415 - as above

    sheet.cell(1, 1, pack.bars_label or _("Project"))
    sheet.cell(1, 2, pack.bars_heading)
    for line, (name, weeks) in enumerate(pack.bars, start=2):
        sheet.cell(line, 1, name)
        sheet.cell(line, 2, round(weeks, 1))
    sheet.column_dimensions["A"].width = 48
    if not pack.bars:
        return
    chart = BarChart()
    chart.type, chart.style, chart.legend = "bar", 10, None
    chart.title = pack.bars_heading
    chart.height, chart.width = 11, 24
    last = len(pack.bars) + 1
    chart.add_data(Reference(sheet, min_col=2, min_row=1, max_row=last), titles_from_data=True)
    chart.set_categories(Reference(sheet, min_col=1, min_row=2, max_row=last))
    chart.x_axis.scaling.orientation = "maxMin"
    chart.x_axis.delete = chart.y_axis.delete = False
    sheet.add_chart(chart, "D2")
