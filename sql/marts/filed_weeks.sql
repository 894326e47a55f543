-- One row per person, week and week in which hours of it became known: the hours, as signed changes.
with

-- The weekend is that of the calendar: of home, and of the site on whole days there. Hours are no plan: a trip that is
-- filed after them tells where they were worked, so here the trips in force count.
site_weekends as (
    select
        site_days.person_id,
        site_days.calendar_date,
        bool_and(site_days.is_weekend) as is_weekend
    from marts.site_days as site_days
    inner join marts.people as people
        on site_days.person_id = people.person_id
    where site_days.until_week_date is null and people.home_country <> site_days.site_country
    group by site_days.person_id, site_days.calendar_date
),

weekend_days as (
    select distinct
        worked.person_id,
        worked.work_date
    from marts.person_days as worked
    inner join marts.people as people
        on worked.person_id = people.person_id
    inner join staging.calendar_days as home_days
        on
            people.home_country = home_days.country
            and worked.work_date = home_days.calendar_date
    left join site_weekends as there
        on
            worked.person_id = there.person_id
            and worked.work_date = there.calendar_date
    where coalesce(there.is_weekend, home_days.is_weekend)
)

select
    worked.person_id,
    date_trunc('week', worked.work_date)::date as week_start_date,
    worked.known_week_date,
    sum(worked.worked_hours) as worked_hours,
    sum(worked.onsite_hours) as onsite_hours,
    sum(worked.travel_hours) as travel_hours,
    sum(case when weekend_days.person_id is not null then worked.worked_hours else 0 end) as weekend_hours,
    sum(worked.day_count) as worked_days_count,
    sum(worked.entry_count) as entry_count,
    bool_or(worked.is_assumed) as is_assumed
from marts.person_days as worked
left join weekend_days
    on
        worked.person_id = weekend_days.person_id
        and worked.work_date = weekend_days.work_date
group by worked.person_id, date_trunc('week', worked.work_date)::date, worked.known_week_date
