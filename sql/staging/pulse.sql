-- One row per person and date of each source, in the version that is in force.
select
    raw.pulse.row_id,
    raw.pulse.batch_id,
    raw.pulse.line_number,
    raw.pulse.source_name,
    raw.pulse.known_at,
    raw.pulse.is_assumed,
    coalesce(person_aliases.person_id, raw.pulse.person_id) as person_id,
    raw.pulse.answered_date,
    raw.pulse.score
from raw.pulse
left join raw.superseded as superseded
    on
        raw.pulse.row_id = superseded.row_id
        and superseded.table_name = 'pulse'
left join raw.person_aliases as person_aliases on raw.pulse.person_id = person_aliases.alias
where superseded.row_id is null
