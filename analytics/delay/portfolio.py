"""The forecast of every running project, and what it would have been on earlier days."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from analytics.delay.known import Histories, landmarks, prepare_histories, running_on
from analytics.delay.reference_class import ReferenceClass, fit_reference_class
from analytics.delay.stage_errors import NO_ERRORS, StageErrors, fit_stage_errors
from analytics.delay.view import Experience, forecast_view
from analytics.evaluation import LEVELS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from analytics.evaluation.scores import Floats

#: Progress older than this no longer says where the project stands.
PROGRESS_TOO_OLD_WEEKS: Final = 8.0
#: A project that booked nothing over the team window is at rest; its forecast says so.
_AT_REST_PEOPLE: Final = 1e-9


@dataclass(frozen=True)
class PortfolioModel:
    """Everything learnt from projects finished by one day."""

    earned_errors: StageErrors
    plan_errors: StageErrors
    reference: ReferenceClass

    @property
    def by_mode(self) -> dict[str, Experience]:
        """The experience that each mode rests on."""
        return {"A": self.earned_errors, "B": self.plan_errors, "C": self.reference}


def fit_portfolio_model(histories: Histories, day: pd.Timestamp) -> PortfolioModel:
    """Learn from projects finished by ``day``; running ones enter the reference class as censored."""
    rows = landmarks(histories, day)
    running = running_on(histories, day).dropna(subset=["planned_weeks"])
    finished = rows.drop_duplicates("project_id")
    ratio = np.concatenate(
        [
            (finished["true_weeks"] / finished["planned_weeks"]).to_numpy(dtype=np.float64),
            (running["elapsed_weeks"] / running["planned_weeks"]).to_numpy(dtype=np.float64),
        ]
    )
    is_finished = np.arange(len(ratio)) < len(finished)
    products = np.concatenate([finished["product"].to_numpy(dtype=object), running["product"].to_numpy(dtype=object)])
    return PortfolioModel(
        earned_errors=errors_of(rows, "earned_point"),
        plan_errors=errors_of(rows, "plan_point"),
        reference=fit_reference_class(ratio, is_finished, products),
    )


def errors_of(rows: pd.DataFrame, point: str) -> StageErrors:
    """Learn the errors of one point forecast from landmarks of finished projects."""
    known = rows.dropna(subset=[point])
    if known.empty:
        return NO_ERRORS
    return fit_stage_errors(
        known["stage_node"].to_numpy(dtype=np.float64),
        np.log(known["true_weeks"].to_numpy(dtype=np.float64) / known[point].to_numpy(dtype=np.float64)),
        pd.factorize(known["project_id"])[0],
    )


def forecast_portfolio(
    states: pd.DataFrame, projects: pd.DataFrame, as_of_date: pd.Timestamp, *, seed: int = 0
) -> pd.DataFrame:
    """Forecast the finish of each project that runs on ``as_of_date``, from what was known then.

    Modes: **A** earned schedule dressed with its own past errors, where progress is known, recent and old enough;
    **B** the plan of record times its past errors at this stage; **C** the reference class; **none** with a reason.

    Parameters
    ----------
    states, projects
        marts.project_states and marts.projects. Later weeks and later ends are not looked at.
    seed
        Kept for models that draw; the same seed always gives the same figures. This one draws nothing.

    Returns
    -------
    One row per running project: ``project_id``, ``as_of_date``, ``mode``, ``method``, ``finish_p10_date`` …
    ``finish_p90_date``, ``planned_finish_date`` (plan of record), ``baseline_finish_date`` (first plan),
    ``delay_weeks_p50``/``_p80`` (after the plan of record), ``slip_weeks_p50`` (after the first plan),
    ``late_probability`` (more than two weeks after the first plan), ``harm_weeks`` (expected weeks after the plan of
    record, times the people on the project where hours say how many: person-weeks), ``spi_t``, ``is_spi_hidden``,
    ``progress_ratio``, ``progress_age_weeks``, ``n_reference`` (finished projects behind the errors),
    ``is_default_class``, ``is_assumed``, ``reason``.
    """
    return forecast_on(prepare_histories(states, projects), as_of_date, seed=seed)


def forecast_on(histories: Histories, as_of_date: pd.Timestamp, *, seed: int = 0) -> pd.DataFrame:
    """Do as ``forecast_portfolio``, on histories that were prepared before."""
    del seed
    day = pd.Timestamp(as_of_date).normalize()
    rows = with_mode(running_on(histories, day))
    model = fit_portfolio_model(histories, day)
    return forecast_view(rows, finish_quantiles(rows, model), model.by_mode, day)


def forecast_history(
    states: pd.DataFrame, projects: pd.DataFrame, project_id: str, as_of_dates: Iterable[pd.Timestamp]
) -> pd.DataFrame:
    """Return what ``forecast_portfolio`` would have said of one project on each day, oldest first.

    Each day's forecast learns only from projects finished by then.
    """
    histories = prepare_histories(states, projects)
    own = Histories(
        histories.states[histories.states["project_id"] == project_id],
        histories.projects[histories.projects["project_id"] == project_id],
    )
    parts = []
    for as_of_date in sorted(as_of_dates):
        day = pd.Timestamp(as_of_date).normalize()
        rows = with_mode(running_on(own, day))
        if not rows.empty:
            model = fit_portfolio_model(histories, day)
            parts.append(forecast_view(rows, finish_quantiles(rows, model), model.by_mode, day))
    if not parts:
        return forecast_on(Histories(own.states.iloc[:0], own.projects.iloc[:0]), pd.Timestamp(0))
    return pd.concat(parts, ignore_index=True)


def with_mode(rows: pd.DataFrame) -> pd.DataFrame:
    """Add ``mode``, ``method`` and ``reason``: the best method that the project's own data can carry."""
    age = rows["elapsed_weeks"] - rows["actual_weeks"]
    has_duration = rows["planned_weeks"].notna().to_numpy()
    is_fresh = (age <= PROGRESS_TOO_OLD_WEEKS).to_numpy()
    has_earned = rows["earned_point"].notna().to_numpy()
    has_plan = rows["plan_point"].notna().to_numpy()
    has_progress = rows["progress_ratio"].notna().to_numpy()
    mode = np.select([~has_duration, has_earned & is_fresh, has_plan], ["none", "A", "B"], default="C")
    at_rest = (rows["team_people"] <= _AT_REST_PEOPLE).to_numpy()
    reason = np.select(
        [~has_duration, at_rest, mode == "A", ~has_progress, ~is_fresh],
        ["no_plan", "no_hours_lately", "progress_known", "no_progress", "progress_too_old"],
        default="too_early_for_progress",
    )
    methods = {"A": "earned_schedule_dressed", "B": "plan_of_record_dressed", "C": "reference_class", "none": "none"}
    return rows.assign(
        mode=mode,
        method=[methods[str(name)] for name in mode],
        reason=reason,
        progress_age_weeks=age.clip(lower=0.0),
    )


def finish_quantiles(rows: pd.DataFrame, model: PortfolioModel) -> Floats:
    """Return 199 quantiles of each project's duration in weeks, not a number where nothing supports one."""
    result = np.full((len(rows), len(LEVELS)), np.nan)
    elapsed = rows["elapsed_weeks"].to_numpy(dtype=np.float64)
    stage = rows["stage"].to_numpy(dtype=np.float64)
    mode = rows["mode"].to_numpy(dtype=object)
    dressed = (("A", "earned_point", model.earned_errors), ("B", "plan_point", model.plan_errors))
    for name, point, errors in dressed:
        own = mode == name
        if own.any():
            points = rows[point].to_numpy(dtype=np.float64)[own]
            result[own] = errors.forecast(points, elapsed[own], stage[own])
    own = mode == "C"
    if own.any():
        planned = rows["planned_weeks"].to_numpy(dtype=np.float64)[own]
        products = rows["product"].to_numpy(dtype=object)[own]
        result[own] = model.reference.forecast(planned, elapsed[own], products)
    return result
