-- One row per person, place and first day of each source, in the version that is in force.
select
    raw.unavailability.row_id,
    raw.unavailability.batch_id,
    raw.unavailability.line_number,
    raw.unavailability.source_name,
    raw.unavailability.known_at,
    raw.unavailability.is_assumed,
    coalesce(person_aliases.person_id, raw.unavailability.person_id) as person_id,
    coalesce(project_aliases.project_id, raw.unavailability.project_id) as project_id,
    raw.unavailability.first_date,
    raw.unavailability.last_date,
    coalesce(country_codes.country, '') as country,
    raw.unavailability.is_remote_possible
from raw.unavailability
left join raw.superseded as superseded
    on
        raw.unavailability.row_id = superseded.row_id
        and superseded.table_name = 'unavailability'
left join raw.person_aliases as person_aliases on raw.unavailability.person_id = person_aliases.alias
left join raw.project_aliases as project_aliases on raw.unavailability.project_id = project_aliases.alias
left join raw.country_codes as country_codes on raw.unavailability.country = country_codes.country_text
where superseded.row_id is null
