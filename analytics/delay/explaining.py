"""Why a forecast is where it is, driver by driver, and what moved it since an earlier day."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import permutations
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from analytics.delay.model import PATH_COUNT, forecast_rules
from analytics.delay.progress_model.capacity import assigned_between
from analytics.delay.progress_model.cases import Cases, cases_of, chosen_cases
from analytics.delay.progress_model.drivers import DRIVER_PATHS, DRIVERS, driver_weeks, late_start_of, scope_split
from analytics.delay.progress_model.paths import chances, outlook, path_quantiles
from analytics.delay.progress_model.work import day_numbers, week_numbers
from analytics.delay.spoken import said_of
from analytics.delay.view import shown_weeks
from analytics.evaluation.scores import interpolated_quantile

if TYPE_CHECKING:
    from collections.abc import Collection

    from analytics.delay.known import Histories
    from analytics.delay.progress_model.cases import Evidence
    from analytics.delay.progress_model.lesson import ProgressModel
    from analytics.delay.spoken import Spoken
    from analytics.evaluation.scores import Floats

#: What is left between the replayed forecast and the shown one: what past forecasts of this kind missed.
PAST_ERRORS: Final = "past_errors"
#: Weeks by which the committed date already lies after the first plan: they are in the plan, so they are no slip.
REPLANNED: Final = "replanned"
_NO_WEEKS: Final = 1e-6
#: Drivers as they are shown, in the order of a waterfall.
SHOWN_DRIVERS: Final = (
    "late_start",
    "scope_approved",
    "scope_pending",
    "scope_expected",
    "rework",
    "speed",
    "availability",
    "wait",
    PAST_ERRORS,
)


@dataclass(frozen=True, eq=False)
class Position:
    """Projects on a day with everything a forecast of them is made of; only those that the model of the work sees."""

    rows: pd.DataFrame
    cases: Cases
    model: ProgressModel
    evidence: Evidence
    rules: Floats
    quantiles: Floats

    @property
    def median(self) -> Floats:
        """The P50 that is shown, in weeks since the start."""
        return shown_weeks(self.quantiles, 0.5)


def position_on(
    histories: Histories, as_of_date: pd.Timestamp, project_ids: Collection[str] | None = None, *, seed: int = 0
) -> Position | None:
    """Return where projects stand on a day; nothing when the model of the work speaks for none of them."""
    day = pd.Timestamp(as_of_date).normalize()
    said = said_of(histories, day, seed, ("A",), project_ids)
    return None if said is None else _position(said)


def _position(said: Spoken) -> Position | None:
    model = said.model
    if model.progress is None or model.evidence is None:
        return None
    cases, is_known = cases_of(model.evidence, said.rows)
    if not is_known.any():
        return None
    own = said.only(np.asarray(is_known, dtype=bool))
    return Position(own.rows, cases, model.progress, model.evidence, forecast_rules(own.rows, model), own.quantiles)


def drivers_on(
    histories: Histories, as_of_date: pd.Timestamp, project_ids: Collection[str] | None = None, *, seed: int = 0
) -> pd.DataFrame:
    """Return how many weeks each driver adds to the committed date, for projects in mode A.

    Returns
    -------
    ``project_id``, ``driver`` (of ``SHOWN_DRIVERS``) and ``weeks``; the weeks of a project add up to its
    ``slip_weeks_p50``. Scope is split by the hours approved, pending and expected. They are told on the scale of
    the shown forecast where past forecasts of this kind correct it downwards (``driver_weeks``); ``past_errors`` is
    what that correction leaves. Where the committed date is another than the first plan, the weeks between them come
    first as ``replanned``.
    """
    position = position_on(histories, as_of_date, project_ids, seed=seed)
    if position is None:
        return pd.DataFrame({"project_id": pd.Series(dtype="str"), "driver": pd.Series(dtype="str"), "weeks": []})
    return drivers_of(position)


def drivers_of(position: Position) -> pd.DataFrame:
    """Do as ``drivers_on`` for a position."""
    model, cases = position.model.work, position.cases
    ahead = outlook(model, cases)
    chance = chances(model, position.model.seed, DRIVER_PATHS)
    late = late_start_of(cases, cases.first_work_weeks)
    weeks, _replayed = driver_weeks(cases, ahead, chance, late, position.median)
    split = scope_split(cases, ahead, weeks[:, DRIVERS.index("scope")], ahead.wishes.size * model.wishes.mean_factor)
    columns = {name: weeks[:, place] for place, name in enumerate(DRIVERS) if name != "scope"}
    columns |= {f"scope_{name}": split[:, place] for place, name in enumerate(("approved", "pending", "expected"))}
    planned = position.rows["planned_weeks"].to_numpy(dtype=np.float64)
    columns[PAST_ERRORS] = position.median - planned - weeks.sum(axis=1)
    columns[REPLANNED] = (position.rows["planned_weeks"] - position.rows["committed_weeks"]).to_numpy(dtype=np.float64)
    order = (REPLANNED, *SHOWN_DRIVERS)
    wide = pd.DataFrame({name: columns[name] for name in order})
    long = wide.assign(project_id=position.rows["project_id"]).melt("project_id", var_name="driver", value_name="weeks")
    rank = long["driver"].map({name: place for place, name in enumerate(order)})
    is_shown = (long["driver"] != REPLANNED) | (long["weeks"].abs() > _NO_WEEKS)
    return long.assign(rank=rank)[is_shown].sort_values(["project_id", "rank"], ignore_index=True).drop(columns="rank")


#: What can have become known between two days. Work is hours, progress and the passing of time.
FACTS: Final = ("work", "requests", "plan")
_REQUEST_FIELDS: Final = ("wishes", "rework", "scope")
_PLAN_FIELDS: Final = ("ahead",)


@dataclass(frozen=True)
class Movement:
    """What moved the P50 of a project between two days, in weeks.

    ``work``, ``requests`` and ``plan`` are new facts, averaged over the orders in which they can have come;
    ``expectation`` is what the model learnt meanwhile from other projects. They add up to ``total``: the weeks between
    the two days that are shown as P50.
    """

    project_id: str
    total: float
    work: float
    requests: float
    plan: float
    expectation: float


def moved_between(
    histories: Histories, project_id: str, before: pd.Timestamp, now: pd.Timestamp, *, seed: int = 0
) -> Movement | None:
    """Return what moved the forecast of a project between two days; nothing where one of them has no such forecast."""
    return movements_between(histories, [project_id], before, now, seed=seed)[project_id]


def movements_between(
    histories: Histories, project_ids: Collection[str], before: pd.Timestamp, now: pd.Timestamp, *, seed: int = 0
) -> dict[str, Movement | None]:
    """Do as ``moved_between`` for some projects, by project."""
    old = position_on(histories, before, project_ids, seed=seed)
    new = position_on(histories, now, project_ids, seed=seed)
    return {one: _movement(one, _of_project(old, one), _of_project(new, one)) for one in project_ids}


def _of_project(position: Position | None, project_id: str) -> Position | None:
    """Return where one project stands, if it is among those of a position."""
    if position is None:
        return None
    place = np.flatnonzero(position.rows["project_id"] == project_id)
    if not len(place):
        return None
    return replace(
        position,
        rows=position.rows.iloc[place].reset_index(drop=True),
        cases=chosen_cases(position.cases, place),
        rules=position.rules[place],
        quantiles=position.quantiles[place],
    )


def _movement(project_id: str, old: Position | None, new: Position | None) -> Movement | None:
    if old is None or new is None:
        return None
    value = {changed: _mixed_median(old, new, changed) for changed in _subsets(FACTS)}
    start = value[frozenset()]
    effect = dict.fromkeys(FACTS, 0.0)
    orders = list(permutations(FACTS))
    for order in orders:
        for place, fact in enumerate(order):
            effect[fact] += (value[frozenset(order[: place + 1])] - value[frozenset(order[:place])]) / len(orders)
    total = float(new.median[0] - old.median[0])
    return Movement(
        project_id=project_id,
        total=total,
        work=effect["work"],
        requests=effect["requests"],
        plan=effect["plan"],
        # The rules behind the forecast learn daily, so this is what facts do not explain.
        expectation=total - (value[frozenset(FACTS)] - start),
    )


def _subsets(names: tuple[str, ...]) -> list[frozenset[str]]:
    return [frozenset(name for place, name in enumerate(names) if mask >> place & 1) for mask in range(1 << len(names))]


def _mixed_median(old: Position, new: Position, changed: frozenset[str]) -> float:
    """Return the P50 under the model of now, with the changed facts of now and the others of then."""
    work = new.cases if "work" in changed else old.cases
    requests = new.cases if "requests" in changed else old.cases
    plan = new.cases if "plan" in changed else old.cases
    cases = replace(
        chosen_cases(work, np.array([0])),
        **{name: getattr(requests, name) for name in _REQUEST_FIELDS},
        **{name: getattr(plan, name) for name in _PLAN_FIELDS},
    )
    own = path_quantiles(outlook(new.model.work, cases), chances(new.model.work, new.model.seed, PATH_COUNT))
    base = new if "work" in changed else old
    planned = new if "plan" in changed else old
    names = ["plan_point", "plan_finish_weeks"]
    rows = base.rows.assign(**{name: planned.rows[name].to_numpy() for name in names})
    rules = (new if changed >= {"work", "plan"} else base).rules
    return float(interpolated_quantile(new.model.stack.forecast(rows, own, rules), 0.5)[0])


def new_rows(histories: Histories, project_id: str, before: pd.Timestamp, now: pd.Timestamp) -> pd.DataFrame:
    """Return what became known of a project between two days: the rows behind ``moved_between``.

    Returns
    -------
    ``fact`` ("request_raised", "request_estimated", "request_decided", "request_gone", "hours", "progress",
    "plan_of_record", "roster"), ``reference`` (id of the request, or week), ``value`` (hours, or progress as a share,
    or days by which the plan moved).
    """
    evidence = histories.evidence
    rows: list[tuple[str, str, float]] = []
    if evidence is not None:
        rows += _new_requests(evidence, project_id, before, now)
        rows += _new_roster(evidence, project_id, before, now)
    states = histories.states[histories.states["project_id"] == project_id]
    known = states[states["week_start_date"] <= now]
    fresh = known["week_start_date"] > before - pd.Timedelta(days=before.weekday())
    step = known.assign(
        new_hours=known["booked_hours"].diff().fillna(known["booked_hours"]),
        new_progress=known["progress_ratio"].diff(),
        new_plan=known["planned_finish_date"].diff().dt.days,
    )[fresh]
    for name, column in (("hours", "new_hours"), ("progress", "new_progress"), ("plan_of_record", "new_plan")):
        changed = step[step[column].fillna(0.0).abs() > 0]
        weeks = changed["week_start_date"].dt.strftime("%Y-%m-%d")
        rows += [(name, week, float(value)) for week, value in zip(weeks, changed[column], strict=True)]
    return pd.DataFrame(rows, columns=["fact", "reference", "value"])


def _new_roster(
    evidence: Evidence, project_id: str, before: pd.Timestamp, now: pd.Timestamp
) -> list[tuple[str, str, float]]:
    """Return the weeks ahead whose planned hours became others, with the difference."""
    code = int(evidence.work.codes_of(np.array([project_id], dtype=object))[0])
    if code < 0:
        return []
    first, last = week_numbers(np.array([before.to_datetime64(), now.to_datetime64()])).tolist()
    found = assigned_between(evidence.capacity, code, first, last)
    monday = now.normalize() - pd.Timedelta(days=now.weekday())
    return [("roster", f"{monday + pd.Timedelta(weeks=week - last):%Y-%m-%d}", hours) for week, hours in found.items()]


def _new_requests(
    evidence: Evidence, project_id: str, before: pd.Timestamp, now: pd.Timestamp
) -> list[tuple[str, str, float]]:
    requests = evidence.requests
    code = int(evidence.work.codes_of(np.array([project_id], dtype=object))[0])
    if code < 0:
        return []
    own = requests.of_project(code)
    first, last = day_numbers(np.array([before.to_datetime64(), now.to_datetime64()])).tolist()
    hours = np.nan_to_num(requests.share[own] * evidence.work.budget_hours[evidence.work.first_rows[code]])
    names, decided = requests.request_ids[own], requests.decided_day[own]
    then, known = (
        {str(names[place]): place for place in np.flatnonzero(requests.is_valid(day, own)).tolist()}
        for day in (first, last)
    )
    rows: list[tuple[str, str, float]] = []
    for name, place in known.items():
        past = then.get(name)
        if past is None:
            rows.append(("request_raised", name, float(hours[place])))
        elif hours[place] != hours[past]:
            rows.append(("request_estimated", name, float(hours[place] - hours[past])))
        if decided[place] <= last and (past is None or decided[past] > first):
            rows.append(("request_decided", name, float(hours[place])))
    gone = [("request_gone", name, float(-hours[place])) for name, place in then.items() if name not in known]
    return rows + gone
