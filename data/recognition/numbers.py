"""How the numbers and durations of a file are written: decimal mark and unit, over whole columns."""

from __future__ import annotations

import math
import re
import statistics
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from data.recognition.dates import MINORITY_SHARE
from data.recognition.understanding import Question

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from data.recognition.columns import FoundColumn
    from data.recognition.systems import System

DECIMAL_MARKS: Final = ("point", "comma")
_PLAIN: Final = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)")
_POINT: Final = re.compile(r"[+-]?\d{1,3}([,'’ \u00a0\u202f]\d{3})+(\.\d+)?")
_COMMA: Final = re.compile(r"[+-]?(\d{1,3}([.'’ \u00a0\u202f]\d{3})+|\d+)(,\d+)?")
_GROUPED: Final = re.compile(r"[+-]?[1-9]\d{0,2}([,.]\d{3})")
_NUMBER: Final = re.compile(r"[+-]?[\d.,'’ \u00a0\u202f]*\d")
_CLOCK: Final = re.compile(r"[+-]?\d+:[0-5]\d(:[0-5]\d)?")
_WITH_UNIT: Final = re.compile(r"[+-]?\s*[\d.,]+\s*[^\W\d_].*")


#: Nobody's usual entry is so long in hours.
_LONG_DAY: Final = 10
#: Longer than anybody works in a day; this share of all numbers is no slip.
_ENDLESS_DAY: Final = 16
_OFTEN: Final = 0.2
_LEAST_MINUTES: Final = 5
_MILLISECONDS: Final = 500_000
_LEAST_FRACTIONS: Final = 3
_NEARLY: Final = 0.002


@dataclass(frozen=True)
class Mark:
    """The decimal mark of a file, or the question."""

    mark: str = "point"
    question: Question | None = None
    has_evidence: bool = False


def usual_mark(decided: Mark, usual: str) -> Mark:
    """Read numbers as in earlier files of the kind where they fit both marks; ask when they can't be read so."""
    if not usual or (decided.mark == usual and decided.question is None):
        return decided
    if not decided.has_evidence:
        return Mark(usual) if decided.question is not None else decided
    if decided.question is not None:
        return decided
    words = f"In earlier files of this kind the decimal mark was a {usual}, but here it looks like a {decided.mark}."
    question = Question("decimal_mark", f"{words} Which is it?", (decided.mark, usual))
    return Mark(decided.mark, question, has_evidence=True)


def decide_mark(cells_of: Mapping[str, Sequence[str]], said: str = "", money: Collection[str] = ()) -> Mark:
    """Decide over all number columns whether a point or a comma begins the decimals.

    ``1,234`` and ``1.234`` alone tell nothing: then the user is asked.

    Parameters
    ----------
    money
        Columns of amounts: no currency has three decimals there, so 25,000 and 25.000 have thousands.
    """
    if said:
        return Mark(said)
    votes = {"point": 0, "comma": 0}
    both: tuple[str, str] | None = None
    for name, cells in cells_of.items():
        for cell in cells:
            number = _number_in(cell)
            if _GROUPED.fullmatch(number):
                if name in money:
                    votes["point" if "," in number else "comma"] += 1
                else:
                    both = both or (name, cell)
                continue
            fits_point = bool(_PLAIN.fullmatch(number) or _POINT.fullmatch(number))
            fits_comma = bool(_COMMA.fullmatch(number))
            votes["point"] += fits_point and not fits_comma
            votes["comma"] += fits_comma and not fits_point
    total = sum(votes.values())
    if not total and both:
        words = f'Numbers such as {both[1]} in "{both[0]}" can be read with decimals and with thousands.'
        return Mark(question=Question("decimal_mark", f"{words} Which sign begins the decimals?", ("comma", "point")))
    mark, other = ("point", "comma") if votes["point"] >= votes["comma"] else ("comma", "point")
    if votes[other] > MINORITY_SHARE * total:
        words = "The file mixes decimal points and decimal commas. Which is right? The other cells are refused."
        return Mark(mark, Question("decimal_mark", words, (mark, other)), has_evidence=True)
    return Mark(mark, has_evidence=bool(total))


def _number_in(cell: str) -> str:
    match = _NUMBER.match(cell.strip())
    return match.group().strip() if match else ""


@dataclass(frozen=True)
class Unit:
    """The unit of a column's durations, how it was found, or the question."""

    unit: str
    words: str = ""
    question: Question | None = None


