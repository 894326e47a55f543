"""Hours against what is in force: the same days from a second source, leave on the day, people and usual weeks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from data.doubts.taken import Doubt
from data.recognition import BOOKED_TWICE, PRESENCE, REPLACE

if TYPE_CHECKING:
    from data.doubts.taken import Taken

_LEAST_DAYS: Final = 5
_SHARE: Final = 0.5
_LEAVE_SHARE: Final = 0.1
_LEAST_LEAVE: Final = 3
_LEAST_PEOPLE: Final = 3
_LEAST_KNOWN: Final = 5
_STRANGERS: Final = 0.6
_LEAST_WEEKS: Final = 12
_JUMP: Final = 1.8
_WHOLE_DAY: Final = 5.0


def booked_twice(taken: Taken) -> Doubt | None:
    """Doubt days of people that another source has hours on already."""
    if not taken.has("staging.timesheets"):
        return None
    days, both, hours, source = taken.one(
        "with mine as (select person_id, work_date, sum(worked_hours) as hours_here from raw.timesheets"
        " where batch_id = $batch group by person_id, work_date), theirs as (select person_id, work_date,"
        " sum(worked_hours) as hours_there, min(source_name) as other_source from staging.timesheets"
        " where source_name <> $source group by person_id, work_date) select count(*), count(theirs.person_id)"
        " filter (where hours_there >= 0.5 * hours_here), sum(hours_here) filter (where theirs.person_id is not null),"
        " min(other_source) from mine left join theirs on mine.person_id = theirs.person_id"
        " and mine.work_date = theirs.work_date",
        source=taken.source_name,
    )
    if both >= _LEAST_DAYS and both > _SHARE * days:
        words = (
            f"{both} of {days} days of people have hours from the source “{source}” already; {hours:,.1f} hours would"
            " come on top. Is this a second source whose hours add up (take), presence that repeats project hours and"
            f" is kept beside them ({PRESENCE}), or does it take the place of the rows of “{source}”"
            f" ({REPLACE}{source})?"
        )
        return Doubt(BOOKED_TWICE, words, ("out", PRESENCE, "take", f"{REPLACE}{source}"))
    return None


def works_on_leave(taken: Taken) -> Doubt | None:
    """Doubt whole days of work on days of leave."""
    if not taken.has("staging.leave"):
        return None
    days, both = taken.one(
        "with mine as (select person_id, work_date, sum(worked_hours) as day_hours from raw.timesheets"
        f" where batch_id = $batch group by person_id, work_date having sum(worked_hours) >= {_WHOLE_DAY})"
        " select count(*), count(away.person_id) from mine left join (select distinct person_id, leave_date"
        f" from staging.leave where leave_hours is null or leave_hours >= {_WHOLE_DAY}) as away"
        " on mine.person_id = away.person_id and mine.work_date = away.leave_date"
    )
    if both >= _LEAST_LEAVE and both > _LEAVE_SHARE * days:
        words = f"{both} of {days} days of work are days of leave of the same people."
        return Doubt("work_on_leave", f"{words} Are rows of leave counted as work, or the days of other people?")
    return None


def people_are_strangers(taken: Taken) -> Doubt | None:
    """Doubt a file of a known source whose people nobody has seen: another column may name them."""
    if not taken.has("staging.timesheets"):
        return None
    (known,) = taken.one(
        "select count(distinct person_id) from staging.timesheets where source_name = $source", source=taken.source_name
    )
    if known < _LEAST_KNOWN:
        return None
    people, strangers = taken.one(
        "select count(*), count(*) filter (where lower(person_id) not in (select lower(person_id) from"
        " staging.timesheets)) from (select distinct person_id from raw.timesheets where batch_id = $batch)"
    )
    if people >= _LEAST_PEOPLE and strangers > _STRANGERS * people:
        words = f"{strangers} of {people} people were never in files of “{taken.source_name}” before."
        return Doubt("strangers", f"{words} Does another column name them?")
    return None


def week_jumps(taken: Taken) -> Doubt | None:
    """Doubt hours of a person and week that are far from what the source's earlier files had."""
    if not taken.has("staging.timesheets"):
        return None
    weeks = (
        "select median(week_hours), count(*) from (select person_id, date_trunc('week', work_date) as week,"
        " sum(worked_hours) as week_hours from {relation} where {condition} group by all) where week_hours > 0"
    )
    before, count = taken.one(
        weeks.format(relation="staging.timesheets", condition="source_name = $source"), source=taken.source_name
    )
    now, here = taken.one(weeks.format(relation="raw.timesheets", condition="batch_id = $batch"))
    if not before or not now or count < _LEAST_WEEKS or here < _LEAST_DAYS:
        return None
    if now > _JUMP * before or _JUMP * 2 * now < before:
        words = f"The middle week of a person would have {now:.1f} hours; in earlier files it was {before:.1f}."
        return Doubt("jump", f"{words} Is something counted twice, or the unit another?")
    return None


AGAINST_OTHERS: Final = (booked_twice, works_on_leave, people_are_strangers, week_jumps)
