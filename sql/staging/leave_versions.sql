-- One row per version of a source row of leave: when it was known, and when another took its place.
select
    raw.leave.row_id,
    raw.leave.batch_id,
    raw.leave.line_number,
    raw.leave.source_name,
    raw.leave.known_at,
    superseded.superseded_at,
    raw.leave.is_assumed,
    coalesce(person_aliases.person_id, raw.leave.person_id) as person_id,
    raw.leave.leave_date,
    raw.leave.leave_hours
from raw.leave
left join raw.superseded as superseded
    on
        raw.leave.row_id = superseded.row_id
        and superseded.table_name = 'leave'
left join raw.person_aliases as person_aliases on raw.leave.person_id = person_aliases.alias
