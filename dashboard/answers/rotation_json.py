"""Rosters for machines: everything that a proposal, an evaluation or an explanation says, as plain values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from analytics.rotation.abroad import stays_abroad
from analytics.rotation.evaluating import people_moved
from analytics.rotation.forcing import why_not
from analytics.rotation.gaps import gaps
from analytics.rotation.moves import Move, kept_share, moves, term_changes
from analytics.rotation.problem import NONE
from dashboard.answers.rotation_plans import MODES, plan_rows
from dashboard.i18n import _
from data.problems import GoliveError

if TYPE_CHECKING:
    from analytics.rotation.evaluating import Evaluation, Violation
    from analytics.rotation.problem import Plan, Problem
    from dashboard.answers.rotation import Answer, Room
    from dashboard.answers.rotation_plans import ReadPlan


def answer_json(found: Answer) -> dict[str, Any]:
    """Return a proposal."""
    room, proposal = found.room, found.proposal
    return {
        **_head(room),
        "seed": found.seed,
        "rounds": proposal.rounds,
        "first_plan_total": _points(proposal.first_total),
        "bound": _points(proposal.bound),
        "gap_share": round(proposal.gap_share, 6),
        "is_proven": proposal.is_proven,
        **_evaluated(room, proposal.plan, found.after, found.after.violations),
        "roster_total": _points(found.before.total),
        "roster_terms": {name: _points(points) for name, points in found.before.terms.items()},
        "todos": [
            {
                "person_id": room.problem.person_ids[stay.person],
                "project_id": room.problem.project_ids[stay.project],
                "country": stay.country,
                "before": room.problem.weeks[stay.first_week].isoformat(),
                "until": room.problem.weeks[stay.last_week].isoformat(),
            }
            for stay in stays_abroad(room.problem, proposal.plan, room.base)
        ],
        "moves": [move_json(room.problem, move) for move in moves(room.problem, proposal.plan, room.base)],
        "plan": [
            {**row, "week_start_date": row["week_start_date"].isoformat()}
            for row in plan_rows(room.problem, proposal.plan).to_dict("records")
        ],
    }


def evaluation_json(room: Room, read: ReadPlan, found: Evaluation) -> dict[str, Any]:
    """Return what a plan costs."""
    broken = (*read.violations, *found.violations)
    return {
        **_head(room),
        **_evaluated(room, read.plan, found, broken),
        "rows": read.rows_count,
        "rows_outside": read.outside_count,
    }


def _head(room: Room) -> dict[str, Any]:
    problem = room.problem
    return {
        "as_of_date": room.horizon.as_of_date.isoformat(),
        "first_week": problem.weeks[0].isoformat(),
        "weeks": len(problem.weeks),
        "people": len(problem.person_ids),
        "roles": len(problem.role_skills),
        "weights_version": problem.settings.version,
        "remarks": [{"kind": one.kind, "subject": one.subject, "detail": one.detail} for one in room.remarks],
    }


def _evaluated(room: Room, plan: Plan, found: Evaluation, broken: tuple[Violation, ...]) -> dict[str, Any]:
    problem = room.problem
    covered = np.minimum(found.heads.covered, problem.demand)
    return {
        "total": _points(found.total),
        "terms": {name: _points(points) for name, points in found.terms.items()},
        "is_feasible": not broken,
        "violations": [_violation(problem, one) for one in broken],
        "needed_head_weeks": _points(float(problem.demand.sum())),
        "covered_head_weeks": _points(float(covered.sum())),
        "people_moved": int(people_moved(problem, plan, room.base).sum()),
        "kept_share": round(kept_share(problem, plan, room.base), 4),
        "gaps": [
            {
                "project_id": problem.project_ids[problem.role_project[gap.role]],
                "skill": problem.role_skills[gap.role],
                "weeks": [problem.weeks[week].isoformat() for week in gap.weeks],
                "head_weeks": _points(gap.head_weeks),
                "onsite_head_weeks": _points(gap.onsite_weeks),
                "reason": gap.reason,
                "people_by_reason": gap.people_by_reason,
                "way_out": gap.way_out,
            }
            for gap in gaps(problem, plan, found)
        ],
    }


def _violation(problem: Problem, one: Violation) -> dict[str, Any]:
    return {
        "rule": one.rule,
        "person_id": problem.person_ids[one.person] if one.person != NONE else None,
        "project_id": problem.project_ids[one.project] if one.project != NONE else None,
        "week_start_date": problem.weeks[one.week].isoformat() if one.week != NONE else None,
        "detail": one.detail,
    }


def move_json(problem: Problem, move: Move) -> dict[str, Any]:
    """Return a move with ids and days."""
    return {
        "person_id": problem.person_ids[move.person],
        "first_week": problem.weeks[move.first_week].isoformat(),
        "last_week": problem.weeks[move.last_week].isoformat(),
        "from_project_id": problem.project_ids[move.before] if move.before != NONE else None,
        "from_mode": MODES[int(move.was_remote)] if move.before != NONE else "home",
        "to_project_id": problem.project_ids[move.after] if move.after != NONE else None,
        "to_mode": MODES[int(move.is_remote)] if move.after != NONE else "home",
        "is_forced": move.is_forced,
    }


def explanation_json(room: Room, plan: Plan, person_id: str | None) -> list[dict[str, Any]]:
    """Return for each person whom a plan moves (or one) how each term changes through it; negative is better.

    Raises
    ------
    GoliveError
        The person is not known.
    """
    problem = room.problem
    if person_id is not None:
        place_of_person(problem, person_id)
    found = []
    every = moves(problem, plan, room.base)
    for person in sorted({move.person for move in every}):
        name = problem.person_ids[person]
        if person_id is not None and name != person_id:
            continue
        changes = term_changes(problem, plan, room.base, person)
        found.append(
            {
                "person_id": name,
                "title": name,
                "moves": [move_json(problem, move) for move in every if move.person == person],
                "terms": {term: _points(points) for term, points in changes.items()},
                "total": _points(sum(changes.values())),
            }
        )
    return found


def why_not_json(room: Room, plan: Plan, asked: str) -> dict[str, Any]:
    """Return what it would cost to have a person at a project: ``PERSON:PROJECT`` or ``PERSON:PROJECT:WEEK``.

    Raises
    ------
    GoliveError
        Person, project or week are not known.
    """
    problem = room.problem
    parts = asked.split(":")
    if len(parts) not in (2, 3):
        raise GoliveError(_("“{text}” names no person and project.").format(text=asked), "--why-not ana:p1:2026-12-07")
    person = place_of_person(problem, parts[0])
    if parts[1] not in problem.project_ids:
        raise GoliveError(_("No project {project} is planned.").format(project=parts[1]))
    project = problem.project_ids.index(parts[1])
    days = [week.isoformat() for week in problem.weeks]
    if len(parts) == 3 and parts[2] not in days:
        raise GoliveError(
            _("{week} is no week of the plan.").format(week=parts[2]),
            _("It has the Mondays from {first} to {last}.").format(first=days[0], last=days[-1]),
        )
    needed = np.flatnonzero(problem.seats[problem.role_project == project].max(axis=0, initial=0) > 0).tolist()
    weeks = [days.index(parts[2])] if len(parts) == 3 else needed[:4]
    found = why_not(problem, plan, room.base, person, project, weeks)
    return {
        "person_id": parts[0],
        "project_id": parts[1],
        "weeks": [days[week] for week in weeks],
        "title": f"{parts[0]} → {parts[1]}",
        "reason": found.reason,
        "terms": {term: _points(points) for term, points in found.term_changes.items()},
        "total": None if found.reason else _points(found.extra),
    }


def place_of_person(problem: Problem, person_id: str) -> int:
    """Return the row of a person.

    Raises
    ------
    GoliveError
        The person is not known.
    """
    if person_id not in problem.person_ids:
        raise GoliveError(_("No person {person} is planned.").format(person=person_id))
    return problem.person_ids.index(person_id)


def _points(value: float) -> float:
    return round(float(value), 6)
