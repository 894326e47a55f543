-- One row per entry of each source, in the version that is in force.
select
    raw.timesheets.row_id,
    raw.timesheets.batch_id,
    raw.timesheets.line_number,
    raw.timesheets.source_name,
    raw.timesheets.known_at,
    raw.timesheets.is_assumed,
    raw.timesheets.entry_id,
    coalesce(person_aliases.person_id, raw.timesheets.person_id) as person_id,
    coalesce(project_aliases.project_id, raw.timesheets.project_id) as project_id,
    raw.timesheets.change_request_id,
    raw.timesheets.package_id,
    raw.timesheets.work_date,
    raw.timesheets.started_at,
    raw.timesheets.started_offset_minutes,
    raw.timesheets.ended_at,
    raw.timesheets.ended_offset_minutes,
    raw.timesheets.submitted_at,
    raw.timesheets.submitted_offset_minutes,
    raw.timesheets.time_zone,
    raw.timesheets.activity,
    raw.timesheets.worked_hours,
    raw.timesheets.is_onsite
from raw.timesheets
left join raw.superseded as superseded
    on
        raw.timesheets.row_id = superseded.row_id
        and superseded.table_name = 'timesheets'
left join raw.person_aliases as person_aliases on raw.timesheets.person_id = person_aliases.alias
left join raw.project_aliases as project_aliases on raw.timesheets.project_id = project_aliases.alias
where superseded.row_id is null
