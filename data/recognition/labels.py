"""What a header says, apart from how it is spelt: units, brackets, line breaks, full-width signs and accents aside."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

#: Words for units, as they stand in brackets behind a label, inside it, or behind a number in a cell.
UNIT_WORDS: Final = {
    "hours": "h hr hrs hour hours std std. stunde stunden heure heures ч ч. час часа часов часы "
    "小时 小時 時間 时 個小時 个小时",
    "minutes": "m min mins min. minute minutes minuten мин мин. м м. минут минуты минута 分钟 分鐘 分",
    "milliseconds": "ms msec msecs millisecond milliseconds millisekunden millisecondes мс миллисекунд 毫秒 ミリ秒",
    "seconds": "s sec secs second seconds sek sekunden secondes сек секунд секунды 秒",
    "days": "d day days tag tage t jour jours j дн дн. дней день дня 天 日 人日 人天 天数 天數 дни pt pd personentage "
    "md person-days man-days",
    "weeks": "w week weeks woche wochen semaine semaines неделя недель 周 週",
}
_UNIT_OF: Final = {word: unit for unit, words in UNIT_WORDS.items() for word in words.split()}
#: What stands in brackets without changing the meaning.
_ASIDE: Final = re.compile(
    r"rpt|utc|gmt|gmt?[+-]\d+|local|decimal|dezimal|decimale|décimale|小数|10進|hh:mm(:ss)?|h:mm|yyyy-mm-dd|"
    r"dd[./-]mm[./-]yyyy|mm/dd/yyyy|次|个|個|人|元|optional|required|必填|选填|必須|任意|\*|usd|eur|cny|rmb|gbp|chf|jpy|"
    r"rub|[€$¥£]"
)
_CURRENCY: Final = re.compile(r"[A-Z]{3}|[€$¥£]")
#: Money behind a word without brackets: ``Расходы, руб.``
_MONEY_BEHIND: Final = re.compile(r"(?<=\w\w\w) (руб|rub|eur|usd|gbp|chf|cny|rmb|jpy)$")
_BRACKETS: Final = re.compile(r"[(\[【（〔{]([^()\[\]【】（）〔〕{}]*)[)\]】）〕}]")
_PLURAL: Final = re.compile(r"(?<=[a-z])\(s\)")
_INVISIBLE: Final = re.compile("[\ufeff\u200b-\u200f\u2060\u00ad]")
_CAPITAL_INSIDE: Final = re.compile(r"(?<=[a-z])(?=[A-Z][a-z])")
_SIGNS: Final = re.compile(r"[\s_\-./\\:;*!'’‘`\"“”&|,、·•~–—+=<>]+")
_CJK: Final = r"\u3040-\u30ff\u3400-\u9fff"
#: Odoo names the field behind a slash: ``employee_id/name``, ``Project/Display Name``.
_PATH: Final = re.compile(r"(?i)^(.{3,})/(\.?id|name|display[_ ]name|complete[_ ]name|external id)$")
_GAP: Final = re.compile(rf"(?<=[{_CJK}]) (?=[{_CJK}])")
_UNIT_INSIDE: Final = re.compile(
    r"\b(milliseconds?|millisekunden|ms|minutes?|minuten|seconds?|sekunden|secondes|минут|секунд|tage|days|hours|hrs|stunden|heures|часов|часы|дней)\b"
    r"|stunden|分钟|分鐘|毫秒|秒|小时|小時|人天|人日|天数|天數|дни\b|\bjours\b|\bpt\b|\bpersonentage\b"
)


@dataclass(frozen=True)
class Label:
    """One header, taken apart.

    Parameters
    ----------
    text
        The words, in one spelling.
    unit
        ``hours``, ``minutes``, ``seconds``, ``days``, ``weeks`` or empty.
    currency
        Three letters or a sign from the brackets.
    """

    text: str
    unit: str = ""
    currency: str = ""


@lru_cache(maxsize=16384)
def read_label(header: str) -> Label:
    """Take a header apart."""
    unit = currency = ""
    plain = _PATH.sub(r"\1", unicodedata.normalize("NFKC", _INVISIBLE.sub("", header)).strip())
    plain = _CAPITAL_INSIDE.sub(" ", plain).replace("\n", " ").replace("\r", " ")

    def aside(match: re.Match[str]) -> str:
        nonlocal unit, currency
        inside = match.group(1).strip()
        found = _UNIT_OF.get(inside.casefold(), "")
        unit = unit or found
        if not found and _CURRENCY.fullmatch(inside) and inside != "UTC":
            currency = currency or inside
        return " " if found or currency == inside or _ASIDE.fullmatch(inside.casefold()) else f" {inside} "

    rest = _PLURAL.sub("", plain)
    for _ in range(3):
        rest = _BRACKETS.sub(aside, rest)
    text = _words(rest) or _words(plain)
    money = _MONEY_BEHIND.search(text)
    if money and not unit:
        currency = currency or money.group(1).upper().replace("РУБ", "RUB")
        text = text[: money.start()]
    inside = _UNIT_INSIDE.search(text)
    if not unit:
        unit = _UNIT_OF.get(inside.group() if inside else text, "")
    return Label(text, unit, currency)


def _words(text: str) -> str:
    stripped = text.strip()
    if stripped in ("#", "№", "%"):
        return {"#": "#", "№": "no", "%": "%"}[stripped]
    text = _SIGNS.sub(" ", _without_accents(text.casefold())).strip()
    return _GAP.sub("", text).replace(" ?", "?")


def _without_accents(text: str) -> str:
    """Take accents off Latin letters; the marks of kana and of й belong to their letters."""
    if text.isascii():
        return text
    found = []
    for character in text:
        parts = unicodedata.normalize("NFKD", character)
        found.append(parts[0] if parts[0].isascii() and parts[0].isalpha() else character)
    return "".join(found).replace("ё", "е")


def unit_of_word(word: str) -> str:
    """Return the unit that a word behind a number means, or an empty text."""
    return _UNIT_OF.get(word.strip().casefold(), "")
