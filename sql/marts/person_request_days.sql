-- One row per person, change request, day and week in which the hours became known; a correction is a signed change.
-- It tells who handled which request when; entries without a request are not in it.
with

changes as (
    select
        person_id,
        project_id,
        change_request_id,
        work_date,
        known_at as changed_at,
        worked_hours,
        is_assumed,
        1 as entry_count
    from staging.timesheet_versions
    where change_request_id is not null

    union all

    select
        person_id,
        project_id,
        change_request_id,
        work_date,
        superseded_at as changed_at,
        -worked_hours as worked_hours,
        is_assumed,
        -1 as entry_count
    from staging.timesheet_versions
    where change_request_id is not null and superseded_at is not null
)

select
    person_id,
    project_id,
    change_request_id,
    work_date,
    date_trunc('week', changed_at)::date as known_week_date,
    sum(worked_hours) as worked_hours,
    sum(entry_count) as entry_count,
    bool_or(is_assumed) as is_assumed
from changes
group by
    person_id,
    project_id,
    change_request_id,
    work_date,
    date_trunc('week', changed_at)::date
