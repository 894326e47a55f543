-- One row per person and day of each source, in the version that is in force.
select
    raw.leave.row_id,
    raw.leave.batch_id,
    raw.leave.line_number,
    raw.leave.source_name,
    raw.leave.known_at,
    raw.leave.is_assumed,
    raw.leave.person_id,
    raw.leave.leave_date,
    raw.leave.leave_hours
from raw.leave
left join raw.superseded as superseded
    on
        raw.leave.row_id = superseded.row_id
        and superseded.table_name = 'leave'
where superseded.row_id is null
