-- One row per version of a source row of trips: when it was known, and when another took its place or it was withdrawn.
-- Its dates are those of the local clock.
-- A moment with an offset of its own, or without any, is dated as written; one of UTC by the zone of home.
with

homed as (
    select
        told.*,
        coalesce(person_aliases.person_id, told.person_id) as known_person_id,
        coalesce(project_aliases.project_id, told.project_id) as known_project_id,
        coalesce(places.time_zone, homes.time_zone) as home_time_zone,
        superseded.superseded_at
    from raw.trips as told
    left join raw.superseded as superseded
        on
            told.row_id = superseded.row_id
            and superseded.table_name = 'trips'
    left join raw.person_aliases as person_aliases on told.person_id = person_aliases.alias
    left join raw.project_aliases as project_aliases on told.project_id = project_aliases.alias
    left join raw.person_zones as homes
        on coalesce(person_aliases.person_id, told.person_id) = homes.person_id
    left join raw.place_zones as places
        on
            told.time_zone = places.zone_text
            and places.city = ''
            and places.country_text = ''
),

on_local_clock as (
    select
        homed.*,
        homed.departed_at
        + interval 1 minute
        * coalesce(nullif(homed.departed_offset_minutes, 0), departure.offset_minutes, 0) as departed_local,
        homed.returned_at
        + interval 1 minute
        * coalesce(nullif(homed.returned_offset_minutes, 0), arrival.offset_minutes, 0) as returned_local
    from homed
    left join raw.zone_changes as departure
        on
            homed.home_time_zone = departure.time_zone
            and homed.departed_offset_minutes = 0
            and homed.departed_at >= departure.utc_from
            and homed.departed_at < departure.utc_until
    left join raw.zone_changes as arrival
        on
            homed.home_time_zone = arrival.time_zone
            and homed.returned_offset_minutes = 0
            and homed.returned_at >= arrival.utc_from
            and homed.returned_at < arrival.utc_until
)

select
    row_id,
    batch_id,
    line_number,
    source_name,
    known_at,
    superseded_at,
    is_assumed,
    trip_id,
    known_person_id as person_id,
    known_project_id as project_id,
    departed_at,
    departed_offset_minutes,
    returned_at,
    returned_offset_minutes,
    departed_local::date as departed_date,
    returned_local::date as returned_date,
    time_zone,
    origin_city,
    destination_city,
    destination_country,
    transport,
    currency_code,
    nights_count,
    cost_amount
from on_local_clock
