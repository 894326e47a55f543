"""The forecast of every running project, and what it would have been on earlier days."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from analytics.delay.doubts import is_doubtful_budget, is_doubtful_plan
from analytics.delay.known import Histories, prepare_histories, running_on, running_on_days
from analytics.delay.landmarks import learnt_landmarks
from analytics.delay.model import (
    LEARNT_COLUMNS,
    PROGRESS_TOO_OLD_WEEKS,
    finish_quantiles,
    fit_portfolio_model,
    with_experience,
)
from analytics.delay.view import forecast_view

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy.typing as npt

    from analytics.delay.committed import CommittedBy
    from analytics.delay.progress_model.fit_store import FitStore

#: A project whose plan passed so long ago, and of which nothing was heard for so long, gets no number: it may be over.
SILENT_WEEKS: Final = 26.0
#: After ``PROGRESS_TOO_OLD_WEEKS`` the word of old progress fades over so many weeks.
_PROGRESS_FADES_WEEKS: Final = SILENT_WEEKS - PROGRESS_TOO_OLD_WEEKS
#: A project that booked nothing over the team window is at rest; its forecast says so.
_AT_REST_PEOPLE: Final = 1e-9


def forecast_portfolio(
    states: pd.DataFrame,
    projects: pd.DataFrame,
    as_of_date: pd.Timestamp,
    *,
    committed_by: CommittedBy = "baseline",
    seed: int = 0,
    fits: FitStore | None = None,
) -> pd.DataFrame:
    """Forecast the finish of each project that runs on ``as_of_date``, from what was known then.

    Modes: **A** where progress is known and recent: the model of the work (``progress_model``) and the simple
    rules (earned schedule, linear burn, plan of record, each dressed with its own past errors), put together as past
    errors taught. **B** the plan of record times the errors of projects that looked alike at this stage. **C** the
    reference class. **none** with a reason. The word of progress older than eight weeks fades into B or C.

    Parameters
    ----------
    states, projects
        marts.project_states and marts.projects. Later weeks and later ends are not looked at.
    committed_by
        Against which date lateness is measured.
    seed
        Of the paths of the model of the work; the same seed always gives the same figures, on any number of cores.
    fits
        What was learnt before.

    Returns
    -------
    One row per running project: ``project_id``, ``as_of_date``, ``mode``, ``method``, ``finish_p10_date`` …
    ``finish_p90_date``, ``planned_finish_date`` (plan of record), ``baseline_finish_date`` (first plan),
    ``committed_date`` (one of the two, by ``committed_by``), ``slip_weeks_p50``/``_p80`` (after the committed date),
    ``late_probability`` (more than two weeks after it), ``expected_delay_person_weeks`` (expected weeks after it, times
    the people on the project where hours say how many), ``spi_t``, ``is_spi_hidden``,
    ``progress_ratio``, ``progress_age_weeks``, ``n_reference`` (finished projects behind the errors),
    ``is_default_class``, ``is_assumed``, ``is_first_plan_reported`` (the list's baseline was not believed), ``reason``,
    ``model_fingerprint`` (data, seed and version of the fit behind mode A).
    """
    histories = prepare_histories(states, projects, committed_by=committed_by, fits=fits)
    return forecast_on(histories, as_of_date, seed=seed)


def forecast_on(histories: Histories, as_of_date: pd.Timestamp, *, seed: int = 0) -> pd.DataFrame:
    """Do as ``forecast_portfolio``, on histories that were prepared before (prepare once, ask often)."""
    day = pd.Timestamp(as_of_date).normalize()
    rows = with_mode(running_on(histories, day))
    model = fit_portfolio_model(histories, learnt_landmarks(histories), day, rows, seed=seed)
    return forecast_view(with_experience(rows, model), finish_quantiles(rows, model))


def forecast_history(
    states: pd.DataFrame,
    projects: pd.DataFrame,
    project_id: str,
    as_of_dates: Iterable[pd.Timestamp],
    *,
    seed: int = 0,
    fits: FitStore | None = None,
) -> pd.DataFrame:
    """Return what ``forecast_portfolio`` would have said of one project on each day, oldest first.

    Each day's forecast learns only from projects finished by then.
    """
    return forecast_history_on(prepare_histories(states, projects, fits=fits), project_id, as_of_dates, seed=seed)


def forecast_history_on(
    histories: Histories, project_id: str, as_of_dates: Iterable[pd.Timestamp], *, seed: int = 0
) -> pd.DataFrame:
    """Do as ``forecast_history``, on histories that were prepared before."""
    days = [pd.Timestamp(as_of_date).normalize() for as_of_date in sorted(as_of_dates)]
    own = histories.of_project(project_id)
    rows = with_mode(running_on_days(own, days, histories.last_day))
    if rows.empty:
        return forecast_on(own, pd.Timestamp(0))
    known = learnt_landmarks(histories)[list(LEARNT_COLUMNS)]
    seen, quantiles = [], []
    for place, day in enumerate(rows["as_of_date"]):
        row = rows.iloc[place : place + 1]
        model = fit_portfolio_model(histories, known, day, row, seed=seed)
        seen.append(with_experience(row, model))
        quantiles.append(finish_quantiles(row, model))
    return forecast_view(pd.concat(seen, ignore_index=True), np.concatenate(quantiles))


def _is_silent(rows: pd.DataFrame, progress_age_weeks: pd.Series[float]) -> npt.NDArray[np.bool_]:
    """Return which projects are long overdue without hours or progress: their end was probably never entered."""
    overdue_weeks = rows["elapsed_weeks"] - rows["plan_finish_weeks"].fillna(rows["planned_weeks"])
    has_no_hours = ~(rows["team_people"] > _AT_REST_PEOPLE)
    has_old_progress = ~(progress_age_weeks <= SILENT_WEEKS)
    return np.asarray((overdue_weeks > SILENT_WEEKS) & has_no_hours & has_old_progress)


def with_mode(rows: pd.DataFrame) -> pd.DataFrame:
    """Add ``mode``, ``method`` and ``reason``: the best method that the project's own data can carry.

    ``progress_weight`` says how much of the forecast is that of mode A: progress does not cease to count from one day
    to the next.
    """
    age = rows["elapsed_weeks"] - rows["actual_weeks"]
    has_duration = rows["planned_weeks"].notna().to_numpy()
    is_fresh = (age <= PROGRESS_TOO_OLD_WEEKS).to_numpy()
    has_earned = rows["earned_point"].notna().to_numpy()
    has_plan = rows["plan_point"].notna().to_numpy()
    has_progress = rows["progress_ratio"].notna().to_numpy()
    at_rest = (rows["team_people"] <= _AT_REST_PEOPLE).to_numpy()
    is_silent = _is_silent(rows, age)
    is_doubtful = is_doubtful_plan(rows)
    has_none = ~has_duration | is_silent | is_doubtful
    is_effort = rows["is_effort"].to_numpy(dtype=bool)
    is_measured = has_earned & ~is_effort
    mode = np.select([has_none, is_measured & is_fresh, has_plan], ["none", "A", "B"], default="C")
    on_hold = rows["is_on_hold"].to_numpy(dtype=bool) if "is_on_hold" in rows else np.zeros(len(rows), dtype=bool)
    said = {
        "no_plan": ~has_duration,
        "plan_doubted": is_doubtful,
        "silent_too_long": is_silent,
        "budget_doubted": _is_budget_doubtful(rows),
        "on_hold": on_hold,
        "no_hours_lately": at_rest,
        "progress_known": mode == "A",
        "progress_is_effort": is_effort,
        "no_progress": ~has_progress,
    }
    reason = np.select(list(said.values()), list(said), default="progress_too_old")
    fading = 1.0 - (age - PROGRESS_TOO_OLD_WEEKS) / _PROGRESS_FADES_WEEKS
    weight = np.where(is_measured & ~has_none, np.clip(fading, 0.0, 1.0), 0.0)
    methods = {"A": "progress_and_plan", "B": "plan_analogues", "C": "reference_class", "none": "none"}
    return rows.assign(
        mode=mode,
        method=[methods[str(name)] for name in mode],
        reason=reason,
        progress_age_weeks=age.clip(lower=0.0),
        progress_weight=weight,
    )


def _is_budget_doubtful(rows: pd.DataFrame) -> npt.NDArray[np.bool_]:
    names = ("budget_hours", "scope_hours", "booked_hours", "progress_ratio")
    return is_doubtful_budget(*(rows[name].to_numpy(dtype=np.float64) for name in names))
