"""SQL that reads one cell: dates, times, durations and numbers as people and systems write them.

Each function takes the SQL of a text and returns the SQL of a typed value, null where the text can't be read.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from data.readings import OFFSET, clock_hours_sql, iso_moment_sql
from data.recognition.labels import UNIT_WORDS
from data.recognition.recipe import HOURS_PER_DAY
from data.recognition.values import GUARD
from data.recognition.weekdays import weekday_words
from data.sql_text import literal

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
_UTC: Final = rf"Z|(?:UTC|GMT)?{OFFSET}|UTC|GMT"
_CLOCK: Final = (
    r"(上午|下午|午前|午後|[AaPp]\.?[Mm]\.?)?\s*([01]?\d|2[0-4])[:：]([0-5]\d)(?:[:：]([0-5]\d)(?:\.\d+)?)?"
    r"\s*([AaPp]\.?[Mm]\.?|上午|下午)?"
    # ``GMT+1`` and short names of zones stand behind local times of day.
    rf"\s*(?:(?:{_UTC})(?:\s*\([^)]*\))?|(?:UTC|GMT)[+-]\d{{1,2}}|"
    r"[ECMP][SD]T|CES?T|BST|IST|JST|SGT|HKT|AES?T|AEDT|EES?T|WES?T|MSK)?\s*$"
)
#: A word before a day may be a weekday; behind it only a weekday (or half of the day) and a time of day may stand.
_LETTER: Final = r"[^\s\d[:punct:]（）]"  # a class of all letters costs ten times as much
_BEFORE: Final = rf"^\s*(?:{_LETTER}{{2,13}}\.?,? )?"
_BEHIND: Final = rf"[,\s]*[(（]?({_LETTER}[^\s\d,:()（）]{{0,13}})?[)）]?(?:\s*$|[T,\s]\s*(?:[次翌当]日\s*)?{_CLOCK})"
_WORDS_BEHIND: Final = (*weekday_words(), "г", "am", "pm", "上午", "下午", "午前", "午後")
_YMD: Final = rf"{_BEFORE}(\d{{4}})\s*[-/.年]\s*(\d{{1,2}})\s*[-/.月]\s*(\d{{1,2}})\s*日?{_BEHIND}"
_COMPACT: Final = rf"^\s*(\d{{4}})(\d{{2}})(\d{{2}}){_BEHIND}"
_TWO_FIRST: Final = rf"{_BEFORE}(\d{{1,2}})[-/.]\s?(\d{{1,2}})[-/.]\s?(\d{{4}}|\d{{2}}){_BEHIND}"
_NAMED: Final = (
    rf"{_BEFORE}(\d{{1,2}})(?:st|nd|rd|th)?[-/. ]{{1,2}}(?:de )?({_LETTER}{{2,10}})\.?[-/ ,.]+(?:de )?"
    rf"(\d{{4}}|\d{{2}}){_BEHIND}"
)
_NAMED_FIRST: Final = rf"{_BEFORE}({_LETTER}{{3,10}})\.? (\d{{1,2}})(?:st|nd|rd|th)?,? (\d{{4}}){_BEHIND}"
_ZONE_MARK: Final = rf"[:：]\d{{2}}(?:\.\d+)?\s*(?:[AaPp]\.?[Mm]\.?|上午|下午)?\s*({_UTC})\s*(?:\([^)]*\))?\s*$"
_PLAIN_NUMBER: Final = r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?"
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


def is_guarded_sql(text: str) -> str:
    """Say that an apostrophe before a formula or a number guards a cell."""
    return f"(prefix({text}, '''') and regexp_matches({text}, {literal(f'^{GUARD}')}))"


def day_sql(text: str, order: str) -> str:
    """Return SQL of the day in a text: year first, with the name of its month, or as a sheet counts days.

    Parameters
    ----------
    order
        ``dmy``, ``mdy`` or ``ymd`` of days like 03/04/26; without one these can't be read.
    """
    options = [_day_of(text, _YMD, "ymd"), _day_of(text, _COMPACT, "ymd")]
    options += [_day_of(text, _TWO_FIRST, order)] if order else []
    options += [_day_of(text, _NAMED, "dmy", _month_sql), _day_of(text, _NAMED_FIRST, "mdy", _month_sql)]
    options.append(f"case when {_is_serial(text)} then date '1899-12-30' + floor({_as_number(text)})::int end")
    return f"coalesce({', '.join(options)})"


def _is_serial(text: str) -> str:
    """Say that a text is a day as sheets count it: 46083 is 2 March 2026."""
    return f"{_as_number(text)} between 30000 and 60000"


def _as_number(text: str) -> str:
    return f"try_cast({text} as double)"


def _day_of(text: str, pattern: str, order: str, month_of: Callable[[str], str] = str) -> str:
    """Return SQL of the day of which a pattern finds year, month and day in ``order``."""
    names = ", ".join(f"'{part}'" for part in (*order, "word"))
    found = f"regexp_extract({text}, {literal(pattern)}, [{names}])"
    years = "case when strlen(cell_parts.y) = 2 then '20' || cell_parts.y else cell_parts.y end"
    day = f"try_cast({years} || '-' || {month_of('cell_parts.m')} || '-' || cell_parts.d as date)"
    is_alone = f"cell_parts.word = '' or {_is_word_behind('cell_parts.word')}"
    return f"list_transform([{found}], lambda cell_parts: case when {is_alone} then {day} end)[1]"


def _is_word_behind(word: str) -> str:
    """Say that a word, in which there is no space, may stand behind a day.

    All of them are looked up in one text: a list of as many is parsed and bound anew for each pattern of each file.
    """
    known = literal(f" {' '.join(_WORDS_BEHIND)} ")
    return f"contains({known}, ' ' || replace(lower({word}), '.', '') || ' ')"


def _month_sql(name: str) -> str:
    """Return SQL of the number of a month that is named."""
    whens = []
    for number, beginnings in enumerate(MONTHS, start=1):
        spelt = "|".join(map(re.escape, beginnings.split()))
        whens.append(f"when regexp_matches(lower({name}), {literal(f'^(?:{spelt})')}) then '{number}'")
    return f"case {' '.join(whens)} end"


def seconds_sql(text: str) -> str:
    """Return SQL of the seconds since midnight of the clock time in a text; ``次日`` adds a day.

    Sheets store times as fractions of a day, alone or behind the number of a day.
    """
    hour, minute = f"try_cast({part(text, _CLOCK, 2)} as int)", f"try_cast({part(text, _CLOCK, 3)} as int)"
    second = f"coalesce(try_cast({part(text, _CLOCK, 4)} as int), 0)"
    half = f"lower(replace({part(text, _CLOCK, 1)} || {part(text, _CLOCK, 5)}, '.', ''))"
    adjusted = (
        f"case when {half} in ('pm', '下午', '午後') and {hour} < 12 then {hour} + 12"
        f" when {half} in ('am', '上午', '午前') and {hour} = 12 then 0 else {hour} end"
    )
    later = f"case when contains({text}, '次日') or contains({text}, '翌日') then 86400 else 0 end"
    number = _as_number(text)
    fraction = f"case when {number} >= 0 and {number} < 1 or {_is_serial(text)} then {_day_seconds(number)} end"
    return f"coalesce(({adjusted}) * 3600 + {minute} * 60 + {second} + {later}, {fraction})"


def _day_seconds(number: str) -> str:
    return f"round(({number} - floor({number})) * 86400)::int"


def moment_sql(text: str, order: str) -> str:
    """Return SQL of the moment in a text as it is written, whatever zone stands behind it; a day is its midnight."""
    has_clock = f"(contains({text}, ':') or contains({text}, '：'))"
    serial = f"case when {_is_serial(text)} then {_day_seconds(_as_number(text))} else 0 end"
    seconds = f"case when {has_clock} then {seconds_sql(text)} else {serial} end"
    return f"(({day_sql(text, order)})::timestamp + to_seconds({seconds}))"


def utc_moment_sql(text: str, order: str) -> str:
    """Return SQL of the moment in a text in UTC; without a zone as it is written."""
    return let(written_moment_sql(text, order), "written", iso_moment_sql)


def written_moment_sql(text: str, order: str, shift: str = "") -> str:
    """Return SQL of the text of a moment as it is written, with its offset behind it where it has one.

    Parameters
    ----------
    shift
        SQL of seconds to add.
    """
    moment = moment_sql(text, order)
    moved = f"({moment} + to_seconds({shift}))" if shift else moment
    return f"strftime({moved}, '%Y-%m-%d %H:%M:%S') || {zone_mark_sql(text)}"


def zone_mark_sql(text: str) -> str:
    """Return SQL of what stands behind a clock time as ``Z`` or ``+08:00``; empty where nothing stands there."""
    mark = part(text, _ZONE_MARK, 1)
    hours = r"regexp_extract(zone_mark, '[+-]\d{2}')"
    minutes = r"coalesce(nullif(regexp_extract(zone_mark, '[+-]\d{2}:?(\d{2})', 1), ''), '00')"
    told = f"case when zone_mark = '' then '' when {hours} = '' then 'Z' else {hours} || ':' || {minutes} end"
    return f"list_transform([coalesce({mark}, '')], lambda zone_mark: {told})[1]"


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
        f"case when regexp_full_match({text}, {literal(_DURATION)}) then {clock_hours_sql(text)}"
        f" when regexp_full_match({text}, {literal(_HOURS_AND_MINUTES)}) then {short}"
        f" when regexp_full_match({text}, {literal(whole)}) then {sign} * ({' + '.join(sums)})"
        f" else ({number_sql(text, mark)}) * {factors[unit or 'hours']!r} end"
    )


def _piece(text: str, number: int) -> str:
    return f"try_cast({part(text, _HOURS_AND_MINUTES, number)} as double)"


def _escaped(word: str) -> str:
    return word.replace(".", r"\.")
