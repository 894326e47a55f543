"""Projects, their states as known, and their forecasts."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from analytics.delay.known import Histories, prepare_histories
from analytics.delay.portfolio import forecast_history_on, forecast_on
from analytics.delay.progress_model.fitting import MODEL_VERSION
from analytics.delay.together import JointStatement, joint_on
from dashboard.answers.days import known_week, week_before
from dashboard.answers.door import home_of, read_firm, read_unseen
from dashboard.answers.fits import keep_fits, recalled_fits
from dashboard.answers.keeping import kept
from data import settings

if TYPE_CHECKING:
    from pathlib import Path

    from analytics.delay.committed import CommittedBy
    from dashboard.answers.viewers import Viewer

#: The same rows give the same figures on every page and every day.
SEED: Final = 20_260_401

#: So far back goes the forecast history of a project.
HISTORY_WEEKS_COUNT: Final = 26

#: A median that moved by fewer days has not moved; so many moves are told with their reason.
MOVED_DAYS: Final = 3.5
TOLD_MOVES_COUNT: Final = 6

#: Each point learns anew from what was finished by then, so every second week has to do.
HISTORY_STEP_WEEKS: Final = 2


@kept(2, is_shared=True)
def project_states(file: Path) -> pd.DataFrame:
    """Return what the forecast reads of every project's weeks. The frame is shared: nobody may change it."""
    return read_firm(
        file,
        """
        select
            project_id,
            week_start_date,
            baseline_finish_date,
            planned_finish_date,
            progress_date,
            progress_ratio,
            planned_progress_ratio,
            booked_hours,
            budget_hours,
            scope_hours,
            is_assumed
        from marts.project_states
        order by project_id, week_start_date
        """,
    )


@kept(2, is_shared=True)
def projects(file: Path) -> pd.DataFrame:
    """Return every project with its manager's name. The frame is shared: nobody may change it."""
    return read_firm(
        file,
        """
        select projects.*, people.person_name as manager_name
        from marts.projects as projects
        left join marts.people as people on projects.manager_person_id = people.person_id
        order by projects.project_id
        """,
    )


def _change_requests(file: Path) -> pd.DataFrame:
    """Return what the forecast reads of change requests: every version, because a past day knew the earlier ones."""
    return read_firm(
        file,
        """
        select
            change_request_id,
            project_id,
            raised_at,
            known_date,
            superseded_at::date as superseded_date,
            decided_at,
            estimated_hours,
            is_approved,
            is_rejected,
            cause
        from marts.change_request_versions
        order by project_id, change_request_id, known_at, row_id
        """,
    )


#: What is known of the weeks ahead: plans and hours by the week in which they became known, leave by the day.
_AHEAD_QUERIES: Final = {
    "assignment_weeks": """
        select person_id, project_id, week_start_date, known_week_date, planned_hours
        from marts.assignment_weeks
        order by all
        """,
    "person_project_weeks": """
        select person_id, project_id, week_start_date, known_week_date, worked_hours
        from marts.person_project_weeks
        order by all
        """,
    "leave": """
        select person_id, leave_date, known_date, leave_hours
        from marts.leave_days
        order by all
        """,
}


def committed_by(file: Path) -> CommittedBy:
    """Return what lateness is measured against in the home of a warehouse file."""
    chosen = settings.committed_by(home_of(file))
    return "current_plan" if chosen == "current_plan" else "baseline"


@kept(2, is_shared=True)
def _prepared(file: Path) -> Histories:
    ahead = {name: read_unseen(file, query) for name, query in _AHEAD_QUERIES.items()}
    return prepare_histories(
        project_states(file),
        projects(file),
        change_requests=_change_requests(file),
        assignment_weeks=ahead["assignment_weeks"],
        person_project_weeks=ahead["person_project_weeks"],
        leave=ahead["leave"],
        fits=recalled_fits(file),
    )


@kept(4, is_shared=True)
def histories_by(file: Path, measured_by: CommittedBy) -> Histories:
    """Return states and projects made ready for forecasts of any day. They are shared: nobody may change them.

    They hold the fits of the home of the file; who computes with them calls ``keep_fits`` afterwards.
    """
    return _prepared(file).measured_by(measured_by)


def histories(file: Path) -> Histories:
    """Do as ``histories_by``, with lateness measured as the home says."""
    return histories_by(file, committed_by(file))


def committed_date(file: Path, viewer: Viewer, as_of_date: date, project_id: str) -> pd.Timestamp | None:  # noqa: ARG001 - scope
    """Return the committed date of a project as known on a day, or nothing where no plan was known."""
    states = histories(file).of_project(project_id).states
    known = states[states["week_start_date"] <= pd.Timestamp(known_week(as_of_date))]
    date = known["committed_date"].iloc[-1] if len(known) else None
    return None if date is None or pd.isna(date) else pd.Timestamp(date)


