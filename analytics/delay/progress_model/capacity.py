"""How many hours the coming weeks hold, against the weeks so far: assignments ahead and leave, as known on a day.

A factor of 1 says that a coming week is as the recent ones were. Assignments give it as planned hours of the week over
planned hours of recent weeks; leave that is already filed takes away the part of those who worked on the project
lately, as far as it goes beyond the leave that the recent weeks had anyway.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from analytics.delay.progress_model.work import Work, day_numbers, week_numbers

if TYPE_CHECKING:
    import numpy.typing as npt

    from analytics.delay.progress_model.work import Ints
    from analytics.evaluation.scores import Floats

#: So many weeks ahead are looked at one by one; what comes later is like their end.
AHEAD_WEEKS: Final = 78
#: Weeks back that say what is usual for plans, and for who works here.
_RECENT_WEEKS: Final = 8
_MOST_FACTOR: Final = 3.0
#: After the last assigned week a project keeps about this part of its people.
_AFTER_PLAN_FACTOR: Final = 0.82
_WORKDAYS: Final = 5.0
_NO_HOURS: Final = 1e-6
#: Hours are taken to be complete after so many weeks; filing habits are learnt from this many weeks before.
COMPLETE_AFTER_WEEKS: Final = 8
LEARNT_WEEKS: Final = 52


@dataclass(frozen=True, eq=False)
class _Rows:
    """Signed hours of people in weeks, sorted by ``key`` (project or person), with the week or day they were known."""

    key: Ints
    week: Ints
    known: Ints
    person: Ints
    hours: Floats

    def of(self, key: int) -> slice:
        """Return where the rows of a project or person lie."""
        return slice(*np.searchsorted(self.key, [key, key + 1]).tolist())


@dataclass(frozen=True, eq=False)
class _Filed:
    """Booked hours of the firm by week of work (from ``first_week``) and weeks until they were known, cumulated."""

    first_week: int
    cumulated: Floats

    def until(self, week: int) -> Floats:
        """Return the hours of the ``LEARNT_WEEKS`` weeks that end with ``week``, by weeks until they were known."""
        last = min(max(week - self.first_week + 1, 0), len(self.cumulated) - 1)
        return np.asarray(self.cumulated[last] - self.cumulated[max(last - LEARNT_WEEKS, 0)])


@dataclass(frozen=True, eq=False)
class Capacity:
    """Assignments and booked hours by project, leave by person; ``known`` is a week, for leave a day."""

    assigned: _Rows
    booked: _Rows
    leave: _Rows
    filed: _Filed

    @property
    def is_known(self) -> bool:
        """Whether anything is known of the weeks ahead."""
        return len(self.assigned.key) > 0 or len(self.leave.key) > 0


def prepare_capacity(
    work: Work,
    assignment_weeks: pd.DataFrame | None,
    person_project_weeks: pd.DataFrame | None,
    leave: pd.DataFrame | None,
) -> Capacity:
    """Lay out what is known of the weeks ahead.

    Parameters
    ----------
    assignment_weeks, person_project_weeks
        The marts; hours are signed changes by the week in which they became known.
    leave
        ``person_id``, ``leave_date``, ``leave_hours`` (empty: all day) and ``known_date``; where that is not known,
        leave counts from its own day on only.
    """
    people: dict[str, int] = {}
    booked = _by_project(work, person_project_weeks, "worked_hours", people)
    return Capacity(
        assigned=_by_project(work, assignment_weeks, "planned_hours", people),
        booked=booked,
        leave=_by_person(leave, people),
        filed=_filed(booked),
    )


def capacity_of(capacity: Capacity, codes: Ints) -> Capacity:
    """Return the capacity as if the firm had these projects alone; leave is that of everybody."""
    booked, assigned = (_kept(rows, np.isin(rows.key, codes)) for rows in (capacity.booked, capacity.assigned))
    return Capacity(assigned, booked, capacity.leave, _filed(booked))


def _kept(rows: _Rows, chosen: npt.NDArray[np.bool_]) -> _Rows:
    return _Rows(rows.key[chosen], rows.week[chosen], rows.known[chosen], rows.person[chosen], rows.hours[chosen])


def _filed(booked: _Rows) -> _Filed:
    """Sum up when the firm's hours became known; each sum looks only at weeks that are complete by then."""
    if len(booked.week) == 0:
        return _Filed(0, np.zeros((1, COMPLETE_AFTER_WEEKS + 1)))
    first = int(booked.week.min())
    table = np.zeros((int(booked.week.max()) - first + 2, COMPLETE_AFTER_WEEKS + 1))
    lag = np.clip(booked.known - booked.week, 0, COMPLETE_AFTER_WEEKS + 1)
    # What becomes known later still was not known when the week was first taken to be complete.
    in_time = lag <= COMPLETE_AFTER_WEEKS
    np.add.at(table, (booked.week[in_time] - first + 1, lag[in_time]), booked.hours[in_time])
    return _Filed(first, np.cumsum(table, axis=0))


