"""Grids made by hand: a row per person and project, a column per day, the month or year in a title only."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import openpyxl

from tests.recognition_figures.records import records
from tests.recognition_figures.shapes import Shape
from tests.recognition_figures.variants import MadeFile

if TYPE_CHECKING:
    import random
    from pathlib import Path

    from tests.recognition_figures.records import Record

LAYOUTS: Final = ("month in title", "short days", "whole days", "weekdays")
SHAPE: Final = Shape("unknown", "Own grid of days", "timesheets", (), (), (), (), {})
_MONTHS: Final = {
    "en": (
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    ),
    "de": (
        *("Januar", "Februar", "März", "April", "Mai", "Juni"),
        *("Juli", "August", "September", "Oktober", "November", "Dezember"),
    ),
    "fr": (
        *("janvier", "février", "mars", "avril", "mai", "juin"),
        *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
    ),
    "ru": (
        *("январь", "февраль", "март", "апрель", "май", "июнь"),
        *("июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь"),
    ),
}
_LABELS: Final = {
    "en": ("Name", "Project", "Total"),
    "de": ("Mitarbeiter", "Projekt", "Summe"),
    "fr": ("Collaborateur", "Projet", "Total"),
    "ru": ("Сотрудник", "Проект", "Итого"),
    "zh": ("姓名", "项目", "合计"),
}
_WEEKDAYS: Final = {
    "en": ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
    "de": ["Mo", "Di", "Mi", "Do", "Fr", "Sa", "So"],
    "fr": ["lun", "mar", "mer", "jeu", "ven", "sam", "dim"],
    "ru": ["пн", "вт", "ср", "чт", "пт", "сб", "вс"],
    "zh": ["周一", "周二", "周三", "周四", "周五", "周六", "周日"],
}


def make_grid(layout: str, folder: Path, chance: random.Random) -> MadeFile:
    """Write one grid as a workbook."""
    language = chance.choice(list(_LABELS))
    first = dt.date(2025, 1, 1) + dt.timedelta(days=chance.randrange(480))
    first = first.replace(day=1) if layout == "month in title" else first - dt.timedelta(days=first.weekday())
    count = ((first + dt.timedelta(days=31)).replace(day=1) - first).days if layout == "month in title" else 7
    days = [first + dt.timedelta(days=number) for number in range(count)]
    # A week that lasts into another year needs both years above it, which only some people write.
    years = f"{days[0]:%Y}" if days[0].year == days[-1].year else f"{days[0]:%Y}/{days[-1]:%Y}"
    title, labels = _titles(layout, language, days, years)
    name, project, total = _LABELS[language]
    made: list[Record] = []
    lines: list[list[str | float | None]] = [[title], [], [name, project, *labels, total]]
    for person in {one.name: one for one in records(language, 12, chance)}.values():
        amounts = [None if chance.random() < 0.3 else chance.randrange(2, 40) / 4 for _ in days]
        made += [_entry(person, day, amount) for day, amount in zip(days, amounts, strict=True) if amount]
        lines.append([person.name, person.project_name, *amounts, sum(filter(None, amounts))])
    sums = [sum(float(line[place] or 0) for line in lines[3:]) for place in range(2, len(days) + 3)]
    lines.append([chance.choice((total, "")), "", *sums])
    book = openpyxl.Workbook()
    for line in lines:
        book.active.append(line)
    path = folder / f"hours_{chance.randrange(10**9)}x.xlsx"
    book.save(path)
    hours: tuple[str, ...] = ("worked_hours",)
    columns = {name: ("person_id",), project: ("project_id",), **dict.fromkeys(labels, hours)}
    return MadeFile(path, SHAPE, layout, columns, tuple(made))


def _titles(layout: str, language: str, days: list[dt.date], years: str) -> tuple[str, list[str]]:
    if layout == "month in title":
        month = f"{years}年{days[0].month}月" if language == "zh" else f"{_MONTHS[language][days[0].month - 1]} {years}"
        return f"Timesheet {month}", [str(day.day) for day in days]
    if layout == "short days":
        sign = "月{:02}日" if language == "zh" else ""
        shown = [
            f"{day.month}{sign.format(day.day)}" if sign else f"{_WEEKDAYS[language][day.weekday()]} {day:%d.%m.}"
            for day in days
        ]
        return f"Timesheet {years}", shown
    if layout == "weekdays":
        return f"Week of {days[0]:%Y-%m-%d}", [_WEEKDAYS[language][day.weekday()] for day in days]
    return "Timesheet", [f"{day:%m/%d/%Y}" if language == "en" else f"{day:%d.%m.%Y}" for day in days]


def _entry(person: Record, day: dt.date, hours: float) -> Record:
    return replace(person, started=dt.datetime.combine(day, dt.time(8)), minutes=round(60 * hours))
