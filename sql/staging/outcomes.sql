-- One row per project, measure and date of each source, in the version that is in force.
select
    raw.outcomes.row_id,
    raw.outcomes.batch_id,
    raw.outcomes.line_number,
    raw.outcomes.source_name,
    raw.outcomes.known_at,
    raw.outcomes.is_assumed,
    coalesce(project_aliases.project_id, raw.outcomes.project_id) as project_id,
    raw.outcomes.measured_date,
    raw.outcomes.measure_name,
    raw.outcomes.target_value,
    raw.outcomes.actual_value
from raw.outcomes
left join raw.superseded as superseded
    on
        raw.outcomes.row_id = superseded.row_id
        and superseded.table_name = 'outcomes'
left join raw.project_aliases as project_aliases on raw.outcomes.project_id = project_aliases.alias
where superseded.row_id is null
