"""What projects finished by a day teach about those that run."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from analytics.delay.analogues import PlanAnalogues, fit_plan_analogues
from analytics.delay.distribution import DEFAULT_CLASS_WEIGHT, averaged, combined
from analytics.delay.earned_schedule import weeks_between
from analytics.delay.landmarks import learnt_by
from analytics.delay.progress_model.lesson import ProgressModel, fit_progress, lesson_of, progress_forecast
from analytics.delay.reference_class import ReferenceClass, fit_reference_class
from analytics.delay.stage_errors import NO_ERRORS, STAGES, StageErrors, fit_stage_errors
from analytics.evaluation.scores import LEVELS

if TYPE_CHECKING:
    from analytics.delay.known import Histories
    from analytics.delay.progress_model.cases import Evidence
    from analytics.evaluation.scores import Floats


#: Stages at which analogues are kept: a quarter apart is enough for their width, and half as many cost half.
_ANALOGUE_STAGES: Final = (0.0, 0.25, 0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 3.0)
#: Progress older than this no longer says where the project stands.
PROGRESS_TOO_OLD_WEEKS: Final = 8.0
#: Of plan and reference class neither is known to be better until projects have finished.
_PLAN_OR_CLASS: Final = 0.5
#: Paths of a forecast.
PATH_COUNT: Final = 4096
#: A new fit takes over within so many weeks, so that no date jumps on the first day of a quarter without news.
_FIT_FADES_WEEKS: Final = 8.0
_A_DAY: Final = pd.Timedelta(days=1)
#: With more projects than this the ranges hardly change, while each forecast takes longer.
MOST_PROJECTS_COUNT: Final = 400
#: What is learnt from; other columns of landmarks only cost time.
LEARNT_COLUMNS: Final = (
    "project_id",
    "draw",
    "end_date",
    "seen_on",
    "is_finished",
    "stage_node",
    "stage",
    "elapsed_weeks",
    "actual_weeks",
    "planned_weeks",
    "plan_finish_weeks",
    "plan_point",
    "earned_point",
    "burn_point",
    "progress_ratio",
    "true_weeks",
)


@dataclass(frozen=True)
class PortfolioModel:
    """Everything learnt from projects finished by one day: plain numbers, safe to keep and compare.

    ``evidence`` is not learnt: it is where the weeks of the projects to forecast are looked up. ``progress`` is the fit
    of this quarter, ``progress_before`` that of the quarter before, while it still has ``share_before`` of the word.
    """

    earned_errors: StageErrors
    burn_errors: StageErrors
    plan_analogues: PlanAnalogues
    reference: ReferenceClass
    progress: ProgressModel | None = None
    evidence: Evidence | None = field(default=None, repr=False, compare=False)
    progress_before: ProgressModel | None = None
    share_before: float = 0.0


def fit_portfolio_model(
    histories: Histories,
    known: pd.DataFrame,
    day: pd.Timestamp,
    asked: pd.DataFrame,
    *,
    seed: int = 0,
    is_blended: bool = True,
) -> PortfolioModel:
    """Learn from projects finished by ``day``; running ones enter the reference class as censored.

    Parameters
    ----------
    known
        ``landmarks`` of the histories; of each only what was known by ``day`` is looked at.
    asked
        The projects to forecast; what their modes and stages do not need is left unlearnt.
    seed
        Of the random numbers of the model of the work.
    is_blended
        The fit of the quarter before has part of the word. Backtests that learn on one day only do without.
    """
    modes = set(asked["mode"])
    from_progress = _progress_weight(asked) > 0
    if from_progress.any():
        modes.add("A")
    stages = stages_around(asked.loc[from_progress, "stage"])
    rows = thinned(learnt_by(known[list(LEARNT_COLUMNS)], day))
    share = share_before(day) if "A" in modes and is_blended else 0.0
    is_kept = rows["stage_node"].isin(_ANALOGUE_STAGES)
    return PortfolioModel(
        earned_errors=errors_of(rows, "earned_point", stages) if "A" in modes else NO_ERRORS,
        burn_errors=errors_of(rows, "burn_point", stages) if "A" in modes else NO_ERRORS,
        plan_analogues=fit_plan_analogues(rows[is_kept] if modes & {"A", "B"} else rows.iloc[:0]),
        reference=reference_on(histories, day),
        progress=progress_on(histories, known, day, seed) if "A" in modes else None,
        evidence=histories.evidence,
        progress_before=progress_on(histories, known, _quarter(day) - _A_DAY, seed) if share > 0 else None,
        share_before=share,
    )


def share_before(day: pd.Timestamp) -> float:
    """Return how much of the word the fit of the quarter before still has: all of it on the first day of a quarter."""
    weeks = (day - _quarter(day)).days / 7.0
    return max(1.0 - weeks / _FIT_FADES_WEEKS, 0.0)


def _quarter(day: pd.Timestamp) -> pd.Timestamp:
    return day.to_period("Q").start_time


def progress_on(histories: Histories, known: pd.DataFrame, day: pd.Timestamp, seed: int) -> ProgressModel | None:
    """Learn the model of the work as of the quarter of ``day``: its fit takes seconds and hardly moves in weeks."""
    if histories.evidence is None:
        return None
    quarter = _quarter(day)
    rows = thinned(learnt_by(known[list(LEARNT_COLUMNS)], quarter))
    lesson = lesson_of(histories.evidence, histories.projects, rows, forecast_by_rules, quarter, seed)
    return fit_progress(lesson, histories.fits)


def forecast_by_rules(learnt: pd.DataFrame, asked: pd.DataFrame) -> Floats:
    """Return what the simple rules say of ``asked`` when they learn from the landmarks in ``learnt``."""
    projects = learnt.drop_duplicates("project_id")
    model = PortfolioModel(
        earned_errors=errors_of(learnt, "earned_point"),
        burn_errors=errors_of(learnt, "burn_point"),
        plan_analogues=fit_plan_analogues(learnt[learnt["stage_node"].isin(_ANALOGUE_STAGES)]),
        reference=fit_reference_class(
            (projects["true_weeks"] / projects["planned_weeks"]).to_numpy(dtype=np.float64),
            projects["is_finished"].to_numpy(dtype=bool),
            np.full(len(projects), ""),
        ),
    )
    asked = asked.assign(product="")
    is_fresh = asked["elapsed_weeks"] - asked["actual_weeks"] <= PROGRESS_TOO_OLD_WEEKS
    is_progress = (asked["earned_point"].notna() & is_fresh).to_numpy()
    result = np.empty((len(asked), len(LEVELS)))
    for own, forecast in ((is_progress, _by_rules), (~is_progress, _from_plan_or_class)):
        if own.any():
            result[own] = forecast(asked[own], model)
    return result


def thinned(rows: pd.DataFrame) -> pd.DataFrame:
    """Keep the landmarks of at most ``MOST_PROJECTS_COUNT`` projects, drawn by a fingerprint of their ids.

    The draw knows neither dates nor outcomes, so it favours nobody, and it is the same on every run.
    """
    draws = np.unique(rows["draw"])
    return rows if len(draws) <= MOST_PROJECTS_COUNT else rows[rows["draw"] <= draws[MOST_PROJECTS_COUNT - 1]]


def reference_on(histories: Histories, day: pd.Timestamp) -> ReferenceClass:
    """Learn the reference class as of ``day``; who had not finished by then had got as far as that day."""
    projects = histories.projects
    projects = projects[(projects["start_date"] < day) & (projects["plan_known_week"] <= day)]
    is_finished = projects["is_finished"] & (projects["end_date"] <= day)
    reached = projects["end_date"].where(projects["end_date"] <= day, day)
    ratio = weeks_between(projects["start_date"], reached) / projects["planned_weeks"]
    return fit_reference_class(
        ratio.to_numpy(dtype=np.float64), is_finished.to_numpy(dtype=bool), projects["product"].to_numpy(dtype=object)
    )


def stages_around(asked: pd.Series[float]) -> tuple[float, ...]:
    """Return the learnt stages between which the asked ones lie; at least two, to draw a line."""
    if asked.empty:
        return STAGES
    first = max(int(np.searchsorted(STAGES, asked.min(), side="right")) - 1, 0)
    last = max(int(np.searchsorted(STAGES, asked.max(), side="left")), first + 1)
    return STAGES[min(first, len(STAGES) - 2) : last + 1]


def errors_of(rows: pd.DataFrame, point: str, stages: tuple[float, ...] = STAGES) -> StageErrors:
    """Learn the errors of one point forecast from landmarks as they stood on a day."""
    points = rows[point].to_numpy(dtype=np.float64)
    has_point = ~np.isnan(points)
    if not has_point.any():
        return NO_ERRORS
    return fit_stage_errors(
        rows["stage_node"].to_numpy(dtype=np.float64)[has_point],
        np.log(rows["true_weeks"].to_numpy(dtype=np.float64)[has_point] / points[has_point]),
        rows["is_finished"].to_numpy(dtype=bool)[has_point],
        pd.factorize(rows["project_id"])[0][has_point],
        stages,
    )


def finish_quantiles(rows: pd.DataFrame, model: PortfolioModel) -> Floats:
    """Return 199 quantiles of each project's duration in weeks, not a number where nothing supports one."""
    result = np.full((len(rows), len(LEVELS)), np.nan)
    mode = rows["mode"].to_numpy(dtype=object)
    for name, forecast in (("A", _from_progress), ("B", _from_plan_or_class), ("C", _from_class)):
        own = mode == name
        if own.any():
            result[own] = forecast(rows[own], model)
    weight = _progress_weight(rows)
    is_fading = (weight > 0) & (mode != "A")
    if is_fading.any():
        older = _from_progress(rows[is_fading], model)
        result[is_fading] = averaged(result[is_fading], older, weight[is_fading])
    return result


