-- One row per person and day of presence of each source, in the version that is in force.
select
    raw.attendance.row_id,
    raw.attendance.batch_id,
    raw.attendance.line_number,
    raw.attendance.source_name,
    raw.attendance.known_at,
    raw.attendance.is_assumed,
    coalesce(person_aliases.person_id, raw.attendance.person_id) as person_id,
    raw.attendance.work_date,
    raw.attendance.present_hours
from raw.attendance
left join raw.superseded as superseded
    on
        raw.attendance.row_id = superseded.row_id
        and superseded.table_name = 'attendance'
left join raw.person_aliases as person_aliases on raw.attendance.person_id = person_aliases.alias
where superseded.row_id is null
