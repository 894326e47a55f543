-- One row per person, week and time in which hours of that week were expected of the person: from the week in which
-- that became known until the week in which it no longer was (empty: until today).
-- A week is expected from the person's first filed week on: of people on the list until they left or the newest week
-- that anybody filed, of others until their own last one. Who is on the list without a leaving date and files nothing
-- for 13 weeks is expected no longer, until hours come again: nobody is missing for ever.
-- All as it was known then, so that no replay ever changes.
with

changes as (
    select
        person_id,
        date_trunc('week', work_date)::date as week_start_date,
        date_trunc('week', known_at)::date as known_week_date,
        1 as entry_count
    from staging.timesheet_versions

    union all

    select
        person_id,
        date_trunc('week', work_date)::date as week_start_date,
        date_trunc('week', superseded_at)::date as known_week_date,
        -1 as entry_count
    from staging.timesheet_versions
    where superseded_at is not null
),

steps as (
    select
        person_id,
        week_start_date,
        known_week_date,
        sum(entry_count) as entry_count
    from changes
    group by person_id, week_start_date, known_week_date
    having sum(entry_count) <> 0
),

entries_so_far as (
    select
        person_id,
        week_start_date,
        known_week_date,
        sum(entry_count) over (partition by person_id, week_start_date order by known_week_date) > 0 as is_filed
    from steps
),

turns as (
    select
        entries_so_far.*,
        lag(is_filed) over (partition by person_id, week_start_date order by known_week_date) as was_filed
    from entries_so_far
),

spells as (
    select
        person_id,
        week_start_date,
        is_filed,
        known_week_date as from_week_date,
        lead(known_week_date)
            over (partition by person_id, week_start_date order by known_week_date)
            as until_week_date
    from turns
    where is_filed <> coalesce(was_filed, false)
),

filed_spells as (
    select *
    from spells
    where is_filed
),

listed as (
    select distinct person_id
    from marts.people_versions
    where is_listed
),

people_seen as (
    select
        filed_spells.person_id,
        min(filed_spells.week_start_date) as first_week_date,
        max(filed_spells.week_start_date) as last_week_date,
        max(filed_spells.until_week_date) is not null as is_withdrawn,
        bool_or(listed.person_id is not null) as is_ever_listed
    from filed_spells
    left join listed
        on filed_spells.person_id = listed.person_id
    group by filed_spells.person_id
),

cells as (
    select
        people_seen.person_id,
        people_seen.is_withdrawn,
        weeks.week_start_date
    from people_seen
    inner join staging.weeks as weeks
        on
            people_seen.first_week_date <= weeks.week_start_date
            and (people_seen.is_ever_listed or people_seen.last_week_date >= weeks.week_start_date)
),

-- Most people never lose a week again: a week is begun, and reached, from the first filing on either side of it on.
plain_edges as (
    select
        cells.person_id,
        cells.week_start_date,
        min(filed_spells.from_week_date)
            over (partition by cells.person_id order by cells.week_start_date)
            as begun_week_date,
        min(filed_spells.from_week_date)
            over (partition by cells.person_id order by cells.week_start_date desc)
            as reached_week_date,
        min(filed_spells.from_week_date)
            over (
                partition by cells.person_id order by cells.week_start_date desc
                rows between unbounded preceding and 13 following
            )
            as near_week_date
    from cells
    left join filed_spells
        on
            cells.person_id = filed_spells.person_id
            and cells.week_start_date = filed_spells.week_start_date
    where not cells.is_withdrawn
),

-- Where weeks were taken back, first and last week are looked up for each week of knowledge.
points as (
    select
        filed_spells.person_id,
        filed_spells.from_week_date as point_week_date
    from filed_spells
    inner join people_seen on filed_spells.person_id = people_seen.person_id
    where people_seen.is_withdrawn
    union
    select
        person_id,
        until_week_date as point_week_date
    from filed_spells
    where until_week_date is not null
),

edges as (
    select
        points.person_id,
        points.point_week_date,
        lead(points.point_week_date)
            over (partition by points.person_id order by points.point_week_date)
            as next_week_date,
        min(filed_spells.week_start_date) as first_week_date,
        max(filed_spells.week_start_date) as last_week_date
    from points
    left join filed_spells
        on
            points.person_id = filed_spells.person_id
            and points.point_week_date >= filed_spells.from_week_date
            and (filed_spells.until_week_date is null or points.point_week_date < filed_spells.until_week_date)
    group by points.person_id, points.point_week_date
),

pieces as (
    select
        person_id,
        week_start_date,
        begun_week_date as from_week_date,
        near_week_date as until_week_date,
        false as is_reached,
        false as is_near
    from plain_edges
    where near_week_date is null or begun_week_date < near_week_date

    union all

    select
        person_id,
        week_start_date,
        greatest(begun_week_date, near_week_date) as from_week_date,
        reached_week_date as until_week_date,
        false as is_reached,
        true as is_near
    from plain_edges
    where
        near_week_date is not null
        and (reached_week_date is null or greatest(begun_week_date, near_week_date) < reached_week_date)

    union all

    select
        person_id,
        week_start_date,
        greatest(begun_week_date, reached_week_date) as from_week_date,
        null as until_week_date,
        true as is_reached,
        true as is_near
    from plain_edges
    where reached_week_date is not null

    union all

    select
        cells.person_id,
        cells.week_start_date,
        edges.point_week_date as from_week_date,
        edges.next_week_date as until_week_date,
        edges.last_week_date >= cells.week_start_date as is_reached,
        edges.last_week_date + 91 >= cells.week_start_date as is_near
    from cells
    inner join edges
        on
            cells.person_id = edges.person_id
            and cells.week_start_date >= edges.first_week_date
    where cells.is_withdrawn
),

-- The newest week that anybody had filed, by the week in which that was known.
newest_points as (
    select from_week_date as point_week_date from filed_spells
    union
    select until_week_date as point_week_date
    from filed_spells
    where until_week_date is not null
),

week_spells as (
    select distinct
        week_start_date,
        from_week_date,
        until_week_date
    from filed_spells
),

newest as (
    select
        newest_points.point_week_date,
        lead(newest_points.point_week_date) over (order by newest_points.point_week_date) as next_week_date,
        max(week_spells.week_start_date) as newest_week_date
    from newest_points
    left join week_spells
        on
            newest_points.point_week_date >= week_spells.from_week_date
            and (week_spells.until_week_date is null or newest_points.point_week_date < week_spells.until_week_date)
    group by newest_points.point_week_date
),

open_turns as (
    select
        weeks.week_start_date,
        newest.point_week_date,
        coalesce(newest.newest_week_date >= weeks.week_start_date, false) as is_open,
        lag(coalesce(newest.newest_week_date >= weeks.week_start_date, false))
            over (partition by weeks.week_start_date order by newest.point_week_date)
            as was_open
    from staging.weeks as weeks
    cross join newest
),

open_spells as (
    select
        week_start_date,
        is_open,
        point_week_date as from_week_date,
        lead(point_week_date) over (partition by week_start_date order by point_week_date) as until_week_date
    from open_turns
    where is_open <> coalesce(was_open, false)
),

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
    from people_seen
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
    from pieces
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
    from pieces
    inner join attributes
        on pieces.person_id = attributes.person_id
    inner join open_spells
        on pieces.week_start_date = open_spells.week_start_date
    where
        open_spells.is_open
        and attributes.is_listed
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
