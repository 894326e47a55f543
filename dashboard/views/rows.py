"""The rows behind a figure, with file and line, and their safe way into a spreadsheet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from dashboard.i18n import _, ngettext

if TYPE_CHECKING:
    import pandas as pd

#: So many rows are shown; the rest is in the download.
SHOWN_ROWS_COUNT: Final = 200

#: A spreadsheet runs a cell that begins like this as a formula (OWASP, "CSV injection").
_FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "\n")


@dataclass(frozen=True)
class RowsView:
    """Rows for the screen and all of them for the download."""

    shown: pd.DataFrame
    summary_text: str
    csv: bytes
    file_name: str

    @property
    def is_empty(self) -> bool:
        """Tell whether there is nothing to show."""
        return self.shown.empty


def neutralised(text: object) -> object:
    """Return ``text`` so that no spreadsheet runs it: a leading apostrophe where it begins like a formula.

    Numbers are left alone: a negative number is no formula.
    """
    if isinstance(text, str) and text.startswith(_FORMULA_STARTS):
        return f"'{text}"
    return text


def csv_bytes(rows: pd.DataFrame) -> bytes:
    """Return ``rows`` as a CSV file (UTF-8 with a byte order mark, which spreadsheets need)."""
    texts = [name for name in rows.columns if rows[name].dtype.kind not in "iufbM"]
    safe = rows.assign(**{name: rows[name].map(neutralised, na_action="ignore") for name in texts})
    safe = safe.rename(columns={name: str(neutralised(str(name))) for name in safe.columns})
    return str(safe.to_csv(index=False)).encode("utf-8-sig")


def rows_view(rows: pd.DataFrame, file_name: str) -> RowsView:
    """Make the view of ``rows``: the first ones to see, all of them to take along."""
    count = len(rows)
    summary = ngettext("{count} row", "{count} rows", count)
    if count > SHOWN_ROWS_COUNT:
        summary = _("{rows}; the first {shown} are shown, the download holds all").format(
            rows=summary, shown=SHOWN_ROWS_COUNT
        )
    return RowsView(rows.head(SHOWN_ROWS_COUNT), summary, csv_bytes(rows), file_name)
