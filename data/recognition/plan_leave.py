"""How leave is made: of single days or of a first and a last day, whole days, halves and stated lengths."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from data.recognition.halves import is_half
from data.recognition.labels import read_label, unit_of_word
from data.recognition.plan_common import leave_out, leave_out_refused, person_field
from data.recognition.plan_kinds import sort_rows
from data.recognition.read_cells import read_days, read_hours
from data.recognition.recipe import HOURS_PER_DAY, Field
from data.recognition.understanding import Question

if TYPE_CHECKING:
    from data.recognition.columns import FoundColumn
    from data.recognition.drafting import Draft

_HALF: Final = 0.5
#: The day itself says that it is a half one: mornings and afternoons of Chinese and Japanese systems.
_HALF_DAY: Final = re.compile(r"上午|下午|午前|午後")
_ENDS: Final = ("leave_start", "leave_end")
#: Days of the week that no length counts: Saturday and Sunday, Friday and Saturday, Sunday alone, none.
_WEEKENDS: Final = ("67", "56", "7", "")
#: A leave may count so many days less than the working days between its ends: holidays.
_MOST_HOLIDAYS: Final = 3
_HALF_LABEL: Final = re.compile(
    r"\bhal[bf]|demi|半日|半天|\bhalf|medio|media jornada|meio|mezza|полдня|половин|\bpartial|am pm|上下午|午前午後"
)
_LAST_LABEL: Final = re.compile(
    r"\b(end|last|ende|letzt\w*|bis|fin|dernier|final|ultimo|to|until)\b|结束|终|末|оконч|последн|конец|終"
)


def plan_leave(draft: Draft) -> None:
    """Plan days of leave, of single days or of a first and a last day."""
    person_field(draft)
    hours = [role for role in ("leave_hours", "leave_days") if draft.has(role)]
    draft.hours_per_day = _hours_per_day(draft)
    if draft.has("leave_range") or all(draft.has(role) for role in _ENDS):
        _plan_ranges(draft, hours)
    else:
        _plan_single_days(draft)
    draft.demand("leave_date", "Which column says the day of leave?", ("leave_date", "leave_start"))
    leave_out_refused(draft, ("approval_status", "status"))
    leave_out(draft, ("leave_date", "person_id"))
    sort_rows(draft)


def _hours_per_day(draft: Draft) -> float:
    said = draft.answers.get("hours_per_day", "")
    return float(said) if said else HOURS_PER_DAY


def ask_hours_per_day(draft: Draft, words: str) -> None:
    """Ask how long a day is at this firm, where a part of one counts; once, later files of the kind know it."""
    if "hours_per_day" not in draft.answers:
        question = f"{words} How many hours are a full day of leave here? Half a day counts half of them."
        draft.ask(Question("hours_per_day", question, ("8", "7.5", "7", "7.7", "7.8")))


def _plan_single_days(draft: Draft) -> None:
    role = draft.first_of(("leave_date", "leave_start"))
    if role:
        draft.date_field("leave_date", role)
        _doubt_single_days(draft, role)
    if draft.has("leave_hours"):
        draft.duration_field("leave_hours", "leave_hours", is_entry=True)
        return
    if not draft.has("leave_days"):
        return
    column = draft.found("leave_days")
    draft.add(Field("leave_hours", "hours", (column.name,), unit="days"), "leave_days")
    draft.words.append(f'"{column.name}" becomes hours with {draft.hours_per_day:g} hours a day.')


def _doubt_single_days(draft: Draft, role: str) -> None:
    """Ask when leave lasts longer than the one day that is told."""
    days = draft.found("leave_days").values.numbers if draft.has("leave_days") else ()
    longer = sum(1 for number in days if number > 1)
    if longer and "leave_date" not in draft.answers:
        first, length = draft.by_role[role], draft.by_role["leave_days"]
        words = f'"{length}" is above 1, but only "{first}" says when. Which column says the last day of leave?'
        options = tuple(c.name for c in draft.table.columns if c.values.dates > _HALF and c.name != first)
        draft.ask(Question("leave_date", words, (*options, first)))


def _plan_ranges(draft: Draft, hours: list[str]) -> None:
    used = ("leave_range",) if draft.has("leave_range") else _ENDS
    sources = tuple(draft.by_role[role] for role in used)
    length, unit = _length(draft, hours)
    halves = _half_columns(draft)
    found = _Lengths(draft, sources, length, unit, halves) if length else None
    skipped = found.weekend if found else ""
    draft.add(Field("leave_date", "spread_date", sources, unit=skipped), *used)
    names = (length.name if length else "", *halves)
    made = Field("leave_hours", "spread_hours", names, unit=unit or "hours")
    if length:
        draft.add(made, hours[0])
    else:
        draft.fields.append(made)
    draft.mapping |= {name: "leave_hours" for name in halves if name}
    days = "Each working day" if skipped else "Each day"
    draft.words.append(f"{days} from the first to the last becomes a day of leave.")
    if found:
        found.tell(draft)
    flagged = any(is_half(cell) for name in halves if name for cell in draft.table.column(name).values.cells)
    if flagged or (found and found.has_parts):
        ask_hours_per_day(draft, "Some leave of several days begins or ends within a day.")


def _length(draft: Draft, hours: list[str]) -> tuple[FoundColumn | None, str]:
    """Return the column that says how long the leave was, and its unit."""
    if not hours:
        return None, ""
    column = draft.found(hours[0])
    if column.values.is_empty and draft.table.rows:
        return None, ""
    unit = column.label.unit or ("days" if hours[0] == "leave_days" else "")
    if not unit and draft.has("length_unit"):
        named = {unit_of_word(cell) for cell in draft.found("length_unit").values.cells}
        unit = named.pop() if len(named) == 1 else "mixed"
    if unit == "mixed":
        draft.words.append(f'"{column.name}" mixes units; days of leave count as whole days.')
        return None, ""
    return column, unit or "hours"


def _half_columns(draft: Draft) -> tuple[str, str]:
    """Return the columns that say whether the first and the last day are half ones; one alone is of the last."""
    first = last = ""
    for column in draft.table.columns:
        label = read_label(column.name).text
        if column.values.is_empty or not _HALF_LABEL.search(label) or column.values.dates > _HALF:
            continue
        if column.values.share("number") > _HALF and column.values.share("flag") < 1:
            continue
        if _LAST_LABEL.search(label) or first:
            last = last or column.name
        else:
            first = column.name
    return (first, last) if last else ("", first)


@dataclass(frozen=True)
class _Row:
    days: tuple[dt.date, ...]
    stated: float
    halves: int
    is_told: bool


class _Lengths:
    """What the stated lengths tell of ranges: which days of the week count, and what does not agree."""

    def __init__(
        self, draft: Draft, sources: tuple[str, ...], length: FoundColumn, unit: str, halves: tuple[str, str]
    ) -> None:
        self._name = length.name
        self._rows = [] if len(sources) < 2 else self._read(draft, sources, length, unit, halves)
        whole = [row for row in self._rows if len(row.days) > 1]
        scores = {weekend: sum(1 for row in whole if self._fits(row, weekend)) for weekend in _WEEKENDS}
        best = max(scores.values(), default=0)
        self.weekend = next((w for w in _WEEKENDS if scores[w] == best), "") if best else ""
        if scores.get("", 0) == best and all(self._fits(row, "") for row in whole):
            self.weekend = ""  # whatever the days are, all count
        self.has_parts = any(row.halves or (row.stated != int(row.stated) and not row.is_told) for row in whole)

    @staticmethod
    def _read(
        draft: Draft, sources: tuple[str, ...], length: FoundColumn, unit: str, halves: tuple[str, str]
    ) -> list[_Row]:
        table = draft.table
        first, last = (read_days(table.cells(name), draft.order.order) for name in sources[:2])
        stated = read_hours(table.cells(length.name), draft.mark.mark, "hours" if unit == "days" else unit)
        flags = [table.cells(name) if name else [""] * len(first) for name in halves]
        found = []
        texts = [f"{one} {other}" for one, other in zip(*(table.cells(name) for name in sources[:2]), strict=True)]
        for begin, end, amount, text, *marks in zip(first, last, stated, texts, *flags, strict=True):
            if begin and amount and amount > 0:
                end_day = end or begin
                days = tuple(begin + dt.timedelta(days=n) for n in range(max(0, min((end_day - begin).days, 400)) + 1))
                lengths = amount if unit == "days" else amount / HOURS_PER_DAY
                halves_count = sum(1 for mark in marks if is_half(mark))
                found.append(_Row(days, round(lengths, 3), halves_count, bool(_HALF_DAY.search(text))))
        return found

    @staticmethod
    def _fits(row: _Row, weekend: str) -> bool:
        counted = sum(1 for day in row.days if str(day.isoweekday()) not in weekend)
        return math.ceil(row.stated) == counted or row.stated == counted - _HALF * row.halves

    def tell(self, draft: Draft) -> None:
        """Tell where a length says less than the days between, and ask where it says something else altogether."""
        counts: Counter[str] = Counter()
        example = ""
        for row in self._rows:
            counted = sum(1 for day in row.days if str(day.isoweekday()) not in self.weekend) or 1
            gap = counted - row.stated - _HALF * row.halves
            if gap < -_HALF or gap > _MOST_HOLIDAYS or (len(row.days) == 1 and row.stated > 1):
                counts["odd"] += 1
                example = example or f"{row.days[0]} to {row.days[-1]} says {row.stated:g}"
            elif gap >= 1:
                counts["less"] += 1
        if counts["less"]:
            draft.words.append(
                f'{counts["less"]} ranges have fewer days in "{self._name}" than working days: holidays.'
            )
        if counts["odd"] and "leave_hours" not in draft.answers and draft.answers.get("rows.lengths") is None:
            words = f'"{self._name}" does not agree with the days of {counts["odd"]} rows ({example}).'
            draft.ask(Question("rows.lengths", f"{words} Take all days from the first to the last?", ("out", "take")))
