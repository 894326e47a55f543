-- One row per person, day and week in which the hours became known; a correction is a later row with a signed change.
-- Most days become known in one week: they are summed at once, and only the others week by week.
with

changes as (
    select
        person_id,
        work_date,
        date_trunc('week', known_at)::date as known_week_date,
        started_at,
        ended_at,
        worked_hours,
        is_onsite,
        activity,
        is_assumed,
        1 as entry_count
    from staging.timesheet_versions

    union all

    select
        person_id,
        work_date,
        date_trunc('week', superseded_at)::date as known_week_date,
        null as started_at,
        null as ended_at,
        -worked_hours as worked_hours,
        is_onsite,
        activity,
        is_assumed,
        -1 as entry_count
    from staging.timesheet_versions
    where superseded_at is not null
),

whole_days as (
    select
        person_id,
        work_date,
        min(known_week_date) as first_known_week_date,
        max(known_week_date) as last_known_week_date,
        min(started_at) as first_started_at,
        max(ended_at) as last_ended_at,
        sum(worked_hours) as worked_hours,
        sum(case when is_onsite then worked_hours else 0 end) as onsite_hours,
        sum(case when activity = 'travel' then worked_hours else 0 end) as travel_hours,
        sum(entry_count) as entry_count,
        bool_or(is_assumed) as is_assumed
    from changes
    group by person_id, work_date
),

split_days as (
    select
        changes.person_id,
        changes.work_date,
        changes.known_week_date,
        min(changes.started_at) as first_started_at,
        max(changes.ended_at) as last_ended_at,
        sum(changes.worked_hours) as worked_hours,
        sum(case when changes.is_onsite then changes.worked_hours else 0 end) as onsite_hours,
        sum(case when changes.activity = 'travel' then changes.worked_hours else 0 end) as travel_hours,
        sum(changes.entry_count) as entry_count,
        bool_or(changes.is_assumed) as is_assumed
    from changes
    inner join whole_days
        on
            changes.person_id = whole_days.person_id
            and changes.work_date = whole_days.work_date
    where whole_days.first_known_week_date < whole_days.last_known_week_date
    group by changes.person_id, changes.work_date, changes.known_week_date
),

split_days_so_far as (
    select
        split_days.*,
        sum(entry_count) over (partition by person_id, work_date order by known_week_date) as entries_so_far_count
    from split_days
)

select
    person_id,
    work_date,
    first_known_week_date as known_week_date,
    first_started_at,
    last_ended_at,
    worked_hours,
    onsite_hours,
    travel_hours,
    entry_count,
    case when entry_count > 0 then 1 else 0 end as day_count,
    false as is_split,
    is_assumed
from whole_days
where first_known_week_date = last_known_week_date

union all

select
    person_id,
    work_date,
    known_week_date,
    first_started_at,
    last_ended_at,
    worked_hours,
    onsite_hours,
    travel_hours,
    entry_count,
    case
        when entries_so_far_count > 0 and entries_so_far_count <= entry_count then 1
        when entries_so_far_count <= 0 and entries_so_far_count > entry_count then -1
        else 0
    end as day_count,
    true as is_split,
    is_assumed
from split_days_so_far
