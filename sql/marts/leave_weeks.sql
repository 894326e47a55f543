-- One row per person and plan of a week with leave on working days: days, hours, and the share of the week's hours.
with

-- Of several sources that tell of the same day of leave the longest counts; empty hours mean the whole day.
leave_days as (
    select
        person_plans.person_id,
        person_plans.week_start_date,
        person_plans.plan_from_week_date,
        person_plans.home_country,
        person_plans.weekly_hours,
        versions.leave_date,
        max(versions.leave_hours) as leave_hours
    from marts.person_plans as person_plans
    inner join staging.leave_versions as versions
        on
            person_plans.person_id = versions.person_id
            and person_plans.week_start_date = date_trunc('week', versions.leave_date)::date
            and person_plans.plan_from_week_date >= date_trunc('week', versions.known_at)::date
            and (
                versions.superseded_at is null
                or date_trunc('week', versions.superseded_at)::date > person_plans.plan_from_week_date
            )
    group by
        person_plans.person_id,
        person_plans.week_start_date,
        person_plans.plan_from_week_date,
        person_plans.home_country,
        person_plans.weekly_hours,
        versions.leave_date
),

own_people as (
    select distinct
        person_id,
        week_start_date,
        plan_from_week_date
    from marts.own_days
)

select
    leave_days.person_id,
    leave_days.week_start_date,
    leave_days.plan_from_week_date,
    count(*) as leave_days_count,
    sum(coalesce(leave_days.leave_hours, leave_days.weekly_hours * coalesce(own_days.hours_share, 1 / 5)))
        as leave_hours,
    sum(
        coalesce(
            least(leave_days.leave_hours / (leave_days.weekly_hours * coalesce(own_days.hours_share, 1 / 5)), 1), 1
        )
    ) as full_days_count,
    sum(
        coalesce(least(leave_days.leave_hours / (leave_days.weekly_hours * own_days.hours_share), 1), 1)
        * own_days.hours_share
    ) as hours_share
from leave_days
inner join staging.calendar_days as calendar_days
    on
        leave_days.home_country = calendar_days.country
        and leave_days.leave_date = calendar_days.calendar_date
left join own_people as own_weeks
    on
        leave_days.person_id = own_weeks.person_id
        and leave_days.week_start_date = own_weeks.week_start_date
        and leave_days.plan_from_week_date = own_weeks.plan_from_week_date
left join marts.own_days as own_days
    on
        leave_days.person_id = own_days.person_id
        and leave_days.leave_date = own_days.calendar_date
        and leave_days.plan_from_week_date = own_days.plan_from_week_date
where calendar_days.is_workday and (own_weeks.person_id is null or own_days.person_id is not null)
group by leave_days.person_id, leave_days.week_start_date, leave_days.plan_from_week_date
