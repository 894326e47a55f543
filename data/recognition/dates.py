"""How the dates of a file are written, decided over all its date columns together."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from data.recognition.understanding import Question
from data.recognition.values import PATTERNS
from data.recognition.weekdays import weekday_in

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

DATE_ORDERS: Final = ("dmy", "mdy")
#: A reading of the minority is dropped (its rows are refused) below this share; above it the user is asked.
MINORITY_SHARE: Final = 0.05
_TWO_FIRST: Final = re.compile(r"(\d{1,2})([-/.])\s?(\d{1,2})[-/.]\s?(\d{4}|\d{2})(?!\d)")
_LEADING: Final = re.compile(r"^\s*[^\W\d_]{2,13}\.?,? (?=\d)")
#: So many days of a kind are shown in a question.
_SHOWN_DAYS: Final = 5
#: Two digits from here on may be a year.
_LEAST_YEAR: Final = 20
_BETWEEN: Final = re.compile(r"\s*(?:~|～|〜|→|至|\s[-–—]+\s|\sto\s|\sbis\s|\sau\s)\s*")


@dataclass(frozen=True)
class Order:
    """How days like 03/04/2026 are read, or the question.

    Parameters
    ----------
    has_evidence
        The cells of this file say it.
    can_teach
        It says how other files of the kind are read: the user said it, or days that are not written with dots.
    is_settled
        Earlier files of the kind have no say: days with dots are day first everywhere.
    """

    order: str = ""
    question: Question | None = None
    words: str = ""
    has_evidence: bool = False
    can_teach: bool = False
    is_settled: bool = False


@dataclass(frozen=True)
class _Piece:
    """One day of a cell with two numbers first, and the weekday that stands beside it."""

    text: str
    first: int
    second: int
    year: str
    sign: str
    weekday: int | None

    def fits(self, order: str) -> bool:
        """Say whether the day exists in an order, on the weekday beside it."""
        first, second, last = self.first, self.second, int(self.year)
        years, month, day = {"dmy": (last, second, first), "mdy": (last, first, second), "ymd": (first, second, last)}[
            order
        ]
        try:
            found = dt.date(years + 2000 if years < 100 else years, month, day)
        except ValueError:
            return False
        return self.weekday is None or found.weekday() == self.weekday


def decide_order(
    cells_of: Mapping[str, Sequence[str]], said: str = "", line_of: Callable[[str, str], int] = lambda _name, _cell: 0
) -> Order:
    """Decide over all date columns of the file whether the day or the month comes first.

    Dots are day first everywhere. Days that fit both orders are no evidence; a weekday beside them is. Without any
    the user is asked; so is it when neither order fits all days.

    Parameters
    ----------
    line_of
        Says by its column and text on which line a cell stands first, for the question.
    """
    found = [piece for cells in cells_of.values() for cell in cells for piece in _pieces(cell)]
    if not found or said:
        return Order(said if found else "", can_teach=bool(found))
    if _may_be_year_first(found):
        return _year_first(cells_of, found)
    day_first, month_first = _votes(found)
    total = day_first + month_first
    if not total:
        return _without_evidence(cells_of, found, line_of)
    winner, loser = ("dmy", month_first) if day_first >= month_first else ("mdy", day_first)
    if loser <= MINORITY_SHARE * total:
        shown = "day" if winner == "dmy" else "month"
        words = f"{total} different days can only be read with the {shown} first"
        can_teach = any(_votes([piece for piece in found if piece.sign != "."]))
        return Order(winner, words=words, has_evidence=True, can_teach=can_teach, is_settled=not can_teach)
    options = ("dmy", "mdy") if winner == "dmy" else ("mdy", "dmy")
    return Order(question=_neither_question(cells_of, line_of, options), has_evidence=True)


def _neither_question(
    cells_of: Mapping[str, Sequence[str]], line_of: Callable[[str, str], int], options: tuple[str, ...]
) -> Question:
    """Say that neither order fits all days, with the lines, and ask which one counts."""
    kinds: dict[tuple[bool, bool], list[str]] = {}
    for name, cells in cells_of.items():
        for cell in cells:
            for piece in _pieces(cell):
                line = line_of(name, cell)
                shown = f"line {line}: {piece.text}" if line else piece.text
                kinds.setdefault((piece.fits("dmy"), piece.fits("mdy")), []).append(shown)
    labels = {
        (True, False): "only with the day first",
        (False, True): "only with the month first",
        (False, False): "in neither order",
    }
    told = [
        f"{len(kinds[key])} {label} ({', '.join(kinds[key][:_SHOWN_DAYS])}{', …' if kinds[key][_SHOWN_DAYS:] else ''})"
        for key, label in labels.items()
        if key in kinds
    ]
    words = (
        f"Neither order fits all days: different days can be read {'; '.join(told)}."
        " Which order counts? Rows whose day doesn't exist in it are refused."
    )
    return Question("date_order", words, options)


def _votes(found: Sequence[_Piece]) -> tuple[int, int]:
    """Count the days that exist with the day first only, and with the month first only."""
    fits = [(piece.fits("dmy"), piece.fits("mdy")) for piece in found]
    return sum(1 for day, month in fits if day and not month), sum(1 for day, month in fits if month and not day)


def _year_first(cells_of: Mapping[str, Sequence[str]], found: Sequence[_Piece]) -> Order:
    """Decide by weekdays between 26/04/01 with the year and with the day first, else ask."""
    told = [piece for piece in found if piece.weekday is not None]
    if told and all(piece.fits("ymd") for piece in told) and not all(piece.fits("dmy") for piece in told):
        words = "the weekdays beside the days fit the year first only"
        return Order("ymd", words=words, has_evidence=True, can_teach=True)
    return Order(question=_question(cells_of, found[0].text, ("ymd", "dmy")))


def usual_order(decided: Order, usual: str) -> Order:
    """Read days as in earlier files of the kind where these fit both orders; ask when these can't be read so."""
    if not usual or decided.is_settled or decided.order == usual or (not decided.order and decided.question is None):
        return decided
    if not decided.has_evidence:
        return Order(usual, words="days are read as in earlier files of this kind")
    if decided.question is not None:
        return decided
    words = f"In earlier files of this kind the order of days was {usual}, but {decided.words}. Which is it?"
    return Order(question=Question("date_order", words, (decided.order, usual)), has_evidence=True)


