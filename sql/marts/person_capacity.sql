-- One row per person, week and plan: working days and leave that it holds, or that the week is no longer expected.
with

country_weeks as (
    select
        country,
        date_trunc('week', calendar_date)::date as week_start_date,
        count(*) filter (where is_workday) as workdays_count
    from staging.calendar_days
    group by country, date_trunc('week', calendar_date)::date
),

abroad_weeks as (
    select
        abroad_days.person_id,
        abroad_days.week_start_date,
        abroad_days.plan_from_week_date,
        sum(
            case
                when abroad_days.is_workday and not home_days.is_workday then 1
                when not abroad_days.is_workday and home_days.is_workday then -1
                else 0
            end
        ) as extra_workdays_count
    from marts.abroad_days as abroad_days
    inner join staging.calendar_days as home_days
        on
            abroad_days.home_country = home_days.country
            and abroad_days.calendar_date = home_days.calendar_date
    group by abroad_days.person_id, abroad_days.week_start_date, abroad_days.plan_from_week_date
),

own_weeks as (
    select
        person_id,
        week_start_date,
        plan_from_week_date,
        count(*) as usual_workdays_count,
        count(*) filter (where is_workday) as workdays_count,
        coalesce(sum(hours_share) filter (where is_workday), 0) as hours_share
    from marts.own_days
    group by person_id, week_start_date, plan_from_week_date
)

select
    person_plans.person_id,
    person_plans.week_start_date,
    person_plans.plan_from_week_date,
    person_plans.plan_until_week_date,
    person_plans.weekly_hours,
    true as is_expected,
    coalesce(
        own_weeks.workdays_count, country_weeks.workdays_count + coalesce(abroad_weeks.extra_workdays_count, 0)
    ) as workdays_count,
    coalesce(own_weeks.usual_workdays_count, 5) as usual_workdays_count,
    coalesce(leave_weeks.leave_days_count, 0) as leave_days_count,
    coalesce(leave_weeks.leave_hours, 0) as leave_hours,
    coalesce(leave_weeks.full_days_count, 0) as full_leave_days_count,
    case
        when own_weeks.hours_share is not null
            then greatest(own_weeks.hours_share - coalesce(leave_weeks.hours_share, 0), 0)
    end as own_hours_share
from marts.person_plans as person_plans
inner join country_weeks
    on
        person_plans.home_country = country_weeks.country
        and person_plans.week_start_date = country_weeks.week_start_date
left join abroad_weeks
    on
        person_plans.person_id = abroad_weeks.person_id
        and person_plans.week_start_date = abroad_weeks.week_start_date
        and person_plans.plan_from_week_date = abroad_weeks.plan_from_week_date
left join marts.leave_weeks as leave_weeks
    on
        person_plans.person_id = leave_weeks.person_id
        and person_plans.week_start_date = leave_weeks.week_start_date
        and person_plans.plan_from_week_date = leave_weeks.plan_from_week_date
left join own_weeks
    on
        person_plans.person_id = own_weeks.person_id
        and person_plans.week_start_date = own_weeks.week_start_date
        and person_plans.plan_from_week_date = own_weeks.plan_from_week_date

union all

-- From then on the week is no longer expected: the person had left, or its hours were taken back.
select
    person_id,
    week_start_date,
    until_week_date as plan_from_week_date,
    next_week_date as plan_until_week_date,
    weekly_hours,
    false as is_expected,
    0 as workdays_count,
    5 as usual_workdays_count,
    0 as leave_days_count,
    0 as leave_hours,
    0 as full_leave_days_count,
    null as own_hours_share
from marts.person_plans
where until_week_date is not null and (next_week_date is null or next_week_date > until_week_date)
