-- One row per entry of each source, in the version that is in force.
select
    row_id,
    batch_id,
    line_number,
    source_name,
    known_at,
    is_assumed,
    entry_id,
    person_id,
    project_id,
    change_request_id,
    package_id,
    work_date,
    started_at,
    started_offset_minutes,
    ended_at,
    ended_offset_minutes,
    submitted_at,
    submitted_offset_minutes,
    time_zone,
    activity,
    worked_hours,
    is_onsite
from staging.timesheet_versions
where superseded_at is null
