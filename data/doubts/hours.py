"""What can't be true of hours by themselves: days, people and projects that no timesheet has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from data.doubts.taken import Doubt
from data.recognition.decisions import LONG_DAYS, MINUTES, OUT
from data.sql_text import literal, quoted

if TYPE_CHECKING:
    from data.doubts.taken import Taken

_DAY_HOURS: Final = 24.0
_LONG_DAY_HOURS: Final = 15.5
_LONG_SHARE: Final = 0.25
#: People file some minutes on a task, but not as the middle of all their days.
_SHORT_DAY_HOURS: Final = 0.6
#: Days as hours: not one is longer than this.
_MOST_SHORT_HOURS: Final = 1.5
_ENDLESS_DAY_HOURS: Final = 16
_ENDLESS_SHARE: Final = 0.2
_LEAST_DAYS: Final = 8
#: Somebody files tomorrow's day off early; rows of a plan are more, or further away.
_LEAST_FUTURE: Final = 4
_FAR_DAYS: Final = 31
_WEEKEND_SHARE: Final = 0.5
_FEW_DAYS: Final = 5
_JUMP_DAYS: Final = 25
_LAST_MONTH: Final = 12
_LEAST_SPAN: Final = 45
_CLOSER: Final = 0.6
_LEAST_TITLES: Final = 12
_TITLE_SHARE: Final = 0.8
_LONG_NAME: Final = 60
_MOSTLY: Final = 0.5

_DAYS: Final = (
    "(select person_id, work_date, sum(worked_hours) as day_hours from raw.timesheets"
    " where batch_id = $batch group by person_id, work_date)"
)


def day_is_too_long(taken: Taken) -> Doubt | None:
    """Doubt days of more than 24 hours, and many of more than 15."""
    days, over, long, most = taken.one(
        f"select count(*), count(*) filter (where day_hours > {_DAY_HOURS + 0.01}),"
        f" count(*) filter (where day_hours >= {_LONG_DAY_HOURS}), max(day_hours) from {_DAYS}"
    )
    if over or (days and long > max(2, _LONG_SHARE * days)):
        words = f"{long} of {days} days of a person would have {_LONG_DAY_HOURS:g} hours or more, the longest {most:g}."
        if not taken.hours_columns:
            return Doubt(LONG_DAYS, f"{words} Are sums or a plan counted as entries?")
        words = f"{words} Are sums or a plan counted as entries, or are the numbers minutes?"
        return Doubt(LONG_DAYS, words, (OUT, MINUTES, "take"))
    return None


def day_is_too_short(taken: Taken) -> Doubt | None:
    """Doubt hours of which the middle day has only minutes: another unit."""
    days, middle, most, endless = taken.one(
        "select count(*), median(day_hours), max(day_hours),"
        f" count(*) filter (where 60 * day_hours > {_ENDLESS_DAY_HOURS}) from {_DAYS} where day_hours > 0"
    )
    # Read as hours, the same numbers would be days that nobody works.
    if middle is not None and 60 * middle <= _DAY_HOURS and endless >= _ENDLESS_SHARE * days:
        return None
    if days >= _LEAST_DAYS and (middle < _SHORT_DAY_HOURS or most <= _MOST_SHORT_HOURS):
        return Doubt("short_days", f"The middle day of a person would have {middle:.2g} hours. Is the unit another?")
    return None


def work_is_to_come(taken: Taken) -> Doubt | None:
    """Doubt work on days that have not come."""
    rows, later, last = taken.one(
        "select count(*), count(*) filter (where work_date > $today::date + 1), max(work_date) from raw.timesheets"
        " where batch_id = $batch",
        today=taken.arrived_date,
    )
    is_far = bool(later) and (last - taken.arrived_date).days > _FAR_DAYS
    if later >= _LEAST_FUTURE or is_far:
        words = f"{later} of {rows} rows are work on days to come, up to {last}."
        return Doubt("future_work", f"{words} Is it a plan, or are day and month swapped?")
    return None


def days_are_off(taken: Taken) -> Doubt | None:
    """Doubt work that is mostly on weekends, or on one day of each month."""
    rows, weekend, days = taken.one(
        "select count(*), count(*) filter (where isodow(work_date) >= 6), count(distinct work_date)"
        " from raw.timesheets where batch_id = $batch"
    )
    if rows >= _LEAST_DAYS and days >= _FEW_DAYS and weekend > _WEEKEND_SHARE * rows:
        return Doubt(
            "weekend_work", f"{weekend} of {rows} rows are work on Saturday or Sunday. Are the days read rightly?"
        )
    step, same = taken.one(
        "select median(step), count(distinct month_day) from (select"
        " work_date - lag(work_date) over (order by work_date) as step, day(work_date) as month_day"
        " from (select distinct work_date from raw.timesheets"
        " where batch_id = $batch))"
    )
    if days >= _FEW_DAYS and same <= 2 and step is not None and step >= _JUMP_DAYS:
        return Doubt(
            "months_apart", f"The {days} days are months apart, on one day of each. Are day and month swapped?"
        )
    return None


def days_are_swapped(taken: Taken) -> Doubt | None:
    """Doubt days that lie twice as close together when day and month change places."""
    rows = taken.all("select distinct work_date from raw.timesheets where batch_id = $batch order by work_date")
    days = [day for (day,) in rows]
    turned = [day.replace(month=day.day, day=day.month) if day.day <= _LAST_MONTH else day for day in days]
    if len(days) < _FEW_DAYS or turned == days:
        return None
    span, other = (max(days) - min(days)).days, (max(turned) - min(turned)).days
    if span >= _LEAST_SPAN and other <= _CLOSER * span:
        words = f"The days spread over {span} days; with day and month swapped they would lie within {other}."
        return Doubt("swapped_days", f"{words} Were they turned round?")
    return None


def person_is_none(taken: Taken) -> Doubt | None:
    """Doubt people who look like titles, numbers or hours."""
    rows, people, days, long, numbers = taken.one(
        "select count(*), count(distinct person_id), count(distinct work_date),"
        f" count(distinct person_id) filter (where len(person_id) > {_LONG_NAME}),"
        r" count(distinct person_id) filter (where"
        r" regexp_full_match(person_id, '\d{1,2}([.,]\d+)?|--.*|.*\d{4}-\d\d.*'))"
        " from raw.timesheets where batch_id = $batch"
    )
    if not rows:
        return None
    if rows >= _LEAST_TITLES and days >= _FEW_DAYS and people > _TITLE_SHARE * rows:
        return Doubt("people", f"{rows} rows name {people} different people. Does the column hold titles of tasks?")
    are_numbers = people > 1 and numbers > _MOSTLY * people
    if long > _MOSTLY * people or (are_numbers and not _are_numbers_of_people(taken)):
        return Doubt("people", "What stands for people looks like texts, days or hours. Is it another column?")
    return None


def _are_numbers_of_people(taken: Taken) -> bool:
    """Say whether a column of names in the file goes one to one with the numbers that stand for people."""
    cells = f"read_parquet({literal(str(taken.parquet))})"
    names = [name for name, *_ in taken.all(f"describe select * from {cells}") if name != "line_number"]
    pairs = (
        f"select distinct person_id, {{name}} as name from raw.timesheets join {cells} as cells"
        " on cells.line_number = raw.timesheets.line_number where batch_id = $batch and {name} is not null"
    )
    for name in names:
        count, people, named, texts = taken.one(
            "select count(*), count(distinct person_id), count(distinct name),"
            r" count(*) filter (where regexp_full_match(name, '[^\d:/]{2,}'))"
            f" from ({pairs.format(name=quoted(name))})"
        )
        if count > 1 and count == people == named == texts:
            return True
    return False


def project_is_hours(taken: Taken) -> Doubt | None:
    """Doubt projects that are numbers such as hours are."""
    projects, numbers = taken.one(
        "select count(distinct project_id),"
        r" count(distinct project_id) filter (where regexp_full_match(project_id, '\d{1,2}[.,]\d+|[1-9]|1\d|\d+:\d\d'))"
        " from raw.timesheets where batch_id = $batch"
    )
    if projects > 1 and numbers > _MOSTLY * projects:
        return Doubt("projects", f"{numbers} of {projects} projects look like hours. Is it another column?")
    return None


OF_HOURS: Final = (
    day_is_too_long,
    day_is_too_short,
    work_is_to_come,
    days_are_off,
    days_are_swapped,
    person_is_none,
    project_is_hours,
)
