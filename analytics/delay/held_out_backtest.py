"""How right the forecast is on projects that it never learnt from: one half of the finished ones teaches the other."""

from __future__ import annotations

import hashlib
from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from analytics.delay.forecast_scores import scored, summarise
from analytics.delay.landmarks import learnt_by
from analytics.delay.model import fit_portfolio_model, thinned
from analytics.delay.modes import with_mode
from analytics.delay.origins import learnt_origins, stage_origins
from analytics.delay.progress_model.capacity import capacity_of
from analytics.delay.rival_forecasts import all_forecasts
from analytics.delay.rivals import with_smoothed_points

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from analytics.delay.known import Histories

HELD_OUT_STAGES: Final = (25, 50, 75)
#: Fewer finished projects than this in either half prove nothing.
FEWEST_PROJECTS_COUNT: Final = 3
#: Fewer finished projects are dealt to so many hands.
_FEWEST_FOR_HALVES: Final = 40
_HANDS: Final = 5


class TooFewProjectsError(ValueError):
    """Too few finished projects to teach or to judge."""

    def __init__(self, taught_count: int, judged_count: int) -> None:
        super().__init__(f"{taught_count} finished projects to learn from and {judged_count} to judge")
        self.taught_count = taught_count
        self.judged_count = judged_count


def finished_ids(histories: Histories) -> list[str]:
    """Return the projects that finished and had a first plan: those that can be judged."""
    projects = histories.projects
    can_be_judged = projects["is_finished"].astype(bool) & projects["planned_weeks"].notna()
    return sorted(projects.loc[can_be_judged, "project_id"].astype(str))


def held_out_ids(project_ids: Iterable[str]) -> set[str]:
    """Return about half of the projects: those whose id has an even first byte of its SHA-256.

    The same ids fall into the same half on every machine, whoever else is in the folder.
    """
    return {name for name in project_ids if hashlib.sha256(name.encode()).digest()[0] % 2 == 0}


def only_projects(histories: Histories, project_ids: Collection[str]) -> Histories:
    """Return histories as if the firm had these projects alone: every table with a project in it is cut to them.

    So are the booked hours from which filing habits are learnt; other evidence is looked up by project.
    """
    tables = {field.name: getattr(histories, field.name) for field in fields(histories)}
    cut: dict[str, Any] = {
        name: table[table["project_id"].isin(set(project_ids))]
        for name, table in tables.items()
        if isinstance(table, pd.DataFrame) and "project_id" in table.columns
    }
    if histories.evidence is not None:
        codes = histories.evidence.work.codes_of(np.array(sorted(project_ids), dtype=object))
        capacity = capacity_of(histories.evidence.capacity, codes[codes >= 0])
        cut["evidence"] = replace(histories.evidence, capacity=capacity)
    return replace(histories, **cut)


def held_out_backtest(histories: Histories, test_ids: Collection[str], *, seed: int = 0) -> pd.DataFrame:
    """Summarise ``held_out_scores``: the table of ``rolling_origin_backtest`` with one method more."""
    return summarise(held_out_scores(histories, test_ids, seed=seed))


def all_held_out_scores(histories: Histories, *, seed: int = 0) -> pd.DataFrame:
    """Return the scores of all finished projects, each forecast by what others teach.

    Each half is forecast by what the other half teaches: with one half judged alone, the figures hang on which half it
    is. Few projects are dealt to five hands instead, by a fingerprint of their ids, and four teach the fifth.
    """
    finished = finished_ids(histories)
    halves = [held_out_ids(finished), set(finished) - held_out_ids(finished)]
    if len(finished) < _FEWEST_FOR_HALVES or min(len(half) for half in halves) < FEWEST_PROJECTS_COUNT:
        dealt = sorted(finished, key=lambda name: hashlib.sha256(name.encode()).digest())
        halves = [set(dealt[hand::_HANDS]) for hand in range(_HANDS)]
    found = [held_out_scores(histories, half, seed=seed) for half in halves if half]
    if not found:
        raise TooFewProjectsError(0, 0)
    return pd.concat(found, ignore_index=True)


def held_out_scores(
    histories: Histories,
    test_ids: Collection[str],
    *,
    stages: Sequence[int] = HELD_OUT_STAGES,
    seed: int = 0,
    fewest_taught: int = FEWEST_PROJECTS_COUNT,
) -> pd.DataFrame:
    """Forecast the finished projects of ``test_ids`` at set stages of their first plan, and score every method.

    Of a test project only what was known on the day of its forecast is looked at. All other projects teach: the
    finished ones with their outcome, running and cancelled ones as "at least so far". They count as experience of
    the past even where they finished after the forecast, because what is judged is the method, not the calendar;
    ``rolling_origin_scores`` is the stricter replay of a firm's own history.

    Parameters
    ----------
    seed
        Of all random numbers.
    fewest_taught
        Finished projects that must teach; 0 asks how a firm fares in which nothing has finished yet.

    Raises
    ------
    TooFewProjectsError
        When fewer finished projects than that teach or none is left to judge.
    """
    finished = set(finished_ids(histories))
    judged = finished & set(test_ids)
    taught = set(histories.projects["project_id"].astype(str)) - set(test_ids)
    if len(finished & taught) < fewest_taught or not judged:
        raise TooFewProjectsError(len(finished & taught), len(judged))
    teachers, others = only_projects(histories, taught), only_projects(histories, judged)
    day = histories.last_day + pd.Timedelta(days=1)
    known = with_smoothed_points(learnt_origins(teachers), teachers.states)
    rows = with_mode(stage_origins(others, [stage / 100 for stage in stages]))
    rows = with_smoothed_points(rows[rows["mode"] != "none"], others.states)
    model = fit_portfolio_model(
        teachers, known, day, pd.concat([rows, rows.assign(mode="C")]), seed=seed, is_blended=False
    )
    # What is learnt comes from the teachers alone; what was known of a test project on its day is looked up here.
    model = replace(model, evidence=histories.evidence)
    learnt = thinned(learnt_by(known, day))
    forecasts = all_forecasts(rows, model, learnt, others.states, seed=seed, with_regression=True)
    return scored(rows, forecasts)
