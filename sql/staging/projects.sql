-- One row per project of each source, in the version that is in force.
select
    row_id,
    batch_id,
    line_number,
    source_name,
    known_at,
    is_assumed,
    project_id,
    project_name,
    client_name,
    product,
    industry,
    site_city,
    site_country,
    site_time_zone,
    manager_person_id,
    contract_type,
    start_date,
    baseline_finish_date,
    planned_finish_date,
    go_live_date,
    actual_finish_date,
    budget_hours,
    status
from staging.project_versions
where superseded_at is null