def _progress_weight(rows: pd.DataFrame) -> Floats:
    """Return how much of each forecast is that of mode A."""
    if "progress_weight" in rows:
        return rows["progress_weight"].to_numpy(dtype=np.float64)
    return np.where(rows["mode"].eq("A"), 1.0, 0.0)


def class_quantiles(rows: pd.DataFrame, model: PortfolioModel) -> Floats:
    """Return what the reference class alone says."""
    return _from_class(rows, model)


def with_experience(rows: pd.DataFrame, model: PortfolioModel) -> pd.DataFrame:
    """Add what stands behind each forecast: ``n_reference``, ``is_default_class`` and ``model_fingerprint``."""
    experience: dict[str, StageErrors | PlanAnalogues | ReferenceClass]
    experience = {"A": model.earned_errors, "B": model.plan_analogues, "C": model.reference}
    counts = {mode: source.finished_count for mode, source in experience.items()}
    defaults = [mode for mode, source in experience.items() if source.is_default_class]
    fingerprint = model.progress.fingerprint if model.progress is not None else ""
    return rows.assign(
        n_reference=rows["mode"].map(counts).fillna(0).astype("int64"),
        is_default_class=rows["mode"].isin(defaults),
        model_fingerprint=np.where(rows["mode"].eq("A"), fingerprint, ""),
    )


