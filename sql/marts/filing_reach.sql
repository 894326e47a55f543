-- One row per person, week and time in which the week lay between the person's first and last filed one, or near it:
-- as it was known then. A week is near within 13 weeks of the next filed one.
with

cells as (
    select
        people_seen.person_id,
        people_seen.is_withdrawn,
        weeks.week_start_date
    from marts.people_filing as people_seen
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
    left join marts.filed_spells as filed_spells
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
    from marts.filed_spells as filed_spells
    inner join marts.people_filing as people_seen on filed_spells.person_id = people_seen.person_id
    where people_seen.is_withdrawn
    union
    select
        person_id,
        until_week_date as point_week_date
    from marts.filed_spells
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
    left join marts.filed_spells as filed_spells
        on
            points.person_id = filed_spells.person_id
            and points.point_week_date >= filed_spells.from_week_date
            and (filed_spells.until_week_date is null or points.point_week_date < filed_spells.until_week_date)
    group by points.person_id, points.point_week_date
)

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
