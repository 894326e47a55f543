-- One row per version of a source row of projects: when it was known, and when another took its place.
-- Where history arrived in one go, it is assumed that the row was always known; listed_at says when it really came.
select
    raw.projects.row_id,
    raw.projects.batch_id,
    raw.projects.line_number,
    raw.projects.source_name,
    raw.projects.known_at,
    superseded.superseded_at,
    raw.batches.arrived_at as listed_at,
    raw.projects.is_assumed,
    coalesce(project_aliases.project_id, raw.projects.project_id) as project_id,
    raw.projects.project_name,
    raw.projects.client_name,
    raw.projects.product,
    raw.projects.industry,
    raw.projects.site_city,
    raw.projects.site_country,
    raw.projects.site_time_zone,
    coalesce(manager_aliases.person_id, raw.projects.manager_person_id) as manager_person_id,
    raw.projects.contract_type,
    raw.projects.start_date,
    raw.projects.baseline_finish_date,
    raw.projects.planned_finish_date,
    raw.projects.go_live_date,
    raw.projects.actual_finish_date,
    raw.projects.budget_hours,
    raw.projects.status
from raw.projects
left join raw.superseded as superseded
    on
        raw.projects.row_id = superseded.row_id
        and superseded.table_name = 'projects'
left join raw.batches on raw.projects.batch_id = raw.batches.batch_id
left join raw.project_aliases as project_aliases on raw.projects.project_id = project_aliases.alias
left join raw.person_aliases as manager_aliases on raw.projects.manager_person_id = manager_aliases.alias
