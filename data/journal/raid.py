"""Risks, assumptions, issues and dependencies of projects, where a firm keeps them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from data.journal.edits import ConflictError, Edit, day_of, edit, edit_row, editable, merged, read_edits
from data.journal.engine import now, reading, writing
from data.journal.register import titled
from data.journal.tables import EditRow, RaidRow
from data.problems import GoliveError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime

    from data.home import Home

SUBJECT: Final = "risk"
KINDS: Final = ("risk", "assumption", "issue", "dependency")
EDITABLE: Final = ("kind", "title", "owner_name", "due_date", "note", "status")
STATUSES: Final = ("open", "closed")


@dataclass(frozen=True)
class RaidEntry:
    """One entry; ``sign_key`` names the warning sign that it was proposed from, if any."""

    kind: str
    project_id: str
    title: str
    sign_key: str = ""
    owner_name: str = ""
    due_date: date | None = None
    note: str = ""
    status: str = "open"
    raid_id: int = 0
    recorded_at: datetime | None = None
    viewer_name: str = ""
    version: int = 0


def record_entries(home: Home, viewer_name: str, entries: Sequence[RaidEntry]) -> list[int]:
    """Write entries down, all or none; return their numbers.

    Raises
    ------
    GoliveError
        A kind is none of ``KINDS``, or a title is empty.
    """
    return write_entries(home, viewer_name, entries, ())


def write_entries(
    home: Home,
    viewer_name: str,
    entries: Sequence[RaidEntry],
    changes: Sequence[tuple[RaidEntry, Mapping[str, Any]]],
) -> list[int]:
    """Write new entries and changes of known ones, all or none; return the numbers of the new ones.

    Raises
    ------
    ConflictError
        Somebody else changed one of the known entries after it was read.
    GoliveError
        As ``record_entries`` and ``change_entry``.
    """
    for one in entries:
        _check(one.kind, one.title)
    with writing(home) as session:
        session.add_all(
            _change_row(viewer_name, old.raid_id, old.version, _checked(old, fields)) for old, fields in changes
        )
        try:
            session.flush()
        except IntegrityError as error:
            raise ConflictError(
                "Somebody else changed an entry in the meantime; nothing was written.",
                "Look at the entries and try again.",
            ) from error
        rows = [_row(viewer_name, one) for one in entries]
        session.add_all(rows)
        session.flush()
        session.add_all(
            _change_row(viewer_name, row.raid_id, 0, {"status": one.status})
            for row, one in zip(rows, entries, strict=True)
            if one.status != STATUSES[0]
        )
        return [row.raid_id for row in rows]


def _row(viewer_name: str, one: RaidEntry) -> RaidRow:
    return RaidRow(
        recorded_at=now(),
        viewer_name=viewer_name,
        kind=one.kind,
        project_id=one.project_id,
        title=titled(one.title),
        sign_key=one.sign_key,
        owner_name=titled(one.owner_name),
        due_date=one.due_date,
        note=one.note.strip(),
    )


def _change_row(viewer_name: str, raid_id: int, seen_version: int, fields: Mapping[str, Any]) -> EditRow:
    return edit_row(viewer_name, SUBJECT, raid_id, seen_version + 1, "edited", fields)


def change_entry(
    home: Home, viewer_name: str, raid_id: int, fields: Mapping[str, Any], *, seen_version: int | None = None
) -> int:
    """Say something else of an entry; return the new version.

    Raises
    ------
    ConflictError
        Somebody else changed it after ``seen_version``.
    GoliveError
        There is none of that number, or a value is not possible.
    """
    found = next((one for one in read_entries(home) if one.raid_id == raid_id), None)
    if found is None:
        raise GoliveError(f"No risk or issue has the number {raid_id}.", "`golive review risks` shows all.")
    plain = _checked(found, fields)
    return edit(home, viewer_name, SUBJECT, raid_id, "edited", plain, seen_version=seen_version)


def _checked(old: RaidEntry, fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return changes of an entry as the journal holds them."""
    plain = editable(fields, EDITABLE, "an entry")
    _check(str(fields.get("kind", old.kind)), str(fields.get("title", old.title)))
    if fields.get("status", STATUSES[0]) not in STATUSES:
        raise GoliveError(f"“{fields['status']}” is no status.", "An entry is open or closed.")
    return plain


def read_entries(home: Home, project_id: str | None = None) -> list[RaidEntry]:
    """Return the entries of a project, or all, the newest first."""
    query = select(RaidRow).order_by(RaidRow.raid_id.desc())
    if project_id is not None:
        query = query.where(RaidRow.project_id == project_id)
    with reading(home) as session:
        edits = read_edits(session, SUBJECT)
        return [_entry(row, edits.get(row.raid_id, [])) for row in session.scalars(query)]


def _check(kind: str, title: str) -> None:
    if kind not in KINDS:
        raise GoliveError(f"“{kind}” is no kind of entry.", f"Kinds: {', '.join(KINDS)}.")
    if not titled(title):
        raise GoliveError("An entry needs a title.", "Say what the risk or issue is.")


def _entry(row: RaidRow, edits: list[Edit]) -> RaidEntry:
    said: dict[str, Any] = {
        "kind": row.kind,
        "title": row.title,
        "owner_name": row.owner_name,
        "due_date": row.due_date,
        "note": row.note,
        "status": "open",
        **merged(edits),
    }
    if isinstance(said["due_date"], str):
        said["due_date"] = day_of(said["due_date"])
    return RaidEntry(
        project_id=row.project_id,
        sign_key=row.sign_key,
        raid_id=row.raid_id,
        recorded_at=row.recorded_at,
        viewer_name=row.viewer_name,
        version=edits[-1].version if edits else 0,
        **said,
    )
