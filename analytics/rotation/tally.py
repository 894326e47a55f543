"""The same points as ``evaluating``, kept up to date while some people's weeks change."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from analytics.rotation.evaluating import burden_points, heads_of, newcomers_of
from analytics.rotation.paths import path_terms, paths_of
from analytics.rotation.problem import JUNIOR, NONE, SENIOR, Plan

if TYPE_CHECKING:
    from analytics.rotation.problem import Flags, Floats, Ints, Problem


class Tally:
    """A plan with its counts of heads and its points; ``put`` changes some people's weeks."""

    def __init__(self, problem: Problem, plan: Plan) -> None:
        self.problem = problem
        self._minds_overlap = problem.settings("handover", "overlap") > 0
        self.role = plan.role.copy()
        self.is_remote = plan.is_remote.copy()
        everybody = np.arange(len(problem.person_ids))
        paths = paths_of(problem, everybody, self.role, self.is_remote)
        heads = heads_of(problem, paths)
        self.covered, self.onsite = heads.covered, heads.onsite
        self.seniors, self.juniors, self.fitting = heads.seniors, heads.juniors, heads.fitting
        self.knowing, self.newcomers = heads.knowing, heads.newcomers
        self.own_points = _own(problem, everybody, self.role, self.is_remote)
        self.nights = paths.nights.sum(axis=1)
        self.role_points = self._role_points(*np.indices(self.covered.shape))
        self.site_points = self._site_points(*np.indices(self.seniors.shape))
        self.burden = burden_points(problem, problem.prior_nights + self.nights)

    @property
    def total(self) -> float:
        """Points of the whole plan."""
        return float(self.own_points.sum() + self.role_points.sum() + self.site_points.sum() + self.burden)

    def put(self, people: Ints, role: Ints, is_remote: Flags) -> float:
        """Change the weeks of some people; return by how much the points change."""
        problem = self.problem
        touched = self._move(people, -1)
        before = self.burden + self.own_points[people].sum()
        self.role[people], self.is_remote[people] = role, is_remote
        touched = np.concatenate([touched, self._move(people, 1)])
        paths = paths_of(problem, people, role, is_remote)
        self.own_points[people] = _own(problem, people, role, is_remote)
        self.nights[people] = paths.nights.sum(axis=1)
        self.burden = burden_points(problem, problem.prior_nights + self.nights)
        return float(self.burden + self.own_points[people].sum() - before + self._refresh(touched))

    def plan(self) -> Plan:
        """Return a copy of the whole plan."""
        return Plan(self.role.copy(), self.is_remote.copy())

    def plan_of(self, people: Ints) -> tuple[Ints, Flags]:
        """Return copies of the weeks of some people."""
        return self.role[people].copy(), self.is_remote[people].copy()

    def _move(self, people: Ints, step: int) -> Ints:
        """Add people to the counts of heads, or take them out; return the cells of roles as flat numbers."""
        problem = self.problem
        role = self.role[people]
        row, week = np.nonzero(role != NONE)
        if not len(row):
            return np.zeros(0, dtype=np.int64)
        which = role[row, week]
        np.add.at(self.covered, (which, week), step)
        seen = ~self.is_remote[people][row, week]
        site, at, seat = problem.role_project[which[seen]], week[seen], which[seen]
        np.add.at(self.onsite, (seat, at), step)
        seniority = problem.seniority[people[row[seen]]]
        for count, chosen in (
            (self.seniors, seniority == SENIOR),
            (self.juniors, seniority == JUNIOR),
            (self.fitting, seniority >= problem.least_seniority[site, at]),
        ):
            np.add.at(count, (site[chosen], at[chosen]), step)
        if self._minds_overlap:
            knowing, newcomers = newcomers_of(problem, paths_of(problem, people, role, self.is_remote[people]))
            self.knowing += step * knowing
            self.newcomers += step * newcomers
        flat: Ints = which * self.covered.shape[1] + week
        return flat

    def _refresh(self, touched: Ints) -> float:
        """Reckon touched cells anew; return by how much their points change."""
        if not len(touched):
            return 0.0
        cells = np.unique(touched)
        role, week = np.divmod(cells, self.covered.shape[1])
        new = self._role_points(role, week)
        change = float(new.sum() - self.role_points[role, week].sum())
        self.role_points[role, week] = new
        sites = np.unique(self.problem.role_project[role] * self.covered.shape[1] + week)
        project, week = np.divmod(sites, self.covered.shape[1])
        new = self._site_points(project, week)
        change += float(new.sum() - self.site_points[project, week].sum())
        self.site_points[project, week] = new
        return change

    def _role_points(self, role: Ints, week: Ints) -> Floats:
        problem = self.problem
        gap = np.maximum(problem.demand[role, week] - self.covered[role, week], 0.0)
        missing = np.maximum(problem.onsite_minimum[role, week] - self.onsite[role, week], 0.0)
        return gap * problem.gap_price[role, week] + missing * problem.onsite_price[role, week]

    def _site_points(self, project: Ints, week: Ints) -> Floats:
        problem = self.problem
        settings = problem.settings
        alone = problem.needs_senior[project, week] & (self.fitting[project, week] == 0)
        guided = settings("pairing", "juniors_per_senior") * self.seniors[project, week]
        loose = np.maximum(self.juniors[project, week] - guided, 0.0)
        points = settings("seniority", "missing") * alone + settings("pairing", "unpaired") * loose
        if self._minds_overlap:
            lonely = self.newcomers[project, week] * (self.knowing[project, week] == 0)
            points = points + settings("handover", "overlap") * lonely
        made: Floats = points
        return made


def _own(problem: Problem, people: Ints, role: Ints, is_remote: Flags) -> Floats:
    """Return each person's own points."""
    paths = paths_of(problem, people, role, is_remote)
    made: Floats = np.sum(list(path_terms(problem, paths).values()), axis=0)
    return made
