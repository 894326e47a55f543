-- One row per person, week and time in which hours of that week were expected of the person: from the week in which
-- that became known until the week in which it no longer was (empty: until today).
-- A week is expected from the person's first filed week on: of people on the list until they left or the newest week
-- that anybody filed, of others until their own last one. Who is on the list without a leaving date and files nothing
-- for 13 weeks is expected no longer, until hours come again: nobody is missing for ever.
-- All as it was known then, so that no replay ever changes.
with

-- What the list said; before it said anything, and of people on no list, that they are on none.
attributes as (
    select
        person_id,
        from_week_date,
        until_week_date,
        home_country,
        weekly_hours,
        is_listed,
        date_trunc('week', left_date)::date as left_week_date
    from marts.people_versions

    union all

    select
        people_seen.person_id,
        date '1800-01-06' as from_week_date,
        min(versions.from_week_date) as until_week_date,
        '' as home_country,
        null as weekly_hours,
        false as is_listed,
        null as left_week_date
    from marts.people_filing as people_seen
    left join marts.people_versions as versions
        on people_seen.person_id = versions.person_id
    group by people_seen.person_id
),

expected as (
    select
        pieces.person_id,
        pieces.week_start_date,
        attributes.home_country,
        attributes.weekly_hours,
        greatest(pieces.from_week_date, attributes.from_week_date) as from_week_date,
        least(
            coalesce(pieces.until_week_date, date '9999-12-27'), coalesce(attributes.until_week_date, date '9999-12-27')
        ) as until_week_date
    from marts.filing_reach as pieces
    inner join attributes
        on pieces.person_id = attributes.person_id
    where
        pieces.is_reached
        and not (
            attributes.is_listed
            and (attributes.left_week_date is null or attributes.left_week_date >= pieces.week_start_date)
        )

    union all

    select
        pieces.person_id,
        pieces.week_start_date,
        attributes.home_country,
        attributes.weekly_hours,
        greatest(pieces.from_week_date, attributes.from_week_date, open_spells.from_week_date) as from_week_date,
        least(
            coalesce(pieces.until_week_date, date '9999-12-27'),
            coalesce(attributes.until_week_date, date '9999-12-27'),
            coalesce(open_spells.until_week_date, date '9999-12-27')
        ) as until_week_date
    from marts.filing_reach as pieces
    inner join attributes
        on pieces.person_id = attributes.person_id
    inner join marts.open_weeks as open_spells
        on pieces.week_start_date = open_spells.week_start_date
    where
        attributes.is_listed
        and (
            (attributes.left_week_date is null and pieces.is_near)
            or attributes.left_week_date >= pieces.week_start_date
        )
),

-- Times that follow one another and say the same are one.
marked as (
    select
        expected.*,
        case
            when
                lag(until_week_date) over (partition by person_id, week_start_date order by from_week_date)
                = from_week_date
                and lag(home_country) over (partition by person_id, week_start_date order by from_week_date)
                = home_country
                and lag(coalesce(weekly_hours, -1))
                    over (partition by person_id, week_start_date order by from_week_date)
                = coalesce(weekly_hours, -1)
                then 0
            else 1
        end as is_new
    from expected
    where from_week_date < until_week_date
),

numbered as (
    select
        marked.*,
        sum(is_new) over (partition by person_id, week_start_date order by from_week_date) as time_number
    from marked
)

select
    person_id,
    week_start_date,
    min(from_week_date) as from_week_date,
    nullif(max(until_week_date), date '9999-12-27') as until_week_date,
    home_country,
    weekly_hours
from numbered
group by person_id, week_start_date, time_number, home_country, weekly_hours
