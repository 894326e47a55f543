"""What is learnt on a day: the finished projects, their forecasts by models that had not seen them, the fit."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from analytics.delay.progress_model.cases import Cases, Evidence, cases_of, chosen_cases
from analytics.delay.progress_model.fitting import MODEL_VERSION, WorkModel, fit_work
from analytics.delay.progress_model.paths import chances, outlook, path_quantiles
from analytics.delay.progress_model.stack import Stack, fit_stack
from analytics.delay.progress_model.work import day_numbers, week_numbers

if TYPE_CHECKING:
    from collections.abc import Callable

    from analytics.delay.progress_model.fit_store import FitStore
    from analytics.evaluation.scores import Floats

#: Forecasts that errors are learnt from need fewer paths.
_LEARNING_PATHS: Final = 512
_FOLD_COUNT: Final = 5
#: A landmark counts when it lies this many times as far back as the finish then seemed ahead, which is at least this
#: share of the plan.
_WATCHED_SHARE: Final = 1.6
_LEAST_LEFT_SHARE: Final = 0.25


@dataclass(frozen=True)
class ProgressModel:
    """The fitted model with what it was fitted on: plain numbers, safe to keep, compare and store.

    ``fingerprint`` names data, seed and version: the same fingerprint always is the same model.
    """

    work: WorkModel
    stack: Stack
    learnt_until: str
    seed: int
    version: str
    fingerprint: str


@dataclass(frozen=True, eq=False)
class Lesson:
    """What a model is fitted on. Two lessons are equal when their fingerprints are.

    Attributes
    ----------
    landmarks
        Past landmarks as they stood on the day, of finished and running projects.
    rules
        Forecasts landmarks by simple rules that learnt from others: called with what to learn from and what to
        forecast.
    """

    evidence: Evidence
    ended: pd.DataFrame
    running: pd.DataFrame
    landmarks: pd.DataFrame
    rules: Callable[[pd.DataFrame, pd.DataFrame], Floats]
    day: pd.Timestamp
    seed: int
    fingerprint: str = field(default="")

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Lesson) and other.fingerprint == self.fingerprint

    def __hash__(self) -> int:
        return hash(self.fingerprint)


def lesson_of(
    evidence: Evidence,
    projects: pd.DataFrame,
    landmarks: pd.DataFrame,
    rules: Callable[[pd.DataFrame, pd.DataFrame], Floats],
    day: pd.Timestamp,
    seed: int,
) -> Lesson:
    """Return what can be learnt on ``day``.

    Parameters
    ----------
    projects
        ``Histories.projects``.
    landmarks
        ``learnt_by`` the day.
    """
    known = projects[projects["project_id"].isin(landmarks["project_id"]) & (projects["start_date"] < day)]
    is_over = known["end_date"] <= day
    ended = known[is_over & known["is_finished"]]
    ended = ended.assign(as_of_date=ended["end_date"])
    running = known[~is_over].assign(as_of_date=day)
    ended, running = (
        part.assign(elapsed_weeks=(part["as_of_date"] - part["start_date"]).dt.days / 7.0) for part in (ended, running)
    )
    fingerprint = _fingerprint(evidence, known, landmarks, day, seed)
    return Lesson(evidence, ended, running, landmarks, rules, day, seed, fingerprint)


def _fingerprint(evidence: Evidence, known: pd.DataFrame, landmarks: pd.DataFrame, day: pd.Timestamp, seed: int) -> str:
    """Name the data that a fit depends on: what was known by the day of the projects that are learnt from."""
    work, requests = evidence.work, evidence.requests
    own = np.isin(work.project_ids, known["project_id"].astype(str).to_numpy(dtype=object))
    rows = np.repeat(own, work.counts) & (work.week <= week_numbers(np.array([day.to_datetime64()]))[0])
    digest = hashlib.sha256(f"{MODEL_VERSION} {seed} {day.date()}".encode())
    for values in (work.week, work.earned, work.scope, work.booked_hours, work.budget_hours, work.reported_weeks):
        digest.update(np.ascontiguousarray(values[rows]).tobytes())
    today = day_numbers(np.array([day.to_datetime64()]))[0]
    asked = own[requests.code] & (requests.from_day <= today)
    # A version that ends later has not ended yet as far as this day knows.
    ends = np.minimum(requests.until_day, today + 1)
    for values in (requests.known_day, requests.from_day, ends, requests.share):
        digest.update(np.ascontiguousarray(values[asked]).tobytes())
    columns = ["project_id", "stage_node", "is_finished", "plan_point", "planned_weeks", "true_weeks"]
    digest.update(pd.util.hash_pandas_object(landmarks[columns], index=False).to_numpy().tobytes())
    return digest.hexdigest()[:16]


def fit_progress(lesson: Lesson, fits: FitStore) -> ProgressModel:
    """Learn how work goes on, then how wrong forecasts of unseen projects were; what ``fits`` holds is not learnt."""
    return fits.learnt(lesson.fingerprint, lambda: _learn(lesson))


def _learn(lesson: Lesson) -> ProgressModel:
    work, requests = lesson.evidence.work, lesson.evidence.requests
    ends, is_known = cases_of(lesson.evidence, lesson.ended)
    names = lesson.ended["project_id"].to_numpy(dtype=object)[is_known]
    took = lesson.ended["elapsed_weeks"].to_numpy(dtype=np.float64)[is_known]
    running = cases_of(lesson.evidence, lesson.running)[0]
    model = fit_work(work, requests, ends, took, running)
    return ProgressModel(
        work=model,
        stack=_fit_past_errors(lesson, model, ends, names, took),
        learnt_until=str(lesson.day.date()),
        seed=lesson.seed,
        version=MODEL_VERSION,
        fingerprint=lesson.fingerprint,
    )


def _fit_past_errors(
    lesson: Lesson, model: WorkModel, ends: Cases, names: np.ndarray[tuple[int], np.dtype[np.object_]], took: Floats
) -> Stack:
    rows = _watched_long_enough(lesson.landmarks, lesson.day)
    cases, is_known = cases_of(lesson.evidence, rows)
    rows = rows[is_known].reset_index(drop=True)
    fold, end_fold = _folds(rows["project_id"]), _folds(names)
    all_folds = _folds(lesson.landmarks["project_id"])
    own, rules = (np.empty((len(rows), 199)) for _ in range(2))
    for number in range(_FOLD_COUNT):
        asked = np.flatnonzero(fold == number)
        if len(asked) == 0:
            continue
        learnt = end_fold != number
        unseen = fit_work(
            lesson.evidence.work,
            lesson.evidence.requests,
            chosen_cases(ends, np.flatnonzero(learnt)),
            took[learnt],
            like=model,
        )
        chance = chances(unseen, lesson.seed, _LEARNING_PATHS)
        own[asked] = path_quantiles(outlook(unseen, chosen_cases(cases, asked)), chance)
        rules[asked] = lesson.rules(lesson.landmarks[all_folds != number], rows.iloc[asked])
    return fit_stack(rows, own, rules)


def _folds(
    names: pd.Series[str] | np.ndarray[tuple[int], np.dtype[np.object_]],
) -> np.ndarray[tuple[int], np.dtype[np.uint64]]:
    """Return the fold of each project, drawn by its id: the same on every day."""
    return np.asarray(pd.util.hash_array(np.asarray(names, dtype=object)) % _FOLD_COUNT)


def _watched_long_enough(landmarks: pd.DataFrame, day: pd.Timestamp) -> pd.DataFrame:
    """Return landmarks so old that nearly all projects seen there have finished since.

    Taking those that finished, whenever they were seen, would learn from the quick ones. Which landmark is old enough
    depends on the plan, never on the outcome; who still runs stays in as one that takes longer than so far.
    """
    planned = landmarks["planned_weeks"]
    left = (landmarks["plan_point"].fillna(planned) - landmarks["elapsed_weeks"]).clip(
        lower=_LEAST_LEFT_SHARE * planned
    )
    since = (day - landmarks["seen_on"]).dt.days / 7.0
    was_cancelled = ~landmarks["is_finished"] & (landmarks["end_date"] <= day)
    is_old: pd.Series[bool] = (since >= _WATCHED_SHARE * left) & ~was_cancelled
    return landmarks.loc[is_old]


def progress_forecast(
    model: ProgressModel, evidence: Evidence, rows: pd.DataFrame, rules: Floats, path_count: int
) -> Floats:
    """Return 199 quantiles of the duration of each row; where nothing is known of its work, what the rules say."""
    cases, is_known = cases_of(evidence, rows)
    result = rules.copy()
    if len(cases):
        own = path_quantiles(outlook(model.work, cases), chances(model.work, model.seed, path_count))
        result[is_known] = model.stack.forecast(rows[is_known], own, rules[is_known])
    return result
