-- One row per week and time in which somebody had filed that week or a later one: from when until when that was known.
with

-- The newest week that anybody had filed, by the week in which that was known.
newest_points as (
    select from_week_date as point_week_date from marts.filed_spells
    union
    select until_week_date as point_week_date
    from marts.filed_spells
    where until_week_date is not null
),

week_spells as (
    select distinct
        week_start_date,
        from_week_date,
        until_week_date
    from marts.filed_spells
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
)

select
    week_start_date,
    from_week_date,
    until_week_date
from open_spells
where is_open
