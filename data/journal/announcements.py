"""Announced finishes: promises to clients, which move only when somebody announces another one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from data.journal.engine import add, now, reading
from data.journal.register import titled
from data.journal.tables import AnnouncementRow

if TYPE_CHECKING:
    from datetime import date, datetime

    from data.home import Home


@dataclass(frozen=True)
class Announcement:
    """One announced finish.

    Parameters
    ----------
    said_date
        The day on which it was announced, by ``said_by``; ``viewer_name`` wrote it down.
    kept_probability
        The chance of keeping it that was forecast then; nothing where no forecast was possible.
    """

    project_id: str
    announced_date: date
    said_date: date
    said_by: str
    review_id: int | None = None
    kept_probability: float | None = None
    note: str = ""
    announcement_id: int = 0
    recorded_at: datetime | None = None
    viewer_name: str = ""


def record_announcement(home: Home, viewer_name: str, new: Announcement) -> None:
    """Write down that a finish was announced. Saying the day in force once more writes nothing."""
    before = newest_announcements(read_announcements(home, new.project_id)).get(new.project_id)
    if before is not None and before.announced_date == new.announced_date:
        return
    add(
        home,
        AnnouncementRow(
            recorded_at=now(),
            viewer_name=viewer_name,
            project_id=new.project_id,
            announced_date=new.announced_date,
            said_date=new.said_date,
            said_by=titled(new.said_by),
            review_id=new.review_id,
            kept_probability=new.kept_probability,
            note=new.note.strip(),
        ),
    )


def read_announcements(home: Home, project_id: str | None = None) -> list[Announcement]:
    """Return what was announced of a project, or of all, in the order in which it was said."""
    query = select(AnnouncementRow).order_by(AnnouncementRow.said_date, AnnouncementRow.announcement_id)
    if project_id is not None:
        query = query.where(AnnouncementRow.project_id == project_id)
    with reading(home) as session:
        return [_announcement(row) for row in session.scalars(query)]


def newest_announcements(said: list[Announcement]) -> dict[str, Announcement]:
    """Return the announcement in force of each project."""
    return {one.project_id: one for one in said}


def _announcement(row: AnnouncementRow) -> Announcement:
    return Announcement(
        row.project_id,
        row.announced_date,
        row.said_date,
        row.said_by,
        row.review_id,
        row.kept_probability,
        row.note,
        row.announcement_id,
        row.recorded_at,
        row.viewer_name,
    )
