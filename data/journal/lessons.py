"""Lessons that people wrote at post-mortems, each beside the figure that it rests on."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from data.journal.engine import now, reading, writing
from data.journal.register import GONE, changes, note_change, titled
from data.journal.tables import LessonRow
from data.problems import GoliveError

if TYPE_CHECKING:
    from datetime import datetime

    from data.home import Home

SUBJECT: Final = "lesson"
MOST_TAGS_COUNT: Final = 8


@dataclass(frozen=True)
class Lesson:
    """One lesson. ``figure`` names the line of the account that it rests on, ``figure_weeks`` what it said then."""

    project_id: str
    title: str
    note: str = ""
    figure: str = ""
    figure_weeks: float | None = None
    tags: tuple[str, ...] = ()
    lesson_id: int = 0
    written_at: datetime | None = None
    viewer_name: str = ""


def write_lesson(home: Home, viewer_name: str, new: Lesson) -> int:
    """Write a lesson down; return its number.

    Raises
    ------
    GoliveError
        It has no title.
    """
    if not titled(new.title):
        raise GoliveError("A lesson needs a title.", "Say in one line what the next project does.")
    tags = tuple(dict.fromkeys(titled(tag).casefold() for tag in new.tags if titled(tag)))[:MOST_TAGS_COUNT]
    row = LessonRow(
        written_at=now(),
        viewer_name=viewer_name,
        project_id=new.project_id,
        title=titled(new.title),
        note=new.note.strip(),
        figure=titled(new.figure),
        figure_weeks=new.figure_weeks,
        tags_json=json.dumps(tags, ensure_ascii=False),
    )
    with writing(home) as session:
        session.add(row)
        session.flush()
        return row.lesson_id


def read_lessons(home: Home, project_id: str | None = None, words: str = "") -> list[Lesson]:
    """Return the lessons of a project, or all, the newest first; only those that hold all of some words, if given."""
    query = select(LessonRow).order_by(LessonRow.lesson_id.desc())
    if project_id is not None:
        query = query.where(LessonRow.project_id == project_id)
    with reading(home) as session:
        _titles, gone = changes(session, SUBJECT)
        found = [_lesson(row) for row in session.scalars(query) if row.lesson_id not in gone]
    wanted = words.casefold().split()
    return [one for one in found if all(word in _text(one) for word in wanted)]


def withdraw_lesson(home: Home, viewer_name: str, lesson_id: int) -> None:
    """Take a lesson back; it stays in the journal.

    Raises
    ------
    GoliveError
        There is none of that number.
    """
    found = next((one for one in read_lessons(home) if one.lesson_id == lesson_id), None)
    if found is None:
        raise GoliveError(f"No lesson has the number {lesson_id}.", "`golive postmortem --lessons` shows all.")
    note_change(home, viewer_name, SUBJECT, lesson_id, GONE, found.title)


def _lesson(row: LessonRow) -> Lesson:
    return Lesson(
        project_id=row.project_id,
        title=row.title,
        note=row.note,
        figure=row.figure,
        figure_weeks=row.figure_weeks,
        tags=tuple(json.loads(row.tags_json)),
        lesson_id=row.lesson_id,
        written_at=row.written_at,
        viewer_name=row.viewer_name,
    )


def _text(one: Lesson) -> str:
    return " ".join((one.title, one.note, one.figure, one.project_id, *one.tags)).casefold()
