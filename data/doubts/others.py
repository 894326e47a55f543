"""What can't be true of trips, leave, change requests and plans."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from data.doubts.taken import Doubt

if TYPE_CHECKING:
    from collections.abc import Callable

    from data.doubts.taken import Taken

_LONG_TRIP: Final = 60
_ENDLESS_TRIP: Final = 180
_LONG_SHARE: Final = 0.05
_MOST_LEAVE: Final = 200
_LEAST: Final = 3
_SHARE: Final = 0.2
_EFFORT: Final = 400
_WEEK_HOURS: Final = 100


def trips_are_endless(taken: Taken) -> Doubt | None:
    """Doubt trips of half a year, and many of two months."""
    rows, long, endless, most = taken.one(
        "select count(*), count(*) filter (where nights > $long), count(*) filter (where nights > $endless),"
        " max(nights)"
        " from (select round(epoch(returned_at - departed_at) / 86400)::integer as nights from raw.trips"
        " where batch_id = $batch)",
        long=_LONG_TRIP,
        endless=_ENDLESS_TRIP,
    )
    if endless or long > max(1, _LONG_SHARE * rows):
        words = f"{long} of {rows} trips would last more than {_LONG_TRIP} nights, the longest {most}."
        return Doubt("long_trips", f"{words} Are day and month swapped, or is the end another column?")
    return None


def leave_is_endless(taken: Taken) -> Doubt | None:
    """Doubt people who would be away most of a year, when most of them are."""
    people, long = taken.one(
        "select count(*), count(*) filter (where days > $most) from (select person_id, year(leave_date) as y,"
        " count(*) as days from raw.leave where batch_id = $batch group by all)",
        most=_MOST_LEAVE,
    )
    if long and long > _SHARE * people:
        return Doubt(
            "long_leave", f"{long} people would be away more than {_MOST_LEAVE} days of a year. Is that right?"
        )
    return None


def requests_are_off(taken: Taken) -> Doubt | None:
    """Doubt requests that come from the future or end before they began, and efforts of months."""
    rows, later, before, middle = taken.one(
        "select count(*), count(*) filter (where raised_at >= $today::date + interval 2 day),"
        " count(*) filter (where completed_at < raised_at - interval 1 day), median(estimated_hours)"
        " from raw.change_requests where batch_id = $batch",
        today=taken.arrived_date,
    )
    if later > max(0, _LONG_SHARE * rows) or (rows >= _LEAST and before > _SHARE * rows):
        words = f"{later} of {rows} requests would be raised on days to come, {before} would end before they began."
        return Doubt("request_days", f"{words} Are the days read rightly?")
    if middle is not None and rows >= _LEAST and middle > _EFFORT:
        return Doubt("efforts", f"The middle request would take {middle:,.0f} hours. Is the unit another?")
    return None


def plans_are_too_much(taken: Taken) -> Doubt | None:
    """Doubt plans of more hours than a week has."""
    rows, long, most = taken.one(
        "select count(*), count(*) filter (where week_hours > $most), max(week_hours) from (select person_id,"
        " week_start_date, sum(planned_hours) as week_hours from raw.assignments where batch_id = $batch group by all)",
        most=_WEEK_HOURS,
    )
    if long > max(1, _LONG_SHARE * rows):
        return Doubt(
            "long_weeks", f"{long} of {rows} weeks of people would have up to {most:g} planned hours. Is it so?"
        )
    return None


OF_OTHERS: Final[dict[str, tuple[Callable[[Taken], Doubt | None], ...]]] = {
    "trips": (trips_are_endless,),
    "leave": (leave_is_endless,),
    "change_requests": (requests_are_off,),
    "assignments": (plans_are_too_much,),
}
