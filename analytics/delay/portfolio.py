"""The forecast of every running project, and what it would have been on earlier days."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analytics.delay.known import Histories, prepare_histories, running_on_days
from analytics.delay.landmarks import learnt_landmarks
from analytics.delay.model import (
    LEARNT_COLUMNS,
    finish_quantiles,
    fit_portfolio_model,
    with_experience,
)
from analytics.delay.modes import with_mode
from analytics.delay.spoken import said_of_all
from analytics.delay.view import forecast_view

if TYPE_CHECKING:
    from collections.abc import Iterable

    from analytics.delay.committed import CommittedBy
    from analytics.delay.progress_model.fit_store import FitStore


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
    said = said_of_all(histories, day, seed)
    return forecast_view(with_experience(said.rows, said.model), said.quantiles)


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
