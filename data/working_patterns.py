"""On which weekdays people work who work part of the week: as the list of people says, else as their own weeks show.

Sixteen hours on Monday and Tuesday are not 3.2 hours on each workday: leave on a Tuesday takes eight of them, a holiday
on a Friday none.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from data.insertion import insert_rows
from data.recognition.weekdays import weekday_of

if TYPE_CHECKING:
    from datetime import date

    import duckdb

WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

#: From so many contract hours a week on, people are taken to work on every workday unless their list says otherwise.
FULL_TIME_HOURS: Final = 35.0
#: Weeks before and after the one that is asked about; what was not known by then does not count.
WINDOW_WEEKS: Final = 13
#: A week shows the pattern when its hours are those of the contract, up to this share of them.
TELLING_SHARE: Final = 0.15
#: So many weeks must show it.
LEAST_WEEKS: Final = 2
#: A weekday is worked from the first share of these weeks on, and free up to the second; in between is no pattern.
WORKED_SHARE, FREE_SHARE = 0.75, 0.25

_WORD: Final = re.compile(r"[^\W\d_]+|[1-7]|[-–—~～至]")
_TO: Final = frozenset({"-", "–", "—", "~", "～", "至", "to", "bis", "until", "through", "à", "到"})
_CHINESE_DAYS: Final = {"一": 0, "二": 1, "三": 2, "四": 3, "五": 4, "六": 5, "日": 6, "天": 6}
_CHINESE_AROUND: Final = re.compile("周|星期|礼拜|週|禮拜|和|及|与")


def weekdays_of(text: str) -> tuple[int, ...]:
    """Return the weekdays (0 is Monday) that a text names; nothing when a part of it is no weekday.

    ``Mon, Tue`` · ``Mo–Mi`` · ``周一至周三`` · ``周一、二`` · ``1,2,3``.
    """
    days: list[int] = []
    is_range = False
    for word in _WORD.findall(_CHINESE_AROUND.sub(" ", text.replace("至", " 至 ").replace("到", " 到 "))):
        if word.casefold() in _TO:
            is_range = bool(days)
            continue
        found = _days_in(word)
        if found is None:
            return ()
        if is_range:
            days += [day % 7 for day in range(days[-1] + 1, found[0] + (7 if found[0] < days[-1] else 0))]
        days += found
        is_range = False
    return tuple(sorted(set(days)))


def _days_in(word: str) -> list[int] | None:
    if word.isdecimal():
        return [int(word) - 1]
    if set(word) <= set(_CHINESE_DAYS):
        return [_CHINESE_DAYS[sign] for sign in word]
    day = weekday_of(word)
    if day is not None:
        return [day]
    return None if word.casefold() not in ("and", "und", "et", "y") else []


def fill_working_patterns(connection: duckdb.DuckDBPyConnection) -> list[date]:
    """Fill ``raw.working_days``; return the weeks in which somebody's pattern is not what it was.

    Calendars, country codes and aliases must stand. For each week the pattern rests on what was known by its end: a
    later import never changes it, unless nothing of the person was known before.
    """
    connection.execute("create or replace temp table earlier_patterns as from raw.working_days")
    connection.execute("delete from raw.working_days")
    _fill_told(connection)
    _fill_learned(connection)
    changed = connection.execute(
        """
        with moved as (
            (from raw.working_days except from earlier_patterns)
            union all
            (from earlier_patterns except from raw.working_days)
        )
        select distinct weeks.week_start_date from moved inner join raw.weeks as weeks
            on moved.week_start_date = weeks.week_start_date or moved.week_start_date is null
        """
    ).fetchall()
    return [week for (week,) in changed]


def _fill_told(connection: duckdb.DuckDBPyConnection) -> None:
    """Take the pattern from the newest row of the list of people: hours of weekdays, else the names of days."""
    texts = connection.execute(
        "select distinct working_days from staging.people where working_days is not null"
    ).fetchall()
    named = [(text, day, len(days)) for (text,) in texts for days in [weekdays_of(text)] for day in days]
    connection.execute("create or replace temp table named_days (text varchar, weekday integer, day_count integer)")
    insert_rows(connection, "named_days", named)
    values = ", ".join(f"({number}, coalesce(listed.{name}_hours, 0))" for number, name in enumerate(WEEKDAYS))
    total = " + ".join(f"coalesce({name}_hours, 0)" for name in WEEKDAYS)
    connection.execute(
        f"""
        insert into raw.working_days
        with listed as (
            select *, {total} as told_hours from staging.people
            qualify row_number() over (partition by person_id order by known_at desc, row_id desc) = 1
        )
        select listed.person_id, null, hours.weekday, hours.hours / listed.told_hours
        from listed, lateral (select * from (values {values}) as told (weekday, hours)) as hours
        where listed.told_hours > 0 and hours.hours > 0
        union all
        select listed.person_id, null, named_days.weekday, 1 / named_days.day_count
        from listed inner join named_days on listed.working_days = named_days.text
        where listed.told_hours = 0
        """
    )


def _fill_learned(connection: duckdb.DuckDBPyConnection) -> None:
    """Learn the pattern of part-timers whose list says none, for each week of theirs."""
    connection.execute(
        """
        insert into raw.working_days
        with part_timers as (
            select person_id, weekly_hours from staging.people as listed
            where person_id not in (select person_id from raw.working_days)
            qualify row_number() over (partition by person_id order by known_at desc, row_id desc) = 1
                and weekly_hours < $full_time
        ),
        entries as (
            select versions.person_id, part_timers.weekly_hours, versions.work_date, versions.worked_hours,
                date_trunc('week', versions.work_date)::date as work_week_date,
                date_trunc('week', versions.known_at)::date as known_week_date,
                date_trunc('week', versions.superseded_at)::date as superseded_week_date
            from staging.timesheet_versions as versions
            inner join part_timers on versions.person_id = part_timers.person_id
        ),
        first_known as (
            select person_id, min(known_week_date) as known_week_date, min(work_week_date) as first_week_date
            from entries group by person_id
        ),
        asked as (
            select first_known.person_id, weeks.week_start_date,
                greatest(weeks.week_start_date, first_known.known_week_date) as last_known_week_date
            from first_known inner join raw.weeks as weeks on weeks.week_start_date >= first_known.first_week_date
        ),
        days as (
            select asked.person_id, asked.week_start_date, entries.weekly_hours, entries.work_week_date,
                isodow(entries.work_date) - 1 as weekday, sum(entries.worked_hours) as worked_hours
            from asked inner join entries
                on asked.person_id = entries.person_id
                and entries.work_week_date between
                    asked.week_start_date - 7 * $window and asked.week_start_date + 7 * $window
                and entries.known_week_date <= asked.last_known_week_date
                and coalesce(entries.superseded_week_date > asked.last_known_week_date, true)
            group by all
        ),
        telling as (
            select person_id, week_start_date, work_week_date from days
            group by person_id, week_start_date, work_week_date
            having abs(sum(worked_hours) - any_value(weekly_hours)) <= $telling * any_value(weekly_hours)
        ),
        counts as (
            select person_id, week_start_date, count(*) as week_count from telling group by all
        ),
        shares as (
            select days.person_id, days.week_start_date, days.weekday, count(*) / any_value(counts.week_count) as share
            from days
            inner join telling on days.person_id = telling.person_id and days.week_start_date = telling.week_start_date
                and days.work_week_date = telling.work_week_date
            inner join counts on days.person_id = counts.person_id and days.week_start_date = counts.week_start_date
            where counts.week_count >= $least_weeks
            group by days.person_id, days.week_start_date, days.weekday
        ),
        clear as (
            select person_id, week_start_date, count(*) filter (where share >= $worked) as day_count from shares
            group by person_id, week_start_date
            having bool_and(share >= $worked or share <= $free) and count(*) filter (where share >= $worked) > 0
        )
        select shares.person_id, shares.week_start_date, shares.weekday, 1 / clear.day_count
        from shares inner join clear
            on shares.person_id = clear.person_id and shares.week_start_date = clear.week_start_date
        where shares.share >= $worked
        """,
        {
            "full_time": FULL_TIME_HOURS,
            "window": WINDOW_WEEKS,
            "telling": TELLING_SHARE,
            "least_weeks": LEAST_WEEKS,
            "worked": WORKED_SHARE,
            "free": FREE_SHARE,
        },
    )
