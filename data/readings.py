"""How the cells that a recipe made are typed: ISO days and moments, decimal points, ``7:30``; one form for each kind.

Cells in any other form are brought into this one by a recipe (``data.recognition``), also those of our own files. What
is in neither form stays text and is refused.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from data.contracts import Column, Kind
from data.sql_text import literal, quoted

if TYPE_CHECKING:
    from collections.abc import Iterable

#: Hours and minutes from UTC as the earth has them: -12:00 to +14:00; +99:99 is none.
OFFSET: Final = r"(?:[+-](?:0\d|1[01])(?::?[0-5]\d)?|[+-]12(?::?[0-5]\d)?|\+1[34](?::?[0-5]\d)?)"

_DAY: Final = r"\d{4}-\d{1,2}-\d{1,2}"
#: A day, or a moment with an optional offset.
MOMENT: Final = _DAY + r"([ T]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?([Zz]|" + OFFSET + r")?)?"
#: What stands behind a clock time: an offset, or a word for UTC; a text that ends with its clock has none.
_ZONE_MARK: Final = r":\d{2}(?:\.\d+)?\s*((?:UTC|GMT)?\s*(?:[Zz]|" + OFFSET + r")?)\s*$"
NUMBER: Final = r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?"
CLOCK: Final = r"[+-]?\d+:[0-5]\d(:[0-5]\d)?"

_TRUE: Final = (
    "true",
    "t",
    "yes",
    "y",
    "1",
    "on",
    "x",
    "是",
    "有",
    "ja",
    "oui",
    "sí",
    "si",
    "sim",
    "да",
    "はい",
    "wahr",
)
_FALSE: Final = ("false", "f", "no", "n", "0", "off", "-", "否", "无", "nein", "non", "não", "нет", "いいえ", "falsch")


@dataclass(frozen=True)
class Reading:
    """The SQL that types one column of the relation ``cells``."""

    column: Column
    sql: str
    #: Of a moment: the minutes from UTC that the file told with it, null where it told none.
    offset_sql: str = ""

    @property
    def cell(self) -> str:
        """SQL of the text cell."""
        return quoted(self.column.name)

    @property
    def moment_sql(self) -> str:
        """SQL of the moment in UTC that tells a day."""
        return f"({iso_moment_sql(self.cell)})"


def readings_of(columns: Iterable[Column]) -> list[Reading]:
    """Return how cells in the one form of their kind are typed."""
    return [Reading(column, _sql(column, quoted(column.name)), _told_offset(column)) for column in columns]


def fits(cell: str, form: str) -> str:
    """Return SQL that is true where a cell has a form."""
    return f"regexp_full_match({cell}, {literal(form)})"


def form_of(column: Column) -> str:
    """Return the pattern of cells that can be typed as they are: a cast accepts more than people mean ('infinity')."""
    if column.kind is Kind.DATE:
        return _DAY
    if column.kind is Kind.MOMENT:
        return MOMENT
    return f"{NUMBER}|{CLOCK}" if column.kind is Kind.DURATION else NUMBER


def _sql(column: Column, cell: str) -> str:
    if column.kind is Kind.TEXT:
        return cell
    if column.kind is Kind.FLAG:
        yes, no = ", ".join(map(literal, _TRUE)), ", ".join(map(literal, _FALSE))
        return f"case when lower({cell}) in ({yes}) then true when lower({cell}) in ({no}) then false end"
    if column.kind is Kind.CHOICE:
        return _choice_sql(column, cell)
    if column.kind is Kind.MOMENT:
        return iso_moment_sql(cell)
    if column.kind is Kind.DATE:  # of a moment of UTC; which day that is where the person lives is told elsewhere
        day = f"case when {cell}[5] = '-' then try_cast({cell} as date) end"  # a cast reads 02026/03/02, too
        return f"case when contains({cell}, ':') then ({iso_moment_sql(cell)})::date else {day} end"
    return _number_sql(column, cell)


def _number_sql(column: Column, cell: str) -> str:
    if column.kind is Kind.WHOLE:  # a cast would round 1.5 and read 0x1f
        return f"case when regexp_full_match({cell}, '[+-]?[0-9]+') then try_cast({cell} as bigint) end"
    if column.kind is Kind.DURATION:
        clock = f"case when {fits(cell, CLOCK)} then {clock_hours_sql(cell)} end"
        return f"case when contains({cell}, ':') then {clock} else {_cast_number(cell)} end"
    return _cast_number(cell)


def _cast_number(cell: str) -> str:
    """Return SQL of a number; a cast alone would take 1_0 for ten."""
    return f"case when not contains({cell}, '_') then try_cast({cell} as double) end"


def _choice_sql(column: Column, cell: str) -> str:
    allowed = ", ".join(map(literal, column.choices))
    tidy = f"regexp_replace(lower({cell}), '[ -]+', '_', 'g')"
    # Hours stay whole when only their label is unknown.
    rest = f" when {cell} is not null then 'other'" if "other" in column.choices else ""
    # Most labels stand as they should; tidying each of millions costs more than all other readings together.
    return f"case when {cell} in ({allowed}) then {cell} when {tidy} in ({allowed}) then {tidy}{rest} end"


def clock_hours_sql(cell: str) -> str:
    """Return SQL for the hours of 7:30 or 26:30:00."""
    sign = f"case when starts_with({cell}, '-') then -1 else 1 end"
    part = f"string_split(ltrim({cell}, '+-'), ':')"
    return (
        f"{sign} * (try_cast({part}[1] as double) + try_cast({part}[2] as double) / 60"
        f" + coalesce(try_cast({part}[3] as double), 0) / 3600)"
    )


def iso_moment_sql(cell: str) -> str:
    """Return SQL that reads an ISO moment as UTC.

    A moment without an offset is kept as it is written. A pattern costs three times as much as the length and colons,
    and a bare cast would drop offsets and 'PM' in silence.
    """
    return (
        f"case when {_is_short(cell)} then try_cast({cell} as timestamp)"
        f" when {fits(cell, MOMENT)} then try_cast({cell} as timestamptz)::timestamp end"
    )


def is_moment_sql(cell: str) -> str:
    """Return SQL that tells moments in our form; by far the most by their length and signs."""
    return f"({cell}[5] = '-' and {cell}[8] = '-' and {_is_short(cell)} or {fits(cell, MOMENT)})"


def _told_offset(column: Column) -> str:
    """Return SQL of the offset beside a moment, where most cells are told by their length to have none."""
    if column.kind is not Kind.MOMENT:
        return ""
    cell = quoted(column.name)
    return f"case when {_is_short(cell)} then null else {offset_sql(cell)} end"


def offset_sql(cell: str) -> str:
    """Return SQL of the minutes from UTC that stand behind a clock time; null where nothing stands there."""
    mark = f"regexp_extract({cell}, {literal(_ZONE_MARK)}, 1)"
    sign = "case when contains(zone_mark, '-') then -1 else 1 end"
    hours = r"try_cast(regexp_extract(zone_mark, '[+-](\d{2})', 1) as bigint)"
    minutes = r"coalesce(try_cast(regexp_extract(zone_mark, '[+-]\d{2}:?(\d{2})', 1) as bigint), 0)"
    told = f"case when zone_mark <> '' then coalesce({sign} * ({hours} * 60 + {minutes}), 0) end"
    return f"list_transform([{mark}], lambda zone_mark: {told})[1]"


def _is_short(cell: str) -> str:
    """Return SQL that tells padded moments without an offset, by far the most, by their length and colons."""
    minute = f"{cell}[14:17]"
    return (
        f"(strlen({cell}) = 10 or prefix({minute}, ':')"
        f" and (strlen({cell}) = 16 or strlen({cell}) = 19 and suffix({minute}, ':')))"
    )
