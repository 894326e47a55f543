-- One row per version of a source row of work packages: when it was known, and when another took its place.
select
    raw.work_packages.row_id,
    raw.work_packages.batch_id,
    raw.work_packages.line_number,
    raw.work_packages.source_name,
    raw.work_packages.known_at,
    superseded.superseded_at,
    raw.work_packages.is_assumed,
    raw.work_packages.package_id,
    coalesce(project_aliases.project_id, raw.work_packages.project_id) as project_id,
    raw.work_packages.phase,
    raw.work_packages.planned_start_date,
    raw.work_packages.planned_finish_date,
    raw.work_packages.actual_finish_date,
    raw.work_packages.planned_hours,
    raw.work_packages.progress_ratio
from raw.work_packages
left join raw.superseded as superseded
    on
        raw.work_packages.row_id = superseded.row_id
        and superseded.table_name = 'work_packages'
left join raw.project_aliases as project_aliases on raw.work_packages.project_id = project_aliases.alias
