-- One row per person, plan and day that the plan has the person at a place in another country.
select distinct
    person_plans.person_id,
    person_plans.week_start_date,
    person_plans.plan_from_week_date,
    person_plans.home_country,
    site_days.site_country,
    site_days.calendar_date,
    site_days.is_workday
from marts.person_plans as person_plans
inner join marts.site_days as site_days
    on
        person_plans.person_id = site_days.person_id
        and person_plans.week_start_date = site_days.week_start_date
        and person_plans.home_country <> site_days.site_country
        and person_plans.plan_from_week_date >= site_days.from_week_date
        and (site_days.until_week_date is null or person_plans.plan_from_week_date < site_days.until_week_date)