def _from_progress(rows: pd.DataFrame, model: PortfolioModel) -> Floats:
    """Let the model of the work and the simple rules speak together, where there is such a model."""
    rules = _by_rules(rows, model)
    if model.progress is None or model.evidence is None:
        return rules
    found = progress_forecast(model.progress, model.evidence, rows, rules, PATH_COUNT)
    if model.progress_before is None or model.share_before <= 0:
        return found
    before = progress_forecast(model.progress_before, model.evidence, rows, rules, PATH_COUNT)
    return averaged(found, before, model.share_before)


def forecast_rules(rows: pd.DataFrame, model: PortfolioModel) -> Floats:
    """Return what the simple rules alone say of projects in mode A."""
    return _by_rules(rows, model)


def _by_rules(rows: pd.DataFrame, model: PortfolioModel) -> Floats:
    """Combine earned schedule, linear burn and plan of record: each errs for reasons of its own."""
    parts = [
        dressed(rows, "earned_point", model.earned_errors),
        dressed(rows, "burn_point", model.burn_errors),
    ]
    plan = np.full((len(rows), len(LEVELS)), np.nan)
    has_plan = rows["plan_point"].notna().to_numpy()
    if has_plan.any():
        plan[has_plan] = _from_plan(rows[has_plan], model)
    return averaged(combined([*parts, plan]), _from_class(rows, model), _class_weight(model))


def _class_weight(model: PortfolioModel) -> float:
    """Return how much the reference class counts against rules that have few past errors of their own.

    Without any, all they know is the default class on what remains, which is too early late in a project: it forgets
    that a project of the default class has more left by then than its plan says.
    """
    return DEFAULT_CLASS_WEIGHT / (DEFAULT_CLASS_WEIGHT + model.reference.finished_count)


def _from_plan_or_class(rows: pd.DataFrame, model: PortfolioModel) -> Floats:
    """Let the plan of record speak, joined by the reference class while few have finished."""
    return averaged(_from_plan(rows, model), _from_class(rows, model), _PLAN_OR_CLASS * _class_weight(model))


def _from_plan(rows: pd.DataFrame, model: PortfolioModel) -> Floats:
    return model.plan_analogues.forecast(rows)


def _from_class(rows: pd.DataFrame, model: PortfolioModel) -> Floats:
    planned = rows["planned_weeks"].to_numpy(dtype=np.float64)
    elapsed = rows["elapsed_weeks"].to_numpy(dtype=np.float64)
    return model.reference.forecast(planned, elapsed, rows["product"].to_numpy(dtype=object))


def dressed(rows: pd.DataFrame, point: str, errors: StageErrors) -> Floats:
    """Return a point forecast dressed with its past errors; not a number where there is no point."""
    return errors.forecast(
        rows[point].to_numpy(dtype=np.float64),
        rows["elapsed_weeks"].to_numpy(dtype=np.float64),
        rows["stage"].to_numpy(dtype=np.float64),
    )