@kept(12, on_record=())
def _forecasts(
    file: Path,
    viewer: Viewer,  # noqa: ARG001 - cache key
    as_of_date: date,
    measured_by: CommittedBy,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the forecasts of ``as_of_date`` and of the Sunday a week before, side by side: numpy lets threads run."""
    ready = histories_by(file, measured_by)
    days = [pd.Timestamp(as_of_date), pd.Timestamp(week_before(as_of_date))]
    with ThreadPoolExecutor(len(days)) as pool:
        now, before = pool.map(lambda day: forecast_on(ready, day, seed=SEED), days)
    keep_fits(file, ready.fits)
    return now, before


def _both_forecasts(file: Path, viewer: Viewer, as_of_date: date) -> tuple[pd.DataFrame, pd.DataFrame]:
    return _forecasts(file, viewer, as_of_date, committed_by(file))


def forecast(file: Path, viewer: Viewer, as_of_date: date) -> pd.DataFrame:
    """Return the forecast of each running project as known on ``as_of_date``."""
    return _both_forecasts(file, viewer, as_of_date)[0]


def forecast_week_ago(file: Path, viewer: Viewer, as_of_date: date) -> pd.DataFrame:
    """Return the forecast of each project as it was on the Sunday a week before ``as_of_date``."""
    return _both_forecasts(file, viewer, as_of_date)[1]


def moved_most(file: Path, viewer: Viewer, as_of_date: date) -> tuple[str, ...]:
    """Return the projects whose median finish moved by more than half a week since the week before, most first."""
    both = _both_forecasts(file, viewer, as_of_date)
    now, before = (found.set_index("project_id")["finish_p50_date"] for found in both)
    shift_days = (now - before.reindex(now.index)).dt.days.abs()
    moved = shift_days[shift_days.gt(MOVED_DAYS)]
    return tuple(moved.sort_values(ascending=False, kind="stable").head(TOLD_MOVES_COUNT).index.astype(str))


@kept(60)
def _history(
    file: Path,
    viewer: Viewer,  # noqa: ARG001 - cache key
    as_of_date: date,
    project_id: str,
    measured_by: CommittedBy,
) -> pd.DataFrame:
    backs = range(HISTORY_WEEKS_COUNT, -1, -HISTORY_STEP_WEEKS)
    dates = [pd.Timestamp(as_of_date - timedelta(weeks=back)) for back in backs]
    ready = histories_by(file, measured_by)
    found = forecast_history_on(ready, project_id, dates, seed=SEED)
    keep_fits(file, ready.fits)
    return found


def history(file: Path, viewer: Viewer, as_of_date: date, project_id: str) -> pd.DataFrame:
    """Return how the forecast of one project moved, every second week up to ``as_of_date``."""
    return _history(file, viewer, as_of_date, project_id, committed_by(file))


@kept(20, on_record=(JointStatement,))
def _together(
    file: Path,
    viewer: Viewer,  # noqa: ARG001 - cache key
    as_of_date: date,
    project_ids: tuple[str, ...],
    measured_by: CommittedBy,
) -> tuple[JointStatement, pd.DataFrame] | None:
    return joint_on(histories_by(file, measured_by), pd.Timestamp(as_of_date), project_ids, seed=SEED)


def together(
    file: Path, viewer: Viewer, as_of_date: date, project_ids: tuple[str, ...]
) -> tuple[JointStatement, pd.DataFrame] | None:
    """Return what can be said of several projects together: how many will be late, and when the last is over."""
    if len(project_ids) < 2:
        return None
    return _together(file, viewer, as_of_date, tuple(sorted(project_ids)), committed_by(file))


def keep_forecast(file: Path, viewer: Viewer, as_of_date: date) -> bool:
    """Keep in the journal what is forecast on the newest day, once for each state of the data; say whether it is new.

    It is what forecasts are judged by later. A journal that can't be written hides no forecast; since nothing is
    remembered here, the next look at the page tries again.
    """
    from data.journal import JournalError, Run, keep_forecasts  # noqa: PLC0415 - its libraries are slow to load

    found = forecast(file, viewer, as_of_date)
    prints = sorted({str(one) for one in found["model_fingerprint"].dropna() if str(one)})
    run = Run(as_of_date, file.name, MODEL_VERSION, SEED, {"fits": prints}, committed_by(file))
    rows = [{str(name): _plain(value) for name, value in row.items()} for row in found.to_dict("records")]
    try:
        return keep_forecasts(home_of(file), run, rows)
    except JournalError:
        return False


def _plain(value: Any) -> Any:
    if isinstance(value, pd.Timestamp):
        return value.date()
    return None if pd.isna(value) else value
