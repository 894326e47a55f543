"""How the text of a column is read: one reading for the whole column, never one for each row.

Every cell arrives as text. A column is first tried in its plain reading (ISO dates, ``7.5``); when a cell does not
fit, all distinct cells of the column are looked at and one reading is chosen for all of them. Where two readings fit
equally well the user is asked; nothing is guessed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from data.contracts import Column, Kind
from data.date_orders import DATE_ORDERS, MINORITY_SHARE, date_order
from data.problems import MustAskError
from data.sql_text import literal, quoted

if TYPE_CHECKING:
    import duckdb

__all__ = [
    "DATE_ORDERS",
    "DECIMAL_MARKS",
    "MINORITY_SHARE",
    "Choices",
    "Reading",
    "literal",
    "plain_readings",
    "plan_readings",
    "quoted",
]

DECIMAL_MARKS: Final = ("point", "comma")

_TIME = r"(?:[T\s]+(.*))?"
_YMD: Final = r"\s*(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?" + _TIME
_COMPACT: Final = r"(\d{4})(\d{2})(\d{2})" + _TIME
_TWO_FIRST: Final = r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})" + _TIME
_TWO_FIRST_SHORT: Final = r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{2})" + _TIME
_NAMED: Final = r"(\d{1,2})[-/ .]+([A-Za-z]{3})[a-z]*\.?[-/ ,.]+(\d{4})" + _TIME
_NAMED_SHORT: Final = r"(\d{1,2})[-/ .]+([A-Za-z]{3})[a-z]*\.?[-/ ,.]+(\d{2})" + _TIME

#: Hours and minutes from UTC as the earth has them: -12:00 to +14:00; +99:99 is none.
OFFSET: Final = r"(?:[+-](?:0\d|1[01])(?::?[0-5]\d)?|[+-]12(?::?[0-5]\d)?|\+1[34](?::?[0-5]\d)?)"

#: A day, or a moment with an optional offset.
_ISO_MOMENT: Final = r"\d{4}-\d{1,2}-\d{1,2}([ T]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?([Zz]|" + OFFSET + r")?)?"

#: What stands behind a clock time: an offset, or a word for UTC; a text that ends with its clock has none.
_ZONE_MARK: Final = r":\d{2}(?:\.\d+)?\s*((?:UTC|GMT)?\s*(?:[Zz]|" + OFFSET + r")?)\s*$"

_TRUE: Final = ("true", "t", "yes", "y", "1", "on", "x", "是", "有", "ja", "oui", "да", "はい", "wahr")
_FALSE: Final = ("false", "f", "no", "n", "0", "off", "-", "否", "无", "nein", "non", "нет", "いいえ", "falsch")

_PLAIN_NUMBER: Final = r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?"
_POINT_NUMBER: Final = r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?"
_ANY_POINT_NUMBER: Final = f"({_PLAIN_NUMBER})|({_POINT_NUMBER})"
_COMMA_NUMBER: Final = r"[+-]?(\d{1,3}([. \x{A0}']\d{3})+|\d+)(,\d+)?"
_CLOCK: Final = r"[+-]?\d+:[0-5]\d(:[0-5]\d)?"


@dataclass(frozen=True)
class Choices:
    """What the user said about the file, where its cells fit two readings."""

    date_order: str = ""
    decimal_mark: str = ""


@dataclass(frozen=True)
class Reading:
    """The SQL that types one column, and the words for the report."""

    column: Column
    source: str
    sql: str
    words: str
    #: Of a moment: the minutes from UTC that the file told with it, null where it told none.
    offset_sql: str = ""
    #: Of a day that may be told by a moment: that moment.
    moment_sql: str = ""


def plain_readings(mapping: dict[str, Column]) -> list[Reading]:
    """Return the readings of a file in our own manner: ISO dates, decimal points."""
    return [
        Reading(column, source, _plain_sql(column, quoted(source)), "plain", _told_offset(column, quoted(source)))
        for source, column in mapping.items()
    ]


def plan_readings(
    connection: duckdb.DuckDBPyConnection, cells: str, mapping: dict[str, Column], choices: Choices
) -> list[Reading]:
    """Choose one reading for each mapped column.

    Parameters
    ----------
    cells
        SQL of the relation that holds the text cells.
    mapping
        Header of the file → column of the contract.

    Raises
    ------
    MustAskError
        When two readings fit and the user has not said which.
    """
    plain = {reading.source: reading for reading in plain_readings(mapping)}
    odd = _odd_columns(connection, cells, plain)
    dated = [source for source in odd if mapping[source].kind in (Kind.DATE, Kind.MOMENT)]
    order = date_order(connection, cells, dated, choices.date_order)
    return [
        _special_reading(connection, cells, plain[source], order, choices) if source in odd else plain[source]
        for source in mapping
    ]


def _plain_sql(column: Column, cell: str) -> str:
    if column.kind is Kind.TEXT:
        return cell
    if column.kind is Kind.FLAG:
        yes, no = ", ".join(map(literal, _TRUE)), ", ".join(map(literal, _FALSE))
        return f"case when lower({cell}) in ({yes}) then true when lower({cell}) in ({no}) then false end"
    if column.kind is Kind.CHOICE:
        return _choice_sql(column, cell)
    if column.kind is Kind.MOMENT:
        return _iso_moment_sql(cell)
    return _plain_number_sql(column, cell)


def _plain_number_sql(column: Column, cell: str) -> str:
    """Return SQL for a number, or for a date that is written as we write it."""
    if column.kind is Kind.WHOLE:  # a cast would round 1.5 and read 0x1f
        return f"case when regexp_full_match({cell}, '[+-]?[0-9]+') then try_cast({cell} as bigint) end"
    if column.kind is Kind.DURATION:
        clock = f"case when regexp_full_match({cell}, {literal(_CLOCK)}) then {_clock_sql(cell)} end"
        return f"case when contains({cell}, ':') then {clock} else try_cast({cell} as double) end"
    return f"try_cast({cell} as {column.sql_type})"


def _choice_sql(column: Column, cell: str) -> str:
    allowed = ", ".join(map(literal, column.choices))
    tidy = f"regexp_replace(lower({cell}), '[ -]+', '_', 'g')"
    # Hours stay whole when only their label is unknown.
    rest = f" when {cell} is not null then 'other'" if "other" in column.choices else ""
    # Most labels stand as they should; tidying each of millions costs more than all other readings together.
    return f"case when {cell} in ({allowed}) then {cell} when {tidy} in ({allowed}) then {tidy}{rest} end"


def _plain_pattern(column: Column) -> str:
    """Return what the plain reading may look like: a cast accepts more than people mean ('infinity', '0x1f')."""
    if column.kind is Kind.DATE:
        return r"\d{4}-\d{1,2}-\d{1,2}"
    if column.kind is Kind.MOMENT:
        return _ISO_MOMENT
    return _PLAIN_NUMBER


def _odd_columns(connection: duckdb.DuckDBPyConnection, cells: str, plain: dict[str, Reading]) -> list[str]:
    """Return the headers of columns in which at least one cell does not fit the plain reading."""
    sources = [s for s, r in plain.items() if r.column.kind not in (Kind.TEXT, Kind.FLAG, Kind.CHOICE)]
    if not sources:
        return []
    counts = ", ".join(
        f"count(*) filter (where {quoted(s)} is not null and ({plain[s].sql} is null"
        f" or not regexp_full_match({quoted(s)}, {literal(_plain_pattern(plain[s].column))})))"
        for s in sources
    )
    row = connection.execute(f"select {counts} from {cells}").fetchone() or ()
    return [source for source, count in zip(sources, row, strict=True) if count]


def _special_reading(
    connection: duckdb.DuckDBPyConnection, cells: str, plain: Reading, order: str, choices: Choices
) -> Reading:
    column, source = plain.column, plain.source
    cell = quoted(source)
    if column.kind in (Kind.DATE, Kind.MOMENT):
        moment = _moment_sql(cell, order)
        words = f"dates {order}" if order else "dates year first"
        if column.kind is Kind.MOMENT:
            return Reading(column, source, moment, words, offset_sql(cell))
        # The day is the one that is written: an offset behind the clock must not move it.
        written = f"{moment} + to_minutes(coalesce({offset_sql(cell)}, 0))"
        return Reading(column, source, f"cast({written} as date)", words, moment_sql=f"({moment})")
    mark = _decimal_mark(connection, cells, source, choices)
    sql = _number_sql(column, cell, mark)
    return Reading(column, source, sql, f"decimal {mark}")


def _moment_sql(cell: str, order: str) -> str:
    """Return SQL that reads a date or moment, year first or in ``order``, with an optional time and zone."""
    day, month = ("1", "2") if order != "mdy" else ("2", "1")
    styles = [
        (_YMD, r"\1-\2-\3 \4"),
        (_COMPACT, r"\1-\2-\3 \4"),
        (_TWO_FIRST, rf"\3-\{month}-\{day} \4"),
        (_TWO_FIRST_SHORT, rf"20\3-\{month}-\{day} \4"),
    ]
    named = [(_NAMED, r"\3 \2 \1 \4"), (_NAMED_SHORT, r"20\3 \2 \1 \4")]
    if not order:
        styles = styles[:2]
    whens = []
    for pattern, template in [*styles, *named]:
        iso = f"trim(regexp_replace({cell}, {literal(pattern)}, {literal(template)}))"
        read = _named_sql(iso) if (pattern, template) in named else _time_sql(iso)
        whens.append(f"when regexp_full_match({cell}, {literal(pattern)}) then {read}")
    return f"case {' '.join(whens)} end"


def _named_sql(text: str) -> str:
    times = ("", " %H:%M", " %H:%M:%S", " %I:%M %p", " %I:%M:%S %p")
    formats = ", ".join(literal(f"%Y %b %d{time}") for time in times)
    return f"try_strptime({text}, [{formats}])"


def _time_sql(iso: str) -> str:
    """Return SQL that reads ``2026-3-2`` with an optional time, 12-hour clock, offset or UTC mark."""
    tidy = rf"regexp_replace({iso}, '\s*(?:UTC|GMT)?\s*((?:[+-]\d{{2}}:?\d{{2}})?)$', '\1')"
    twelve = f"try_strptime({iso}, ['%Y-%m-%d %I:%M %p', '%Y-%m-%d %I:%M:%S %p'])"
    return f"coalesce({_iso_moment_sql(f'({tidy})')}, {twelve})"


def _iso_moment_sql(cell: str) -> str:
    """Return SQL that reads an ISO moment as UTC.

    A moment without an offset is kept as it is written. A pattern costs three times as much as the length and colons,
    and a bare cast would drop offsets and 'PM' in silence.
    """
    is_short = _is_short(cell)
    is_iso = f"regexp_full_match({cell}, {literal(_ISO_MOMENT)})"
    return (
        f"case when {is_short} then try_cast({cell} as timestamp)"
        f" when {is_iso} then try_cast({cell} as timestamptz)::timestamp end"
    )


def _told_offset(column: Column, cell: str) -> str:
    """Return SQL of the offset beside a plain moment, where most cells are told by their length to have none."""
    if column.kind is not Kind.MOMENT:
        return ""
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


def _decimal_mark(connection: duckdb.DuckDBPyConnection, cells: str, source: str, choices: Choices) -> str:
    """Return 'point' or 'comma' by all distinct cells of the column."""
    if choices.decimal_mark:
        return choices.decimal_mark
    cell = quoted(source)
    row = connection.execute(
        f"""
        with found as (select distinct {cell} as cell from {cells} where {cell} is not null),
        fits as (
            select cell,
                regexp_full_match(cell, {literal(_ANY_POINT_NUMBER)}) as fits_point,
                regexp_full_match(cell, {literal(_COMMA_NUMBER)}) as fits_comma
            from found
        )
        select count(*) filter (where fits_point and not fits_comma),
               count(*) filter (where fits_comma and not fits_point),
               count(*) filter (where fits_comma and fits_point and contains(cell, ',')),
               min(cell) filter (where fits_comma and fits_point and contains(cell, ','))
        from fits
        """
    ).fetchone() or (0, 0, 0, None)
    point, comma, both, example = row
    if not point and not comma and both:
        raise MustAskError(
            f"Numbers such as {example} in the column {source} can be read with a decimal comma and with thousands.",
            "Say which with --decimal comma or --decimal point.",
            "decimal_mark",
            DECIMAL_MARKS,
        )
    mark, loser = ("point", comma) if point >= comma else ("comma", point)
    if loser > MINORITY_SHARE * (point + comma):
        raise MustAskError(
            f"The column {source} mixes decimal points and decimal commas.",
            "Say which is right with --decimal comma or --decimal point; rows in the other style will be refused.",
            "decimal_mark",
            DECIMAL_MARKS,
        )
    return mark


def _number_sql(column: Column, cell: str, mark: str) -> str:
    if mark == "comma":
        fits, tidy = _COMMA_NUMBER, rf"replace(regexp_replace({cell}, '[. \x{{A0}}'']', '', 'g'), ',', '.')"
    else:
        fits, tidy = _ANY_POINT_NUMBER, f"replace({cell}, ',', '')"
    number = f"case when regexp_full_match({cell}, {literal(fits)}) then try_cast({tidy} as double) end"
    if column.kind is Kind.WHOLE:
        return f"(case when ({number}) = round({number}) then try_cast({number} as bigint) end)"
    if column.kind is not Kind.DURATION:
        return f"({number})"
    return f"(case when regexp_full_match({cell}, {literal(_CLOCK)}) then {_clock_sql(cell)} else {number} end)"


def _clock_sql(cell: str) -> str:
    """Return SQL for the hours of 7:30 or 26:30:00."""
    sign = f"case when starts_with({cell}, '-') then -1 else 1 end"
    part = f"string_split(ltrim({cell}, '+-'), ':')"
    return (
        f"{sign} * (try_cast({part}[1] as double) + try_cast({part}[2] as double) / 60"
        f" + coalesce(try_cast({part}[3] as double), 0) / 3600)"
    )
