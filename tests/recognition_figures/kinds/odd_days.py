"""Days that can't be: swapped by a spreadsheet, to come, trips of a year, one bad date among good ones."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, Final

from tests.recognition_figures.kinds.case import Case, as_csv
from tests.recognition_figures.kinds.firm import FIRMS, Firm, iso, true_hours
from tests.recognition_figures.kinds.quantities import _TRAVEL

if TYPE_CHECKING:
    from collections.abc import Iterator

_SAID: Final = {"date_order": "dmy", "doubt.*": "out"}


def odd_days() -> Iterator[Case]:
    """Return files with days that can't be, in each language."""
    for firm in FIRMS:
        yield _swapped(firm)
        yield _to_come(firm)
        yield _one_bad(firm)
        yield _endless_trips(firm)
        yield _swapped_text(firm)


def _swapped(firm: Firm) -> Case:
    """Days up to the 12th were turned round by a spreadsheet, later ones stayed texts."""
    rows = [(p, project, day + 2, h) for p, project, day, h in firm.rows(40)]
    table: list[list[Any]] = [[firm.date, firm.person, firm.project, firm.hours]]
    for person, project, number, hours in rows:
        day = dt.date.fromisoformat(iso(number))
        cell: Any = (
            dt.datetime.combine(dt.date(day.year, day.day, day.month), dt.time())
            if day.day <= 12
            else f"{day:%d/%m/%Y}"
        )
        table.append([cell, person, project, hours])
    return Case("odd days", f"swapped {firm.code}", f"{firm.code}_s.xlsx", {"A": table}, true_hours(rows), _SAID)


def _to_come(firm: Firm) -> Case:
    """A third of the rows lies months ahead: nothing of the file may count unasked."""
    rows = firm.rows(12)
    table = [[firm.date, firm.person, firm.project, firm.hours]]
    table += [
        [firm.day(day + (400 if number % 3 == 0 else 0)), person, project, firm.number(hours)]
        for number, (person, project, day, hours) in enumerate(rows)
    ]
    text = as_csv(table, firm.delimiter)
    return Case("odd days", f"to come {firm.code}", f"{firm.code}_c.csv", text, {"timesheets": []}, _SAID)


def _one_bad(firm: Firm) -> Case:
    """One date is no date; the other rows count."""
    rows = firm.rows(20)
    table = [[firm.date, firm.person, firm.project, firm.hours]]
    table += [[firm.day(day), person, project, firm.number(hours)] for person, project, day, hours in rows]
    table[8][0] = "31.02.2026" if "." in firm.day_style else "31/02/2026" if "/%Y" in firm.day_style else "2026-02-31"
    expect = {"timesheets": [row for number, row in enumerate(true_hours(rows)["timesheets"]) if number != 7]}
    return Case(
        "odd days", f"one bad date {firm.code}", f"{firm.code}_b.csv", as_csv(table, firm.delimiter), expect, _SAID
    )


def _endless_trips(firm: Firm) -> Case:
    """The year of the return is wrong in two of six trips."""
    number, traveller, out, back, _, _ = _TRAVEL[firm.code]
    table = [[number, traveller, firm.project, out, back]]
    for trip in range(6):
        last = 7 * trip + 2 + (365 if trip % 3 == 0 else 0)
        table.append([f"R-{trip}", firm.people[trip % 3], firm.projects[trip % 3], firm.day(7 * trip), firm.day(last)])
    text = as_csv(table, firm.delimiter)
    return Case("odd days", f"endless trips {firm.code}", f"{firm.code}_t.csv", text, {"trips": []}, _SAID)


def _swapped_text(firm: Firm) -> Case:
    """Every day of a fortnight fits both readings, and months ahead only one: asked, or read rightly."""
    rows = [(p, project, day, h) for p, project, day, h in firm.rows(16)]
    table = [[firm.date, firm.person, firm.project, firm.hours]]
    for person, project, number, hours in rows:
        day = dt.date.fromisoformat(iso(number))
        table.append([f"{day:%d/%m/%Y}", person, project, firm.number(hours)])
    text = as_csv(table, firm.delimiter)
    return Case("odd days", f"slashes {firm.code}", f"{firm.code}_x.csv", text, true_hours(rows), _SAID)
