-- One row per person, project and week of each source, in the version that is in force.
select
    raw.preferences.row_id,
    raw.preferences.batch_id,
    raw.preferences.line_number,
    raw.preferences.source_name,
    raw.preferences.known_at,
    raw.preferences.is_assumed,
    coalesce(person_aliases.person_id, raw.preferences.person_id) as person_id,
    coalesce(project_aliases.project_id, raw.preferences.project_id) as project_id,
    date_trunc('week', raw.preferences.week_start_date)::date as week_start_date,
    raw.preferences.wish
from raw.preferences
left join raw.superseded as superseded
    on
        raw.preferences.row_id = superseded.row_id
        and superseded.table_name = 'preferences'
left join raw.person_aliases as person_aliases on raw.preferences.person_id = person_aliases.alias
left join raw.project_aliases as project_aliases on raw.preferences.project_id = project_aliases.alias
where superseded.row_id is null