def decide_unit(
    column: FoundColumn,
    system: System,
    said: str,
    *,
    is_entry: bool,
    mark: str,
    is_effort: bool = False,
    is_daily: Callable[[], bool] = lambda: False,
) -> Unit:
    """Decide the unit: said, in the header, in the cells, known of the system, or by magnitude.

    Parameters
    ----------
    is_entry
        The durations are of one entry of a day, so hours lie below 24.
    is_effort
        They are efforts of tickets, which many systems keep in seconds.
    is_daily
        Says whether each is of one day, not of a week or a month.
    """
    cells = column.values.cells
    bare = [cell for cell in cells if not _CLOCK.fullmatch(cell) and not _WITH_UNIT.fullmatch(cell)]
    numbers = [abs(number) for cell in bare if (number := _read(cell, mark)) is not None and number]
    if said:
        return Unit(said, "said")
    if is_entry and not system.unit and (fractions := _as_fractions(column, bare, numbers)):
        return fractions
    if column.label.unit:
        words = f'"{column.name}" names {column.label.unit}'
        return Unit(column.label.unit, words)
    if system.unit and (_looks_like(system.unit, numbers) if numbers else not cells):
        return Unit(system.unit, f"{system.name} writes {system.unit}")
    if not numbers or not (is_entry or is_effort):
        return Unit("hours")
    return _by_magnitude(column, numbers, is_entry=is_entry, is_daily=is_daily)


def _as_fractions(column: FoundColumn, cells: Sequence[str], numbers: Sequence[float]) -> Unit | None:
    """Return that numbers are fractions of a day, as sheets store 7:30, or the question; None when they can't be.

    Fractions of whole minutes have many decimals (0.270833333); hours that people type have two at most.
    """
    if not numbers or len(bare := [cell for cell in cells if _read_any(cell)]) < _LEAST_FRACTIONS or max(numbers) > 1:
        return None
    are_minutes_of_days = all(abs(n * 1440 - round(n * 1440)) < _NEARLY for n in numbers)
    are_minutes_of_hours = all(abs(n * 60 - round(n * 60)) < _NEARLY for n in numbers)
    is_long = sum(1 for cell in bare if re.search(r"[.,]\d{4,}$", cell)) >= len(bare) / 3
    if are_minutes_of_days and not are_minutes_of_hours and is_long:
        return Unit("day_fractions", f'"{column.name}" holds fractions of a day, such as {bare[0]}')
    if column.label.unit or all(number in (0, 1) for number in numbers):
        return None
    words = (
        f'The largest number in "{column.name}" is {max(numbers):g}. Are they hours, days of 8 hours, or fractions of'
    )
    options = ("hours", "days", "day_fractions")
    return Unit("hours", question=Question(f"unit.{column.name}", f"{words} 24 hours?", options))


def _read_any(cell: str) -> bool:
    return bool(re.fullmatch(r"[+-]?\d*[.,]?\d+", cell))


def _read(cell: str, mark: str) -> float | None:
    text = re.sub(r"['’ \u00a0\u202f]", "", cell)
    text = text.replace(".", "").replace(",", ".") if mark == "comma" else text.replace(",", "")
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) else None  # "nan" and "1e999" are texts


def _looks_like(unit: str, numbers: Sequence[float]) -> bool:
    if unit == "seconds":
        return all(number == int(number) for number in numbers) and statistics.median(numbers) >= 60
    return True


def _can_only_be_minutes(numbers: Sequence[float]) -> bool:
    """Say whether numbers up to 24 are no hours: whole, none of them small, and many longer than anybody's day."""
    is_whole = all(number == int(number) for number in numbers)
    endless = sum(1 for number in numbers if number > _ENDLESS_DAY)
    return (
        is_whole
        and len(numbers) >= _LEAST_FRACTIONS
        and min(numbers) >= _LEAST_MINUTES
        and max(numbers) <= 24
        and statistics.median(numbers) >= _LONG_DAY
        and endless >= _OFTEN * len(numbers)
    )


def _by_magnitude(
    column: FoundColumn, numbers: Sequence[float], *, is_entry: bool, is_daily: Callable[[], bool]
) -> Unit:
    middle = statistics.median(numbers)
    is_whole = all(number == int(number) for number in numbers)
    if is_entry:
        if _can_only_be_minutes(numbers) and is_daily():
            return Unit("minutes", f'"{column.name}" holds up to {max(numbers):g} a day, which can only be minutes')
        if max(numbers) <= 24 and middle >= _LONG_DAY:
            words = f'The middle number in "{column.name}" is {middle:g}: which unit is it?'
            return Unit("minutes", question=Question(f"unit.{column.name}", words, ("minutes", "hours")))
        if max(numbers) <= 24:
            return Unit("hours", f'the numbers in "{column.name}" are at most {max(numbers):g}')
        if sum(1 for number in numbers if number > 24) <= MINORITY_SHARE * len(numbers) or not is_whole:
            return Unit("hours", f'most numbers in "{column.name}" are at most 24')
        likely = "milliseconds" if middle >= _MILLISECONDS else "seconds" if middle >= 900 else "minutes"
    else:
        rounds = sum(1 for number in numbers if number % 60 == 0) / len(numbers)
        if not is_whole or middle < 300 or rounds < 0.9:
            return Unit("hours", f'the numbers in "{column.name}" look like hours')
        likely = "milliseconds" if middle >= _MILLISECONDS else "seconds" if middle >= 1_800 else "minutes"
    units = ("hours", "minutes", "seconds", *(("milliseconds",) if middle >= 60_000 else ()))
    options = (likely, *(unit for unit in units if unit != likely))
    words = f'Which unit do the numbers in "{column.name}" have? The middle one is {middle:g}.'
    return Unit(likely, question=Question(f"unit.{column.name}", words, options))
