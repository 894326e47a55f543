"""What a table of the contract is made of: kinds of cells, columns with their bounds, keys and stamps."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Final


class Kind(StrEnum):
    """How the text of a cell is read."""

    TEXT = "text"
    NUMBER = "number"
    DURATION = "duration"
    WHOLE = "whole number"
    FLAG = "yes/no"
    DATE = "date"
    MOMENT = "moment"
    CHOICE = "choice"


SQL_TYPES: Final = {
    Kind.TEXT: "varchar",
    Kind.NUMBER: "double",
    Kind.DURATION: "double",
    Kind.WHOLE: "bigint",
    Kind.FLAG: "boolean",
    Kind.DATE: "date",
    Kind.MOMENT: "timestamp",
    Kind.CHOICE: "varchar",
}


#: A date before this year, or further ahead than this many years, is a slip of the keyboard.
EARLIEST_YEAR: Final = 1990
LATEST_YEARS_AHEAD: Final = 2
#: Plans of hospital systems reach further than anything that has happened.
PLAN_YEARS_AHEAD: Final = 10


@dataclass(frozen=True)
class Column:
    """One column of a table.

    ``above`` and ``minimum``/``maximum`` bound a number (``above`` excludes the bound itself).
    ``choices`` are the allowed values, compared in lower case. Dates lie between ``earliest_year`` and
    ``latest_years_ahead`` years after the day of the import.
    """

    name: str
    kind: Kind
    meaning: str
    unit: str = ""
    is_required: bool = False
    choices: tuple[str, ...] = ()
    above: float | None = None
    minimum: float | None = None
    maximum: float | None = None
    earliest_year: int = EARLIEST_YEAR
    latest_years_ahead: int = LATEST_YEARS_AHEAD
    #: Other headers that mean the same column in a file that else has the contract's own names.
    other_headers: tuple[str, ...] = ()

    @property
    def sql_type(self) -> str:
        """The DuckDB type that holds the typed value."""
        return SQL_TYPES[self.kind]


@dataclass(frozen=True)
class Order:
    """Two columns of a row of which the second must not come before the first."""

    first: str
    second: str
    reason: str


@dataclass(frozen=True)
class Table:
    """One table of the vocabulary.

    Parameters
    ----------
    key
        The natural key where the source numbers its rows (for timesheets ``entry_id``).
    unit
        What a newer file replaces as a whole when the source does not number its rows.
    known_at
        The source's own stamp that becomes ``known_at``; empty when only the arrival of the file is known.
    happened_at
        The column that says when it happened, used to assume ``known_at`` for history that arrives in one go.
    is_unit_unique
        Whether a unit is one row. A person's day is many entries; a request is one row.
    """

    name: str
    grain: str
    columns: tuple[Column, ...]
    unit: tuple[str, ...]
    key: tuple[str, ...] = ()
    known_at: str = ""
    happened_at: str = ""
    is_unit_unique: bool = True
    orders: tuple[Order, ...] = field(default=())

    @cached_property
    def by_name(self) -> dict[str, Column]:
        """The columns, found by name."""
        return {column.name: column for column in self.columns}

    @cached_property
    def by_header(self) -> dict[str, Column]:
        """The columns, found by each header that means them."""
        others = {header: column for column in self.columns for header in column.other_headers}
        return {**others, **self.by_name}

    @cached_property
    def stored(self) -> tuple[Column, ...]:
        """The columns that the warehouse keeps: beside each moment the offset from UTC that the file told with it."""
        return tuple(kept for column in self.columns for kept in _with_offset(column))

    @property
    def required(self) -> tuple[str, ...]:
        """Names of the columns without which a row is refused."""
        return tuple(column.name for column in self.columns if column.is_required)


def offset_name(moment_name: str) -> str:
    """Return the name of the column that keeps a moment's offset: ``started_at`` has ``started_offset_minutes``."""
    return f"{moment_name.removesuffix('_at')}_offset_minutes"


def _with_offset(column: Column) -> tuple[Column, ...]:
    if column.kind is not Kind.MOMENT:
        return (column,)
    meaning = "Offset from UTC that the file told; empty means that the moment is a local clock time without a zone"
    return (column, Column(offset_name(column.name), Kind.WHOLE, meaning, unit="minutes"))


def text_column(name: str, meaning: str, *, required: bool = False) -> Column:
    """Return a column of text."""
    return Column(name, Kind.TEXT, meaning, is_required=required)


def choice_column(name: str, meaning: str, choices: tuple[str, ...]) -> Column:
    """Return a column whose cells are of a list."""
    return Column(name, Kind.CHOICE, meaning, choices=choices)


def date_column(name: str, meaning: str, *, required: bool = False) -> Column:
    """Return a column of days."""
    return Column(name, Kind.DATE, meaning, is_required=required)


def plan_column(name: str, meaning: str, *, required: bool = False) -> Column:
    """Return a column of days that a plan may set far ahead."""
    return Column(name, Kind.DATE, meaning, is_required=required, latest_years_ahead=PLAN_YEARS_AHEAD)


def moment_column(name: str, meaning: str, *, required: bool = False) -> Column:
    """Return a column of moments."""
    return Column(name, Kind.MOMENT, meaning, unit="UTC, or local without a zone", is_required=required)


def flag_column(name: str, meaning: str) -> Column:
    """Return a column of yes and no."""
    return Column(name, Kind.FLAG, meaning)


def hours_column(name: str, meaning: str, *, maximum: float | None = None, minimum: float | None = 0) -> Column:
    """Return a column of hours."""
    return Column(name, Kind.DURATION, meaning, unit="hours", minimum=minimum, maximum=maximum)


def ratio_column(name: str, meaning: str) -> Column:
    """Return a column of shares."""
    return Column(name, Kind.NUMBER, meaning, unit="1.0 = all", minimum=0, maximum=1)
