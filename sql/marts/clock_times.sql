-- One row per version of an entry whose begin and end are known as moments (UTC), with the weeks of its life.
-- A clock time without a zone is local: by the zone of its row, of the place of a trip, of the site if the work was
-- done there, of home, else of the site. zone_source says which of these it was (row, trip, site, home; empty where
-- the file told the offset). Where none of these is known it has no row: nothing is made of it.
with

away_days as (
    select
        trips.person_id,
        calendar.calendar_date,
        min(trips.destination_time_zone) as time_zone
    from marts.trips as trips
    inner join staging.calendar_days as calendar
        on
            calendar.country = ''
            and trips.departed_date < calendar.calendar_date
            and trips.returned_date > calendar.calendar_date
    where trips.destination_time_zone is not null
    group by trips.person_id, calendar.calendar_date
),

told as (
    select
        versions.*,
        versions.started_offset_minutes is null as is_begin_local,
        versions.ended_offset_minutes is null as is_end_local,
        coalesce(
            places.time_zone,
            away_days.time_zone,
            case when versions.is_onsite then projects.site_time_zone end,
            people.time_zone,
            projects.site_time_zone
        ) as local_time_zone,
        case
            when versions.started_offset_minutes is not null then ''
            when places.time_zone is not null then 'row'
            when away_days.time_zone is not null then 'trip'
            when versions.is_onsite and projects.site_time_zone is not null then 'site'
            when people.time_zone is not null then 'home'
            when projects.site_time_zone is not null then 'site'
            else ''
        end as zone_source
    from staging.timesheet_versions as versions
    left join marts.people as people
        on versions.person_id = people.person_id
    left join marts.projects as projects
        on versions.project_id = projects.project_id
    left join away_days
        on
            versions.person_id = away_days.person_id
            and versions.work_date = away_days.calendar_date
    left join staging.place_zones as places
        on
            versions.time_zone = places.zone_text
            and places.city = ''
            and places.country_text = ''
    where versions.started_at is not null and versions.ended_at is not null
),

moments as (
    select
        told.row_id,
        told.person_id,
        told.change_request_id,
        told.work_date,
        told.known_at,
        told.superseded_at,
        case
            when told.is_begin_local then told.local_time_zone
            when told.started_offset_minutes > 0
                then
                    '+' || lpad((told.started_offset_minutes // 60)::varchar, 2, '0')
                    || ':' || lpad((told.started_offset_minutes % 60)::varchar, 2, '0')
            when told.started_offset_minutes < 0
                then
                    '-' || lpad((-told.started_offset_minutes // 60)::varchar, 2, '0')
                    || ':' || lpad((-told.started_offset_minutes % 60)::varchar, 2, '0')
        end as time_zone,
        case
            when told.is_begin_local then told.started_at - interval 1 minute * begin_changes.offset_minutes
            else told.started_at
        end as started_at,
        case
            when told.is_end_local then told.ended_at - interval 1 minute * end_changes.offset_minutes
            else told.ended_at
        end as ended_at,
        told.is_begin_local as is_local,
        told.zone_source
    from told
    left join staging.zone_changes as begin_changes
        on
            told.is_begin_local
            and told.local_time_zone = begin_changes.time_zone
            and told.started_at >= begin_changes.wall_from
            and told.started_at < begin_changes.wall_until
    left join staging.zone_changes as end_changes
        on
            told.is_end_local
            and told.local_time_zone = end_changes.time_zone
            and told.ended_at >= end_changes.wall_from
            and told.ended_at < end_changes.wall_until
)

select
    row_id,
    person_id,
    change_request_id,
    work_date,
    date_trunc('week', known_at)::date as known_week_date,
    date_trunc('week', superseded_at)::date as superseded_week_date,
    started_at,
    ended_at,
    time_zone,
    zone_source,
    is_local
from moments
where ended_at >= started_at
