"""A played firm as the files that it would export: the columns of docs/data-contracts.md."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from tests.portfolios.plans import PHASES
from tests.portfolios.staff import FIRST_MONDAY

if TYPE_CHECKING:
    from pathlib import Path

    from tests.portfolios.firm import Firm
    from tests.portfolios.life import Booking, Life, Request
    from tests.portfolios.staff import Person


class _Entry(NamedTuple):
    """Hours of one person on one day."""

    life: Life
    booking: Booking
    person: Person
    weekday: int
    worked_hours: float


def write_firm(firm: Firm, folder: Path) -> None:
    """Write one CSV file for each table."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, table in firm_tables(firm).items():
        table.to_csv(folder / f"{name}.csv", index=False)


def firm_tables(firm: Firm) -> dict[str, pd.DataFrame]:
    """Return every table of the firm as text and numbers, ready for a CSV file."""
    people = [person for seat in firm.seats for person in seat.people if person.first_week < firm.week_count]
    return {
        "projects": pd.DataFrame([_project(life, firm.week_count) for life in firm.lives]),
        "status_reports": pd.DataFrame([row for life in firm.lives for row in _reports(life, firm.week_count)]),
        "work_packages": pd.DataFrame([row for life in firm.lives for row in _packages(life)]),
        "people": pd.DataFrame([_person(person) for person in people]),
        "timesheets": _timesheets(firm, people),
        "change_requests": pd.DataFrame(
            [_request(request, life, firm.week_count) for life in firm.lives for request in life.requests],
        ),
        "leave": pd.DataFrame([row for person in people for row in _leave(person, firm.week_count)]),
        "assignments": _assignments(firm),
    }


def _day(week: int, weekday: int = 0) -> str:
    return f"{FIRST_MONDAY + pd.Timedelta(days=week * 7 + weekday):%Y-%m-%d}"


def is_live(life: Life, week_count: int) -> bool:
    """Whether the client had begun to use it by the last week."""
    return life.go_live_week is not None and life.go_live_week < week_count


def _project(life: Life, week_count: int) -> dict[str, object]:
    plan, last = life.plan, week_count - 1
    live = _day(life.go_live_week or 0, plan.number % 5) if is_live(life, week_count) else ""
    status = "finished" if live else "on_hold" if life.is_on_hold(last) else "active"
    if not live and life.cancelled_week is not None and life.cancelled_week <= last and life.done_week is None:
        status = "cancelled"
    return {
        "project_id": plan.project_id,
        "client_name": plan.client_name,
        "product": plan.product,
        "start_date": _day(plan.start_week),
        "baseline_finish_date": _day(plan.start_week + plan.planned_weeks),
        "planned_finish_date": _day(life.planned_finish_week),
        "budget_hours": round(plan.budget_hours, 1),
        "status": status,
        "actual_finish_date": live,
        "go_live_date": live,
    }


def _reports(life: Life, week_count: int) -> list[dict[str, object]]:
    return [
        {
            "project_id": life.plan.project_id,
            "as_of_date": _day(report.week, 4),
            "planned_finish_date": _day(report.planned_finish_week),
            "progress_ratio": report.progress,
            "reported_status": report.light,
            "phase": report.phase,
        }
        for report in life.reports
        if report.week < week_count
    ]


def _packages(life: Life) -> list[dict[str, object]]:
    """Return the packages of the first plan, one phase after the other over the planned weeks."""
    plan, begin, rows = life.plan, 0.0, []
    for phase, share, *_ in PHASES:
        first, last = (plan.start_week * 7 + place * plan.planned_weeks * 7 for place in (begin, begin + share))
        begin += share
        for package in life.packages:
            if package.phase != phase or not package.is_scope or package.request_id:
                continue
            rows.append(
                {
                    "package_id": package.package_id,
                    "project_id": plan.project_id,
                    "phase": phase,
                    "planned_hours": package.planned_hours,
                    "planned_start_date": _day(0, int(first)),
                    "planned_finish_date": _day(0, int(last)),
                    "progress_ratio": round(package.true_share, 2),
                    "actual_finish_date": "" if package.done_week is None else _day(package.done_week, 4),
                }
            )
    return rows


def _person(person: Person) -> dict[str, object]:
    return {
        "person_id": person.person_id,
        "team_name": person.team_name,
        "seniority": person.seniority,
        "weekly_hours": person.weekly_hours,
        "hired_date": _day(person.first_week),
        "left_date": "" if person.last_week is None else _day(person.last_week, 6),
    }


