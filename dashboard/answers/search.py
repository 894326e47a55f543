"""What the search looks through: what the viewer may see on the day that is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dashboard.answers.keeping import kept
from dashboard.answers.people import people
from dashboard.answers.portfolio import projects
from dashboard.answers.project import change_requests
from dashboard.views import words
from dashboard.views.search import Thing
from data.identities.names import folded, latin_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date
    from pathlib import Path

    import pandas as pd

    from dashboard.answers.viewers import Viewer


def folded_words(text: str) -> str:
    """Return what somebody looks for in the letters in which it is looked for."""
    return folded(text)


@kept(4, is_shared=True)
def things(file: Path, viewer: Viewer, as_of_date: date, running_ids: tuple[str, ...]) -> tuple[Thing, ...]:
    """Return everything that can be found; projects that run come before the others.

    Parameters
    ----------
    running_ids
        Projects that run on the day: their clients have a place on the portfolio.
    """
    listed = projects(file)
    is_running = listed["project_id"].isin(running_ids)
    ordered = listed.assign(place=~is_running).sort_values(["place", "project_name"], kind="stable")
    found = [_project(row) for row in ordered.to_dict("records")]
    found += [_person(row) for row in people(file, viewer, as_of_date).to_dict("records")]
    found += _clients(listed.loc[is_running, "client_name"].dropna().unique().tolist())
    return (*found, *_requests(change_requests(file, viewer, as_of_date)))


def _project(row: dict[Any, Any]) -> Thing:
    key = str(row["project_id"])
    title = key if words.is_unknown(row["project_name"]) else str(row["project_name"])
    client = "" if words.is_unknown(row["client_name"]) else str(row["client_name"])
    return Thing("project", key, title, client, _sought(title, client, key))


def _person(row: dict[Any, Any]) -> Thing:
    key, title, team = str(row["person_id"]), str(row["person_name"]), str(row["team_name"])
    return Thing("person", key, title, team, _sought(title, key))


def _clients(names: Iterable[object]) -> list[Thing]:
    return [Thing("client", one, one, "", _sought(one)) for one in sorted(map(str, names)) if one]


def _requests(rows: pd.DataFrame) -> list[Thing]:
    """Return requests, the newest first; their numbers are looked through, and not the names of their projects."""
    newest = rows.sort_values("raised_at", ascending=False, kind="stable")
    columns: Sequence[Any] = [newest[name] for name in ("change_request_id", "project_id", "project_name")]
    return [
        Thing("request", str(key), str(key), str(project), folded(str(key)), str(project_id))
        for key, project_id, project in zip(*columns, strict=True)
    ]


def _sought(*texts: str) -> str:
    """Return texts folded, and those in other letters in Latin ones, too: with and without gaps between syllables."""
    own = [folded(text) for text in texts if text]
    latin = [latin_text(text) for text in texts if text]
    more = [form for text in latin for form in (text, text.replace(" ", ""))]
    return " ".join(dict.fromkeys([*own, *more]))
