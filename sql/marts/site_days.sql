-- One row per version of a trip and whole day at a place in another country, with the weeks between which it was known.
select
    trips.row_id,
    trips.person_id,
    trips.destination_country as site_country,
    calendar.calendar_date,
    calendar.is_workday,
    calendar.is_weekend,
    date_trunc('week', calendar.calendar_date)::date as week_start_date,
    date_trunc('week', trips.known_date)::date as from_week_date,
    date_trunc('week', trips.superseded_date)::date as until_week_date
from marts.trip_versions as trips
inner join staging.calendar_days as calendar
    on
        trips.destination_country = calendar.country
        and trips.departed_date < calendar.calendar_date
        and trips.returned_date > calendar.calendar_date
where trips.destination_country <> ''
