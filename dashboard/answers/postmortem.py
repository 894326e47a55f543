"""One post-mortem: the account, but for what, when it could have been known, what it cost and brought."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pandas as pd

from analytics.known.groups import SMALLEST_GROUP_COUNT
from analytics.postmortem.account import account_of
from analytics.postmortem.case import NoAccountError
from analytics.postmortem.comparables import beside_usual, comparables_of
from analytics.postmortem.knowable import first_rings, knowable_of, outcomes_of, record_of
from analytics.postmortem.requirements import requirements_of
from analytics.postmortem.result import Costs, Hindsight, PostMortem
from analytics.postmortem.turning_points import turning_points_of
from dashboard.answers.door import home_of
from dashboard.answers.keeping import kept
from dashboard.answers.portfolio import histories_by, projects
from dashboard.answers.postmortem_but_for import but_for_table
from dashboard.answers.postmortem_cases import all_cases
from dashboard.answers.postmortem_frames import costs_of, frames_of, leavers_of
from dashboard.answers.postmortem_frames import outcomes_of as measured_outcomes
from dashboard.answers.postmortem_replays import own_forecasts, signs_of
from data.problems import GoliveError

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from analytics.postmortem.account import Account, WindowsBy
    from analytics.postmortem.case import Case, Gap
    from dashboard.answers.viewers import Viewer

#: Costs of a project that stand beside those of others.
COST_MEASURES: Final = (
    "nights_count",
    "onsite_weeks_count",
    "longest_onsite_count",
    "long_weeks_count",
    "leave_days_count",
)
#: What is told of a project beside its figures; nobody is named.
_SHOWN: Final = ("project_name", "client_name", "product", "site_city")


def ended_projects(file: Path, viewer: Viewer, as_of_date: date) -> pd.DataFrame:
    """Return the projects that a post-mortem can be held on: ended ones first, the latest end first, then running ones.

    ``project_id``, ``project_name``, ``client_name``, ``product``, ``ending``, ``end_date``, ``planned_weeks``,
    ``budget_hours``, ``late_weeks`` (after the first plan; missing while it runs).
    """
    cases = all_cases(file, viewer, as_of_date)
    rows = [
        (
            case.project_id,
            case.ending,
            case.end_date,
            _weeks(case.planned_start_date, case.planned_finish_date),
            case.budget_hours,
            _weeks(case.planned_finish_date, case.end_date) if case.ending == "finished" else float("nan"),
        )
        for case in cases.values()
        if not case.weeks.empty or case.ending != "running"
    ]
    columns = ["project_id", "ending", "end_date", "planned_weeks", "budget_hours", "late_weeks"]
    found = pd.DataFrame(rows, columns=columns).astype({"planned_weeks": "float64", "late_weeks": "float64"})
    named = projects(file)[["project_id", "project_name", "client_name", "product"]]
    found = found.merge(named, on="project_id", how="left", validate="1:1")
    found = found.assign(is_running=found["ending"].eq("running"))
    order = ["is_running", "end_date", "project_id"]
    found = found.sort_values(order, ascending=[True, False, True], kind="stable", ignore_index=True)
    return found.drop(columns="is_running")


@kept(12)
def post_mortem(
    file: Path, viewer: Viewer, as_of_date: date, project_id: str, windows_by: WindowsBy = "month"
) -> PostMortem:
    """Return the post-mortem of one project as known on a day.

    Raises
    ------
    GoliveError
        There is no such project.
    """
    case = all_cases(file, viewer, as_of_date).get(project_id)
    if case is None:
        raise GoliveError(
            f"No project {project_id} is on the list.", "`golive postmortem` without a project shows those there are."
        )
    account, gaps = _account(case, windows_by)
    people_count, left_count, is_over = leavers_of(file, as_of_date, project_id, case.end_date.date())
    is_told = left_count >= SMALLEST_GROUP_COUNT and is_over
    finished = ended_projects(file, viewer, as_of_date)
    after = case.weeks["week_start_date"] > case.end_date
    row = projects(file).set_index("project_id").loc[project_id]
    return PostMortem(
        project_id=project_id,
        project={name: row[name] for name in _SHOWN},
        case=case,
        gaps=gaps,
        account=account,
        but_for=but_for_table(file, viewer, as_of_date, case, account),
        hindsight=_hindsight(file, viewer, as_of_date, case),
        costs=Costs(
            beside_usual(_costs_of_finished(file, as_of_date, finished, project_id), project_id, COST_MEASURES),
            people_count,
            left_count if is_told else None,
            is_over,
        ),
        outcomes=measured_outcomes(file, as_of_date, project_id),
        support_hours=float(case.weeks.loc[after, "booked_hours"].sum()),
        requirements=requirements_of(case.requests),
        comparables=comparables_of(finished, project_id),
    )


def _account(case: Case, windows_by: WindowsBy) -> tuple[Account | None, tuple[Gap, ...]]:
    try:
        return account_of(case, windows_by), ()
    except NoAccountError as lacking:
        return None, lacking.gaps


def _costs_of_finished(file: Path, as_of_date: date, ended: pd.DataFrame, project_id: str) -> pd.DataFrame:
    """Return the costs of finished projects and of the one that is asked about."""
    done = {*ended.loc[ended["ending"].eq("finished"), "project_id"], project_id}
    costs = costs_of(file, as_of_date)
    return costs[costs["project_id"].isin(done)]


def _hindsight(file: Path, viewer: Viewer, as_of_date: date, case: Case) -> Hindsight:
    signs = signs_of(file, as_of_date, case.project_id)
    rings = first_rings(signs)
    day = pd.Timestamp(as_of_date)
    listed = histories_by(file, "baseline").projects
    outcomes = outcomes_of(listed[listed["end_date"] <= day], signs)
    found = None if case.is_known_after_end else knowable_of(signs, rings, outcomes, case.project_id, day)
    record = record_of(rings, outcomes, day, case.project_id)
    own = rings[rings["project_id"].eq(case.project_id)][["sign", "first_week_date"]]
    filed = frames_of(file, as_of_date).first_reports
    reports = filed[filed["project_id"].eq(case.project_id)]
    decisions = decisions_on(file, viewer, as_of_date, case.project_id)
    week = found.week_start_date if found is not None else None
    return Hindsight(
        forecasts=own_forecasts(file, as_of_date, case.project_id),
        signs=record.merge(own, on="sign", how="left", validate="1:1"),
        knowable=found,
        turning=turning_points_of(case, reports, decisions, week),
        reported=_reported(reports, week),
    )


def _reported(reports: pd.DataFrame, week: pd.Timestamp | None) -> pd.DataFrame:
    """Return the newest report that was filed by the end of a week."""
    if week is None:
        return reports.iloc[:0]
    return reports[reports["known_at"] < week + pd.Timedelta(weeks=1)].tail(1).reset_index(drop=True)


def decisions_on(file: Path, viewer: Viewer, as_of_date: date, project_id: str) -> pd.DataFrame:
    """Return the decisions about a project that were in the journal by a day, as they were first written down."""
    from data.journal import JournalError, read_decisions  # noqa: PLC0415 - its libraries are slow to load

    del viewer  # decisions are about projects, which everybody sees
    try:
        found = read_decisions(home_of(file), project_id)
    except JournalError:
        found = []
    rows = [(one.decided_at, one.title) for one in found if one.decided_at.date() <= as_of_date]
    table = pd.DataFrame(rows, columns=["decided_at", "title"])
    return table.assign(decided_at=pd.to_datetime(table["decided_at"]).astype("datetime64[us]"))


def _weeks(start: pd.Timestamp | None, end: pd.Timestamp | None) -> float:
    return float("nan") if start is None or end is None else (end - start) / pd.Timedelta(weeks=1)