def _request(request: Request, life: Life, week_count: int) -> dict[str, object]:
    last = week_count - 1
    status = request.status(last)
    is_decided = status != "submitted" and request.decided_week is not None
    package = request.package
    is_done = status == "done" and package is not None and package.done_week is not None
    return {
        "change_request_id": request.request_id,
        "project_id": life.plan.project_id,
        "raised_at": f"{_day(request.raised_week, 2)}T10:00:00",
        "requested_by": request.department,
        "kind": request.kind,
        "phase_at_arrival": request.phase,
        "status": status,
        "decided_at": f"{_day(request.decided_week or 0, 3)}T15:00:00" if is_decided else "",
        "completed_at": f"{_day(package.done_week or 0, 4)}T16:00:00" if is_done and package else "",
        "estimated_hours": request.estimated_hours,
        "actual_hours": round(package.spent_hours, 1) if is_done and package else "",
        "is_confirmed_by_prototype": "yes" if request.is_confirmed else "no",
        "cause": request.cause,
    }


def _leave(person: Person, week_count: int) -> list[dict[str, object]]:
    last = week_count if person.last_week is None else person.last_week + 1
    days = sorted(day for day in person.days_away if person.first_week * 5 <= day < last * 5)
    return [{"person_id": person.person_id, "leave_date": _day(day // 5, day % 5)} for day in days]


def _timesheets(firm: Firm, people: list[Person]) -> pd.DataFrame:
    """Lay each week's hours on the days that the person was there; entries are filed when the person gets to it."""
    known = {person.person_id: person for person in people}
    draw = np.random.default_rng([len(firm.lives), firm.seed, 13])
    promised: dict[tuple[str, int], float] = {}
    for life in firm.lives:
        for booking in life.bookings:
            key = (booking.person_id, booking.week)
            promised[key] = promised.get(key, 0.0) + booking.worked_hours
    used: dict[tuple[str, int], float] = {}
    rows: list[_Entry] = []
    for life in firm.lives:
        for booking in life.bookings:
            key, person = (booking.person_id, booking.week), known[booking.person_id]
            days = [day for day in range(5) if booking.week * 5 + day not in person.days_away]
            if days:
                begin = used.get(key, 0.0)
                used[key] = begin + booking.worked_hours
                spread = _over_days(begin, booking.worked_hours, promised[key] / len(days))
                rows += [_Entry(life, booking, person, days[min(n, len(days) - 1)], hours) for n, hours in spread]
    return _as_entries(rows, draw)


def _over_days(begin: float, worked: float, a_day: float) -> list[tuple[int, float]]:
    """Cut hours that begin at some point of a week at the ends of its days, all equally long."""
    found = []
    while worked > 1e-6:
        day = int((begin + 1e-6) // a_day)
        part = min(worked, a_day * (day + 1) - begin)
        found.append((day, round(part, 2)))
        begin, worked = begin + part, worked - part
    return [(day, hours) for day, hours in found if hours > 0]


def _as_entries(rows: list[_Entry], draw: np.random.Generator) -> pd.DataFrame:
    weeks = np.array([row.booking.week for row in rows], dtype=np.int64)
    dates = FIRST_MONDAY + pd.to_timedelta(
        weeks * 7 + np.array([row.weekday for row in rows], dtype=np.int64), unit="D"
    )
    lags = np.array([row.person.filing_lag_days for row in rows])
    filed = FIRST_MONDAY + pd.to_timedelta(weeks * 7 + 4.7 + draw.exponential(np.maximum(lags, 0.1)), unit="D")
    return pd.DataFrame(
        {
            "entry_id": np.arange(1, len(rows) + 1),
            "person_id": [row.person.person_id for row in rows],
            "project_id": [row.life.plan.project_id for row in rows],
            "work_date": dates.strftime("%Y-%m-%d"),
            "worked_hours": [row.worked_hours for row in rows],
            "activity": [row.booking.activity for row in rows],
            "change_request_id": [row.booking.request_id for row in rows],
            "package_id": [row.booking.package_id for row in rows],
            "submitted_at": filed.strftime("%Y-%m-%dT%H:%M:%S"),
        }
    )


def _assignments(firm: Firm) -> pd.DataFrame:
    """Plan who is on a project up to its plan of record, as the plan stood at the end of each week."""
    rows = []
    for life in firm.lives:
        first, last = life.plan.start_week, min(max(finish for _, finish in life.replans), firm.week_count + 60)
        for seat in life.staffed:
            for week in range(first, last):
                person = seat.person_in(min(week, firm.week_count - 1))
                if person is not None:
                    rows.append((person.person_id, life.plan.project_id, week, person.weekly_hours * life.plan.share))
    table = pd.DataFrame(rows, columns=["person_id", "project_id", "week", "planned_hours"])
    table = table.drop_duplicates(["person_id", "project_id", "week"])
    mondays = FIRST_MONDAY + pd.to_timedelta(table["week"].to_numpy() * 7, unit="D")
    return pd.DataFrame(
        {
            "person_id": table["person_id"],
            "project_id": table["project_id"],
            "week_start_date": mondays.strftime("%Y-%m-%d"),
            "planned_hours": table["planned_hours"].round(1),
        }
    )
