"""Decisions: what, why, by whom until when, what was predicted of it, and what became of it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import func, select

from data.journal.edits import ConflictError, Edit, day_of, edit, editable, merged, read_edits
from data.journal.engine import added, now, reading
from data.journal.register import GONE, changes, note_change, titled
from data.journal.tables import DecisionRow
from data.problems import GoliveError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from data.home import Home

SUBJECT: Final = "decision"
OPEN, DONE, DROPPED, SUPERSEDED = "open", "done", "dropped", "superseded"
#: What may be said anew of a decision. A prediction is not among it: one that can be mended proves nothing.
EDITABLE: Final = ("title", "owner_name", "due_date", "review_date", "condition", "why", "alternatives", "note")
_DATES: Final = ("due_date", "review_date")


@dataclass(frozen=True)
class Decision:
    """What was decided, by whom it is done until when, and what was predicted of it then.

    Parameters
    ----------
    viewer_name
        Who wrote it down; ``asserted_by`` is who decided it.
    prediction, do_nothing
        Figures that were forecast then, with the decision and without it.
    condition
        When it shall be looked at again: ``measure``, ``is`` and ``value`` where Golive can tell, else ``text``.
    status
        One of open, done, dropped, superseded.
    version
        How often it was changed; whoever changes it says which version they saw.
    outcome
        What was found of it at a later review.
    """

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
    review_id: int | None = None
    item_key: str = ""
    why: str = ""
    alternatives: str = ""
    review_date: date | None = None
    condition: Mapping[str, Any] = field(default_factory=dict)
    asserted_by: str = ""
    do_nothing: Mapping[str, Any] = field(default_factory=dict)
    supersedes_id: int | None = None
    status: str = OPEN
    version: int = 0
    outcome: Mapping[str, Any] = field(default_factory=dict)
    closed_at: datetime | None = None
    history: tuple[Edit, ...] = ()

    @property
    def is_open(self) -> bool:
        """Tell whether something is still to be done."""
        return self.status == OPEN


@dataclass(frozen=True)
class NewDecision:
    """What is written down of a decision. Only the title must be said; the owner, where something is to be done."""

    project_id: str
    title: str
    owner_name: str = ""
    due_date: date | None = None
    note: str = ""
    scenario_id: int | None = None
    review_id: int | None = None
    item_key: str = ""
    why: str = ""
    alternatives: str = ""
    review_date: date | None = None
    condition: Mapping[str, Any] = field(default_factory=dict)
    asserted_by: str = ""
    prediction: Mapping[str, Any] = field(default_factory=dict)
    do_nothing: Mapping[str, Any] = field(default_factory=dict)
    supersedes_id: int | None = None


def record_decision(home: Home, viewer_name: str, new: NewDecision, *, seen_count: int | None = None) -> int:
    """Write a decision down; return its number.

    Parameters
    ----------
    seen_count
        How many decisions on this item of the review whoever writes has seen (left out: all that there are).

    Raises
    ------
    ConflictError
        Somebody else decided on the same item meanwhile; nothing was written.
    GoliveError
        The title is empty, or the decision that it takes the place of is not in force.
    """
    if not titled(new.title):
        raise GoliveError("A decision needs words.", "Say what was decided.")
    if new.supersedes_id is not None:
        read_decision(home, new.supersedes_id)
    number = None
    if new.review_id is not None and new.item_key:
        there = _item_count(home, new.review_id, new.item_key)
        number = (there if seen_count is None else seen_count) + 1
        if number <= there:
            raise _item_conflict(home, new)
    decision_id = _insert(home, viewer_name, new, number)
    if new.supersedes_id is not None:
        _close(home, viewer_name, new.supersedes_id, SUPERSEDED, {}, f"Superseded by decision {decision_id}.")
    return decision_id


def _insert(home: Home, viewer_name: str, new: NewDecision, number: int | None) -> int:
    row = DecisionRow(
        decided_at=now(),
        viewer_name=viewer_name,
        project_id=new.project_id,
        scenario_id=new.scenario_id,
        title=titled(new.title),
        owner_name=titled(new.owner_name),
        due_date=new.due_date,
        prediction_json=json.dumps(dict(new.prediction), ensure_ascii=False),
        note=new.note.strip(),
        review_id=new.review_id,
        item_key=new.item_key,
        item_number=number,
        why=new.why.strip(),
        alternatives=new.alternatives.strip(),
        review_date=new.review_date,
        condition_json=json.dumps(dict(new.condition), ensure_ascii=False),
        asserted_by=titled(new.asserted_by),
        do_nothing_json=json.dumps(dict(new.do_nothing), ensure_ascii=False),
        supersedes_id=new.supersedes_id,
    )
    if not added(home, [row]):  # another process was faster
        raise _item_conflict(home, new)
    return row.decision_id


def _item_count(home: Home, review_id: int, item_key: str) -> int:
    query = select(func.max(DecisionRow.item_number)).where(
        DecisionRow.review_id == review_id, DecisionRow.item_key == item_key
    )
    with reading(home) as session:
        return int(session.scalar(query) or 0)


def _item_conflict(home: Home, new: NewDecision) -> ConflictError:
    found = [one for one in read_decisions(home) if one.review_id == new.review_id and one.item_key == new.item_key]
    said = f"{found[0].viewer_name} recorded “{found[0].title}”" if found else "Somebody else recorded a decision"
    return ConflictError(
        f"{said} on this item meanwhile. Nothing of yours was written.",
        "Read that decision, then record yours as well if both hold.",
    )


def change_decision(
    home: Home,
    viewer_name: str,
    decision_id: int,
    fields: Mapping[str, Any],
    *,
    seen_version: int | None = None,
    note: str = "",
) -> int:
    """Say something else of a decision: fields of ``EDITABLE``, dates as dates; return the new version.

    Raises
    ------
    ConflictError
        Somebody else changed it after ``seen_version``.
    GoliveError
        No decision of that number is in force, or a field can't be changed.
    """
    read_decision(home, decision_id)
    plain = editable(fields, EDITABLE, "a decision")
    for name in ("title", "owner_name"):
        if name in plain:
            plain[name] = titled(str(plain[name]))
    return edit(home, viewer_name, SUBJECT, decision_id, "edited", plain, seen_version=seen_version, note=note)


def close_decision(
    home: Home,
    viewer_name: str,
    decision_id: int,
    status: str,
    outcome: Mapping[str, Any],
    *,
    seen_version: int | None = None,
    note: str = "",
) -> int:
    """Say that a decision was carried out (``done``) or not (``dropped``), with what was found of it.

    Raises
    ------
    ConflictError
        Somebody else changed it after ``seen_version``.
    GoliveError
        It is not open.
    """
    if not read_decision(home, decision_id).is_open:
        raise GoliveError(f"Decision {decision_id} is closed already.", "Reopen it first.")
    return _close(home, viewer_name, decision_id, status, outcome, note, seen_version)


def reopen_decision(home: Home, viewer_name: str, decision_id: int, *, note: str = "") -> int:
    """Open a decision again that was done or dropped; its earlier outcome stays in its history.

    Raises
    ------
    GoliveError
        It is open, or another decision took its place.
    """
    found = read_decision(home, decision_id)
    if found.is_open:
        raise GoliveError(f"Decision {decision_id} is open.", "Only what is closed can be reopened.")
    if found.status == SUPERSEDED:
        raise GoliveError(f"Another decision took the place of decision {decision_id}.", "Change that one.")
    return edit(home, viewer_name, SUBJECT, decision_id, "reopened", {"status": OPEN, "outcome": {}}, note=note)


def _close(
    home: Home,
    viewer_name: str,
    decision_id: int,
    status: str,
    outcome: Mapping[str, Any],
    note: str,
    seen_version: int | None = None,
) -> int:
    fields = {"status": status, "outcome": dict(outcome)}
    return edit(home, viewer_name, SUBJECT, decision_id, status, fields, seen_version=seen_version, note=note)


def withdraw_decision(home: Home, viewer_name: str, decision_id: int) -> None:
    """Take a decision back.

    Raises
    ------
    GoliveError
        No decision of that number is in force.
    """
    note_change(home, viewer_name, SUBJECT, decision_id, GONE, read_decision(home, decision_id).title)


def decision_of(home: Home, scenario_id: int) -> Decision | None:
    """Return the decision in force that came of a kept what-if."""
    return next((one for one in read_decisions(home) if one.scenario_id == scenario_id), None)


def read_decision(home: Home, decision_id: int) -> Decision:
    """Return one decision.

    Raises
    ------
    GoliveError
        No decision of that number is in force.
    """
    found = next((one for one in read_decisions(home) if one.decision_id == decision_id), None)
    if found is None:
        raise GoliveError(f"No decision has the number {decision_id}.", "`golive review list --decisions` shows all.")
    return found


def read_decisions(home: Home, project_id: str | None = None) -> list[Decision]:
    """Return the decisions about a project, or all, the newest first; withdrawn ones are left out."""
    query = select(DecisionRow).order_by(DecisionRow.decision_id.desc())
    if project_id is not None:
        query = query.where(DecisionRow.project_id == project_id)
    with reading(home) as session:
        _titles, gone = changes(session, SUBJECT)
        edits = read_edits(session, SUBJECT)
        rows = [row for row in session.scalars(query) if row.decision_id not in gone]
        return [_decision(row, edits.get(row.decision_id, [])) for row in rows]


def _decision(row: DecisionRow, edits: list[Edit]) -> Decision:
    said: dict[str, Any] = {
        "title": row.title,
        "owner_name": row.owner_name,
        "due_date": row.due_date,
        "review_date": row.review_date,
        "condition": json.loads(row.condition_json),
        "why": row.why,
        "alternatives": row.alternatives,
        "note": row.note,
        "status": OPEN,
        "outcome": {},
    }
    fields = merged(edits)
    said |= {name: day_of(value) if name in _DATES else value for name, value in fields.items()}
    closing = [one for one in edits if one.kind in {DONE, DROPPED, SUPERSEDED}]
    return Decision(
        decision_id=row.decision_id,
        decided_at=row.decided_at,
        viewer_name=row.viewer_name,
        project_id=row.project_id,
        scenario_id=row.scenario_id,
        prediction=json.loads(row.prediction_json),
        review_id=row.review_id,
        item_key=row.item_key,
        asserted_by=row.asserted_by,
        do_nothing=json.loads(row.do_nothing_json),
        supersedes_id=row.supersedes_id,
        version=edits[-1].version if edits else 0,
        closed_at=closing[-1].edited_at if closing and said["status"] != OPEN else None,
        history=tuple(edits),
        **said,
    )
