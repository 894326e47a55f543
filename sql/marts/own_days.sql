-- One row per person, plan and usual working day of those who work on some weekdays only.
with

site_workdays as (
    select
        person_id,
        calendar_date,
        plan_from_week_date,
        bool_or(is_workday) as is_workday
    from marts.abroad_days
    group by person_id, calendar_date, plan_from_week_date
)

select
    person_plans.person_id,
    person_plans.week_start_date,
    person_plans.plan_from_week_date,
    home_days.calendar_date,
    coalesce(there.is_workday, home_days.is_workday) as is_workday,
    patterns.hours_share
from marts.person_plans as person_plans
inner join staging.working_days as patterns
    on
        person_plans.person_id = patterns.person_id
        and (patterns.week_start_date is null or person_plans.week_start_date = patterns.week_start_date)
inner join staging.calendar_days as home_days
    on
        person_plans.home_country = home_days.country
        and home_days.calendar_date = person_plans.week_start_date + patterns.weekday
left join site_workdays as there
    on
        person_plans.person_id = there.person_id
        and person_plans.plan_from_week_date = there.plan_from_week_date
        and home_days.calendar_date = there.calendar_date
