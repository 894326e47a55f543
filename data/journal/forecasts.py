"""Forecasts as they were made: kept once for each state of the data, never changed."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from data.journal.engine import now, reading, writing
from data.journal.tables import ForecastRow, ForecastRunRow

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date, datetime

    from data.home import Home

_FIGURES = (
    "mode",
    "finish_p10_date",
    "finish_p50_date",
    "finish_p80_date",
    "finish_p90_date",
    "planned_finish_date",
    "baseline_finish_date",
    "committed_date",
    "late_probability",
)


@dataclass(frozen=True)
class Run:
    """One reckoning of the portfolio.

    Parameters
    ----------
    data_stamp
        Which published rows it was made from.
    parameters
        What the model had learnt, as plain numbers.
    committed_by
        What lateness was measured against: the baseline or the current plan.
    """

    as_of_date: date
    data_stamp: str
    model_version: str
    seed: int
    parameters: Mapping[str, Any] = field(default_factory=dict)
    committed_by: str = "baseline"


@dataclass(frozen=True)
class KeptForecast:
    """What was said of one project, and of which run."""

    run: Run
    made_at: datetime
    project_id: str
    mode: str
    finish_p10_date: date | None
    finish_p50_date: date | None
    finish_p80_date: date | None
    finish_p90_date: date | None
    planned_finish_date: date | None
    baseline_finish_date: date | None
    committed_date: date | None
    late_probability: float | None


def keep_forecasts(home: Home, run: Run, forecasts: Iterable[Mapping[str, Any]]) -> bool:
    """Keep what was forecast; return whether it is new.

    The same rows, day, version, seed and committed date are kept once.
    """
    if _is_kept(home, run):
        return False
    row = ForecastRunRow(
        made_at=now(),
        as_of_date=run.as_of_date,
        data_stamp=run.data_stamp,
        model_version=run.model_version,
        seed=run.seed,
        committed_by=run.committed_by,
        parameters_json=json.dumps(dict(run.parameters), ensure_ascii=False),
    )
    with writing(home) as session:
        session.add(row)
        try:
            session.flush()
        except IntegrityError:  # another process was faster
            session.rollback()
            return False
        session.add_all(
            ForecastRow(run_id=row.run_id, project_id=one["project_id"], **{name: one[name] for name in _FIGURES})
            for one in forecasts
        )
    return True


def _is_kept(home: Home, run: Run) -> bool:
    query = select(ForecastRunRow.run_id).where(
        ForecastRunRow.data_stamp == run.data_stamp,
        ForecastRunRow.as_of_date == run.as_of_date,
        ForecastRunRow.model_version == run.model_version,
        ForecastRunRow.seed == run.seed,
        ForecastRunRow.committed_by == run.committed_by,
    )
    with reading(home) as session:
        return session.scalar(query) is not None


def read_forecasts(home: Home, project_id: str | None = None) -> list[KeptForecast]:
    """Return what was forecast of a project, or of all, in the order in which it was said."""
    query = (
        select(ForecastRow, ForecastRunRow)
        .join(ForecastRunRow, ForecastRow.run_id == ForecastRunRow.run_id)
        .order_by(ForecastRow.forecast_id)
    )
    if project_id is not None:
        query = query.where(ForecastRow.project_id == project_id)
    with reading(home) as session:
        return [_kept(one, run) for one, run in session.execute(query)]


def read_medians(home: Home, first_date: date, model_version: str) -> list[tuple[str, date, date]]:
    """Return project, day and median of what one version of the model said from a day on, in the order of saying it."""
    query = (
        select(ForecastRow.project_id, ForecastRunRow.as_of_date, ForecastRow.finish_p50_date)
        .join(ForecastRunRow, ForecastRow.run_id == ForecastRunRow.run_id)
        .where(
            ForecastRunRow.as_of_date >= first_date,
            ForecastRunRow.model_version == model_version,
        )
        .order_by(ForecastRow.forecast_id)
    )
    with reading(home) as session:
        rows = session.execute(query)
        return [(project_id, day, median) for project_id, day, median in rows if median is not None]


def _kept(one: ForecastRow, run: ForecastRunRow) -> KeptForecast:
    made = Run(
        run.as_of_date,
        run.data_stamp,
        run.model_version,
        run.seed,
        json.loads(run.parameters_json),
        run.committed_by,
    )
    return KeptForecast(made, run.made_at, one.project_id, **{name: getattr(one, name) for name in _FIGURES})
