"""Rosters in words and rows: the board, coverage by site, before and after, moves, burdens, limits, knowledge."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from analytics.rotation.abroad import stays_abroad
from analytics.rotation.choices import burdens
from analytics.rotation.gaps import gaps
from analytics.rotation.moves import kept_share, moves
from analytics.rotation.paths import nights_above, paths_of
from analytics.rotation.problem import NONE
from dashboard.i18n import _, ngettext
from dashboard.views.rotation_words import abroad_text, reason_text, term_text, way_out_text
from dashboard.views.words import amount_text, date_text, number_text, percent_text, signed_number_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from analytics.rotation.evaluating import Evaluation
    from analytics.rotation.moves import Move
    from analytics.rotation.problem import Plan, Problem

#: States of a week on the board, in the order of their colours.
STATES: Final = ("home", "leave", "remote", "tentative", "firm")


@dataclass(frozen=True)
class RosterView:
    """What a page shows of one plan against the roster."""

    problem: Problem
    plan: Plan
    base: Plan
    after: Evaluation
    before: Evaluation
    people: dict[str, str]
    projects: dict[str, str]

    def person(self, row: int) -> str:
        """Return the name of a person."""
        own = self.problem.person_ids[row]
        name = str(self.people.get(own) or own)
        return f"{name} ({own})" if name in self.shared_names else name

    @cached_property
    def shared_names(self) -> frozenset[str]:
        """Names that several people have: their ids tell them apart."""
        counts = Counter(str(self.people.get(own) or own) for own in self.problem.person_ids)
        return frozenset(name for name, count in counts.items() if count > 1)

    def project(self, place: int) -> str:
        """Return the name of a project."""
        own = self.problem.project_ids[place]
        return str(self.projects.get(own) or own)

    def place(self, project: int, *, is_remote: bool) -> str:
        """Return where somebody is."""
        if project == NONE:
            return _("home")
        name = self.project(project)
        return _("{project}, remotely").format(project=name) if is_remote else name

    @property
    def moves(self) -> list[Move]:
        """The moves, by week and person."""
        return moves(self.problem, self.plan, self.base)


def state_words() -> dict[str, str]:
    """Return the names of states."""
    return {
        "home": _("home"),
        "leave": _("leave"),
        "remote": _("remote"),
        "tentative": _("changed by this proposal"),
        "firm": _("on site as in the roster"),
    }


def headline(view: RosterView) -> str:
    """Return what a proposal does, in one sentence."""
    closed = open_weeks(view, view.before) - open_weeks(view, view.after)
    near = [move for move in view.moves if move.first_week < view.problem.budget_weeks]
    people = len({move.person for move in near})
    if not view.moves:
        return _("The roster as it is can't be improved: nobody moves.")
    moved = ngettext(
        "{count} person moves in the next four weeks", "{count} people move in the next four weeks", people
    )
    return _("{moved}; {closed:.0f} of {gaps:.0f} open person-weeks are covered.").format(
        moved=moved, closed=closed, gaps=open_weeks(view, view.before)
    )


def open_weeks(view: RosterView, found: Evaluation) -> float:
    """Return person-weeks that are asked for and not covered."""
    return float(np.maximum(view.problem.demand - found.heads.covered, 0.0).sum())


def quality_sentence(total: float, bound: float, *, is_proven: bool) -> str:
    """Say how near a plan is to the best one: proven to be it, or so far above what none can fall below."""
    if is_proven:
        return _("This is proven to be an optimum.")
    if bound <= 0:
        return _("How near it is to the best plan is not known.")
    return _("The best plan has at least {bound} points; this one is {above} above that.").format(
        bound=number_text(bound), above=percent_text(max(total / bound - 1.0, 0.0))
    )


def board(view: RosterView, *, only_moved: bool) -> pd.DataFrame:
    """Return one row for each person and week: ``person``, ``week_start_date``, ``state``, ``text``, ``is_moved``."""
    problem = view.problem
    project, before = view.plan.project(problem), view.base.project(problem)
    is_moved = (project != before) | ((project != NONE) & (view.plan.is_remote != view.base.is_remote))
    chosen = is_moved.any(axis=1) if only_moved else np.ones(len(is_moved), dtype=bool)
    rows = []
    for person in np.flatnonzero(chosen).tolist():
        for week, day in enumerate(problem.weeks):
            site = int(project[person, week])
            remote, moved = bool(view.plan.is_remote[person, week]), bool(is_moved[person, week])
            if problem.is_absent[person, week]:
                state, text = "leave", _("leave")
            elif site == NONE:
                state, text = "home", _("home") if moved else ""
            else:
                state = "remote" if remote else ("tentative" if moved else "firm")
                text = view.project(site)
            rows.append((view.person(person), day, state, text, moved))
    return pd.DataFrame(rows, columns=["person", "week_start_date", "state", "text", "is_moved"])


def coverage_table(view: RosterView) -> pd.DataFrame:
    """Return people planned of people needed by project and week."""
    problem = view.problem
    rows = []
    for project in range(len(problem.project_ids)):
        own = problem.role_project == project
        needed = problem.demand[own].sum(axis=0)
        if not needed.sum():
            continue
        have = np.minimum(view.after.heads.covered[own], problem.demand[own]).sum(axis=0)
        had = np.minimum(view.before.heads.covered[own], problem.demand[own]).sum(axis=0)
        cells = [
            "" if not need else _coverage_text(planned, was, need)
            for planned, was, need in zip(have, had, needed, strict=True)
        ]
        gap = float((needed - have).sum())
        rows.append([view.project(project), *cells, amount_text(gap) if gap > 0.05 else _("covered")])
    heads = [_("Site"), *(date_text(week) for week in problem.weeks), _("Open person-weeks")]
    return pd.DataFrame(rows, columns=heads, dtype="object")


def _coverage_text(planned: float, was: float, need: float) -> str:
    text = f"{planned:g}/{need:g}"
    return text if abs(planned - was) < 0.05 else _("{now} (was {was:g})").format(now=text, was=was)


def before_after(view: RosterView, more: Sequence[tuple[str, str, str, str]] = ()) -> pd.DataFrame:
    """Return what changes, in figures that a manager weighs; ``more`` are rows from elsewhere."""
    problem = view.problem
    everybody = np.arange(len(problem.person_ids))
    rows = []
    figures = []
    for plan, found in ((view.base, view.before), (view.plan, view.after)):
        paths = paths_of(problem, everybody, plan.role, plan.is_remote)
        nights, ratio = burdens(problem, plan)
        figures.append(
            {
                _("Open person-weeks"): open_weeks(view, found),
                _("Missing on site, person-weeks"): float(
                    np.maximum(problem.onsite_minimum - found.heads.onsite, 0).sum()
                ),
                _("Nights away"): float(paths.nights.sum()),
                _("Nights above 20 in 28 days"): float(nights_above(problem, paths).sum()),
                _("Most nights of one person to the mean"): float(nights.max(initial=0) / max(nights.mean(), 1e-9)),
                _("Highest on : off ratio (even time is 1)"): float(ratio.max(initial=0)),
                _("Points"): found.total,
            }
        )
    for name in figures[0]:
        # The change is that of the figures that stand beside it.
        was, now = round(figures[0][name], 1), round(figures[1][name], 1)
        rows.append((name, amount_text(was), amount_text(now), signed_number_text(now - was)))
    rows += more
    share = kept_share(problem, view.plan, view.base)
    rows.append(
        (
            _("Weeks of the roster that keep their project, next four weeks"),
            "100 %",
            percent_text(share),
            signed_number_text(100 * (share - 1), 0),
        )
    )
    names = [_("Figure"), _("Present"), _("Proposal"), _("Change")]
    return pd.DataFrame(rows, columns=names, dtype="object")


def terms_table(changes: dict[str, float]) -> pd.DataFrame:
    """Return how each term changes; negative is better."""
    rows = [(term_text(name), signed_number_text(points)) for name, points in changes.items() if abs(points) > 0.05]
    rows.append((_("total"), signed_number_text(sum(changes.values()))))
    return pd.DataFrame(rows, columns=[_("Term"), _("Points")], dtype="object")


def move_text(view: RosterView, move: Move) -> str:
    """Return a move in words."""
    weeks = date_text(view.problem.weeks[move.first_week])
    if move.last_week > move.first_week:
        weeks = f"{weeks} – {date_text(view.problem.weeks[move.last_week])}"
    return _("{person}, {weeks}: {after} instead of {before}").format(
        person=view.person(move.person),
        weeks=weeks,
        after=view.place(move.after, is_remote=move.is_remote),
        before=view.place(move.before, is_remote=move.was_remote),
    )


def burden_rows(view: RosterView) -> pd.DataFrame:
    """Return nights away by person, before and after, the highest first."""
    was, now = burdens(view.problem, view.base)[0], burdens(view.problem, view.plan)[0]
    rows = [(view.person(person), was[person], now[person]) for person in np.argsort(-now, kind="stable")[:30].tolist()]
    return pd.DataFrame(rows, columns=["person", "nights_before", "nights_after"])


def presence_table(view: RosterView) -> pd.DataFrame:
    """Return who comes how near to which limit of presence."""
    from analytics.rotation.presence import monday_ordinals  # noqa: PLC0415 - only people with limits need it

    problem = view.problem
    mondays = monday_ordinals(problem.weeks)
    rows = []
    for limit in problem.stay_limits:
        one = np.array([limit.person])
        paths = paths_of(problem, one, view.plan.role[one], view.plan.is_remote[one])
        project = np.where(paths.is_onsite[0], paths.project[0], NONE)
        planned = limit.days_of_weeks(mondays, project, paths.nights[0])
        most = float(limit.counts_of(planned).max()) if len(planned) else float(len(limit.past_days))
        rows.append(
            (
                view.person(limit.person),
                limit.counter.name,
                number_text(most),
                number_text(limit.counter.limit),
                limit.counter.what,
                limit.counter.source,
            )
        )
    names = [_("Person"), _("Limit"), _("Most in these weeks"), _("Allowed"), _("What it is"), _("Source")]
    return pd.DataFrame(rows, columns=names, dtype="object")


def knowledge_table(view: RosterView) -> pd.DataFrame:
    """Return how many people know each project that asks for somebody, and who of them is on it."""
    problem = view.problem
    project = view.plan.project(problem)
    rows = []
    for place in np.unique(problem.role_project[problem.demand.sum(axis=1) > 0]).tolist():
        know = np.flatnonzero(problem.is_known[:, place])
        there = [view.person(int(person)) for person in know if (project[person] == place).any()]
        word = _("rests on one person") if len(know) == 1 else ""
        rows.append((view.project(place), str(len(know)), ", ".join(there[:4]), word))
    names = [_("Project"), _("People who know it"), _("Planned there"), _("Remark")]
    return pd.DataFrame(rows, columns=names, dtype="object")


def gaps_table(view: RosterView) -> pd.DataFrame:
    """Return what stays open, what is in the way, and the cheapest way out."""
    problem = view.problem
    rows = [
        (
            view.project(int(problem.role_project[gap.role])),
            problem.role_skills[gap.role],
            round(gap.head_weeks, 1),
            round(gap.onsite_weeks, 1),
            ", ".join(date_text(problem.weeks[week]) for week in gap.weeks[:3]) + (" …" if len(gap.weeks) > 3 else ""),
            reason_text(gap.reason),
            way_out_text(gap.way_out, gap.head_weeks),
        )
        for gap in gaps(problem, view.plan, view.after)
    ]
    names = [
        _("Site"),
        _("Skill"),
        _("Open person-weeks"),
        _("Short on site"),
        _("Weeks"),
        _("In the way"),
        _("Way out"),
    ]
    return pd.DataFrame(rows, columns=names, dtype="object")


def todo_texts(view: RosterView) -> list[str]:
    """Return what must be asked before planned stays abroad begin."""
    return [
        abroad_text(
            view.person(stay.person),
            stay.country,
            view.problem.weeks[stay.first_week],
            view.problem.weeks[stay.last_week],
        )
        for stay in stays_abroad(view.problem, view.plan, view.base)
    ]


def actual_table(rows: pd.DataFrame) -> pd.DataFrame:
    """Return where people were against the plan, what differs first."""
    ordered = rows.sort_values(["is_as_planned", "week_start_date", "person_id"], kind="stable")
    made = [
        (
            row["person_id"],
            row["week_start_date"],
            row["planned_project_id"] or _("home"),
            row["actual_project_id"],
            _("as planned") if row["is_as_planned"] else _("differs"),
        )
        for row in ordered.to_dict("records")
    ]
    return pd.DataFrame(made, columns=[_("Person"), _("Week"), _("Planned"), _("Was at"), _("Remark")], dtype="object")
