"""Sums without the word total."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from tests.recognition_figures.kinds.case import Case, as_csv
from tests.recognition_figures.kinds.firm import FIRMS, Firm, true_hours

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_Rows = list[tuple[str, str, int, float]]


def sums() -> Iterator[Case]:
    """Return files with rows that repeat the sum of others, in each language."""
    for firm in FIRMS:
        rows = firm.rows(12)
        for name, make in _SHAPES.items():
            table = make(firm, rows)
            file = f"{firm.code}_{name}"
            kind = "sums"
            yield Case(
                kind, f"{name} {firm.code}", f"{file}.csv", as_csv(table, firm.delimiter), true_hours(rows), _SAID
            )
            if firm.code in ("de", "zh"):
                yield Case(kind, f"{name} {firm.code} xlsx", f"{file}.xlsx", {"A": table}, true_hours(rows), _SAID)


_SAID = {"rows.sums": "out", "date_order": "dmy"}


def _entry(firm: Firm, row: tuple[str, str, int, float]) -> list[str]:
    person, project, day, hours = row
    return [firm.day(day), person, project, firm.number(hours)]


def _head(firm: Firm) -> list[str]:
    return [firm.date, firm.person, firm.project, firm.hours]


def _by_day(firm: Firm, rows: _Rows, sum_row: Callable[[str, str], list[str]]) -> list[list[str]]:
    table = [_head(firm)]
    for day, group in groupby(rows, key=lambda row: row[2]):
        some = list(group)
        table += [_entry(firm, row) for row in some]
        table.append(sum_row(firm.day(day), firm.number(sum(row[3] for row in some))))
    return table


def _day_sums(firm: Firm, rows: _Rows) -> list[list[str]]:
    return _by_day(firm, rows, lambda day, hours: [day, "", "", hours])


def _bare_sums(firm: Firm, rows: _Rows) -> list[list[str]]:
    return _by_day(firm, rows, lambda _day, hours: ["", "", "", hours])


def _dashed_sums(firm: Firm, rows: _Rows) -> list[list[str]]:
    return _by_day(firm, rows, lambda day, hours: [f"--- {day} ---", "", "", hours])


def _by_person(firm: Firm, rows: _Rows, sum_row: Callable[[str, str], list[str]], *, above: bool) -> list[list[str]]:
    table = [_head(firm)]
    ordered = sorted(rows, key=lambda row: (row[0], row[2]))
    for person, group in groupby(ordered, key=lambda row: row[0]):
        some = list(group)
        told = sum_row(person, firm.number(sum(row[3] for row in some)))
        entries = [_entry(firm, row) for row in some]
        table += [told, *entries] if above else [*entries, told]
    return table


def _person_sums(firm: Firm, rows: _Rows) -> list[list[str]]:
    return _by_person(firm, rows, lambda person, hours: ["", person, "", hours], above=False)


def _sums_above(firm: Firm, rows: _Rows) -> list[list[str]]:
    return _by_person(firm, rows, lambda person, hours: ["", person, "", hours], above=True)


def _named_sums(firm: Firm, rows: _Rows) -> list[list[str]]:
    return _by_person(firm, rows, lambda person, hours: ["", f"{firm.total} {person}", "", hours], above=False)


def _grand_total(firm: Firm, rows: _Rows) -> list[list[str]]:
    return [_head(firm), *(_entry(firm, row) for row in rows), ["", "", "", firm.number(sum(row[3] for row in rows))]]


def _both_sums(firm: Firm, rows: _Rows) -> list[list[str]]:
    table = _day_sums(firm, rows)
    return [*table, ["", "", "", firm.number(sum(row[3] for row in rows))]]


def _group_rows(firm: Firm, rows: _Rows) -> list[list[str]]:
    """A person's row with the sum, then entries without the person."""
    table = [[firm.person, firm.date, firm.project, firm.hours]]
    ordered = sorted(rows, key=lambda row: (row[0], row[2]))
    for person, group in groupby(ordered, key=lambda row: row[0]):
        some = list(group)
        table.append([person, "", "", firm.number(sum(row[3] for row in some))])
        table += [["", firm.day(day), project, firm.number(hours)] for _, project, day, hours in some]
    return table


def _project_groups(firm: Firm, rows: _Rows) -> list[list[str]]:
    """A project's row with the sum, then entries without the project."""
    table = [[firm.project, firm.date, firm.person, firm.hours]]
    ordered = sorted(rows, key=lambda row: (row[1], row[2]))
    for project, group in groupby(ordered, key=lambda row: row[1]):
        some = list(group)
        table.append([project, "", "", firm.number(sum(row[3] for row in some))])
        table += [["", firm.day(day), person, firm.number(hours)] for person, _, day, hours in some]
    return table


def _titled_days(firm: Firm, rows: _Rows) -> list[list[str]]:
    """``--- name - day ---`` in the first cell, then entries."""
    table: list[list[Any]] = [_head(firm)]
    for (person, day), group in groupby(sorted(rows, key=lambda r: (r[0], r[2])), key=lambda row: (row[0], row[2])):
        some = list(group)
        table.append([f"--- {person} - {firm.day(day)} ---", "", "", firm.number(sum(row[3] for row in some))])
        table += [_entry(firm, row) for row in some]
    return table


_SHAPES: dict[str, Callable[[Firm, _Rows], list[list[str]]]] = {
    "day_sums": _day_sums,
    "bare_sums": _bare_sums,
    "dashed_sums": _dashed_sums,
    "person_sums": _person_sums,
    "sums_above": _sums_above,
    "named_sums": _named_sums,
    "grand_total": _grand_total,
    "both_sums": _both_sums,
    "group_rows": _group_rows,
    "project_groups": _project_groups,
    "titled_days": _titled_days,
}
