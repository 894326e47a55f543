"""How the dates of a file are written, decided over all its date columns together."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from data.readings import MINORITY_SHARE
from data.recognition.understanding import Question
from data.recognition.values import PATTERNS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_ISO_DATE: Final = re.compile(r"\d{4}-\d{1,2}-\d{1,2}")
_ISO_MOMENT: Final = re.compile(r"\d{4}-\d{1,2}-\d{1,2}([ T]\d{2}:\d{2}(:\d{2})?)?")
_TWO_FIRST: Final = re.compile(r"(\d{1,2})([-/.])\s?(\d{1,2})[-/.]\s?(\d{4}|\d{2})(?!\d)")
_ZONE: Final = re.compile(r".*\d:\d{2}(:\d{2}(\.\d+)?)?\s*[+-]\d{2}:?\d{2}\s*")
_NAMED: Final = re.compile(r".*[^\W\d_]{3,}.*", re.DOTALL)
_SERIAL: Final = re.compile(r"\d{5}(\.\d+)?")
_FRACTION: Final = re.compile(r"0?\.\d+|0|1")
_PLAIN_CLOCK: Final = re.compile(r"\d{1,2}:\d{2}(:\d{2})?")
PLAIN: Final = "plain"
_BETWEEN: Final = re.compile(r"\s*(?:~|～|〜|至|\s-+\s|\sto\s|\sbis\s|\sau\s)\s*")


@dataclass(frozen=True)
class Order:
    """How days like 03/04/2026 are read, or the question."""

    order: str = ""
    question: Question | None = None
    words: str = ""
    has_evidence: bool = False


def styles_of(cells: Iterable[str]) -> str:
    """Return which styles beside year first occur among date or time cells."""
    found = set()
    for cell in cells:
        for piece in _BETWEEN.split(cell):
            if _TWO_FIRST.match(piece):
                found.add("two_first")
            elif _SERIAL.fullmatch(piece) or _FRACTION.fullmatch(piece):
                found.add("serial")
            elif not PATTERNS["year_first"].match(piece) and _NAMED.match(piece) and re.search(r"\d", piece):
                found.add("named")
        if _ZONE.fullmatch(cell):
            found.add("zone")
    return " ".join(sorted(found))


def joint_styles_of(days: Sequence[str], clocks: Sequence[str]) -> str:
    """Return the styles of days and the times of day beside them; ``plain`` when both are ISO and need no reading."""
    if is_plain_date(days) and clocks and all(_PLAIN_CLOCK.fullmatch(clock) for clock in clocks):
        return PLAIN
    return styles_of([*days, *clocks])


def is_plain_date(cells: Sequence[str]) -> bool:
    """Say whether all cells are ISO days, which the import reads as they are."""
    return bool(cells) and all(_ISO_DATE.fullmatch(cell) for cell in cells)


def is_plain_moment(cells: Sequence[str]) -> bool:
    """Say whether all cells are ISO moments."""
    return bool(cells) and all(_ISO_MOMENT.fullmatch(cell) for cell in cells)


def decide_order(cells_of: Mapping[str, Sequence[str]], said: str = "") -> Order:
    """Decide over all date columns of the file whether the day or the month comes first.

    Dots are day first everywhere. Days that fit both orders are no evidence; without any other the user is asked.
    """
    found = [match for cells in cells_of.values() for cell in cells for match in _pieces(cell)]
    if not found or said:
        return Order(said if found else "")
    if _may_be_year_first(found):
        return Order(question=_question(cells_of, found[0].group(), ("ymd", "dmy")))
    day_first = sum(1 for match in found if 12 < int(match.group(1)) <= 31 and int(match.group(3)) <= 12)
    month_first = sum(1 for match in found if 12 < int(match.group(3)) <= 31 and int(match.group(1)) <= 12)
    total = day_first + month_first
    if not total:
        return _without_evidence(cells_of, found)
    winner, loser = ("dmy", month_first) if day_first >= month_first else ("mdy", day_first)
    if loser <= MINORITY_SHARE * total:
        shown = "day" if winner == "dmy" else "month"
        words = f"{total} different days can only be read with the {shown} first"
        return Order(winner, words=words, has_evidence=True)
    return Order(question=_question(cells_of, found[0].group(), ("dmy", "mdy")), has_evidence=True)


def usual_order(decided: Order, usual: str) -> Order:
    """Read days as in earlier files of the kind where these fit both orders; ask when these can't be read so."""
    if not usual or decided.order == usual or (not decided.order and decided.question is None):
        return decided
    if not decided.has_evidence:
        return Order(usual, words="days are read as in earlier files of this kind")
    if decided.question is not None:
        return decided
    words = f"In earlier files of this kind the order of days was {usual}, but {decided.words}. Which is it?"
    return Order(question=Question("date_order", words, (decided.order, usual)), has_evidence=True)


def _without_evidence(cells_of: Mapping[str, Sequence[str]], found: Sequence[re.Match[str]]) -> Order:
    """Decide when every day fits both orders: dots are day first everywhere, and 03/03 is the same day in both."""
    if all(match.group(2) == "." for match in found):
        return Order("dmy", words="days with dots are day first")
    if all(int(match.group(1)) == int(match.group(3)) for match in found):
        return Order("dmy", words="all days read the same in both orders")
    return Order(question=_question(cells_of, found[0].group(), ("dmy", "mdy")))


def _pieces(cell: str) -> list[re.Match[str]]:
    return [match for piece in _BETWEEN.split(cell) if (match := _TWO_FIRST.match(piece))]


def _may_be_year_first(found: Sequence[re.Match[str]]) -> bool:
    """Say whether 26/04/01 may be a year first: its beginning never changes and its end does, like days."""
    if any(len(match.group(4)) != 2 for match in found):
        return False
    firsts = {match.group(1) for match in found}
    lasts = {match.group(4) for match in found}
    return len(firsts) <= 2 and min(map(int, firsts)) >= 20 and len(lasts) > len(firsts) and max(map(int, lasts)) <= 31


def _question(cells_of: Mapping[str, Sequence[str]], example: str, options: tuple[str, ...]) -> Question:
    names = ", ".join(f'"{name}"' for name, cells in cells_of.items() if any(_pieces(cell) for cell in cells))
    shown = {"dmy": "day/month/year", "mdy": "month/day/year", "ymd": "year/month/day"}
    words = " or as ".join(shown[option] for option in options)
    return Question("date_order", f"Days such as {example} in {names} can be read as {words}. Which is it?", options)
