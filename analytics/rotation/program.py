"""The roster problem, or some people's part of it, as a mixed-integer program for HiGHS.

Written as in docs/rotation.md. All others stay where they are; their heads are constants. The program knows every
term but two: presence counters near their limit (limits are rows, but for months of a posting), and, for a part of
the people, that the mean of nights moves.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array

from analytics.rotation.presence import monday_ordinals
from analytics.rotation.problem import JUNIOR, NONE, SENIOR, Plan

if TYPE_CHECKING:
    from analytics.rotation.options import Options
    from analytics.rotation.problem import Floats, Ints
    from analytics.rotation.tally import Tally


@dataclass
class Rows:
    """Columns and rows of a program while it is written down."""

    cost: list[float] = field(default_factory=list)
    upper: list[float] = field(default_factory=list)
    is_whole: list[bool] = field(default_factory=list)
    row: list[int] = field(default_factory=list)
    column: list[int] = field(default_factory=list)
    value: list[float] = field(default_factory=list)
    low: list[float] = field(default_factory=list)
    high: list[float] = field(default_factory=list)

    def add_column(self, cost: float, upper: float = np.inf, *, is_whole: bool = False) -> int:
        """Add a column from 0 to ``upper``; return its number."""
        self.cost.append(cost)
        self.upper.append(upper)
        self.is_whole.append(is_whole)
        return len(self.cost) - 1

    def add_row(self, parts: list[tuple[int, float]], low: float = -np.inf, high: float = np.inf) -> None:
        """Add a row."""
        number = len(self.low)
        for column, value in parts:
            self.row.append(number)
            self.column.append(column)
            self.value.append(value)
        self.low.append(low)
        self.high.append(high)


@dataclass(frozen=True)
class Solved:
    """A plan of the people asked, the points of the whole plan at least, and whether this is proven."""

    role: Ints
    is_remote: np.ndarray
    bound: float
    is_proven: bool


@dataclass
class _Person:
    """Columns of one person: by week (slot, role, is_remote, column), and home."""

    by_week: list[list[tuple[int, int, bool, int]]]
    home: list[int]


class Program:
    """The program of some people, the others being where the tally says."""

    def __init__(self, tally: Tally, options: Options, people: Ints, base: Plan) -> None:
        """Write the program down; ``tally`` must not count the people asked any more (they are at home in it)."""
        self.problem, self.tally, self.options = tally.problem, tally, options
        self.people, self.base = people, base
        self.rows = Rows()
        self.constant = 0.0
        self.persons = [self._person(int(person)) for person in people]
        for number, person in enumerate(people.tolist()):
            self._own_rules(person, self.persons[number])
        self._heads()
        self._burden()
        self._budget()

    def solve(self, seconds: float | None = None, gap: float = 1e-6, nodes: int | None = None) -> Solved | None:
        """Return the best plan, or nothing where none was found within the limits."""
        rows = self.rows
        shape = (len(rows.low), len(rows.cost))
        matrix = coo_array((rows.value, (rows.row, rows.column)), shape=shape).tocsc()
        limits: dict[str, float] = {"mip_rel_gap": gap}
        if seconds is not None:
            limits["time_limit"] = seconds
        if nodes is not None:
            limits["node_limit"] = nodes
        found = milp(
            np.array(rows.cost),
            integrality=np.array(rows.is_whole, dtype=np.int64),
            bounds=Bounds(np.zeros(shape[1]), np.array(rows.upper)),
            constraints=LinearConstraint(matrix, np.array(rows.low), np.array(rows.high)),
            options=limits,
        )
        bound = -np.inf if found.mip_dual_bound is None else float(found.mip_dual_bound) + self.constant
        if found.x is None:
            return None
        return self._read(found.x, bound, is_proven=found.status == 0)

    def _read(self, values: Floats, bound: float, *, is_proven: bool) -> Solved:
        weeks = len(self.problem.weeks)
        role = np.full((len(self.people), weeks), NONE, dtype=np.int64)
        is_remote = np.zeros((len(self.people), weeks), dtype=bool)
        for number, person in enumerate(self.persons):
            for week, columns in enumerate(person.by_week):
                for _, chosen, remote, column in columns:
                    if values[column] > 0.5:
                        role[number, week], is_remote[number, week] = chosen, remote
        return Solved(role, is_remote, bound, is_proven)

    def _person(self, person: int) -> _Person:
        """Add one column for each option of each week."""
        options, rows = self.options, self.rows
        own = _Person([], [])
        for week in range(len(self.problem.weeks)):
            home = float(options.home[person, week])
            columns = []
            for table, remote in ((options.onsite, False), (options.remote, True)):
                for slot, seat in np.argwhere(np.isfinite(table[person, :, :, week])).tolist():
                    role = int(options.role[person, slot, seat])
                    column = rows.add_column(float(table[person, slot, seat, week]), 1, is_whole=True)
                    columns.append((slot, role, remote, column))
            own.home.append(
                rows.add_column(home if np.isfinite(home) else 0.0, float(np.isfinite(home)), is_whole=True)
            )
            own.by_week.append(columns)
            rows.add_row([(column, 1.0) for *_, column in columns] + [(own.home[week], 1.0)], 1, 1)
        # The options hold what is saved; what stands without them is the constant.
        problem = self.problem
        self.constant += float(problem.drop_price[problem.roster[person] != NONE].sum())
        if len(problem.named):
            self.constant += problem.settings("named", "missing") * int((problem.named[:, 0] == person).sum())
        return own

    def _own_rules(self, person: int, own: _Person) -> None:
        problem, options = self.problem, self.options
        nights = options.nights[person]
        away: list[list[tuple[int, float]]] = []
        for week, columns in enumerate(own.by_week):
            away.append([(c, 1.0) for s, _, remote, c in columns if not remote and nights[s] > 0])
            before = own.by_week[week - 1] if week else None
            for slot in sorted({s for s, *_ in columns}):
                here = [(c, 1.0) for s, _, _, c in columns if s == slot]
                there = [(c, 1.0) for s, _, remote, c in columns if s == slot and not remote]
                was = problem.previous_project[person] == options.project[person, slot]
                last = [] if before is None else [(c, -1.0) for s, _, _, c in before if s == slot]
                self._rise(here, last, float(was) if before is None else 0.0, options.handover[person, slot])
                last = [] if before is None else [(c, -1.0) for s, _, r, c in before if s == slot and not r]
                was_onsite = float(was and problem.was_onsite[person]) if before is None else 0.0
                if nights[slot] > 0 and there:
                    self._rise(there, last, was_onsite, options.trip[person, slot])
        self._away_rules(person, away)
        self._night_windows(person, own)
        self._presence(person, own)

    def _rise(self, now: list[tuple[int, float]], last: list[tuple[int, float]], was: float, price: float) -> None:
        if price > 0:
            rise = self.rows.add_column(float(price), 1.0)
            self.rows.add_row([*now, *last, (rise, -1.0)], high=was)

    def _away_rules(self, person: int, away: list[list[tuple[int, float]]]) -> None:
        problem = self.problem
        past = problem.past_away[person].astype(int).tolist()
        most, in_window = int(problem.max_weeks[person]), int(problem.max_in_window[person])
        for length, limit in ((most + 1, most), (problem.settings.whole("rules", "window_weeks"), in_window)):
            for end in range(len(away)):
                start = end - length + 1
                before = sum(past[start:]) if start < 0 else 0
                parts = [part for week in range(max(start, 0), end + 1) for part in away[week]]
                if parts and before + min(end + 1, length) > limit:
                    self.rows.add_row(parts, high=max(limit - before, 0))
        if problem.settings.whole("rules", "min_home_weeks") > 1:
            for week, now in enumerate(away):
                if not now:
                    continue
                middle = [(c, -v) for c, v in away[week - 1]] if week >= 1 else []
                first = away[week - 2] if week >= 2 else []
                known = (past[week - 2] if week < 2 else 0) - (past[-1] if week == 0 else 0)
                self.rows.add_row([*now, *middle, *first], high=1 - known)

    def _night_windows(self, person: int, own: _Person) -> None:
        problem, settings = self.problem, self.problem.settings
        window, allowed = settings.whole("nights", "window_weeks"), settings("nights", "allowed")
        nights = self.options.nights[person]
        for end in range(len(own.by_week)):
            start = end - window + 1
            past = float(problem.past_nights[person][start:].sum()) if start < 0 else 0.0
            parts = [
                (c, float(nights[s]))
                for week in range(max(start, 0), end + 1)
                for s, _, remote, c in own.by_week[week]
                if not remote and nights[s] > 0
            ]
            most = past + 7.0 * (end - max(start, 0) + 1)
            if most > allowed and settings("nights", "above") > 0:
                above = self.rows.add_column(settings("nights", "above"))
                self.rows.add_row([*parts, (above, -1.0)], high=allowed - past)

    def _presence(self, person: int, own: _Person) -> None:
        problem = self.problem
        mondays = monday_ordinals(problem.weeks)
        for limit in problem.limits_by_person.get(person, ()):
            counter = limit.counter
            for end, monday in enumerate(mondays.tolist()):
                day = min(monday + 6, limit.last_day)
                start = day - counter.window_days + 1 if counter.kind == "rolling_days" else _first_of_year(day)
                past = int(((limit.past_days >= start) & (limit.past_days <= day)).sum())
                parts = []
                for week in range(end + 1):
                    for s, _, remote, c in own.by_week[week]:
                        project = int(self.options.project[person, s])
                        if remote or not limit.is_counted[project]:
                            continue
                        one = limit.days_of_weeks(
                            mondays[[week]], np.array([project]), self.options.nights[person, [s]]
                        )
                        inside = int(((one >= start) & (one <= day)).sum())
                        if inside:
                            parts.append((c, float(inside)))
                if parts and counter.kind != "posting_months":
                    self.rows.add_row(parts, high=max(counter.limit - past, 0.0))

    def _heads(self) -> None:
        """Add gaps, presence, seats, seniority and pairing of everything that somebody asked can reach."""
        problem, tally, rows, settings = self.problem, self.tally, self.rows, self.problem.settings
        seats: dict[tuple[int, int], list[tuple[int, int, bool]]] = {}
        for number, person in enumerate(self.persons):
            for week, choices in enumerate(person.by_week):
                for _, role, remote, column in choices:
                    seats.setdefault((role, week), []).append((number, column, remote))
        reached: dict[tuple[int, int], list[tuple[int, int]]] = {}
        self.constant += float(tally.role_points.sum() + tally.site_points.sum())
        for (role, week), columns in seats.items():
            covered, onsite = int(tally.covered[role, week]), int(tally.onsite[role, week])
            self.constant -= float(tally.role_points[role, week])
            every = [(c, 1.0) for _, c, _ in columns]
            there = [(c, 1.0) for _, c, remote in columns if not remote]
            rows.add_row(every, high=float(problem.seats[role, week] - covered))
            gap = rows.add_column(float(problem.gap_price[role, week]))
            rows.add_row([*every, (gap, 1.0)], low=float(problem.demand[role, week] - covered))
            missing = rows.add_column(float(problem.onsite_price[role, week]))
            rows.add_row([*there, (missing, 1.0)], low=float(problem.onsite_minimum[role, week] - onsite))
            site = (int(problem.role_project[role]), week)
            reached.setdefault(site, []).extend((n, c) for n, c, remote in columns if not remote)
        for (project, week), present in reached.items():
            self.constant -= float(tally.site_points[project, week])
            seniority = problem.seniority[self.people]
            if problem.needs_senior[project, week] and not tally.fitting[project, week]:
                least = problem.least_seniority[project, week]
                alone = rows.add_column(settings("seniority", "missing"))
                rows.add_row([(c, 1.0) for n, c in present if seniority[n] >= least] + [(alone, 1.0)], low=1.0)
            guided = settings("pairing", "juniors_per_senior")
            loose = rows.add_column(settings("pairing", "unpaired"))
            parts = [(c, 1.0) for n, c in present if seniority[n] == JUNIOR]
            parts += [(c, -guided) for n, c in present if seniority[n] == SENIOR]
            free = guided * int(tally.seniors[project, week]) - int(tally.juniors[project, week])
            rows.add_row([*parts, (loose, -1.0)], high=float(free))

    def _burden(self) -> None:
        """Add the largest burden and burdens above the mean; the mean moves only when everybody is asked."""
        problem, rows = self.problem, self.rows
        prior = problem.prior_nights + self.tally.nights
        count = len(prior)
        everybody = len(self.people) == count
        others = np.setdiff1d(np.arange(count), self.people)
        most = rows.add_column(problem.settings("burden", "max"))
        if len(others):
            rows.add_row([(most, 1.0)], low=float(prior[others].max()))
        ratio = problem.settings("burden", "excess_ratio")
        nights = [
            [
                (c, float(self.options.nights[int(e), s]))
                for columns in person.by_week
                for s, _, remote, c in columns
                if not remote and self.options.nights[int(e), s] > 0
            ]
            for e, person in zip(self.people, self.persons, strict=True)
        ]
        total = [(c, -ratio / count * n) for parts in nights for c, n in parts] if everybody else []
        mean = float(prior.mean()) if everybody else float((problem.prior_nights.sum() + self.mean_nights()) / count)
        for e, parts in zip(self.people.tolist(), nights, strict=True):
            rows.add_row([(c, -n) for c, n in parts] + [(most, 1.0)], low=float(prior[e]))
            above = rows.add_column(problem.settings("burden", "excess"))
            merged: dict[int, float] = {}
            for c, n in [*parts, *total]:
                merged[c] = merged.get(c, 0.0) + n
            rows.add_row([*merged.items(), (above, -1.0)], high=ratio * mean - float(prior[e]))
        if not everybody:
            self.constant += problem.settings("burden", "excess") * float(
                np.maximum(prior[others] - ratio * mean, 0.0).sum()
            )

    def mean_nights(self) -> float:
        """Return nights of the plan as it was before the people asked were taken out: a guess of the new mean."""
        return (
            float(self.tally.nights.sum())
            * len(self.problem.person_ids)
            / max(1, len(self.problem.person_ids) - len(self.people))
        )

    def _budget(self) -> None:
        problem, rows = self.problem, self.rows
        if problem.budget is None:
            return
        near = range(problem.budget_weeks)
        before = self.base.project(problem)
        parts = []
        for number, person in enumerate(self.people.tolist()):
            moved = rows.add_column(0.0, 1.0, is_whole=True)
            parts.append((moved, 1.0))
            for week in near:
                stays = [
                    (c, 1.0)
                    for s, _, remote, c in self.persons[number].by_week[week]
                    if self.options.project[person, s] == before[person, week]
                    and remote == bool(self.base.is_remote[person, week])
                ]
                if before[person, week] == NONE:
                    stays = [(self.persons[number].home[week], 1.0)]
                rows.add_row([*stays, (moved, 1.0)], low=1.0)
        others = np.setdiff1d(np.arange(len(problem.person_ids)), self.people)
        plan = self.tally.plan()
        project = plan.project(problem)
        near_weeks = slice(0, problem.budget_weeks)
        is_other = (project[others, near_weeks] != before[others, near_weeks]) | (
            (project[others, near_weeks] != NONE)
            & (plan.is_remote[others, near_weeks] != self.base.is_remote[others, near_weeks])
        )
        rows.add_row(parts, high=float(problem.budget - int(is_other.any(axis=1).sum())))


def _first_of_year(day: int) -> int:
    return date(date.fromordinal(day).year, 1, 1).toordinal()
