-- One row per trip, in the version that is in force: nights, weekends away, and how many weeks in a row the person has
-- been on site when it ends. A week counts as on site when at least one night of it was spent away.
with

in_force as (
    select *
    from marts.trip_versions
    where superseded_date is null
),

away_weeks as (
    select distinct
        trips.person_id,
        weeks.calendar_date as week_start_date
    from in_force as trips
    inner join staging.calendar_days as weeks
        on
            weeks.country = ''
            and weeks.calendar_date = date_trunc('week', weeks.calendar_date)::date
            -- The night of a Sunday is for the week that follows.
            and weeks.calendar_date >= trips.departed_date - 5
            and trips.returned_date > weeks.calendar_date
    where trips.returned_date > trips.departed_date
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
    trips.trip_id,
    trips.person_id,
    trips.project_id,
    trips.departed_date,
    trips.returned_date,
    trips.departed_at,
    trips.returned_at,
    trips.known_date,
    trips.origin_city,
    trips.destination_city,
    trips.destination_country,
    trips.destination_time_zone,
    trips.transport,
    trips.currency_code,
    trips.nights_count,
    trips.weekend_days_count,
    trips.weekends_away_count,
    coalesce(runs.weeks_on_site_count, 0) as weeks_on_site_count,
    trips.cost_amount,
    trips.is_assumed,
    trips.row_id
from in_force as trips
left join runs
    on
        trips.person_id = runs.person_id
        and runs.week_start_date = date_trunc('week', trips.returned_date - 1)::date
        and trips.returned_date > trips.departed_date
