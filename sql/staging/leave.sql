-- One row per person and day of each source, in the version that is in force.
select
    row_id,
    batch_id,
    line_number,
    source_name,
    known_at,
    is_assumed,
    person_id,
    leave_date,
    leave_hours
from staging.leave_versions
where superseded_at is null
