-- One row per listed person and time in which the list said the same: from the week in which it became known until the
-- week in which that changed (empty: until today). Of several sources the newest row counts. told_week_date is when the
-- list came; it may hold for the time before, see staging.people_versions.
-- Where the list has no leaving date, what the user said takes its place from then on.
with

listed_since as (
    select
        person_id,
        min(known_at) as known_at
    from staging.people_versions
    group by person_id
),

points as (
    select
        person_id,
        known_at as changed_at
    from staging.people_versions
    union
    select
        person_id,
        superseded_at as changed_at
    from staging.people_versions
    where superseded_at is not null
    union
    select
        answers.person_id,
        answers.said_at as changed_at
    from staging.person_answers as answers
    inner join listed_since
        on
            answers.person_id = listed_since.person_id
            and answers.said_at >= listed_since.known_at
    union
    select
        answers.person_id,
        answers.ended_at as changed_at
    from staging.person_answers as answers
    inner join listed_since
        on
            answers.person_id = listed_since.person_id
            and answers.ended_at >= listed_since.known_at
),

in_force as (
    select
        points.person_id,
        points.changed_at,
        versions.team_name,
        versions.seniority,
        versions.home_country,
        versions.hired_date,
        case when versions.row_id is not null then coalesce(versions.left_date, answers.last_date) end as left_date,
        versions.weekly_hours,
        date_trunc('week', versions.arrived_at)::date as told_week_date,
        versions.row_id is not null as is_listed,
        row_number()
            over (
                partition by points.person_id, points.changed_at
                order by versions.known_at desc, versions.row_id desc
            )
            as version_rank
    from points
    left join staging.people_versions as versions
        on
            points.person_id = versions.person_id
            and points.changed_at >= versions.known_at
            and (versions.superseded_at is null or points.changed_at < versions.superseded_at)
    left join staging.person_answers as answers
        on
            points.person_id = answers.person_id
            and answers.word = 'left'
            and points.changed_at >= answers.said_at
            and (answers.ended_at is null or points.changed_at < answers.ended_at)
),

-- Within a week the last word counts: what is known is known by the week.
by_week as (
    select
        in_force.*,
        date_trunc('week', changed_at)::date as from_week_date,
        row_number()
            over (partition by person_id, date_trunc('week', changed_at)::date order by changed_at desc)
            as point_rank
    from in_force
    where version_rank = 1
)

select
    by_week.person_id,
    by_week.from_week_date,
    lead(by_week.from_week_date)
        over (partition by by_week.person_id order by by_week.from_week_date)
        as until_week_date,
    by_week.team_name,
    by_week.seniority,
    coalesce(country_codes.country, '') as home_country,
    by_week.hired_date,
    by_week.left_date,
    by_week.told_week_date,
    by_week.weekly_hours,
    by_week.is_listed
from by_week
left join staging.country_codes as country_codes
    on by_week.home_country = country_codes.country_text
where by_week.point_rank = 1
