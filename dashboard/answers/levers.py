"""What would bring a project forward, reckoned before anybody asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from analytics.delay.levers import KnownLever, lever_effects, usual_levers
from dashboard.answers.keeping import kept
from dashboard.answers.portfolio import SEED, committed_by, histories_by
from dashboard.answers.project import project_weeks
from dashboard.answers.scenarios import pending_requests

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from analytics.delay.committed import CommittedBy
    from dashboard.answers.viewers import Viewer


@kept(60)
def _levers(
    file: Path, viewer: Viewer, as_of_date: date, project_id: str, measured_by: CommittedBy
) -> tuple[KnownLever, ...]:
    states = project_weeks(file, viewer, as_of_date, project_id)
    left = float("nan")
    if not states.empty:
        left = float(states["scope_hours"].iloc[-1]) - float(states["earned_hours"].iloc[-1])
    pending = pending_requests(file, viewer, as_of_date, project_id)["change_request_id"].tolist()
    day = pd.Timestamp(as_of_date)
    asked = usual_levers(day, left, pending)
    found = lever_effects(histories_by(file, measured_by), project_id, day, asked, seed=SEED)
    steps = {lever.kind: lever.steps for lever in asked}
    rows = found.to_dict("records")
    return tuple(
        KnownLever(**{str(name): value for name, value in row.items()}, steps=steps[row["kind"]]) for row in rows
    )


def levers(file: Path, viewer: Viewer, as_of_date: date, project_id: str) -> tuple[KnownLever, ...]:
    """Return the levers that bring a project forward, those that help most first; none where nothing is forecast."""
    return _levers(file, viewer, as_of_date, project_id, committed_by(file))
