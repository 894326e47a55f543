"""SQL that reads one cell: dates, times, durations and numbers as people and systems write them.

Each function takes the SQL of a text and returns the SQL of a typed value, null where the text can't be read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from data.readings import literal
from data.recognition.labels import UNIT_WORDS
from data.recognition.recipe import HOURS_PER_DAY

if TYPE_CHECKING:
    from collections.abc import Callable

#: Names and calls up to this length are repeated instead.
_SHORT: Final = 24
#: The beginnings of the names of months in the languages of exports, at least three letters.
MONTHS: Final = (
    "jan январ янв janv ene gen 一月",
    "feb fev fév fevr févr фев 二月",
    "mar mär mrz maerz мар märz 三月",
    "apr avr abr апр 四月",
    "may mai мая май mag 五月",
    "jun juin июн giu 六月",
    "jul juil июл lug 七月",
    "aug aoû aou août авг ago 八月",
    "sep sept сен set 九月",
    "oct okt окт ott out 十月",
    "nov ноя 十一月",
    "dec dez déc дек dic 十二月",
)
_YMD: Final = r"^\s*(?:\pL{2,13}\.?,? )?(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})"
_COMPACT: Final = r"^(\d{4})(\d{2})(\d{2})(?:\D|$)"
_TWO_FIRST: Final = r"^\s*(?:\pL{2,13}\.?,? )?(\d{1,2})[-/.]\s?(\d{1,2})[-/.]\s?(\d{4}|\d{2})(?:\D|$)"
_NAMED: Final = (
    r"^(?:\pL{2,13}\.?,? )?(\d{1,2})(?:st|nd|rd|th)?[-/. ]{1,2}(?:de )?(\pL{2,10})\.?[-/ ,.]+(?:de )?(\d{4}|\d{2})"
    r"(?:\D|$)"
)
_NAMED_FIRST: Final = r"^(?:\pL{2,13}\.?,? )?(\pL{3,10})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})(?:\D|$)"
_CLOCK: Final = (
    r"(上午|下午|午前|午後|[AaPp]\.?[Mm]\.?)?\s*(\d{1,2})[:：](\d{2})(?:[:：](\d{2}))?(?:\.\d+)?\s*([AaPp]\.?[Mm]\.?|上午|下午)?"
    r"\s*(?:Z|(?:UTC|GMT)?[+-](?:0\d|1[0-4]):?[0-5]\d(?:\s*\([^)]*\))?|(?:UTC|GMT)[+-]\d{1,2}|UTC|GMT|"
    r"[ECMP][SD]T|CES?T|BST|IST|JST|SGT|HKT|AES?T|AEDT|EES?T|WES?T|MSK)?\s*$"
)
_ZONE: Final = r"([+-])(0\d|1[0-4]):?([0-5]\d)\s*(?:\([^)]*\))?\s*$"
_ZONE_MARK: Final = (
    r"[:：]\d{2}(?:\.\d+)?\s*(?:[AaPp]\.?[Mm]\.?|上午|下午)?"
    r"\s*(Z|(?:UTC|GMT)?[+-](?:0\d|1[0-4]):?[0-5]\d|UTC|GMT)\s*(?:\([^)]*\))?\s*$"
)
_PLAIN_NUMBER: Final = r"[+-]?(\d+(\.\d*)?|\.\d+)"
_POINT_NUMBER: Final = rf"({_PLAIN_NUMBER})|([+-]?\d{{1,3}}([,\x{{A0}}\x{{202F}} ’']\d{{3}})+(\.\d+)?)"
_COMMA_NUMBER: Final = r"[+-]?(\d{1,3}([. \x{A0}\x{202F}'’]\d{3})+|\d*)(,\d+)?"
#: ``7h30``, as French and Spanish sheets write it.
_HOURS_AND_MINUTES: Final = r"[+-]?(\d+)\s?[hH]\s?([0-5]?\d)"
_DURATION: Final = r"[+-]?\d+:[0-5]\d(:[0-5]\d)?"


def part(text: str, pattern: str, number: int) -> str:
    """Return SQL of one group of a pattern."""
    return f"regexp_extract({text}, {literal(pattern)}, {number})"


def let(sql: str, name: str, body: Callable[[str], str]) -> str:
    """Return SQL of ``body`` in which ``sql`` is worked out once and called ``name``: texts in texts would explode."""
    if len(sql) < _SHORT:
        return body(sql)
    return f"list_transform([{sql}], lambda {name}: {body(name)})[1]"


def day_sql(text: str, order: str, styles: str = "") -> str:
    """Return SQL of the day in a text.

    Parameters
    ----------
    order
        ``dmy``, ``mdy`` or ``ymd`` of days like 03/04/26.
    styles
        What else may be read beside year first: ``two_first``, ``named``, ``serial``.
    """
    options = [
        _joined_day(text, _YMD, 1, 2, 3),
        _joined_day(text, _COMPACT, 1, 2, 3),
    ]
    if "two_first" in styles and order:
        places = {"dmy": (3, 2, 1), "mdy": (3, 1, 2), "ymd": (1, 2, 3)}[order]
        options.append(_joined_day(text, _TWO_FIRST, *places))
    if "named" in styles:
        options.append(_named_day(text, _NAMED, 3, 2, 1))
        options.append(_named_day(text, _NAMED_FIRST, 3, 1, 2))
    if "serial" in styles:
        number = f"try_cast({text} as double)"
        options.append(f"case when {number} between 30000 and 60000 then date '1899-12-30' + floor({number})::int end")
    return f"coalesce({', '.join(options)})"


def _joined_day(text: str, pattern: str, year: int, month: int, day: int) -> str:
    years = part(text, pattern, year)
    full = f"case when strlen({years}) = 2 then '20' || {years} else {years} end"
    return f"try_cast({full} || '-' || {part(text, pattern, month)} || '-' || {part(text, pattern, day)} as date)"


def _named_day(text: str, pattern: str, year: int, month: int, day: int) -> str:
    whens = []
    for number, beginnings in enumerate(MONTHS, start=1):
        pattern_of_month = f"^({'|'.join(beginnings.split())})"
        whens.append(f"when regexp_matches(month_name, {literal(pattern_of_month)}) then {literal(str(number))}")
    years = part(text, pattern, year)
    full = f"case when strlen({years}) = 2 then '20' || {years} else {years} end"
    name = f"lower({part(text, pattern, month)})"
    month_number = f"list_transform([{name}], lambda month_name: case {' '.join(whens)} end)[1]"
    return f"try_cast({full} || '-' || {month_number} || '-' || {part(text, pattern, day)} as date)"


def seconds_sql(text: str, styles: str = "") -> str:
    """Return SQL of the seconds since midnight of the clock time in a text; ``次日`` adds a day."""
    hour, minute = f"try_cast({part(text, _CLOCK, 2)} as int)", f"try_cast({part(text, _CLOCK, 3)} as int)"
    second = f"coalesce(try_cast({part(text, _CLOCK, 4)} as int), 0)"
    half = f"lower(replace({part(text, _CLOCK, 1)} || {part(text, _CLOCK, 5)}, '.', ''))"
    adjusted = (
        f"case when {half} in ('pm', '下午', '午後') and {hour} < 12 then {hour} + 12"
        f" when {half} in ('am', '上午', '午前') and {hour} = 12 then 0"
        f" when {hour} <= 24 then {hour} end"
    )
    minutes = f"case when {minute} < 60 then {minute} end"
    later = f"case when contains({text}, '次日') or contains({text}, '翌日') then 86400 else 0 end"
    clock = f"({adjusted}) * 3600 + ({minutes}) * 60 + {second} + {later}"
    if "serial" in styles:
        number = f"try_cast({text} as double)"
        return f"coalesce({clock}, case when {number} >= 0 then round(({number} - floor({number})) * 86400)::int end)"
    return f"({clock})"


def moment_sql(text: str, order: str, styles: str = "") -> str:
    """Return SQL of the moment in a text; a day alone is its midnight."""
    has_clock = f"(contains({text}, ':') or contains({text}, '：'))"
    seconds = f"case when {has_clock} then {seconds_sql(text)} else 0 end"
    if "serial" in styles:
        seconds = f"case when {has_clock} then {seconds_sql(text)} else coalesce({_serial_seconds(text)}, 0) end"
    moment = f"({day_sql(text, order, styles)})::timestamp + to_seconds({seconds})"
    if "zone" not in styles:
        return f"({moment})"
    shift = (
        f"case when {part(text, _ZONE, 1)} = '-' then 1 when {part(text, _ZONE, 1)} = '+' then -1 else 0 end"
        f" * (coalesce(try_cast({part(text, _ZONE, 2)} as int), 0) * 3600"
        f" + coalesce(try_cast({part(text, _ZONE, 3)} as int), 0) * 60)"
    )
    return f"({moment} + to_seconds(case when {has_clock} then {shift} else 0 end))"


def written_moment_sql(text: str, order: str, styles: str = "", shift: str = "") -> str:
    """Return SQL of the text of a moment as it is written, with its offset behind it where it has one.

    Parameters
    ----------
    shift
        SQL of seconds to add.
    """
    bare = " ".join(style for style in styles.split() if style not in ("zone", "utc"))
    moment = moment_sql(text, order, bare)
    moved = f"({moment} + to_seconds({shift}))" if shift else moment
    return f"strftime({moved}, '%Y-%m-%d %H:%M:%S') || {zone_mark_sql(text)}"


def zone_mark_sql(text: str) -> str:
    """Return SQL of what stands behind a clock time as ``Z`` or ``+08:00``; empty where nothing stands there."""
    mark = part(text, _ZONE_MARK, 1)
    digits = r"regexp_replace(regexp_extract(zone_mark, '[+-]\d{2}:?\d{2}'), '^(...):?', '\1:')"
    told = f"case when zone_mark = '' then '' when regexp_matches(zone_mark, '\\d') then {digits} else 'Z' end"
    return f"list_transform([coalesce({mark}, '')], lambda zone_mark: {told})[1]"


def _serial_seconds(text: str) -> str:
    number = f"try_cast({text} as double)"
    return f"case when {number} between 30000 and 60000 then round(({number} - floor({number})) * 86400)::int end"


def number_sql(text: str, mark: str) -> str:
    """Return SQL of a number written with a decimal ``point`` or ``comma``, a sign for percent or money aside."""
    bare = rf"trim(regexp_replace({text}, '\s*(%|％|次|[€$¥£])\s*$', ''))"
    # SAP writes the sign of a correction behind the number.
    bare = rf"regexp_replace({bare}, '^(\d[\d.,]*)-$', '-\1')"
    if mark == "comma":
        fits, tidy = _COMMA_NUMBER, rf"replace(regexp_replace({bare}, '[. \x{{A0}}\x{{202F}}''’]', '', 'g'), ',', '.')"
    else:
        fits, tidy = _POINT_NUMBER, rf"regexp_replace({bare}, '[, \x{{A0}}\x{{202F}}''’]', '', 'g')"
    return f"case when regexp_full_match({bare}, {literal(fits)}) then try_cast({tidy} as double) end"


def hours_sql(text: str, mark: str, unit: str, hours_per_day: float = HOURS_PER_DAY) -> str:
    """Return SQL of the hours in ``7.5``, ``7:30``, ``26:30:00``, ``7h 30m``, ``1.5d``, ``2.5小时``; negative too.

    Parameters
    ----------
    unit
        Of a number that carries none.
    """
    factors = {
        "days": hours_per_day,
        "weeks": 5 * hours_per_day,
        "hours": 1.0,
        "minutes": 1 / 60,
        "seconds": 1 / 3600,
        "milliseconds": 1 / 3_600_000,
        "day_fractions": 24.0,
    }
    sign = f"case when starts_with({text}, '-') then -1 else 1 end"
    pieces = f"string_split(ltrim({text}, '+-'), ':')"
    clock = (
        f"{sign} * (try_cast({pieces}[1] as double) + try_cast({pieces}[2] as double) / 60"
        f" + coalesce(try_cast({pieces}[3] as double), 0) / 3600)"
    )
    number = r"(?i)([\d.,]+)\s*(?:{words})(?:[^\pL]|$)"
    sums = []
    for name, words in UNIT_WORDS.items():
        spelt = "|".join(sorted((_escaped(word) for word in words.split()), key=len, reverse=True))
        found = part(text, number.replace("{words}", spelt), 1)
        read = let(found, "amount", lambda amount: number_sql(amount, mark))
        sums.append(f"coalesce(({read}) * {factors[name]!r}, 0)")
    short = f"{sign} * ({_piece(text, 1)} + {_piece(text, 2)} / 60)"
    spelt = "|".join(_escaped(word) for words in UNIT_WORDS.values() for word in words.split())
    whole = rf"(?i)[+-]?\s*([\d.,]+\s*(?:{spelt})\.?\s*)+"
    return (
        f"case when regexp_full_match({text}, {literal(_DURATION)}) then {clock}"
        f" when regexp_full_match({text}, {literal(_HOURS_AND_MINUTES)}) then {short}"
        f" when regexp_full_match({text}, {literal(whole)}) then {sign} * ({' + '.join(sums)})"
        f" else ({number_sql(text, mark)}) * {factors[unit or 'hours']!r} end"
    )


def _piece(text: str, number: int) -> str:
    return f"try_cast({part(text, _HOURS_AND_MINUTES, number)} as double)"


def _escaped(word: str) -> str:
    return word.replace(".", r"\.")
