-- One row per person and skill of each source, in the version that is in force.
select
    raw.skills.row_id,
    raw.skills.batch_id,
    raw.skills.line_number,
    raw.skills.source_name,
    raw.skills.known_at,
    raw.skills.is_assumed,
    coalesce(person_aliases.person_id, raw.skills.person_id) as person_id,
    raw.skills.skill,
    raw.skills.level
from raw.skills
left join raw.superseded as superseded
    on
        raw.skills.row_id = superseded.row_id
        and superseded.table_name = 'skills'
left join raw.person_aliases as person_aliases on raw.skills.person_id = person_aliases.alias
where superseded.row_id is null
