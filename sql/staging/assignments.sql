-- One row per person, project and week of each source, in the version that is in force.
select
    raw.assignments.row_id,
    raw.assignments.batch_id,
    raw.assignments.line_number,
    raw.assignments.source_name,
    raw.assignments.known_at,
    raw.assignments.is_assumed,
    coalesce(person_aliases.person_id, raw.assignments.person_id) as person_id,
    coalesce(project_aliases.project_id, raw.assignments.project_id) as project_id,
    date_trunc('week', raw.assignments.week_start_date)::date as week_start_date,
    raw.assignments.planned_hours,
    raw.assignments.is_onsite,
    raw.assignments.is_tentative
from raw.assignments
left join raw.superseded as superseded
    on
        raw.assignments.row_id = superseded.row_id
        and superseded.table_name = 'assignments'
left join raw.person_aliases as person_aliases on raw.assignments.person_id = person_aliases.alias
left join raw.project_aliases as project_aliases on raw.assignments.project_id = project_aliases.alias
where superseded.row_id is null
