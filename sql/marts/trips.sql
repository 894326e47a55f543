-- One row per trip: nights, weekends away, and how many weeks in a row the person has been on site when it ends.
-- A night is counted between two local dates, a weekend by the calendar of home. A week counts as on site when at least
-- one night of it was spent away.
with

dated as (
    select
        trips.*,
        coalesce(country_codes.country, '') as country,
        coalesce(places.time_zone, site_zones.time_zone) as destination_time_zone,
        people.home_country
    from staging.trips as trips
    left join staging.country_codes as country_codes
        on trips.destination_country = country_codes.country_text
    inner join marts.people as people
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
),

away_weeks as (
    select distinct
        dated.person_id,
        weeks.calendar_date as week_start_date
    from dated
    inner join staging.calendar_days as weeks
        on
            weeks.country = ''
            and weeks.calendar_date = date_trunc('week', weeks.calendar_date)::date
            and weeks.calendar_date >= date_trunc('week', dated.departed_date)::date
            and dated.returned_date > weeks.calendar_date
    where dated.returned_date > dated.departed_date
),

numbered_weeks as (
    select
        person_id,
        week_start_date,
        row_number() over (partition by person_id order by week_start_date) as week_number
    from away_weeks
),

runs as (
    select
        person_id,
        week_start_date,
        row_number() over (
            partition by person_id, week_start_date - (week_number * 7)::integer
            order by week_start_date
        ) as weeks_on_site_count
    from numbered_weeks
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
    dated.origin_city,
    dated.destination_city,
    dated.country as destination_country,
    dated.destination_time_zone,
    dated.transport,
    dated.currency_code,
    date_diff('day', dated.departed_date, dated.returned_date) as nights_count,
    coalesce(away_days.weekend_days_count, 0) as weekend_days_count,
    coalesce(away_days.weekends_away_count, 0) as weekends_away_count,
    coalesce(runs.weeks_on_site_count, 0) as weeks_on_site_count,
    dated.cost_amount,
    dated.is_assumed,
    dated.row_id
from dated
left join away_days
    on dated.row_id = away_days.row_id
left join runs
    on
        dated.person_id = runs.person_id
        and runs.week_start_date = date_trunc('week', dated.returned_date - 1)::date
        and dated.returned_date > dated.departed_date
