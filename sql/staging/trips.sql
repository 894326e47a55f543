-- One row per trip of each source, in the version that is in force; its dates are those of the local clock.
select
    row_id,
    batch_id,
    line_number,
    source_name,
    known_at,
    is_assumed,
    trip_id,
    person_id,
    project_id,
    departed_at,
    departed_offset_minutes,
    returned_at,
    returned_offset_minutes,
    departed_date,
    returned_date,
    time_zone,
    origin_city,
    destination_city,
    destination_country,
    transport,
    currency_code,
    nights_count,
    cost_amount
from staging.trip_versions
where superseded_at is null
