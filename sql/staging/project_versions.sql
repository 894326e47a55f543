-- One row per version of a source row of projects: when it was known, and when another took its place.
-- Where history arrived in one go, it is assumed that the row was always known; listed_at says when it really came.
select
    raw.projects.row_id,
    raw.projects.known_at,
    superseded.superseded_at,
    raw.batches.arrived_at as listed_at,
    raw.projects.is_assumed,
    coalesce(project_aliases.project_id, raw.projects.project_id) as project_id,
    raw.projects.baseline_finish_date,
    raw.projects.planned_finish_date,
    raw.projects.budget_hours
from raw.projects
left join raw.superseded as superseded
    on
        raw.projects.row_id = superseded.row_id
        and superseded.table_name = 'projects'
left join raw.batches on raw.projects.batch_id = raw.batches.batch_id
left join raw.project_aliases as project_aliases on raw.projects.project_id = project_aliases.alias
