"""Rosters that somebody kept, and those that were accepted: a decision with what was predicted of it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import select

from data.journal.engine import now, reading, writing
from data.journal.tables import DecisionRow, RotationPlanRow
from data.problems import GoliveError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime

    from data.home import Home

_TITLE_LENGTH: Final = 200


@dataclass(frozen=True)
class RotationPlan:
    """One kept roster.

    Parameters
    ----------
    rows
        The plan: person, project, skill, week and mode of each week that is not at home.
    roster
        What it was measured against, in the same words.
    result
        What was predicted: points by term, coverage, people moved.
    decision_id, batch_id
        The decision and the import that it became, once it was accepted.
    """

    plan_id: int
    kept_at: datetime
    viewer_name: str
    title: str
    as_of_date: date
    first_week_date: date
    weeks_count: int
    rows: tuple[Mapping[str, Any], ...]
    roster: tuple[Mapping[str, Any], ...]
    result: Mapping[str, Any]
    decision_id: int | None = None
    batch_id: int | None = None


def keep_plan(
    home: Home,
    viewer_name: str,
    *,
    title: str,
    as_of_date: date,
    first_week_date: date,
    weeks_count: int,
    rows: Sequence[Mapping[str, Any]],
    roster: Sequence[Mapping[str, Any]],
    result: Mapping[str, Any],
) -> int:
    """Keep a roster; return its number, by which a link finds it. The same once more keeps nothing twice.

    Raises
    ------
    GoliveError
        It has no name.
    """
    name = " ".join(title.split())[:_TITLE_LENGTH]
    if not name:
        raise GoliveError("A roster needs a name.", "Say how it shall be called.")
    plan_json = json.dumps([dict(row) for row in rows], ensure_ascii=False, default=str)
    with writing(home) as session:
        same = session.scalars(
            select(RotationPlanRow).where(
                RotationPlanRow.title == name,
                RotationPlanRow.first_week_date == first_week_date,
                RotationPlanRow.plan_json == plan_json,
            )
        ).first()
        if same is not None:
            return same.plan_id
        row = RotationPlanRow(
            kept_at=now(),
            viewer_name=viewer_name,
            title=name,
            as_of_date=as_of_date,
            first_week_date=first_week_date,
            weeks_count=weeks_count,
            plan_json=plan_json,
            roster_json=json.dumps([dict(one) for one in roster], ensure_ascii=False, default=str),
            result_json=json.dumps(dict(result), ensure_ascii=False, default=str),
            decision_id=None,
            batch_id=None,
        )
        session.add(row)
        session.flush()
        return row.plan_id


def read_plans(home: Home) -> list[RotationPlan]:
    """Return all kept rosters, the newest first."""
    with reading(home) as session:
        rows = session.scalars(select(RotationPlanRow).order_by(RotationPlanRow.plan_id.desc()))
        return [_plan(row) for row in rows]


def read_plan(home: Home, plan_id: int) -> RotationPlan:
    """Return one kept roster.

    Raises
    ------
    GoliveError
        There is none of that number.
    """
    with reading(home) as session:
        row = session.get(RotationPlanRow, plan_id)
        if row is None:
            raise GoliveError(f"No roster has the number {plan_id}.", "`golive rotation list` shows all.")
        return _plan(row)


def decide_plan(home: Home, viewer_name: str, plan_id: int, *, owner_name: str, note: str, batch_id: int | None) -> int:
    """Make a kept roster a decision with what it predicts; return the decision's number.

    Raises
    ------
    GoliveError
        It was accepted already, or there is none of that number.
    """
    plan = read_plan(home, plan_id)
    if plan.decision_id is not None:
        raise GoliveError(f"Roster {plan_id} was accepted already: decision {plan.decision_id}.", "Propose anew.")
    prediction = {**plan.result, "as_of_date": str(plan.as_of_date), "plan_id": plan_id, "batch_id": batch_id}
    decision = DecisionRow(
        decided_at=now(),
        viewer_name=viewer_name,
        project_id="",
        scenario_id=None,
        title=plan.title,
        owner_name=" ".join(owner_name.split())[:_TITLE_LENGTH],
        due_date=None,
        prediction_json=json.dumps(prediction, ensure_ascii=False, default=str),
        note=note.strip(),
    )
    with writing(home) as session:
        session.add(decision)
        session.flush()
        row = session.get(RotationPlanRow, plan_id)
        if row is not None:
            row.decision_id, row.batch_id = decision.decision_id, batch_id
        return decision.decision_id


def _plan(row: RotationPlanRow) -> RotationPlan:
    return RotationPlan(
        row.plan_id,
        row.kept_at,
        row.viewer_name,
        row.title,
        row.as_of_date,
        row.first_week_date,
        row.weeks_count,
        tuple(json.loads(row.plan_json)),
        tuple(json.loads(row.roster_json)),
        json.loads(row.result_json),
        row.decision_id,
        row.batch_id,
    )
