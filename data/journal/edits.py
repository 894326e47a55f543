"""Changes of what was written before: each is a version, and nobody overwrites what they have not seen."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from data.journal.engine import JournalError, added, now, reading
from data.journal.tables import EditRow
from data.problems import GoliveError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from data.home import Home


class ConflictError(JournalError):
    """Somebody else changed the same thing meanwhile; nothing was written."""


@dataclass(frozen=True)
class Edit:
    """One change: the fields that say something else from then on."""

    version: int
    edited_at: datetime
    viewer_name: str
    kind: str
    fields: Mapping[str, Any]
    note: str


def read_edits(session: Session, subject: str) -> dict[int, list[Edit]]:
    """Return the changes of every decision, risk or alert by its number, in their order."""
    found: dict[int, list[Edit]] = {}
    query = select(EditRow).where(EditRow.subject == subject).order_by(EditRow.subject_id, EditRow.version)
    for row in session.scalars(query):
        edit = Edit(row.version, row.edited_at, row.viewer_name, row.kind, json.loads(row.fields_json), row.note)
        found.setdefault(row.subject_id, []).append(edit)
    return found


def merged(edits: list[Edit]) -> dict[str, Any]:
    """Return what the changes say together: of each field the newest."""
    fields: dict[str, Any] = {}
    for edit in edits:
        fields |= edit.fields
    return fields


def edit(
    home: Home,
    viewer_name: str,
    subject: str,
    subject_id: int,
    kind: str,
    fields: Mapping[str, Any],
    *,
    seen_version: int | None = None,
    note: str = "",
) -> int:
    """Write a change; return the number of the version that it makes.

    Raises
    ------
    ConflictError
        It was changed after ``seen_version``, the version that whoever writes has seen (left out: the newest).
    """
    newest = _newest(home, subject, subject_id)
    version = (newest if seen_version is None else seen_version) + 1
    if version <= newest:
        raise _conflict(home, subject, subject_id, version)
    if not added(home, [edit_row(viewer_name, subject, subject_id, version, kind, fields, note)]):
        raise _conflict(home, subject, subject_id, version)
    return version


def edit_row(
    viewer_name: str,
    subject: str,
    subject_id: int,
    version: int,
    kind: str,
    fields: Mapping[str, Any],
    note: str = "",
) -> EditRow:
    """Return a change as the journal holds it."""
    return EditRow(
        edited_at=now(),
        viewer_name=viewer_name,
        subject=subject,
        subject_id=subject_id,
        version=version,
        kind=kind,
        fields_json=json.dumps(dict(fields), ensure_ascii=False),
        note=note.strip(),
    )


def editable(fields: Mapping[str, Any], allowed: Sequence[str], what: str) -> dict[str, Any]:
    """Return changes as the journal holds them: days as ISO dates.

    Raises
    ------
    GoliveError
        A field can't be changed; ``what`` is what it is a field of.
    """
    wrong = [name for name in fields if name not in allowed]
    if wrong:
        raise GoliveError(f"{', '.join(wrong)} of {what} can't be changed.", f"Changeable: {', '.join(allowed)}.")
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in fields.items()}


def day_of(value: Any) -> date | None:
    """Return a day of a change, which holds it as an ISO date or not at all."""
    return date.fromisoformat(value) if isinstance(value, str) and value else None


def _newest(home: Home, subject: str, subject_id: int) -> int:
    query = select(func.max(EditRow.version)).where(EditRow.subject == subject, EditRow.subject_id == subject_id)
    with reading(home) as session:
        return int(session.scalar(query) or 0)


def _conflict(home: Home, subject: str, subject_id: int, version: int) -> ConflictError:
    with reading(home) as session:
        edits = read_edits(session, subject).get(subject_id, [])
    other = next((one for one in edits if one.version == version), edits[-1])
    what = ", ".join(f"{name}: {value}" for name, value in other.fields.items()) or other.kind
    return ConflictError(
        f"{other.viewer_name} changed {subject} {subject_id} at {other.edited_at:%Y-%m-%d %H:%M} UTC ({what}). "
        "Nothing of yours was written.",
        "Read it again, then decide whether your change still holds.",
    )
