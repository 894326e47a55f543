-- One row per person, project, week and week in which the hours became known; hours and counts are signed changes.
with

changes as (
    select
        person_id,
        project_id,
        work_date,
        known_at as changed_at,
        activity,
        worked_hours,
        is_onsite,
        is_assumed,
        1 as entry_count
    from staging.timesheet_versions

    union all

    select
        person_id,
        project_id,
        work_date,
        superseded_at as changed_at,
        activity,
        -worked_hours as worked_hours,
        is_onsite,
        is_assumed,
        -1 as entry_count
    from staging.timesheet_versions
    where superseded_at is not null
)

select
    person_id,
    project_id,
    date_trunc('week', work_date)::date as week_start_date,
    date_trunc('week', changed_at)::date as known_week_date,
    sum(worked_hours) as worked_hours,
    sum(case when is_onsite then worked_hours else 0 end) as onsite_hours,
    sum(case when activity = 'rework' then worked_hours else 0 end) as rework_hours,
    sum(case when activity = 'travel' then worked_hours else 0 end) as travel_hours,
    sum(case when activity = 'training' then worked_hours else 0 end) as training_hours,
    sum(entry_count) as entry_count,
    bool_or(is_assumed) as is_assumed
from changes
group by
    person_id,
    project_id,
    date_trunc('week', work_date)::date,
    date_trunc('week', changed_at)::date
