-- One row per person: as listed, or seen in timesheets, trips, assignments or leave only. Of several sources the newest
-- row counts. Where the list has no leaving date, what the user said takes its place.
with

listed as (
    select
        people.*,
        row_number()
            over (partition by people.person_id order by people.known_at desc, people.row_id desc)
            as version_rank
    from staging.people as people
),

seen as (
    select
        person_id,
        min(work_date) as first_work_date,
        max(work_date) as last_work_date
    from staging.timesheets
    group by person_id
),

everybody as (
    select person_id from listed
    union
    select person_id from seen
    union
    select person_id from staging.trips
    union
    select person_id from staging.assignments
    union
    select person_id from staging.leave
)

select
    everybody.person_id,
    listed.person_name,
    listed.team_name,
    listed.lead_person_id,
    listed.seniority,
    listed.home_city,
    coalesce(country_codes.country, '') as home_country,
    coalesce(zones.time_zone, listed.time_zone) as time_zone,
    listed.hired_date,
    coalesce(listed.left_date, answers.last_date) as left_date,
    date_trunc('week', seen.first_work_date)::date as first_week_date,
    date_trunc('week', seen.last_work_date)::date as last_week_date,
    listed.weekly_hours,
    listed.has_opted_out,
    listed.person_id is not null as is_listed
from everybody
left join listed
    on
        everybody.person_id = listed.person_id
        and listed.version_rank = 1
left join seen
    on everybody.person_id = seen.person_id
left join staging.person_zones as zones
    on everybody.person_id = zones.person_id
left join staging.person_answers as answers
    on
        listed.person_id = answers.person_id
        and answers.word = 'left'
        and answers.ended_at is null
left join staging.country_codes as country_codes
    on listed.home_country = country_codes.country_text