def _nothing() -> _Rows:
    none = np.empty(0, dtype=np.int64)
    return _Rows(none, none, none, none, np.empty(0))


def _numbers(names: pd.Series[str], people: dict[str, int]) -> Ints:
    return np.array([people.setdefault(str(name), len(people)) for name in names], dtype=np.int64)


def _by_project(work: Work, rows: pd.DataFrame | None, hours: str, people: dict[str, int]) -> _Rows:
    if rows is None or rows.empty:
        return _nothing()
    code = work.codes_of(rows["project_id"].astype(str).to_numpy(dtype=object))
    rows, code = rows[code >= 0], code[code >= 0]
    week = week_numbers(pd.to_datetime(rows["week_start_date"]).to_numpy())
    known = week_numbers(pd.to_datetime(rows["known_week_date"]).to_numpy())
    return _sorted(code, week, known, _numbers(rows["person_id"], people), rows[hours].to_numpy(dtype=np.float64))


def _by_person(rows: pd.DataFrame | None, people: dict[str, int]) -> _Rows:
    if rows is None or rows.empty:
        return _nothing()
    day = pd.to_datetime(rows["leave_date"])
    known = pd.to_datetime(rows["known_date"]).fillna(day) if "known_date" in rows else day
    person = _numbers(rows["person_id"], people)
    days = np.clip(pd.to_numeric(rows["leave_hours"]).fillna(8.0).to_numpy(dtype=np.float64) / 8.0, 0.0, 1.0)
    is_workday = (day.dt.day_of_week < _WORKDAYS).to_numpy()
    return _sorted(person, week_numbers(day.to_numpy()), day_numbers(known.to_numpy()), person, days * is_workday)


def _sorted(key: Ints, week: Ints, known: Ints, person: Ints, hours: Floats) -> _Rows:
    order = np.argsort(key, kind="stable")
    return _Rows(key[order], week[order], known[order], person[order], hours[order])


