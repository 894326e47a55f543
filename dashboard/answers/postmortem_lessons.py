"""Lessons of post-mortems: written beside a figure, found by words, shown where a running project looks alike."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from dashboard.answers.door import home_of
from dashboard.answers.portfolio import projects
from dashboard.answers.postmortem import ended_projects

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from dashboard.answers.viewers import Viewer

#: So many lessons of others stand on a project's page.
SHOWN_COUNT: Final = 5
COLUMNS: Final = (
    "lesson_id",
    "written_at",
    "viewer_name",
    "project_id",
    "title",
    "note",
    "figure",
    "figure_weeks",
    "tags",
    "shown_count",
)


def lessons(
    file: Path, viewer: Viewer, as_of_date: date, project_id: str | None = None, words: str = ""
) -> pd.DataFrame:
    """Return lessons, the newest first, each with on how many running projects it is shown (``shown_count``)."""
    from data.journal import read_lessons  # noqa: PLC0415 - its libraries are slow to load

    found = read_lessons(home_of(file), project_id, words)
    kinds = _kinds(file)
    running = _running(file, viewer, as_of_date)
    rows = [
        (
            one.lesson_id,
            one.written_at,
            one.viewer_name,
            one.project_id,
            one.title,
            one.note,
            one.figure,
            one.figure_weeks,
            ", ".join(one.tags),
            sum(is_alike(kinds, one.project_id, other) for other in running),
        )
        for one in found
    ]
    table = pd.DataFrame(rows, columns=list(COLUMNS))
    return table.astype({"figure_weeks": "float64", "shown_count": "int64"})


def lessons_alike(file: Path, viewer: Viewer, as_of_date: date, project_id: str) -> pd.DataFrame:
    """Return lessons of other projects of the same product or client, those of both first."""
    found = lessons(file, viewer, as_of_date)
    kinds = _kinds(file)
    alike = [is_alike(kinds, str(one), project_id) for one in found["project_id"]]
    found = found.assign(alike=alike)
    found = found[found["alike"] > 0].sort_values("alike", ascending=False, kind="stable", ignore_index=True)
    return found.drop(columns="alike").head(SHOWN_COUNT)


def keep_lesson(
    file: Path,
    viewer: Viewer,
    project_id: str,
    title: str,
    *,
    note: str = "",
    figure: str = "",
    figure_weeks: float | None = None,
    tags: tuple[str, ...] = (),
) -> int:
    """Write a lesson into the journal; return its number."""
    from data.journal import Lesson, write_lesson  # noqa: PLC0415 - as above

    new = Lesson(project_id, title, note=note, figure=figure, figure_weeks=figure_weeks, tags=tags)
    return write_lesson(home_of(file), viewer.name, new)


def is_alike(kinds: dict[str, tuple[Any, Any]], first: str, second: str) -> int:
    """Return in how many of product and client two different projects agree."""
    if first == second or first not in kinds or second not in kinds:
        return 0
    return sum(bool(one) and one == other for one, other in zip(kinds[first], kinds[second], strict=True))


def _kinds(file: Path) -> dict[str, tuple[Any, Any]]:
    rows = projects(file)[["project_id", "product", "client_name"]].astype("object").to_dict("records")
    return {str(row["project_id"]): tuple(_known(row[name]) for name in ("product", "client_name")) for row in rows}  # type: ignore[misc]


def _known(value: Any) -> str:
    return "" if value is None or pd.isna(value) else str(value)


def _running(file: Path, viewer: Viewer, as_of_date: date) -> list[str]:
    ended = ended_projects(file, viewer, as_of_date)
    return [str(one) for one in ended.loc[ended["ending"].eq("running"), "project_id"]]
