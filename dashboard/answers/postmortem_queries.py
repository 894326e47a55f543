"""Queries of post-mortems: tables of all projects as known in a week (``$week``) or before a day (``$after``)."""

from __future__ import annotations

from typing import Final

from dashboard.answers.known_rows import LEAVE_DAYS, TRIPS

WEEKS: Final = """
    select
        project_id,
        week_start_date,
        sum(worked_hours) as booked_hours,
        sum(rework_hours) as rework_hours,
        sum(worked_hours) filter (where is_assumed) as assumed_hours
    from marts.project_weeks
    where known_week_date <= $week
    group by project_id, week_start_date
    order by project_id, week_start_date
"""
PEOPLE: Final = """
    select project_id, person_id, week_start_date, sum(worked_hours) as worked_hours
    from marts.person_project_weeks
    where known_week_date <= $week
    group by project_id, person_id, week_start_date
    having sum(worked_hours) > 0
    order by project_id, person_id, week_start_date
"""
KNOWN_HOURS: Final = """
    select project_id, person_id, known_week_date, sum(worked_hours) as worked_hours
    from marts.person_project_weeks
    where known_week_date <= $week
    group by project_id, person_id, known_week_date
    order by project_id, person_id, known_week_date
"""
LEAVE: Final = f"""
    select
        person_id,
        date_trunc('week', leave_date)::date as week_start_date,
        sum(coalesce(leave_hours, $day_hours)) as leave_hours
    from {LEAVE_DAYS}
    group by person_id, date_trunc('week', leave_date)
    order by person_id, week_start_date
"""
MISSING: Final = """
    select person_id, week_start_date
    from marts.person_weeks
    where week_start_date <= $week and plan_known_week_date <= $week
    group by person_id, week_start_date
    having bool_or(state = 'missing') and not bool_or(worked_hours is not null)
"""
#: Reports in the version that was in force on the day.
REPORTS: Final = """
    select
        project_id,
        as_of_date,
        planned_finish_date,
        reported_status,
        phase,
        progress_ratio,
        coalesce(regexp_matches(lower(note), $words), false) as is_sign_off_due,
        is_assumed
    from staging.status_report_versions
    where
        as_of_date < $after
        and known_at < $after
        and (superseded_at is null or superseded_at >= $after)
    qualify row_number() over (partition by project_id, as_of_date order by known_at desc, row_id desc) = 1
    order by project_id, as_of_date
"""
#: Reports as they were first filed: what was on the screen then, whatever was corrected later.
FIRST_REPORTS: Final = """
    select project_id, as_of_date, known_at, planned_finish_date, reported_status, phase, progress_ratio
    from staging.status_report_versions
    where as_of_date < $after and known_at < $after
    qualify row_number() over (partition by project_id, as_of_date order by known_at, row_id) = 1
    order by project_id, known_at
"""
PACKAGES: Final = """
    select project_id, progress_date as as_of_date, last(progress_ratio order by week_start_date) as progress_ratio
    from marts.project_states
    where week_start_date <= $week and progress_ratio is not null and progress_date is not null
    group by project_id, progress_date
    order by project_id, progress_date
"""
#: Finishes that were on the list once, by when the list said so.
ENDINGS: Final = """
    select project_id, actual_finish_date, min(known_at) as known_at
    from staging.project_versions
    where actual_finish_date is not null and known_at < $after
    group by project_id, actual_finish_date
    order by project_id, known_at
"""
ONSITE: Final = """
    select project_id, person_id, week_start_date
    from marts.person_project_weeks
    where known_week_date <= $week
    group by project_id, person_id, week_start_date
    having sum(onsite_hours) > 0
"""
COSTS: Final = f"""
    with

    present as (
        select project_id, person_id, week_start_date, sum(worked_hours) as hours, sum(onsite_hours) as onsite_hours
        from marts.person_project_weeks
        where known_week_date <= $week
        group by project_id, person_id, week_start_date
    ),

    whole as (
        select person_id, week_start_date, sum(hours) as hours
        from present
        group by person_id, week_start_date
    ),

    leave as (
        select person_id, date_trunc('week', leave_date)::date as week_start_date, count(*) as days
        from {LEAVE_DAYS}
        group by person_id, date_trunc('week', leave_date)
    ),

    spans as (
        select project_id, person_id, min(week_start_date) as first_date, max(week_start_date) as last_date
        from present
        where hours >= $present
        group by project_id, person_id
    ),

    leave_days as (
        select spans.project_id, sum(leave.days) as days
        from spans
        inner join leave
            on
                spans.person_id = leave.person_id
                and leave.week_start_date between spans.first_date and spans.last_date
        group by spans.project_id
    ),

    nights as (
        select project_id, sum(nights_count) as nights
        from {TRIPS}
        group by project_id
    ),

    sums as (
        select
            present.project_id,
            sum(present.hours) as booked_hours,
            count(*) filter (where present.onsite_hours > 0) as onsite_weeks_count,
            count(*) filter (where present.hours >= $present and whole.hours > $long) as long_weeks_count,
            count(distinct present.person_id) as people_count,
            sum(present.hours) / 37.0 / nullif(count(distinct present.week_start_date), 0) as team_people
        from present
        inner join whole
            on present.person_id = whole.person_id and present.week_start_date = whole.week_start_date
        group by present.project_id
    )

    select
        sums.*,
        coalesce(nights.nights, 0) as nights_count,
        coalesce(leave_days.days, 0) as leave_days_count
    from sums
    left join nights on sums.project_id = nights.project_id
    left join leave_days on sums.project_id = leave_days.project_id
    order by sums.project_id
"""
