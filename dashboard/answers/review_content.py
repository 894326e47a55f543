"""What a review freezes: figures verified, agenda with evidence, every project's figures, decisions and promises."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from analytics.delay.progress_model.fitting import MODEL_VERSION
from analytics.review.agenda import agenda
from analytics.review.announcing import chance_of_keeping, day_for
from analytics.review.items import plain
from dashboard.answers.portfolio import committed_by, forecast, projects
from dashboard.answers.review_decisions import band_of, followed, promises_now, score_now
from dashboard.answers.review_frames import agenda_frames
from dashboard.answers.review_state import figures_verified
from dashboard.answers.scenarios import movement
from data import clock

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from pathlib import Path

    from analytics.review.agenda import Agenda, Point
    from dashboard.answers.viewers import Viewer
    from data.home import Home

#: Another number when the content means something else; a review is read by the number it was written with.
CONTENT_VERSION: Final = 1
#: Why a forecast moved is replayed of so many points; the others say how far.
_EXPLAINED: Final = 12
_FORECAST: Final = (
    "finish_p10_date",
    "finish_p50_date",
    "finish_p80_date",
    "finish_p90_date",
    "committed_date",
    "baseline_finish_date",
    "planned_finish_date",
    "late_probability",
    "slip_weeks_p50",
    "expected_delay_person_weeks",
    "progress_ratio",
)
_PROJECT: Final = ("project_name", "client_name", "site_city", "manager_name", "product")


def review_content(
    home: Home, file: Path, viewer: Viewer, as_of_date: date, before: Mapping[str, Any] | None
) -> dict[str, Any]:
    """Return everything that a review of a day shows, as plain values.

    Parameters
    ----------
    before
        What the last review froze, if there was one.
    """
    told = forecast(file, viewer, as_of_date)
    names = projects(file)
    promises = promises_now(home)
    decisions = followed(home, file, viewer, as_of_date)
    frames = agenda_frames(file, viewer, as_of_date, before, promises, decisions)
    found = agenda(frames, band_of(home))
    running = set(told["project_id"])
    return {
        "content_version": CONTENT_VERSION,
        "frozen_at": clock.now().replace(tzinfo=None).isoformat(timespec="microseconds"),
        "as_of_date": as_of_date.isoformat(),
        "since_date": f"{frames.since:%Y-%m-%d}",
        "is_first": before is None,
        "publication": file.name,
        "model_version": MODEL_VERSION,
        "committed_by": committed_by(file),
        "scope": None if viewer.scope is None else list(viewer.scope),
        "verified": figures_verified(file, viewer, as_of_date, before, running),
        "agenda": [_point(one, file, viewer, frames.since.date(), as_of_date, place) for place, one in _listed(found)],
        "rest": [_short(one) for one in found.rest],
        "agenda_minutes": found.minutes,
        "projects": _projects(told, names, promises, frames.reports),
        "watch_weeks": _by_project(frames.costs),
        "names": _names(found, names),
        "vanished": _vanished(before, names, running),
        "decisions": [plain(dict(one)) for one in decisions],
        "score": asdict(score_now(home, file)),
        "seen": _seen(found, before),
    }


def _names(found: Agenda, listed: pd.DataFrame) -> dict[str, Any]:
    """Return the names of projects on the agenda: some are over or not forecast, and still have a name."""
    wanted = {one.subject.removeprefix("project:") for one in (*found.points, *found.rest)}
    own = listed[listed["project_id"].isin(wanted)]
    return {str(key): plain(name) for key, name in zip(own["project_id"], own["project_name"], strict=True)}


def _listed(found: Agenda) -> list[tuple[int, Point]]:
    return list(enumerate(found.points))


def _point(point: Point, file: Path, viewer: Viewer, since: date, as_of_date: date, place: int) -> dict[str, Any]:
    subject, _colon, name = point.subject.partition(":")
    is_moved = any(sign.kind in {"moved", "moved_earlier"} for sign in point.signs)
    why = None
    if subject == "project" and is_moved and place < _EXPLAINED:
        said, _rows = movement(file, viewer, since, as_of_date, name)
        why = None if said is None else plain(asdict(said))
    return {
        **_short(point),
        "signs": [
            {
                "key": sign.key,
                "kind": sign.kind,
                "harm_person_weeks": plain(sign.harm_person_weeks),
                "bits": plain(sign.bits),
                "figures": plain(dict(sign.figures)),
                "evidence": [dict(row) for row in sign.evidence],
                "evidence_count": sign.evidence_count,
            }
            for sign in point.signs
        ],
        "movement": why,
    }


def _short(point: Point) -> dict[str, Any]:
    subject, _colon, name = point.subject.partition(":")
    return {
        "key": point.key,
        "kind": point.kind,
        "project_id": name if subject == "project" else None,
        "team_name": name if subject == "team" else None,
        "score": plain(point.score),
        "minutes": point.minutes,
        "seen_count": point.seen_count,
        "kinds": list(dict.fromkeys(sign.kind for sign in point.signs)),
        "lead_figures": plain(dict(point.signs[0].figures)),
    }


def _projects(
    told: pd.DataFrame, names: pd.DataFrame, promises: pd.DataFrame, reports: pd.DataFrame
) -> list[dict[str, Any]]:
    rows = told[["project_id", *_FORECAST]].merge(names[["project_id", *_PROJECT]], on="project_id", how="left")
    status = reports.set_index("project_id")["reported_status"].to_dict() if len(reports) else {}
    promised = {str(row["project_id"]): row for row in promises.to_dict("records")}
    ordered = rows.sort_values(
        ["expected_delay_person_weeks", "project_id"], ascending=[False, True], na_position="last"
    )
    found = []
    for row in ordered.to_dict("records"):
        said = promised.get(str(row["project_id"]))
        day = None if said is None else pd.Timestamp(said["announced_date"])
        found.append(
            plain({str(name): value for name, value in row.items()})
            | {
                "reported_status": plain(status.get(row["project_id"])),
                "announced_date": plain(day),
                "announced_changes_count": None if said is None else int(said["change_count"]),
                "kept_probability": None if day is None else plain(chance_of_keeping(row, day)),
                "proposed_date": plain(day_for(row, 0.8)),
            }
        )
    return found


def _by_project(costs: pd.DataFrame) -> dict[str, Any]:
    pairs = zip(costs["project_id"].astype(str), costs["watch_weeks"].tolist(), strict=True)
    return {name: plain(weeks) for name, weeks in pairs}


def _vanished(before: Mapping[str, Any] | None, names: pd.DataFrame, running: set[str]) -> list[dict[str, Any]]:
    """Return projects of the last review that no list knows any more, with their last figures."""
    if before is None:
        return []
    known = set(names["project_id"]) | running
    return [row for row in before["projects"] if row["project_id"] not in known]


def _seen(found: Agenda, before: Mapping[str, Any] | None) -> dict[str, int]:
    earlier = before["seen"] if before else {}
    return {sign.key: int(earlier.get(sign.key, 0)) + 1 for point in found.points for sign in point.signs}
