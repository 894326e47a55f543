"""Checks that look at one row alone. A row that fails one is refused, with the column, its value and a reason."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from data.contracts import Column, Kind, Table
from data.sql_text import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from data.readings import Reading


@dataclass(frozen=True)
class RowCheck:
    """An SQL condition that is true for a bad row, the column to name, and the reason in plain words."""

    condition: str
    column_name: str
    reason: str

    def is_lower_bound_of(self, column_name: str) -> bool:
        """Say whether it refuses values of a column that are not above 0."""
        return self.column_name == column_name and self.condition == f"{typed(column_name)} <= 0"


#: Quantities outside of these are slips of a program or attempts: nobody works for 1e-308 hours.
_SECOND_HOURS: Final = 0.000277
_SMALLEST: Final = 1e-6
_LARGEST: Final = 1e12

#: The reasons, as they are stored with a refused row; the screen translates them.
IS_EMPTY: Final = "is empty, but a row can't do without it"
APPEARS_AGAIN: Final = "appears again further down in the same file; the later line counts"
UNREADABLE: Final = {
    Kind.NUMBER: "is not a number",
    Kind.DURATION: "is not a number of hours",
    Kind.WHOLE: "is not a whole number",
    Kind.FLAG: "is neither yes nor no",
    Kind.DATE: "is not a date",
    Kind.MOMENT: "is not a date and time",
}


def typed(name: str) -> str:
    """Return the name of the typed column beside its text cell."""
    return quoted(name)


def cell(name: str) -> str:
    """Return the name under which the text cell of a column stands beside its typed value."""
    return quoted(f"cell {name}")


def row_checks(table: Table, readings: list[Reading], arrived_at: datetime) -> list[RowCheck]:
    """Return the checks for the columns that the file has, the required ones first."""
    columns = [reading.column for reading in readings]
    present = {column.name for column in columns}
    found = [
        RowCheck(f"{typed(c.name)} is null and {cell(c.name)} is null", c.name, IS_EMPTY)
        for c in columns
        if c.is_required
    ]
    for column in columns:
        if column.kind in UNREADABLE:
            condition = f"{typed(column.name)} is null and {cell(column.name)} is not null"
            found.append(RowCheck(condition, column.name, UNREADABLE[column.kind]))
        found.extend(_range_checks(column, arrived_at.year))
    for order in table.orders:
        if {order.first, order.second} <= present:
            condition = f"{typed(order.second)} < {typed(order.first)}"
            found.append(RowCheck(condition, order.second, order.reason))
    return found


def _range_checks(column: Column, year: int) -> Iterator[RowCheck]:
    name = typed(column.name)
    unit = f" {column.unit}" if column.unit and not column.unit.startswith("1.0") else ""
    if column.kind in (Kind.NUMBER, Kind.DURATION):
        yield RowCheck(f"not isfinite({name})", column.name, UNREADABLE[column.kind])
    if column.kind is Kind.DURATION:
        yield RowCheck(f"{name} <> 0 and abs({name}) < {_SECOND_HOURS}", column.name, "is less than a second")
    elif column.kind is Kind.NUMBER:
        yield RowCheck(f"{name} <> 0 and abs({name}) < {_SMALLEST}", column.name, "is too small to be meant")
    if column.kind in (Kind.NUMBER, Kind.DURATION) and column.maximum is None:
        yield RowCheck(f"abs({name}) > {_LARGEST}", column.name, "is too large to be meant")
    if column.above is not None:
        yield RowCheck(f"{name} <= {column.above}", column.name, f"must be more than {column.above:g}{unit}")
    if column.minimum is not None:
        yield RowCheck(f"{name} < {column.minimum}", column.name, f"must be at least {column.minimum:g}{unit}")
    if column.maximum is not None:
        yield RowCheck(f"{name} > {column.maximum}", column.name, f"must be at most {column.maximum:g}{unit}")
    if column.kind in (Kind.DATE, Kind.MOMENT):
        first, last = column.earliest_year, year + column.latest_years_ahead
        yield RowCheck(f"{name} < date '{first}-01-01'", column.name, f"is before {first}")
        yield RowCheck(
            f"{name} >= date '{last + 1}-01-01'",
            column.name,
            f"is more than {column.latest_years_ahead} years ahead",
        )
