"""Statements about several projects at once, and the early warning.

Projects of one firm share people, clients' seasons and surprises, so their errors go together: multiplying their
probabilities would promise far too much. Here each draw gives all projects a common shock of the firm, one of their
product and one of each person they share, on top of what is their own; each project's own distribution stays exactly
what its forecast says (a Gaussian copula, Li 2000). How strongly they go together is learnt from past forecasts.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd
from scipy.special import ndtr, ndtri

from analytics.delay.progress_model.capacity import people_shares
from analytics.delay.progress_model.work import week_numbers
from analytics.delay.spoken import said_of
from analytics.delay.view import LATE_AFTER_WEEKS, LIKELY_LATE_PROBABILITY, RED_PROBABILITY
from analytics.evaluation.calibration import area_under_curve
from analytics.evaluation.scores import LEVELS

if TYPE_CHECKING:
    from collections.abc import Collection

    import numpy.typing as npt

    from analytics.delay.known import Histories
    from analytics.evaluation.scores import Floats

#: Correlation assumed between two projects of one firm, and added where all people are shared.
USUAL_FIRM_CORRELATION: Final = 0.10
SHARED_PEOPLE_CORRELATION: Final = 0.50
#: Pairs of past forecasts for which the assumed correlation counts.
_ASSUMED_PAIRS: Final = 200.0
_MOST_CORRELATION: Final = 0.6
_MOST_TOGETHER: Final = 0.95
_DRAW_COUNT: Final = 4096
#: Modes in which a project has a number.
_WITH_NUMBERS: Final = ("A", "B", "C")
_JOINT_MONTHS: Final = 30.5


@dataclass(frozen=True)
class JointStatement:
    """How many of some projects will be late: the expected number and the numbers that it will hardly exceed.

    ``late_count_p50`` and ``_p80`` hold with 50 and 80 %; ``any_late_probability`` is the chance of at least one.
    """

    project_count: int
    late_count_mean: float
    late_count_p50: int
    late_count_p80: int
    any_late_probability: float
    firm_correlation: float


def firm_correlation(pit: npt.ArrayLike, seen_on: pd.Series[pd.Timestamp]) -> float:
    """Return how far past forecasts of the same month erred in the same direction, shrunk to what is assumed.

    Parameters
    ----------
    pit
        Where each outcome fell in its forecast (0 to 1), one per project and month.
    seen_on
        The day of each forecast.
    """
    normal = ndtri(np.clip(np.asarray(pit, dtype=np.float64), 0.005, 0.995))
    normal = (normal - normal.mean()) / max(float(normal.std()), 0.3) if len(normal) else normal
    month = ((seen_on - pd.Timestamp("2000-01-01")).dt.days / _JOINT_MONTHS).astype("int64").to_numpy()
    numbers = np.unique(month, return_inverse=True)[1]
    count = np.bincount(numbers) if len(numbers) else np.zeros(1)
    total = np.bincount(numbers, normal) if len(numbers) else np.zeros(1)
    square = np.bincount(numbers, normal**2) if len(numbers) else np.zeros(1)
    pairs = float((count * (count - 1)).sum())
    product = float((total**2 - square).sum())
    shrunk = (product + _ASSUMED_PAIRS * USUAL_FIRM_CORRELATION) / (pairs + _ASSUMED_PAIRS)
    return float(np.clip(shrunk, 0.0, _MOST_CORRELATION))


def joint_on(
    histories: Histories,
    as_of_date: pd.Timestamp,
    project_ids: Collection[str] | None = None,
    *,
    common: float = USUAL_FIRM_CORRELATION,
    seed: int = 0,
) -> tuple[JointStatement, pd.DataFrame] | None:
    """Return the joint statement of running projects, and when the last of them is over.

    Parameters
    ----------
    project_ids
        Which projects; all running ones by default.
    common
        ``firm_correlation`` of past forecasts, where there are some.

    Returns
    -------
    The statement and the row of ``team_free_dates``; nothing where no project has a number.
    """
    day = pd.Timestamp(as_of_date).normalize()
    said = said_of(histories, day, seed, _WITH_NUMBERS, project_ids)
    if said is None:
        return None
    rows = said.rows
    people = np.zeros((len(rows), 1))
    if histories.evidence is not None:
        codes = histories.evidence.work.codes_of(rows["project_id"].astype(str).to_numpy(dtype=object))
        week = int(week_numbers(np.array([day.to_datetime64()]))[0])
        people = people_shares(histories.evidence.capacity, codes, week)
    finishes = joint_finishes(said.quantiles, people, common, seed=seed)
    committed = rows["committed_weeks"].to_numpy(dtype=np.float64)
    return joint_statement(finishes, committed, common), team_free_dates(finishes, rows["start_date"])


def joint_finishes(
    quantiles: Floats, people_shares: Floats, common: float = USUAL_FIRM_CORRELATION, *, seed: int = 0
) -> Floats:
    """Draw finishes of all projects together: one row per draw, one column per project, in weeks since their starts.

    Parameters
    ----------
    quantiles
        199 quantiles of each project.
    people_shares
        One row per project, one column per person: the person's share of the project's hours. Projects go together
        the more, the more of their hours come from the same people (cosine of their rows).
    common
        Correlation between any two projects of the firm.
    """
    correlation = correlation_of(people_shares, common, len(quantiles))
    root = np.linalg.cholesky(correlation)
    normal = np.random.default_rng([seed, 3]).standard_normal((_DRAW_COUNT, len(quantiles)))
    level = ndtr(normal @ root.T)
    return np.column_stack([np.interp(level[:, place], LEVELS, own) for place, own in enumerate(quantiles)])


def correlation_of(people_shares: Floats, common: float, project_count: int) -> Floats:
    """Return the correlation of the projects' errors; always a valid one, as it is a sum of valid parts."""
    length = np.linalg.norm(people_shares, axis=1) if people_shares.size else np.zeros(project_count)
    unit = (
        people_shares / np.where(length > 0, length, 1.0)[:, None]
        if people_shares.size
        else np.zeros((project_count, 1))
    )
    together = unit @ unit.T
    shared = min(SHARED_PEOPLE_CORRELATION, _MOST_TOGETHER - common)
    result = common + shared * together
    np.fill_diagonal(result, 1.0)
    return np.asarray(result)


