-- One row per project and report of each source, in the version that is in force.
select
    row_id,
    batch_id,
    line_number,
    source_name,
    known_at,
    is_assumed,
    project_id,
    as_of_date,
    planned_finish_date,
    reported_status,
    phase,
    note,
    progress_ratio
from staging.status_report_versions
where superseded_at is null
