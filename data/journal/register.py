"""Names that were changed and numbers that are gone, of scenarios and decisions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from data.journal.engine import now, writing
from data.journal.tables import RegisterChangeRow

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from data.home import Home

TITLE_LENGTH: Final = 200
RENAMED: Final = "renamed"
GONE: Final = "gone"


def titled(text: str) -> str:
    """Return a title or a name on one line, as long as the journal holds it."""
    return " ".join(text.split())[:TITLE_LENGTH]


def note_change(home: Home, viewer_name: str, subject: str, subject_id: int, kind: str, title: str) -> None:
    """Write that something has another name, or is gone."""
    row = RegisterChangeRow(
        changed_at=now(), viewer_name=viewer_name, subject=subject, subject_id=subject_id, kind=kind, title=title
    )
    with writing(home) as session:
        session.add(row)


def changes(session: Session, subject: str) -> tuple[dict[int, str], set[int]]:
    """Return the newest names by number, and the numbers that are gone."""
    query = select(RegisterChangeRow).where(RegisterChangeRow.subject == subject).order_by(RegisterChangeRow.change_id)
    rows = list(session.scalars(query))
    titles = {row.subject_id: row.title for row in rows if row.kind == RENAMED}
    return titles, {row.subject_id for row in rows if row.kind == GONE}
