-- One row per person, project and week of each source, in the version that is in force.
select
    row_id,
    batch_id,
    line_number,
    source_name,
    known_at,
    is_assumed,
    person_id,
    project_id,
    week_start_date,
    planned_hours,
    is_onsite,
    is_tentative
from staging.assignment_versions
where superseded_at is null
