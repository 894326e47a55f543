-- One row per version of a trip: from when it was known until when another took its place or it was withdrawn
-- (empty: it is in force), with its nights and weekends away.
-- A night is counted between two local dates, a weekend by the calendar of home.
with

dated as (
    select
        trips.*,
        coalesce(country_codes.country, '') as country,
        coalesce(places.time_zone, site_zones.time_zone) as destination_time_zone,
        coalesce(people.home_country, '') as home_country
    from staging.trip_versions as trips
    left join staging.country_codes as country_codes
        on trips.destination_country = country_codes.country_text
    left join marts.people as people
        on trips.person_id = people.person_id
    left join staging.project_zones as site_zones
        on trips.project_id = site_zones.project_id
    left join staging.place_zones as places
        on
            places.zone_text = ''
            and coalesce(trips.destination_city, '') = places.city
            and coalesce(trips.destination_country, '') = places.country_text
),

away_days as (
    select
        dated.row_id,
        count(*) as weekend_days_count,
        count(distinct date_trunc('week', calendar_days.calendar_date)) as weekends_away_count
    from dated
    inner join staging.calendar_days as calendar_days
        on
            dated.home_country = calendar_days.country
            and calendar_days.is_weekend
            and dated.departed_date < calendar_days.calendar_date
            and dated.returned_date > calendar_days.calendar_date
    group by dated.row_id
)

select
    coalesce(dated.trip_id, dated.source_name || '-' || dated.row_id::varchar) as trip_id,
    dated.person_id,
    dated.project_id,
    dated.departed_date,
    dated.returned_date,
    dated.departed_at,
    dated.returned_at,
    dated.known_at::date as known_date,
    dated.superseded_at::date as superseded_date,
    dated.origin_city,
    dated.destination_city,
    dated.country as destination_country,
    dated.destination_time_zone,
    dated.transport,
    dated.currency_code,
    date_diff('day', dated.departed_date, dated.returned_date) as nights_count,
    coalesce(away_days.weekend_days_count, 0) as weekend_days_count,
    coalesce(away_days.weekends_away_count, 0) as weekends_away_count,
    dated.cost_amount,
    dated.is_assumed,
    dated.row_id
from dated
left join away_days
    on dated.row_id = away_days.row_id