def joint_statement(finishes: Floats, committed_weeks: Floats, common: float) -> JointStatement:
    """Return how many of the projects will be late by more than two weeks after their committed date."""
    late = (finishes > committed_weeks[None] + LATE_AFTER_WEEKS).sum(axis=1)
    return JointStatement(
        project_count=finishes.shape[1],
        late_count_mean=float(late.mean()),
        late_count_p50=int(np.quantile(late, 0.5, method="higher")),
        late_count_p80=int(np.quantile(late, 0.8, method="higher")),
        any_late_probability=float(np.clip((late > 0).mean(), 0.01, 0.99)),
        firm_correlation=common,
    )


def team_free_dates(finishes: Floats, start_dates: pd.Series[pd.Timestamp]) -> pd.DataFrame:
    """Return when the last of a team's projects is over: ``free_p50_date``, ``free_p80_date``, one row."""
    first = start_dates.min()
    offset = (start_dates - first).dt.days.to_numpy(dtype=np.float64) / 7.0
    last = (finishes + offset[None]).max(axis=1)
    dates = {
        f"free_p{level}_date": [first + pd.Timedelta(days=float(np.ceil(np.quantile(last, level / 100) * 7)))]
        for level in (50, 80)
    }
    return pd.DataFrame(dates)


#: The warning: amber from this probability on, two weeks running.
AMBER_PROBABILITY: Final = LIKELY_LATE_PROBABILITY
_WEEKS_RUNNING: Final = 2


def with_warning(history: pd.DataFrame) -> pd.DataFrame:
    """Add ``warning`` (none, amber, red): amber from .5 on and red from .8 on, two weeks running.

    One week alone warns nobody: a single late report would cry wolf.

    Parameters
    ----------
    history
        ``project_id``, ``as_of_date``, ``late_probability``; one row per project and week.
    """
    ordered = history.sort_values(["project_id", "as_of_date"], ignore_index=True)
    lowest = (
        ordered["late_probability"]
        .groupby(ordered["project_id"])
        .transform(lambda own: own.rolling(_WEEKS_RUNNING, min_periods=_WEEKS_RUNNING).min())
    )
    warning = np.select([lowest >= RED_PROBABILITY, lowest >= AMBER_PROBABILITY], ["red", "amber"], default="none")
    return ordered.assign(warning=warning)


@dataclass(frozen=True)
class WarningRecord:
    """How the warnings of finished projects turned out.

    ``recall`` is the share of late projects that were warned of in time (before their committed date), ``precision``
    that of warned projects that came late, ``false_alarm_rate`` that of punctual projects that were warned of;
    ``lead_weeks`` is the median time from the first warning to the committed date of late projects.
    """

    level: str
    project_count: int
    late_count: int
    recall: float
    precision: float
    false_alarm_rate: float
    lead_weeks: float
    discrimination: float


def warning_record(history: pd.DataFrame, outcomes: pd.DataFrame, level: str = "red") -> WarningRecord:
    """Return how well a level of warning has worked.

    Parameters
    ----------
    history
        ``with_warning``'s result for weeks before each project's committed date.
    outcomes
        ``project_id``, ``committed_date`` and ``is_late``; one row per finished project.
    """
    counted = {"red": ["red"], "amber": ["amber", "red"]}[level]
    joined = history.merge(outcomes, on="project_id", how="inner", validate="many_to_one")
    joined = joined[joined["as_of_date"] < joined["committed_date"]]
    alarms = joined[joined["warning"].isin(counted)].groupby("project_id")["as_of_date"].min()
    known = outcomes[outcomes["project_id"].isin(joined["project_id"])].set_index("project_id")
    is_warned = known.index.isin(alarms.index)
    is_late = known["is_late"].to_numpy(dtype=bool)
    hits = known[is_warned & is_late]
    lead = (hits["committed_date"] - alarms.reindex(hits.index)).dt.days / 7.0
    highest = joined.groupby("project_id")["late_probability"].max().reindex(known.index)
    return WarningRecord(
        level=level,
        project_count=len(known),
        late_count=int(is_late.sum()),
        recall=_share(is_warned[is_late]),
        precision=_share(is_late[is_warned]),
        false_alarm_rate=_share(is_warned[~is_late]),
        lead_weeks=float(lead.median()) if len(lead) else float("nan"),
        discrimination=area_under_curve(is_late, highest.to_numpy(dtype=np.float64)),
    )


def _share(flags: npt.NDArray[np.bool_]) -> float:
    return float(flags.mean()) if len(flags) else float("nan")
