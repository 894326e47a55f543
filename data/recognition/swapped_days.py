"""Days that a spreadsheet turned round: 5 March read as 3 May, beside texts of the days beyond the 12th."""

from __future__ import annotations

import datetime as dt
import re
from itertools import pairwise
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from data.recognition.drafting import Draft

_REAL: Final = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[ T]00:00(?::00)?)?")
_TEXT: Final = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})")
_LEAST_REAL: Final = 3
_LEAST_TEXT: Final = 2
#: Days of one file follow one another; read the wrong way round they are months apart.
_MOST_STEP: Final = 8
_LEAST_JUMP: Final = 25
_LAST_MONTH: Final = 12


def are_swapped(cells: Sequence[str]) -> bool:
    """Say whether the real dates of a column stand with day and month swapped: only so they follow its texts."""
    found = (_real_day(match.groups()) for cell in cells if (match := _REAL.fullmatch(cell.strip())))
    real = {day for day in found if day is not None}
    texts = {m.groups() for cell in cells if (m := _TEXT.fullmatch(cell.strip()))}
    if len(real) < _LEAST_REAL or len(texts) < _LEAST_TEXT or any(day.day > _LAST_MONTH for day in real):
        return False
    told = {_text_day(parts) for parts in texts} - {None}
    if not told or any(int(a) <= _LAST_MONTH and int(b) <= _LAST_MONTH for a, b, _ in texts):
        return False
    days = [day for day in told if day is not None]
    turned = [dt.date(day.year, day.day, day.month) for day in real]
    return _most_step([*turned, *days]) <= _MOST_STEP and _median_step([*real]) >= _LEAST_JUMP


def _real_day(parts: tuple[str, ...]) -> dt.date | None:
    try:
        return dt.date(*map(int, parts))
    except ValueError:
        return None  # 31 February, month 13, year 0


def _text_day(parts: tuple[str, ...]) -> dt.date | None:
    first, second, year = map(int, parts)
    day, month = (first, second) if first > _LAST_MONTH else (second, first)
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _steps(days: Sequence[dt.date]) -> list[int]:
    return sorted((later - day).days for day, later in pairwise(sorted(days)))


def _most_step(days: Sequence[dt.date]) -> int:
    return max(_steps(days), default=0)


def _median_step(days: Sequence[dt.date]) -> int:
    steps = _steps(days)
    return steps[len(steps) // 2] if steps else 0


def turn_days_back(draft: Draft, name: str) -> None:
    """Turn the days of a column back where a spreadsheet swapped them, and say so; ``rows.swapped=out`` leaves them."""
    if draft.answers.get("rows.swapped") == "out" or not are_swapped(draft.table.column(name).values.cells):
        return
    draft.swaps_days = True
    draft.words.append(
        f'Some days of "{name}" were turned round by a spreadsheet (5 March became 3 May). They are turned back, as'
        " only so they follow the other days. Answer rows.swapped=out to take them as they stand."
    )
