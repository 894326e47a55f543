-- One row per version of a source row of status reports: when it was known, and when another took its place.
select
    raw.status_reports.row_id,
    raw.status_reports.batch_id,
    raw.status_reports.line_number,
    raw.status_reports.source_name,
    raw.status_reports.known_at,
    superseded.superseded_at,
    raw.status_reports.is_assumed,
    coalesce(project_aliases.project_id, raw.status_reports.project_id) as project_id,
    raw.status_reports.as_of_date,
    raw.status_reports.planned_finish_date,
    raw.status_reports.reported_status,
    raw.status_reports.phase,
    raw.status_reports.note,
    raw.status_reports.progress_ratio
from raw.status_reports
left join raw.superseded as superseded
    on
        raw.status_reports.row_id = superseded.row_id
        and superseded.table_name = 'status_reports'
left join raw.project_aliases as project_aliases on raw.status_reports.project_id = project_aliases.alias
