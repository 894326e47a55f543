"""What the cells of a column look like, judged on a sample of them."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from data.recognition.labels import UNIT_WORDS
from data.recognition.weekdays import weekday_pattern

if TYPE_CHECKING:
    from collections.abc import Iterable

#: Distinct cells that are looked at; more tell nothing new about the form of a column.
MAX_DISTINCT: Final = 2_000
#: What stands for "nothing" in some exports, beside the empty cell.
NO_DAY: Final = ("0000-00-00", "0000-00-00 00:00:00", "0000/00/00", "0000/0/0", "00.00.0000", "00/00/0000")
#: Digits of other scripts, and marks of direction around them: ``٧٫٥`` is 7.5.
_OTHER_DIGITS: Final = ("٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹", "०१२३४५६७८९", "০১২৩৪৫৬৭৮৯", "๐๑๒๓๔๕๖๗๘๙")
WIDE_SIGNS: Final = "０１２３４５６７８９：／．，"
OTHER_SIGNS: Final = "".join(_OTHER_DIGITS) + "٫٬"
PLAIN_SIGNS: Final = "0123456789" * len(_OTHER_DIGITS) + ".,"
DIRECTIONS: Final = "\u200e\u200f\u061c"
_PLAIN_DIGITS: Final = str.maketrans(OTHER_SIGNS, PLAIN_SIGNS, DIRECTIONS)
#: The ones that a recipe takes for nothing wherever they stand in a file.
FILE_MARKS: Final = ("-", "--", "—", "–", "N/A", "n/a", "#N/A", "null", "NULL", *NO_DAY)
EMPTY_MARKS: Final = frozenset({*FILE_MARKS, "None", "无", "無", "/"})

#: A weekday may stand before or behind a day: ``Mon 3/2/26``, ``26-04-01 星期三``, ``2026/03/02(月)``.
_BEFORE: Final = r"(?:[^\W\d_]{2,13}\.?,? )?"
_BEHIND: Final = rf"(?:,?\s*{weekday_pattern()})?"
_MONTHS_AND_DAYS: Final = r"(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
_DAY: Final = rf"{_BEFORE}\d{{4}}\s*[-/.年]\s*\d{{1,2}}\s*[-/.月]\s*\d{{1,2}}\s*日?{_BEHIND}|{_MONTHS_AND_DAYS}"
_TWO_FIRST: Final = rf"{_BEFORE}\d{{1,2}}[-/.]\s?\d{{1,2}}[-/.]\s?(?:\d{{4}}|\d{{2}}){_BEHIND}"
_NAMED: Final = (
    rf"{_BEFORE}\d{{1,2}}(?:st|nd|rd|th)?[-/. ]{{1,2}}(?:de )?[^\W\d]{{2,10}}\.?[-/ ,.]+(?:de )?(?:\d{{4}}|\d{{2}})"
    rf"(?: ?г\.?)?{_BEHIND}|{_BEFORE}[^\W\d]{{3,10}}\.? \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}}"
)
_CLOCK: Final = (
    r"(?:次日|翌日|当日)?\s*(?:上午|下午|am|pm|午前|午後)?\s*\d{1,2}[:：]\d{2}(?:[:：]\d{2}(?:\.\d+)?)?"
    r"\s*(?:[ap]\.?m\.?|[AP]\.?M\.?|上午|下午)?"
)
#: ``GMT+1`` and short names of zones stand behind local times of day.
_ZONE: Final = (
    r"(?:\s*(?:Z|(?:UTC|GMT)?[+-](?:0\d|1[0-4]):?[0-5]\d(?:\s*\([^)]*\))?|(?:UTC|GMT)[+-]\d{1,2}|UTC|GMT|"
    r"[ECMP][SD]T|CES?T|BST|IST|JST|SGT|HKT|AES?T|AEDT|EES?T|WES?T|MSK))?"
)
_UNITS: Final = "|".join(sorted({re.escape(w) for words in UNIT_WORDS.values() for w in words.split()}, key=len)[::-1])
_NUMBER: Final = r"[+-]?(?:\d{1,3}(?:[.,' \u00a0\u202f]\d{3})+(?:[.,]\d+)?|\d+(?:[.,]\d+)?|[.,]\d+)"
PATTERNS: Final = {
    "year_first": re.compile(_DAY),
    "two_first": re.compile(_TWO_FIRST),
    "named_date": re.compile(_NAMED),
    "moment": re.compile(
        rf"(?:{_DAY}|{_TWO_FIRST}|{_NAMED})[T,\s]\s*(?:{_CLOCK}{_ZONE}|上午|下午|午前|午後|[AaPp][Mm])"
    ),
    "clock": re.compile(_CLOCK),
    "long_clock": re.compile(r"[+-]?\d{1,4}:[0-5]\d(?::[0-5]\d)?"),
    "number": re.compile(rf"{_NUMBER}\s*[%-]?"),
    "with_unit": re.compile(rf"(?:{_NUMBER}\s*(?:{_UNITS}|次)\s*){{1,4}}|[+-]?\d+\s?h\s?[0-5]?\d", re.IGNORECASE),
    "email": re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+"),
    "flag": re.compile(
        r"(?i:true|false|yes|no|y|n|t|f|0|1|ja|nein|oui|non|sí|si|sim|não|да|нет|是|否|はい|いいえ|有|无|wahr|falsch)"
    ),
    "currency": re.compile(r"[A-Z]{3}|[€$¥£]"),
    "range": re.compile(r".*\d.*(?:\s[~～\-–—]\s|~|～|至|→|\bto\b|\bbis\b|\bau\b).*\d.*", re.DOTALL),
    "key": re.compile(r"[A-Z][A-Z0-9_]+-\d+"),
    "whole": re.compile(r"\d+"),
    "word": re.compile(r"[^\d@]*"),
}


@dataclass(frozen=True)
class Values:
    """The form of one column's cells.

    Parameters
    ----------
    filled
        Share of the rows in which the column holds anything.
    shares
        Share of the distinct cells that have each form.
    numbers
        The plain numbers among the cells.
    """

    filled: float
    distinct: int
    shares: dict[str, float]
    common: tuple[str, ...] = ()
    numbers: tuple[float, ...] = field(default=(), repr=False)
    cells: tuple[str, ...] = field(default=(), repr=False)

    @property
    def is_empty(self) -> bool:
        """Say whether the sample holds no value at all."""
        return not self.distinct

    def share(self, *forms: str) -> float:
        """Return the share of cells in one of several forms that exclude one another."""
        return min(sum(self.shares.get(form, 0.0) for form in forms), 1.0)

    @property
    def dates(self) -> float:
        """Share of cells that are a day, with or without a time."""
        return self.share("year_first", "two_first", "named_date", "moment")


def with_plain_digits(cell: str) -> str:
    """Return a cell whose digits are the ones that numbers are read in."""
    return cell if cell.isascii() else cell.translate(_PLAIN_DIGITS)


#: An apostrophe that an export puts before what a sheet would take for a formula or a number; other ones are text.
GUARD: Final = r"'\s*[-=+@0-9]"
_GUARDED: Final = re.compile(GUARD)


def is_guarded(cell: str) -> bool:
    """Say whether a cell carries a guard: ``'=x``, ``'0012`` or ``="…"``."""
    return bool(_GUARDED.match(cell)) or cell.startswith('="')


def plain_cell(cell: str) -> str:
    """Return a cell without the guards that exports put before text (``' ``, ``="…"``), empty for a mark of nothing."""
    text = with_plain_digits(unicodedata.normalize("NFKC", cell)).strip()
    if text.startswith('="') and text.endswith('"'):
        text = text[2:-1].strip()
    elif _GUARDED.match(text):
        text = text[1:].strip()
    return "" if text in EMPTY_MARKS else text


def profile(cells: Iterable[str]) -> Values:
    """Judge the form of a column."""
    counts: Counter[str] = Counter()
    rows = filled = 0
    for cell in cells:
        rows += 1
        text = plain_cell(cell)
        if text:
            filled += 1
            if text in counts or len(counts) < MAX_DISTINCT:
                counts[text[:400]] += 1
    distinct = list(counts)
    shares = {
        name: sum(1 for text in distinct if pattern.fullmatch(text)) / len(distinct) if distinct else 0.0
        for name, pattern in PATTERNS.items()
    }
    numbers = tuple(float(text.replace(",", ".")) for text in distinct if re.fullmatch(r"[+-]?\d+([.,]\d+)?", text))
    common = tuple(text for text, _ in counts.most_common(40))
    return Values(filled / rows if rows else 0.0, len(distinct), shares, common, numbers, tuple(distinct))


def fit(kind: str, values: Values) -> float:
    """Say how well the cells agree with what a column of ``kind`` holds: 1 fully, 0 not at all, 0.9 without cells."""
    if values.is_empty:
        return 0.9
    serial = _serial_share(values)
    fits = {
        "date": max(values.dates, serial),
        "moment": max(values.dates, serial, values.share("range")),
        "time": max(values.share("clock", "moment"), values.dates, _day_fraction_share(values)),
        "duration": max(
            values.share("number"),
            values.share("long_clock") + values.share("number"),
            values.share("with_unit") + values.share("number"),
        ),
        "number": max(values.share("number"), values.share("with_unit") + values.share("number")),
        "percent": values.share("number"),
        "flag": values.share("flag"),
        "email": values.share("email"),
        "currency": values.share("currency"),
        "range": max(values.share("range"), values.dates / 2),
        "name": 1
        - max(
            values.dates,
            values.share("long_clock"),
            values.share("number"),
            values.share("flag"),
            0.3 * values.share("email"),
        ),
        "id": 1 - max(values.dates, values.share("long_clock")),
        "text": 1 - max(values.dates, values.share("clock"), values.share("long_clock"), 0.8 * _fraction_share(values)),
    }
    return max(min(fits.get(kind, 1.0), 1.0), 0.0)


def _fraction_share(values: Values) -> float:
    return sum(1 for cell in values.cells if re.fullmatch(r"[+-]?\d+[.,]\d{1,4}", cell)) / max(values.distinct, 1)


def _serial_share(values: Values) -> float:
    """Share of cells that Excel would show as a day between 2000 and 2050."""
    found = sum(1 for number in values.numbers if 36_526 <= number <= 54_789)
    return found / values.distinct if values.distinct > 2 or found else 0.0


def _day_fraction_share(values: Values) -> float:
    """Share of cells that Excel would show as a time of day."""
    return sum(1 for number in values.numbers if 0 < number < 1) / max(values.distinct, 1)
