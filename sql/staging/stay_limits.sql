-- One row per person, presence counter and first day of each source, in the version that is in force.
select
    raw.stay_limits.row_id,
    raw.stay_limits.batch_id,
    raw.stay_limits.line_number,
    raw.stay_limits.source_name,
    raw.stay_limits.known_at,
    raw.stay_limits.is_assumed,
    coalesce(person_aliases.person_id, raw.stay_limits.person_id) as person_id,
    lower(raw.stay_limits.counter) as counter,
    raw.stay_limits.valid_from_date,
    raw.stay_limits.valid_until_date
from raw.stay_limits
left join raw.superseded as superseded
    on
        raw.stay_limits.row_id = superseded.row_id
        and superseded.table_name = 'stay_limits'
left join raw.person_aliases as person_aliases on raw.stay_limits.person_id = person_aliases.alias
where superseded.row_id is null
