"""What is handed over when a stint ends: open requests of the site, and what the leaver alone has worked on."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from analytics.rotation.handovers import HandoverList, handovers
from dashboard.answers.door import read
from dashboard.answers.keeping import kept
from dashboard.answers.project import change_requests

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    import pandas as pd

    from analytics.rotation.problem import Plan
    from dashboard.answers.rotation import Room
    from dashboard.answers.viewers import Viewer

#: What was worked on in so many weeks is still in somebody's head.
_LOOK_BACK_WEEKS: Final = 26
#: From this share of an activity's hours on one person carries it, if they are this many.
_OWN_SHARE, _LEAST_HOURS = 0.8, 16.0


def handover_lists(file: Path, viewer: Viewer, room: Room, plan: Plan) -> list[HandoverList]:
    """Return the handovers of a plan with what is known about them, the first ones first."""
    found = handovers(room.problem, plan)
    if not found:
        return []
    day = room.horizon.as_of_date
    requests = _open_requests(change_requests(file, viewer, day))
    carried = _carried(_activity_hours(file, viewer, day))
    made = []
    for one in found:
        person, project = room.problem.person_ids[one.person], room.problem.project_ids[one.project]
        made.append(HandoverList(one, requests.get(project, ()), carried.get((project, person), ())))
    return made


def _open_requests(requests: pd.DataFrame) -> dict[str, tuple[str, ...]]:
    is_open = requests["completed_at"].isna() & ~requests["is_rejected"].astype(bool)
    is_open &= (requests["is_pending"] | requests["is_approved"]).astype(bool)
    own = requests[is_open].sort_values(["raised_at", "change_request_id"], kind="stable")
    return {str(name): tuple(rows["change_request_id"].astype(str)) for name, rows in own.groupby("project_id")}


@kept(4)
def _activity_hours(file: Path, viewer: Viewer, day: date) -> pd.DataFrame:
    return read(
        file,
        viewer,
        """
        select project_id, activity, person_id, sum(worked_hours) as worked_hours
        from staging.timesheet_versions
        where
            work_date >= $first
            and work_date <= $day
            and activity is not null
            and activity not in ('other', 'travel')
            and known_at < $day::date + 1
            and (superseded_at is null or superseded_at >= $day::date + 1)
        group by all
        """,
        first=day - timedelta(weeks=_LOOK_BACK_WEEKS),
        day=day,
    )


def _carried(hours: pd.DataFrame) -> dict[tuple[str, str], tuple[str, ...]]:
    """Return by project and person the activities that one person has carried."""
    whole = hours.groupby(["project_id", "activity"])["worked_hours"].transform("sum")
    is_own = (hours["worked_hours"] >= _OWN_SHARE * whole) & (hours["worked_hours"] >= _LEAST_HOURS)
    own = hours[is_own].sort_values("worked_hours", ascending=False, kind="stable")
    keys = zip(own["project_id"].astype(str), own["person_id"].astype(str), own["activity"].astype(str), strict=True)
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    for project, person, activity in keys:
        found[project, person] = (*found.get((project, person), ()), activity)
    return found
