-- One row per version of a source row of trips: when it was known, and when another took its place.
select
    raw.trips.row_id,
    raw.trips.batch_id,
    raw.trips.line_number,
    raw.trips.source_name,
    raw.trips.known_at,
    superseded.superseded_at,
    raw.trips.is_assumed,
    raw.trips.trip_id,
    coalesce(person_aliases.person_id, raw.trips.person_id) as person_id,
    coalesce(project_aliases.project_id, raw.trips.project_id) as project_id,
    raw.trips.departed_at,
    raw.trips.returned_at,
    raw.trips.origin_city,
    raw.trips.destination_city,
    raw.trips.destination_country,
    raw.trips.transport
from raw.trips
left join raw.superseded as superseded
    on
        raw.trips.row_id = superseded.row_id
        and superseded.table_name = 'trips'
left join raw.person_aliases as person_aliases on raw.trips.person_id = person_aliases.alias
left join raw.project_aliases as project_aliases on raw.trips.project_id = project_aliases.alias