def weeks_ahead(capacity: Capacity, codes: Ints, days: Ints) -> Floats | None:
    """Return the factor of each of ``AHEAD_WEEKS`` weeks after each day; nothing where nothing is known."""
    if not capacity.is_known:
        return None
    result = np.ones((len(codes), AHEAD_WEEKS))
    for place, (code, day) in enumerate(zip(codes.tolist(), days.tolist(), strict=True)):
        result[place] = _assigned_factor(capacity.assigned, code, day // 7)
        result[place] *= _present_factor(capacity, code, day)
    return result


def people_shares(capacity: Capacity, codes: Ints, week: int) -> Floats:
    """Return each person's share of the hours of each project over the recent weeks, as known in ``week``.

    One row per project, one column per person; a project of which nobody is known has a row of zeros.
    """
    booked = capacity.booked
    count = int(booked.person.max(initial=-1)) + 1
    result = np.zeros((len(codes), max(count, 1)))
    for place, code in enumerate(codes.tolist()):
        own = booked.of(code)
        is_recent = (booked.known[own] <= week) & (booked.week[own] > week - _RECENT_WEEKS) & (booked.week[own] <= week)
        np.add.at(result[place], booked.person[own][is_recent], booked.hours[own][is_recent])
    result = np.maximum(result, 0.0)
    total = result.sum(axis=1, keepdims=True)
    used = result.sum(axis=0) > 0
    return np.asarray((result / np.where(total > 0, total, 1.0))[:, used] if used.any() else result[:, :1])


def _assigned_factor(assigned: _Rows, code: int, now: int) -> Floats:
    """Return planned hours of coming weeks over those of recent weeks, as the plan was known this week."""
    own = assigned.of(code)
    ahead = assigned.week[own] - now
    known = (assigned.known[own] <= now) & (ahead > -_RECENT_WEEKS) & (ahead <= AHEAD_WEEKS)
    planned = np.bincount(
        ahead[known] + _RECENT_WEEKS - 1, assigned.hours[own][known], minlength=AHEAD_WEEKS + _RECENT_WEEKS
    )
    recent, coming = planned[:_RECENT_WEEKS], planned[_RECENT_WEEKS:]
    last = np.flatnonzero(coming > 0)
    if not (recent > 0).any() or len(last) == 0:
        return np.ones(AHEAD_WEEKS)
    factor = coming / recent[recent > 0].mean()
    end = int(last[-1]) + 1
    factor[end:] = factor[:end].mean() * _AFTER_PLAN_FACTOR
    # A roster that has only begun says little of what is usual: it is believed as far as it reaches back.
    believed = float((recent > 0).mean())
    return np.asarray(1.0 + believed * (np.clip(factor, 0.0, _MOST_FACTOR) - 1.0))


def assigned_between(capacity: Capacity, code: int, first: int, last: int) -> dict[int, float]:
    """Return by week ahead of ``last`` how many planned hours became known after week ``first``, where that is any."""
    own = capacity.assigned.of(code)
    week, known = capacity.assigned.week[own], capacity.assigned.known[own]
    is_new = (known > first) & (known <= last) & (week > last) & (week <= last + AHEAD_WEEKS)
    sums: dict[int, float] = {}
    for place in np.flatnonzero(is_new).tolist():
        sums[int(week[place])] = sums.get(int(week[place]), 0.0) + float(capacity.assigned.hours[own][place])
    return {ahead: hours for ahead, hours in sorted(sums.items()) if abs(hours) > _NO_HOURS}


def _present_factor(capacity: Capacity, code: int, day: int) -> Floats:
    """Return the part of the recent team that is there in each coming week, against what is usual for it."""
    booked, now = capacity.booked, day // 7
    own = booked.of(code)
    is_recent = (booked.known[own] <= now) & (booked.week[own] > now - _RECENT_WEEKS) & (booked.week[own] <= now)
    hours = np.bincount(booked.person[own][is_recent], booked.hours[own][is_recent])
    team = np.flatnonzero(hours > 0)
    if len(team) == 0 or len(capacity.leave.key) == 0:
        return np.ones(AHEAD_WEEKS)
    away = np.zeros(AHEAD_WEEKS + _RECENT_WEEKS)
    for person in team.tolist():
        mine = capacity.leave.of(person)
        ahead = capacity.leave.week[mine] - now
        known = (capacity.leave.known[mine] <= day) & (ahead > -_RECENT_WEEKS) & (ahead <= AHEAD_WEEKS)
        days = np.bincount(
            ahead[known] + _RECENT_WEEKS - 1, capacity.leave.hours[mine][known], minlength=AHEAD_WEEKS + _RECENT_WEEKS
        )
        away += np.minimum(days / _WORKDAYS, 1.0) * hours[person] / hours[team].sum()
    usual = 1.0 - away[:_RECENT_WEEKS].mean()
    return np.asarray(np.minimum((1.0 - away[_RECENT_WEEKS:]) / max(usual, 0.2), 1.0))
