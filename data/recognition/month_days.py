"""Days as numbers of a month that stands elsewhere: above the table, on the sheet's tab, in the file's name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from data.recognition.grid_titles import month_of, period_of
from data.recognition.labels import read_label
from data.recognition.recipe import Field
from data.recognition.understanding import Question, Why

if TYPE_CHECKING:
    from data.recognition.columns import FoundColumn
    from data.recognition.drafting import Draft

_LABELS: Final = frozenset(
    (
        *(
            "day",
            "date",
            "datum",
            "tag",
            "jour",
            "jours",
            "dia",
            "giorno",
            "dag",
            "dzien",
            "fecha",
            "data",
            "nr",
            "no",
            "d",
        ),
        *("день", "дата", "число", "日", "日付", "日期", "号", "日にち"),
    )
)
_DAY: Final = re.compile(
    r"(?:[^\W\d_]{1,10}\.?,?\s*)?(?:0?[1-9]|[12]\d|3[01])(?:\.0+)?\s*[.日号號]?(?:\s*[^\W\d_]{1,10}\.?)?"
)
_MOSTLY: Final = 0.95
_MONTH_KEY: Final = re.compile(
    r"(?i)^(month|monat|mois|mes|mese|mês|maand|месяц|月份?|年月|対象月|period|zeitraum|période|期间)$"
)
_YEAR_MONTH: Final = re.compile(r"(20\d{2})[-/.年]\s?(\d{1,2})")
_SHORT: Final = re.compile(r"([^\W\d_]{3,12})\.?[\s_'’-]*(\d{2})\b")


def plan_month_day(draft: Draft) -> bool:
    """Make days of numbers from 1 to 31 and the month that the file names; ask for it where it doesn't."""
    column = _day_column(draft)
    if column is None:
        return False
    months = _months(draft)
    said = draft.answers.get("month", "")
    if not said and len(months) != 1:
        words = f'"{column.name}" holds days of a month, but the file doesn\'t say of which. Say it as 2026-04.'
        draft.ask(Question("month", words, tuple(sorted(months))))
    month = said or (min(months) if months else "2024-01")
    draft.fields.append(Field("work_date", "month_day", (column.name,), argument=month))
    draft.by_role = {role: name for role, name in draft.by_role.items() if name != column.name}
    draft.mapping[column.name] = "work_date"
    draft.reasons[column.name] = Why("work_date", 0.9, "value pattern", f'"{column.name}" holds days of {month}')
    draft.words.append(f'"{column.name}" holds days of the month {month}.')
    return True


def _day_column(draft: Draft) -> FoundColumn | None:
    for column in draft.table.columns:
        cells = column.values.cells
        if not cells or read_label(column.name).text not in _LABELS:
            continue
        if sum(1 for cell in cells if _DAY.fullmatch(cell)) >= _MOSTLY * len(cells) and len(cells) > 1:
            return column
    return None


def _months(draft: Draft) -> set[str]:
    """Return the months that the file names: behind a word for it, in titles, on the sheet, in the file's name."""
    for label, value in draft.table.notes:
        found = _YEAR_MONTH.search(value)
        if _MONTH_KEY.match(read_label(label).text) and found:
            return {f"{found.group(1)}-{int(found.group(2)):02}"}
    titles = [title for title in draft.table.place.titles if title]
    for titled in titles:
        found = _YEAR_MONTH.search(titled)
        if found and any(_MONTH_KEY.match(word.strip(":： ")) for word in titled.split()):
            return {f"{found.group(1)}-{int(found.group(2)):02}"}
    for text in ([*titles, draft.sheet], [draft.file]):
        months = set(period_of(text).months)
        if months:
            return months
        short = {
            f"20{m.group(2)}-{month_of(m.group(1)):02}"
            for one in text
            for m in _SHORT.finditer(one)
            if month_of(m.group(1))
        }
        if short:
            return short
    return set()
