"""What is worth taking out of a project: departments, requests, absences by role, spells, and two causes at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pandas as pd

from analytics.postmortem.but_for import REMOVABLE, Removal, weeks_earlier
from dashboard.answers.days import known_week
from dashboard.answers.door import read
from dashboard.answers.known_rows import PEOPLE
from dashboard.answers.postmortem_frames import frames_of

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from analytics.postmortem.account import Account
    from analytics.postmortem.case import Case
    from dashboard.answers.viewers import Viewer

COLUMNS: Final = (
    "kind",
    "key",
    "detail",
    "first_date",
    "last_date",
    "account_weeks",
    "earlier_weeks",
    "difference_weeks",
)
_LEAST_WEEKS: Final = 0.2
_MOST_OF_A_KIND: Final = 4
#: Less leave than two days is no absence that anybody would take out.
_LEAST_ABSENCE_HOURS: Final = 16.0


def but_for_table(file: Path, viewer: Viewer, as_of_date: date, case: Case, account: Account | None) -> pd.DataFrame:
    """Return what each thing taken out would have meant, beside what the account says of it.

    ``kind``: a cause, ``scope`` of a department (``key``), ``request`` (its id), ``absence`` (``detail`` is the role,
    never the person), ``spell`` (``detail`` is its kind), ``together`` (the two largest causes at once, in ``key`` and
    ``detail``). ``account_weeks`` is missing where the account has no line of its own.
    """
    if account is None:
        return pd.DataFrame(columns=list(COLUMNS))
    rows = [
        *_causes(case, account),
        *_departments(case, account),
        *_requests(case, account),
        *_absences(file, viewer, as_of_date, case, account),
        *_spells(case, account),
    ]
    rows += _together(case, account, rows)
    found = pd.DataFrame(rows, columns=list(COLUMNS[:-1]))
    found = found.astype({"account_weeks": "float64", "earlier_weeks": "float64"})
    return found.assign(difference_weeks=found["earlier_weeks"] - found["account_weeks"])


_Row = tuple[str, str, str, "pd.Timestamp | None", "pd.Timestamp | None", "float | None", float]


def _causes(case: Case, account: Account) -> list[_Row]:
    sums = account.lines.groupby("cause")["delay_weeks"].sum()
    return [
        (cause, "", "", None, None, float(sums[cause]), weeks_earlier(case, account, [Removal(cause)]))
        for cause in REMOVABLE
        if cause in sums.index and abs(float(sums[cause])) >= _LEAST_WEEKS
    ]


def _departments(case: Case, account: Account) -> list[_Row]:
    scope = account.lines[account.lines["cause"].eq("scope") & (account.lines["delay_weeks"] >= _LEAST_WEEKS)]
    named = scope[scope["department"].ne("")].head(_MOST_OF_A_KIND)
    return [
        (
            "department",
            str(row["department"]),
            "",
            None,
            None,
            float(row["delay_weeks"]),
            weeks_earlier(case, account, [Removal("scope", str(row["department"]))]),
        )
        for row in named.to_dict("records")
    ]


def _requests(case: Case, account: Account) -> list[_Row]:
    rows = account.requests.sort_values("delay_weeks", ascending=False, kind="stable")
    rows = rows[rows["delay_weeks"] >= _LEAST_WEEKS].head(_MOST_OF_A_KIND)
    return [
        (
            "request",
            str(row["change_request_id"]),
            str(row["department"]),
            pd.Timestamp(row["counted_from"]),
            None,
            float(row["delay_weeks"]),
            weeks_earlier(case, account, [Removal("request", str(row["change_request_id"]))]),
        )
        for row in rows.to_dict("records")
    ]


def _absences(file: Path, viewer: Viewer, as_of_date: date, case: Case, account: Account) -> list[_Row]:
    """Return absences of people whom the viewer may see, by role: nobody is named beside a loss."""
    roles = read(file, viewer, f"select person_id, seniority from {PEOPLE}", week=known_week(as_of_date))
    numbers = frames_of(file, as_of_date).numbers
    known = {numbers.get(str(row["person_id"]), ""): row["seniority"] for row in roles.to_dict("records")}
    leave = case.leave[case.leave["person_id"].isin(list(known))]
    sums = leave.groupby("person_id").agg(
        hours=("leave_hours", "sum"), first=("week_start_date", "min"), last=("week_start_date", "max")
    )
    found: list[_Row] = []
    for person_id, row in sums[sums["hours"] >= _LEAST_ABSENCE_HOURS].iterrows():
        weeks = weeks_earlier(case, account, [Removal("absence", str(person_id))])
        role = known[str(person_id)]
        if weeks >= _LEAST_WEEKS:
            dates = (pd.Timestamp(row["first"]), pd.Timestamp(row["last"]) + pd.Timedelta(days=6))
            found.append(("absence", "", "" if pd.isna(role) else str(role), *dates, None, weeks))
    return sorted(found, key=lambda one: -one[-1])[:_MOST_OF_A_KIND]


def _spells(case: Case, account: Account) -> list[_Row]:
    mondays = account.built.weeks["week_start_date"]
    found: list[_Row] = []
    for spell in account.spells:
        weeks = weeks_earlier(case, account, [Removal("spell", str(spell.first))])
        if weeks >= _LEAST_WEEKS:
            last = pd.Timestamp(mondays.iloc[spell.last]) + pd.Timedelta(days=6)
            found.append(("spell", "", spell.kind, pd.Timestamp(mondays.iloc[spell.first]), last, None, weeks))
    return found


def _together(case: Case, account: Account, rows: list[_Row]) -> list[_Row]:
    """Return the two largest causes taken out at once: where they overlap, less comes of it than of both alone."""
    causes = [row for row in rows if row[0] in REMOVABLE and row[-1] >= _LEAST_WEEKS]
    if len(causes) < 2:
        return []
    first, second = sorted(causes, key=lambda row: -row[-1])[:2]
    weeks = weeks_earlier(case, account, [Removal(first[0]), Removal(second[0])])
    both = (first[5] or 0.0) + (second[5] or 0.0)
    return [("together", first[0], second[0], None, None, both, weeks)]
