"""Workbooks as small firms lay them out by hand."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, Final

from tests.recognition_figures.kinds.case import Case
from tests.recognition_figures.kinds.firm import FIRMS, MONDAY, Firm, iso, true_hours
from tests.recognition_figures.kinds.row_kinds import WORDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.recognition_figures.kinds.case import Sheets, Truth

_MONTHS: Final = {
    "en": ("January 2026", "February 2026", "March 2026"),
    "de": ("Januar 2026", "Februar 2026", "März 2026"),
    "fr": ("janvier 2026", "février 2026", "mars 2026"),
    "es": ("enero 2026", "febrero 2026", "marzo 2026"),
    "ru": ("Январь 2026", "Февраль 2026", "Март 2026"),
    "ja": ("2026年1月", "2026年2月", "2026年3月"),
    "zh": ("2026年1月", "2026年2月", "2026年3月"),
}
_DAY: Final = {"en": "Day", "de": "Tag", "fr": "Jour", "es": "Día", "ru": "День", "ja": "日", "zh": "日"}
_PLAN: Final = {
    "en": "Plan for next month",
    "de": "Planung nächster Monat",
    "fr": "Prévisions du mois prochain",
    "es": "Previsto para el próximo mes",
    "ru": "План на следующий месяц",
    "ja": "来月の予定",
    "zh": "下月计划",
}
_LETTERS: Final = {
    "en": ("V", "S", "HO"),
    "de": ("U", "K", "HO"),
    "fr": ("CP", "M", "TT"),
    "es": ("V", "B", "TT"),
    "ru": ("О", "Б", "К"),
    "ja": ("有", "病", "出"),
    "zh": ("年", "病", "差"),
}
_SAID: Final = {
    "date_order": "dmy",
    "rows.projects": "take",
    "person_id": "sheet",
    "rows.letters": "take",
    "rows.sums": "out",
    "hours_per_day": "8",
    "table": "timesheets",
}
_Made = tuple["Sheets", "Truth"]


def layouts() -> Iterator[Case]:
    """Return every layout in each language."""
    for firm in FIRMS:
        for name, make in _MAKERS.items():
            sheets, truth = make(firm)
            file = f"{firm.code}_{name.replace(' ', '_')}.xlsx"
            yield Case("layouts", f"{name} {firm.code}", file, sheets, truth, {**_SAID, "table": next(iter(truth))})


def _date(number: int) -> dt.datetime:
    return dt.datetime.combine(MONDAY + dt.timedelta(days=number), dt.time())


def _head(firm: Firm) -> list[Any]:
    return [firm.date, firm.person, firm.project, firm.hours]


def _entries(rows: list[tuple[str, str, int, float]]) -> list[list[Any]]:
    return [[_date(day), person, project, hours] for person, project, day, hours in rows]


def _by_project(firm: Firm, *, total: bool, group: bool) -> _Made:
    table: list[list[Any]] = []
    if group:
        table.append(["", "", firm.project, "", ""])
    table.append([firm.date, firm.person, *firm.projects, *([firm.total] if total else [])])
    expect = []
    for number in range(8):
        person, day = firm.people[number % 2], number // 2
        amounts: list[float | None] = [None, None, None]
        amounts[number % 3], amounts[(number + 1) % 3] = 4, 3.5
        table.append([_date(day), person, *amounts, *([7.5] if total else [])])
        expect += [(person, name, iso(day), hours) for name, hours in zip(firm.projects, amounts, strict=True) if hours]
    if total:
        sums = [sum(float(row[place] or 0) for row in table[1 + group :]) for place in range(2, 6)]
        table.append([firm.total, "", *sums])
    return {"A": table}, {"timesheets": expect}


def _projects_and_total(firm: Firm) -> _Made:
    return _by_project(firm, total=True, group=False)


def _projects_alone(firm: Firm) -> _Made:
    return _by_project(firm, total=False, group=False)


def _projects_below_title(firm: Firm) -> _Made:
    return _by_project(firm, total=True, group=True)


def _month_sheets(firm: Firm, *, weekday: bool) -> _Made:
    """A sheet a month with numbers of days; the person stands above."""
    sheets: dict[str, list[list[Any]]] = {}
    expect = []
    for month, title in enumerate(_MONTHS[firm.code], start=1):
        rows: list[list[Any]] = [[firm.person, firm.people[0]], []]
        rows.append([_DAY[firm.code], firm.project, firm.hours])
        for number in range(6):
            day = 5 + number if month == 1 else 2 + number
            shown = f"{day}." if weekday and firm.code == "de" else day
            rows.append([shown, firm.projects[number % 2], (8, 7.5, 4)[number % 3]])
            expect.append(
                (firm.people[0], firm.projects[number % 2], f"2026-{month:02}-{day:02}", (8, 7.5, 4)[number % 3])
            )
        sheets[title] = rows
    return sheets, {"timesheets": expect}


def _month_numbers(firm: Firm) -> _Made:
    return _month_sheets(firm, weekday=False)


def _month_dotted(firm: Firm) -> _Made:
    return _month_sheets(firm, weekday=True)


def _two_below(firm: Firm) -> _Made:
    """Hours, and a list of leave below."""
    rows = firm.rows(8)
    words = WORDS[firm.code]
    table = [_head(firm), *_entries(rows), [], [], [firm.person, words.leave_label, firm.start, firm.end]]
    table.append([firm.people[0], words.leave, _date(14), _date(15)])
    table.append([firm.people[1], words.sick, _date(17), _date(17)])
    leave = [(firm.people[0], iso(14), "?"), (firm.people[0], iso(15), "?"), (firm.people[1], iso(17), "?")]
    return {"A": table}, {**true_hours(rows), "leave": leave}


def _two_beside(firm: Firm) -> _Made:
    """Hours, and a list of leave to the right."""
    rows = firm.rows(8)
    words = WORDS[firm.code]
    right: list[list[Any]] = [
        [firm.person, words.leave_label, firm.start, firm.end],
        [firm.people[0], words.leave, _date(14), _date(15)],
        [firm.people[1], words.sick, _date(17), _date(17)],
    ]
    left = [_head(firm), *_entries(rows)]
    table = [[*line, None, *(right[number] if number < len(right) else [])] for number, line in enumerate(left)]
    leave = [(firm.people[0], iso(14), "?"), (firm.people[0], iso(15), "?"), (firm.people[1], iso(17), "?")]
    return {"A": table}, {**true_hours(rows), "leave": leave}


def _plan_below(firm: Firm) -> _Made:
    rows = firm.rows(8)
    later = [(person, project, day + 30, 8.0) for person, project, day, _ in rows]
    return {"A": [_head(firm), *_entries(rows), [], [_PLAN[firm.code]], _head(firm), *_entries(later)]}, true_hours(
        rows
    )


def _group_titles(firm: Firm) -> _Made:
    """The title of each group is its project; the header stands again below it."""
    rows = sorted(firm.rows(12), key=lambda row: row[1])
    table: list[list[Any]] = []
    for project in sorted(set(firm.projects)):
        some = [row for row in rows if row[1] == project]
        table += [[project], [firm.person, firm.date, firm.hours]]
        table += [[person, _date(day), hours] for person, _, day, hours in some]
        table += [["", "", sum(row[3] for row in some)], []]
    return {"A": table}, true_hours(rows)


def _name_above(firm: Firm) -> _Made:
    rows = [(firm.people[0], project, day, hours) for _, project, day, hours in firm.rows(10, (4, 3.5))]
    table: list[list[Any]] = [
        [f"{firm.person}: {firm.people[0]}"],
        [],
        [firm.date, firm.project, firm.task, firm.hours],
        *([_date(day), project, "CR 7", hours] for _, project, day, hours in rows),
        [firm.total, "", "", sum(row[3] for row in rows)],
    ]
    return {"A": table}, true_hours(rows)


def _sheet_a_person(firm: Firm) -> _Made:
    """A sheet for each person, whose name is the name of the sheet."""
    rows = firm.rows(12)
    sheets: dict[str, list[list[Any]]] = {}
    for person in firm.people[:2]:
        sheets[person] = [[firm.date, firm.project, firm.hours]]
        sheets[person] += [[_date(day), project, hours] for who, project, day, hours in rows if who == person]
    return sheets, true_hours(rows)


def _planner(firm: Firm, *, legend: bool) -> _Made:
    away, sick, other = _LETTERS[firm.code]
    words = WORDS[firm.code]
    meant = words.trip if firm.code in ("ru", "ja", "zh") else words.remote
    table: list[list[Any]] = [[_MONTHS[firm.code][2]], [firm.person, *range(1, 32)]]
    cells = {0: {2: away, 3: away, 10: other}, 1: {16: sick, 17: sick}, 2: {20: away, 24: other}}
    expect = []
    for who, days in cells.items():
        table.append([firm.people[who], *(days.get(day, "") for day in range(1, 32))])
        expect += [(firm.people[who], f"2026-03-{day:02}", "?") for day, one in days.items() if one != other]
    if legend:
        table += [[], [f"{away} = {words.leave}, {sick} = {words.sick}, {other} = {meant}"]]
    return {"A": table}, {"leave": expect}


def _planner_and_legend(firm: Firm) -> _Made:
    return _planner(firm, legend=True)


def _two_row_header(firm: Firm) -> _Made:
    """Groups above the labels, merged over several columns."""
    rows = firm.rows(10)
    labels = [firm.date, firm.person, firm.project, firm.hours, firm.note]
    table: list[list[Any]] = [["", "", firm.task, "", firm.note], labels]
    table += [[_date(day), person, project, hours, "ok"] for person, project, day, hours in rows]
    return {"A": table}, true_hours(rows)


def _merged_days(firm: Firm) -> _Made:
    """The day and the person stand on the first row of each group alone."""
    rows = sorted(firm.rows(12), key=lambda row: (row[2], row[0]))
    table: list[list[Any]] = [[firm.date, firm.person, firm.project, firm.hours]]
    last: Any = None
    for person, project, day, hours in rows:
        table.append([_date(day) if day != last else None, person, project, hours])
        last = day
    return {"A": table}, true_hours(rows)


_MAKERS: Final[dict[str, Callable[[Firm], _Made]]] = {
    "projects and total": _projects_and_total,
    "projects alone": _projects_alone,
    "projects below a title": _projects_below_title,
    "sheet a month": _month_numbers,
    "sheet a month dotted": _month_dotted,
    "leave below": _two_below,
    "leave beside": _two_beside,
    "plan below": _plan_below,
    "group titles": _group_titles,
    "name above": _name_above,
    "sheet a person": _sheet_a_person,
    "planner with legend": _planner_and_legend,
    "two header rows": _two_row_header,
    "merged days": _merged_days,
}
