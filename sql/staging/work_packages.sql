-- One row per package of each source, in the version that is in force.
select
    row_id,
    batch_id,
    line_number,
    source_name,
    known_at,
    is_assumed,
    package_id,
    project_id,
    phase,
    planned_start_date,
    planned_finish_date,
    actual_finish_date,
    planned_hours,
    progress_ratio
from staging.work_package_versions
where superseded_at is null
