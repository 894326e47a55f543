"""What-ifs that somebody kept, and the decisions that came of them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import select

from data.journal.engine import now, reading, writing
from data.journal.tables import DecisionRow, ScenarioRow
from data.problems import GoliveError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime

    from data.home import Home

_TITLE_LENGTH: Final = 200


@dataclass(frozen=True)
class Scenario:
    """One kept what-if.

    Parameters
    ----------
    as_of_date
        The day whose knowledge it was reckoned from.
    steps
        What would be done, each with its kind and values.
    result
        What was reckoned: figures by name.
    """

    scenario_id: int
    saved_at: datetime
    viewer_name: str
    project_id: str
    as_of_date: date
    title: str
    steps: tuple[Mapping[str, Any], ...]
    result: Mapping[str, Any]


@dataclass(frozen=True)
class Decision:
    """What was decided, by whom it is done until when, and what was predicted of it then."""

    decision_id: int
    decided_at: datetime
    viewer_name: str
    project_id: str
    scenario_id: int | None
    title: str
    owner_name: str
    due_date: date | None
    prediction: Mapping[str, Any]
    note: str


def save_scenario(
    home: Home,
    viewer_name: str,
    project_id: str,
    as_of_date: date,
    *,
    title: str,
    steps: Sequence[Mapping[str, Any]],
    result: Mapping[str, Any],
) -> int:
    """Keep a what-if; return its number, by which a link finds it."""
    row = ScenarioRow(
        saved_at=now(),
        viewer_name=viewer_name,
        project_id=project_id,
        as_of_date=as_of_date,
        title=_title(title),
        steps_json=json.dumps(list(steps), ensure_ascii=False),
        result_json=json.dumps(dict(result), ensure_ascii=False),
    )
    with writing(home) as session:
        session.add(row)
        session.flush()
        return row.scenario_id


def read_scenarios(home: Home, project_id: str | None = None) -> list[Scenario]:
    """Return the kept what-ifs of a project, or all, the newest first."""
    query = select(ScenarioRow).order_by(ScenarioRow.scenario_id.desc())
    if project_id is not None:
        query = query.where(ScenarioRow.project_id == project_id)
    with reading(home) as session:
        return [_scenario(row) for row in session.scalars(query)]


def read_scenario(home: Home, scenario_id: int) -> Scenario:
    """Return one kept what-if.

    Raises
    ------
    GoliveError
        There is none of that number.
    """
    with reading(home) as session:
        row = session.get(ScenarioRow, scenario_id)
        if row is None:
            raise GoliveError(f"No scenario has the number {scenario_id}.", "`golive what-if --list` shows all.")
        return _scenario(row)


def adopt(
    home: Home,
    viewer_name: str,
    scenario_id: int,
    *,
    owner_name: str,
    due_date: date | None = None,
    note: str = "",
) -> int:
    """Make a kept what-if a decision, with what it predicts; return the decision's number."""
    scenario = read_scenario(home, scenario_id)
    row = DecisionRow(
        decided_at=now(),
        viewer_name=viewer_name,
        project_id=scenario.project_id,
        scenario_id=scenario_id,
        title=scenario.title,
        owner_name=_title(owner_name),
        due_date=due_date,
        prediction_json=json.dumps({**scenario.result, "as_of_date": str(scenario.as_of_date)}, ensure_ascii=False),
        note=note.strip(),
    )
    with writing(home) as session:
        session.add(row)
        session.flush()
        return row.decision_id


def read_decisions(home: Home, project_id: str | None = None) -> list[Decision]:
    """Return the decisions about a project, or all, the newest first."""
    query = select(DecisionRow).order_by(DecisionRow.decision_id.desc())
    if project_id is not None:
        query = query.where(DecisionRow.project_id == project_id)
    with reading(home) as session:
        return [_decision(row) for row in session.scalars(query)]


def _title(text: str) -> str:
    return " ".join(text.split())[:_TITLE_LENGTH]


def _scenario(row: ScenarioRow) -> Scenario:
    return Scenario(
        row.scenario_id,
        row.saved_at,
        row.viewer_name,
        row.project_id,
        row.as_of_date,
        row.title,
        tuple(json.loads(row.steps_json)),
        json.loads(row.result_json),
    )


def _decision(row: DecisionRow) -> Decision:
    return Decision(
        row.decision_id,
        row.decided_at,
        row.viewer_name,
        row.project_id,
        row.scenario_id,
        row.title,
        row.owner_name,
        row.due_date,
        json.loads(row.prediction_json),
        row.note,
    )