def _without_evidence(
    cells_of: Mapping[str, Sequence[str]], found: Sequence[_Piece], line_of: Callable[[str, str], int]
) -> Order:
    """Decide when every day fits both orders: dots are day first everywhere, and 03/03 is the same day in both."""
    if not any(piece.fits(order) for piece in found for order in ("dmy", "mdy")) and _are_few(cells_of, found):
        return Order()  # slips among days that are written another way: their rows are refused
    if not any(piece.fits("dmy") for piece in found):
        return Order(question=_neither_question(cells_of, line_of, ("dmy", "mdy")), has_evidence=True)
    if all(piece.sign == "." for piece in found):
        return Order("dmy", words="days with dots are day first", is_settled=True)
    if all(piece.first == piece.second for piece in found):
        return Order("dmy", words="all days read the same in both orders")
    return Order(question=_question(cells_of, found[0].text, ("dmy", "mdy")))


def _are_few(cells_of: Mapping[str, Sequence[str]], found: Sequence[_Piece]) -> bool:
    """Say whether days with two numbers first are slips: nearly all others have the year first."""
    plain = sum(1 for cells in cells_of.values() for cell in cells if PATTERNS["year_first"].match(cell))
    return len(found) <= MINORITY_SHARE * (plain + len(found)) or (len(found) == 1 and plain > 1)


def _pieces(cell: str) -> list[_Piece]:
    found = []
    for text in _BETWEEN.split(cell):
        match = _TWO_FIRST.match(_LEADING.sub("", text))
        if match:
            first, sign, second, year = match.groups()
            found.append(_Piece(match.group(), int(first), int(second), year, sign, weekday_in(text)))
    return found


def _may_be_year_first(found: Sequence[_Piece]) -> bool:
    """Say whether 26/04/01 may be a year first: its beginning never changes and its end does, like days."""
    if any(len(piece.year) != 2 for piece in found):
        return False
    firsts = {piece.first for piece in found}
    lasts = {piece.year for piece in found}
    told = [piece for piece in found if piece.weekday is not None]
    if told and min(firsts) >= _LEAST_YEAR and all(piece.fits("ymd") for piece in told):
        return True
    return len(firsts) <= 2 and min(firsts) >= _LEAST_YEAR and len(lasts) > len(firsts) and max(map(int, lasts)) <= 31


def _question(cells_of: Mapping[str, Sequence[str]], example: str, options: tuple[str, ...]) -> Question:
    names = ", ".join(f'"{name}"' for name, cells in cells_of.items() if any(_pieces(cell) for cell in cells))
    shown = {"dmy": "day/month/year", "mdy": "month/day/year", "ymd": "year/month/day"}
    words = " or as ".join(shown[option] for option in options)
    return Question("date_order", f"Days such as {example} in {names} can be read as {words}. Which is it?", options)
