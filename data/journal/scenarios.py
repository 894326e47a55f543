"""What-ifs that somebody kept, and how one of them becomes a decision."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from data.journal.decisions import NewDecision, decision_of, record_decision
from data.journal.engine import now, reading, writing
from data.journal.register import GONE, RENAMED, changes, note_change, titled
from data.journal.tables import ScenarioRow
from data.problems import GoliveError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime

    from data.home import Home


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
        title=titled(title),
        steps_json=json.dumps(list(steps), ensure_ascii=False),
        result_json=json.dumps(dict(result), ensure_ascii=False),
    )
    with writing(home) as session:
        session.add(row)
        session.flush()
        return row.scenario_id


def read_scenarios(home: Home, project_id: str | None = None) -> list[Scenario]:
    """Return the kept what-ifs of a project, or all, the newest first; deleted ones are left out."""
    query = select(ScenarioRow).order_by(ScenarioRow.scenario_id.desc())
    if project_id is not None:
        query = query.where(ScenarioRow.project_id == project_id)
    with reading(home) as session:
        titles, gone = changes(session, "scenario")
        rows = [row for row in session.scalars(query) if row.scenario_id not in gone]
        return [_scenario(row, titles) for row in rows]


def read_scenario(home: Home, scenario_id: int) -> Scenario:
    """Return one kept what-if.

    Raises
    ------
    GoliveError
        There is none of that number, or it was deleted.
    """
    with reading(home) as session:
        row = session.get(ScenarioRow, scenario_id)
        titles, gone = changes(session, "scenario")
        if row is None or scenario_id in gone:
            raise GoliveError(f"No scenario has the number {scenario_id}.", "`golive what-if --list` shows all.")
        return _scenario(row, titles)


def rename_scenario(home: Home, viewer_name: str, scenario_id: int, title: str) -> None:
    """Give a kept what-if another name; decisions that came of it keep theirs.

    Raises
    ------
    GoliveError
        There is none of that number, or the name is empty.
    """
    if not titled(title):
        raise GoliveError("A scenario needs a name.", "Say how it shall be called.")
    if read_scenario(home, scenario_id).title != titled(title):
        note_change(home, viewer_name, "scenario", scenario_id, RENAMED, titled(title))


def delete_scenario(home: Home, viewer_name: str, scenario_id: int) -> None:
    """Take a kept what-if out of every list.

    Raises
    ------
    GoliveError
        There is none of that number, or a decision that is in force came of it.
    """
    scenario = read_scenario(home, scenario_id)
    decision = decision_of(home, scenario_id)
    if decision is not None:
        raise GoliveError(
            f"Decision {decision.decision_id} came of scenario {scenario_id}.", "Withdraw the decision first."
        )
    note_change(home, viewer_name, "scenario", scenario_id, GONE, scenario.title)


def adopt(
    home: Home,
    viewer_name: str,
    scenario_id: int,
    *,
    owner_name: str,
    due_date: date | None = None,
    note: str = "",
) -> int:
    """Make a kept what-if a decision, with what it predicts; return the decision's number.

    Deciding the same once more makes no second decision and returns the first one's number.

    Raises
    ------
    GoliveError
        It is decided already, with another owner, day or note.
    """
    scenario = read_scenario(home, scenario_id)
    before = decision_of(home, scenario_id)
    if before is not None:
        if (before.owner_name, before.due_date, before.note) == (titled(owner_name), due_date, note.strip()):
            return before.decision_id
        raise GoliveError(
            f"Scenario {scenario_id} is decided already: decision {before.decision_id}, by {before.owner_name}.",
            "Withdraw that decision first.",
        )
    new = NewDecision(
        project_id=scenario.project_id,
        title=scenario.title,
        owner_name=owner_name,
        due_date=due_date,
        note=note,
        scenario_id=scenario_id,
        prediction={**scenario.result, "as_of_date": str(scenario.as_of_date)},
    )
    return record_decision(home, viewer_name, new)


def _scenario(row: ScenarioRow, titles: Mapping[int, str]) -> Scenario:
    return Scenario(
        row.scenario_id,
        row.saved_at,
        row.viewer_name,
        row.project_id,
        row.as_of_date,
        titles.get(row.scenario_id, row.title),
        tuple(json.loads(row.steps_json)),
        json.loads(row.result_json),
    )
