"""A roster for other programs: one calendar for each person, and one workbook for all."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from openpyxl import Workbook
from openpyxl.styles import Font

from analytics.rotation.moves import moves
from analytics.rotation.problem import NONE
from dashboard.answers.rotation_keeping import stints
from dashboard.answers.rotation_plans import plan_rows
from dashboard.i18n import _
from dashboard.views.rows import neutralised

if TYPE_CHECKING:
    from datetime import date

    from analytics.rotation.problem import Plan, Problem

#: Octets of a line of a calendar file (RFC 5545, 3.1).
_LINE_OCTETS: Final = 75


def calendar_text(
    problem: Problem, plan: Plan, person: int, names: dict[str, str], made_at: datetime, *, is_tentative: bool = True
) -> str:
    """Return the stints of a person as an iCalendar file: whole days, Monday to Sunday."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Golive//Roster//EN", "CALSCALE:GREGORIAN"]
    stamp = made_at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    own = problem.person_ids[person]
    for first, last, project, remote in stints(problem, plan, person):
        key = problem.project_ids[project]
        name = names.get(key, key)
        summary = _("{project}, from home").format(project=name) if remote else name
        lines += [
            "BEGIN:VEVENT",
            f"UID:{_escaped(own)}-{_escaped(key)}-{_day(problem.weeks[first])}@golive",
            f"DTSTAMP:{stamp}",
            f"DTSTART;VALUE=DATE:{_day(problem.weeks[first])}",
            f"DTEND;VALUE=DATE:{_day(problem.weeks[last] + timedelta(days=7))}",
            f"SUMMARY:{_escaped(summary)}",
            f"STATUS:{'TENTATIVE' if is_tentative else 'CONFIRMED'}",
            "END:VEVENT",
        ]
    lines.append("END:VCALENDAR")
    return "".join(f"{folded}\r\n" for line in lines for folded in _folded(line))


def _day(day: date) -> str:
    return day.strftime("%Y%m%d")


def _escaped(text: str) -> str:
    """Return text of a calendar: no line of a name may begin a property of its own."""
    return _one_line(text).replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")


def _one_line(text: str) -> str:
    return "".join(" " if ord(sign) < 32 or 127 <= ord(sign) < 160 else sign for sign in text)


def _folded(line: str) -> list[str]:
    """Break a line after 75 octets, never inside a character."""
    parts, current, size = [], "", 0
    for sign in line:
        width = len(sign.encode("utf-8"))
        if size + width > _LINE_OCTETS:
            parts.append(current)
            current, size = " ", 1
        current += sign
        size += width
    return [*parts, current]


def workbook_bytes(
    problem: Problem,
    plan: Plan,
    base: Plan,
    people: dict[str, str],
    projects: dict[str, str],
    checks: list[list[object]],
) -> bytes:
    """Return a workbook with the board, the rows of the plan, the moves, and the check lists of handovers."""
    book = Workbook()
    board = book.active
    board.title = _("Board")
    _write(
        board,
        [_("Person"), *(week.isoformat() for week in problem.weeks)],
        [
            [
                people.get(own, own),
                *(_cell(problem, plan, person, week, projects) for week in range(len(problem.weeks))),
            ]
            for person, own in enumerate(problem.person_ids)
        ],
    )
    rows = plan_rows(problem, plan)
    _write(
        book.create_sheet(_("Plan")),
        [_("Person"), _("Project"), _("Skill"), _("Week"), _("Mode")],
        [
            [people.get(person, person), projects.get(project, project), skill, week, mode]
            for person, project, skill, week, mode in rows.itertuples(index=False, name=None)
        ],
    )
    _write(
        book.create_sheet(_("Moves")),
        [_("Person"), _("First week"), _("Last week"), _("Roster"), _("Plan")],
        [
            [
                people.get(problem.person_ids[move.person], problem.person_ids[move.person]),
                problem.weeks[move.first_week],
                problem.weeks[move.last_week],
                _place(problem, move.before, projects, is_remote=move.was_remote),
                _place(problem, move.after, projects, is_remote=move.is_remote),
            ]
            for move in moves(problem, plan, base)
        ],
    )
    _write(
        book.create_sheet(_("Handovers")),
        [_("Until"), _("Site"), _("Leaves"), _("Takes over"), _("Done"), _("What")],
        checks,
    )
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _cell(problem: Problem, plan: Plan, person: int, week: int, projects: dict[str, str]) -> str:
    if problem.is_absent[person, week]:
        return _("leave")
    role = int(plan.role[person, week])
    project = NONE if role == NONE else int(problem.role_project[role])
    return _place(problem, project, projects, is_remote=bool(plan.is_remote[person, week]))


def _place(problem: Problem, project: int, projects: dict[str, str], *, is_remote: bool) -> str:
    if project == NONE:
        return _("home")
    key = problem.project_ids[project]
    name = projects.get(key, key)
    return _("{project}, from home").format(project=name) if is_remote else name


def _write(sheet, head: list[str], rows: list[list[object]]) -> None:  # type: ignore[no-untyped-def]  # openpyxl has no types
    sheet.append(head)
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for row in rows:
        sheet.append([neutralised(_one_line(value)) if isinstance(value, str) else value for value in row])
    sheet.freeze_panes = "B2"
