-- One row per person, day and week in which the hours became known; a correction is a later row with a signed change.
-- Most days become known in one week and stay: they are summed at once. Only split days are summed week by week.
with

whole_days as (
    select
        person_id,
        work_date,
        date_trunc('week', min(known_at))::date as first_known_week_date,
        date_trunc('week', max(known_at))::date as last_known_week_date,
        sum(worked_hours) as worked_hours,
        sum(case when is_onsite then worked_hours else 0 end) as onsite_hours,
        sum(case when activity = 'travel' then worked_hours else 0 end) as travel_hours,
        count(*) as entry_count,
        count(superseded_at) as superseded_count,
        bool_or(is_assumed) as is_assumed
    from staging.timesheet_versions
    group by person_id, work_date
),

split_keys as (
    select
        person_id,
        work_date
    from whole_days
    where superseded_count > 0 or first_known_week_date < last_known_week_date
),

split_versions as (
    select versions.*
    from staging.timesheet_versions as versions
    inner join split_keys
        on
            versions.person_id = split_keys.person_id
            and versions.work_date = split_keys.work_date
),

changes as (
    select
        person_id,
        work_date,
        date_trunc('week', known_at)::date as known_week_date,
        worked_hours,
        is_onsite,
        activity,
        is_assumed,
        1 as entry_count
    from split_versions

    union all

    select
        person_id,
        work_date,
        date_trunc('week', superseded_at)::date as known_week_date,
        -worked_hours as worked_hours,
        is_onsite,
        activity,
        is_assumed,
        -1 as entry_count
    from split_versions
    where superseded_at is not null
),

split_days as (
    select
        person_id,
        work_date,
        known_week_date,
        sum(worked_hours) as worked_hours,
        sum(case when is_onsite then worked_hours else 0 end) as onsite_hours,
        sum(case when activity = 'travel' then worked_hours else 0 end) as travel_hours,
        sum(entry_count) as entry_count,
        bool_or(is_assumed) as is_assumed
    from changes
    group by person_id, work_date, known_week_date
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
    worked_hours,
    onsite_hours,
    travel_hours,
    entry_count,
    1 as day_count,
    false as is_split,
    is_assumed
from whole_days
where superseded_count = 0 and first_known_week_date = last_known_week_date

union all

select
    person_id,
    work_date,
    known_week_date,
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
