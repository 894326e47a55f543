"""What-ifs that somebody kept, and the decisions that came of them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import select

from data.journal.engine import now, reading, writing
from data.journal.tables import DecisionRow, RegisterChangeRow, ScenarioRow
from data.problems import GoliveError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime

    from sqlalchemy.orm import Session

    from data.home import Home

_TITLE_LENGTH: Final = 200
_RENAMED: Final = "renamed"
_GONE: Final = "gone"


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
    """Return the kept what-ifs of a project, or all, the newest first; deleted ones are left out."""
    query = select(ScenarioRow).order_by(ScenarioRow.scenario_id.desc())
    if project_id is not None:
        query = query.where(ScenarioRow.project_id == project_id)
    with reading(home) as session:
        titles, gone = _changes(session, "scenario")
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
        titles, gone = _changes(session, "scenario")
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
    if not _title(title):
        raise GoliveError("A scenario needs a name.", "Say how it shall be called.")
    if read_scenario(home, scenario_id).title != _title(title):
        _note(home, viewer_name, "scenario", scenario_id, _RENAMED, _title(title))


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
    _note(home, viewer_name, "scenario", scenario_id, _GONE, scenario.title)


def withdraw_decision(home: Home, viewer_name: str, decision_id: int) -> None:
    """Take a decision back.

    Raises
    ------
    GoliveError
        No decision of that number is in force.
    """
    found = next((one for one in read_decisions(home) if one.decision_id == decision_id), None)
    if found is None:
        raise GoliveError(f"No decision has the number {decision_id}.", "`golive what-if --list` shows all.")
    _note(home, viewer_name, "decision", decision_id, _GONE, found.title)


def decision_of(home: Home, scenario_id: int) -> Decision | None:
    """Return the decision in force that came of a kept what-if."""
    return next((one for one in read_decisions(home) if one.scenario_id == scenario_id), None)


def _note(home: Home, viewer_name: str, subject: str, subject_id: int, kind: str, title: str) -> None:
    row = RegisterChangeRow(
        changed_at=now(), viewer_name=viewer_name, subject=subject, subject_id=subject_id, kind=kind, title=title
    )
    with writing(home) as session:
        session.add(row)


def _changes(session: Session, subject: str) -> tuple[dict[int, str], set[int]]:
    """Return the newest names by number, and the numbers that are gone."""
    query = select(RegisterChangeRow).where(RegisterChangeRow.subject == subject).order_by(RegisterChangeRow.change_id)
    rows = list(session.scalars(query))
    titles = {row.subject_id: row.title for row in rows if row.kind == _RENAMED}
    return titles, {row.subject_id for row in rows if row.kind == _GONE}


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
        if (before.owner_name, before.due_date, before.note) == (_title(owner_name), due_date, note.strip()):
            return before.decision_id
        raise GoliveError(
            f"Scenario {scenario_id} is decided already: decision {before.decision_id}, by {before.owner_name}.",
            "Withdraw that decision first.",
        )
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
    """Return the decisions about a project, or all, the newest first; withdrawn ones are left out."""
    query = select(DecisionRow).order_by(DecisionRow.decision_id.desc())
    if project_id is not None:
        query = query.where(DecisionRow.project_id == project_id)
    with reading(home) as session:
        _titles, gone = _changes(session, "decision")
        return [_decision(row) for row in session.scalars(query) if row.decision_id not in gone]


def _title(text: str) -> str:
    return " ".join(text.split())[:_TITLE_LENGTH]


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
