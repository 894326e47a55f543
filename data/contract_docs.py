"""Render ``docs/data-contracts.md`` from the contracts: ``python -m data.contract_docs`` writes it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from data.contracts import EARLIEST_YEAR, LATEST_YEARS_AHEAD, TABLES, Kind

if TYPE_CHECKING:
    from data.contracts import Column, Table

DOCS_FILE: Final = Path(__file__).parents[1] / "docs" / "data-contracts.md"

_INTRODUCTION: Final = """# Data contracts

What Golive's tables look like. This page is made from `data/contracts.py` by `python -m data.contract_docs`; a
test keeps the two the same.

- Headers in your files may be written in any case, with spaces or underscores: `Person ID` is `person_id`. The
  file or sheet should begin with the name of its table where the columns alone don't say it; or say it with
  `--as`.
- ★ marks what a row can't do without. A row is refused, with its file, line, column, value and reason, when
  such a cell is empty, when a cell can't be read, or when a value is out of its bounds. All other rows of the
  file go in.
- Cells are read as in files of any other system: dates as 2026-11-22, 2026/11/22, 2026年11月22日, 22 Nov 2026,
  22. November 2026, or as 22.11.2026 or 11/22/2026 where the file shows which of the two is meant; hours as 7.5,
  7,5, 7:30, 7h30, 450 min or 7.5小时, in digits of any script. One order of days and one decimal mark hold for the
  whole file. `-`, `N/A` and `null` mean nothing (in a column of yes and no a dash says no).
  Dates before {earliest} or more than {ahead} years ahead are refused, unless the table below says otherwise.
- A label that is not in the list of allowed values does not cost the row: it goes in, and a warning shows the
  label.
- **Key**: a row with the same key from the same source is a new version of it. **Unit**: what a newer file of
  the same source replaces as a whole where rows have no key of their own.
- **Known at**: the source's own stamp that says when a row became known; else the arrival of the file, or with
  `--history` the usual lag after the week of *happened at*, marked as assumed.

"""


def render() -> str:
    """Return the page as Markdown."""
    head = _INTRODUCTION.format(earliest=EARLIEST_YEAR, ahead=LATEST_YEARS_AHEAD)
    return head + "\n".join(_table(table) for table in TABLES.values())


def _table(table: Table) -> str:
    facts = [
        f"One row per {table.grain}.",
        f"Key: {_names(table.key) or 'none'}.",
        f"Unit: {_names(table.unit)}.",
        f"Known at: {_names((table.known_at,)) if table.known_at else 'the arrival of the file'}.",
        f"Happened at: {_names((table.happened_at,)) if table.happened_at else 'not known'}.",
    ]
    rows = "\n".join(_row(column) for column in table.columns)
    orders = "".join(f"\nRefused when {order.reason} (`{order.first}`, `{order.second}`).\n" for order in table.orders)
    return (
        f"## {table.name}\n\n{' '.join(facts)}\n\n| column | type | unit | allowed | meaning |\n|---|---|---|---|---|\n"
        f"{rows}\n{orders}"
    )


def _names(names: tuple[str, ...]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _row(column: Column) -> str:
    star = "★ " if column.is_required else ""
    return f"| {star}`{column.name}` | {column.kind.value} | {column.unit} | {_allowed(column)} | {column.meaning} |"


def _allowed(column: Column) -> str:
    if column.choices:
        return ", ".join(column.choices)
    parts = []
    if column.above is not None:
        parts.append(f"more than {column.above:g}")
    if column.minimum is not None:
        parts.append(f"at least {column.minimum:g}")
    if column.maximum is not None:
        parts.append(f"at most {column.maximum:g}")
    if column.kind in (Kind.DATE, Kind.MOMENT):
        if column.earliest_year != EARLIEST_YEAR:
            parts.append(f"from {column.earliest_year}")
        if column.latest_years_ahead != LATEST_YEARS_AHEAD:
            parts.append(f"up to {column.latest_years_ahead} years ahead")
    return ", ".join(parts)


if __name__ == "__main__":
    DOCS_FILE.write_text(render(), encoding="utf-8")
