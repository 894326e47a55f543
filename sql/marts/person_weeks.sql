-- One row per person, week and week in which the hours became known; hours and counts are signed changes.
-- A week of which nothing was filed has one row, known when the week is over: its state says why, its hours are null.
with

spans as (
    select
        people.person_id,
        people.home_country,
        people.weekly_hours,
        people.first_week_date,
        case
            when not people.is_listed then people.last_week_date
            when people.left_date is null then newest.week_start_date
            else greatest(
                least(date_trunc('week', people.left_date)::date, newest.week_start_date), people.last_week_date
            )
        end as last_week_date
    from marts.people as people
    cross join (select max(people.last_week_date) as week_start_date from marts.people as people) as newest
    where people.first_week_date is not null
),

expected_weeks as (
    select
        spans.person_id,
        spans.home_country,
        spans.weekly_hours,
        weeks.week_start_date
    from spans
    inner join staging.weeks as weeks
        on weeks.week_start_date between spans.first_week_date and spans.last_week_date
),

country_weeks as (
    select
        country,
        date_trunc('week', calendar_date)::date as week_start_date,
        count(*) filter (where is_workday) as workdays_count
    from staging.calendar_days
    group by country, date_trunc('week', calendar_date)::date
),

abroad_days as (
    select distinct
        trips.person_id,
        people.home_country,
        trips.destination_country as site_country,
        site_days.calendar_date,
        site_days.is_workday
    from marts.trips as trips
    inner join marts.people as people
        on trips.person_id = people.person_id
    inner join staging.calendar_days as site_days
        on
            trips.destination_country = site_days.country
            and trips.departed_date < site_days.calendar_date
            and trips.returned_date > site_days.calendar_date
    where trips.destination_country <> '' and trips.destination_country <> people.home_country
),

abroad_weeks as (
    select
        abroad_days.person_id,
        date_trunc('week', abroad_days.calendar_date)::date as week_start_date,
        sum(
            case
                when abroad_days.is_workday and not home_days.is_workday then 1
                when not abroad_days.is_workday and home_days.is_workday then -1
                else 0
            end
        ) as extra_workdays_count
    from abroad_days
    inner join staging.calendar_days as home_days
        on
            abroad_days.home_country = home_days.country
            and abroad_days.calendar_date = home_days.calendar_date
    group by abroad_days.person_id, date_trunc('week', abroad_days.calendar_date)::date
),

leave_weeks as (
    select
        leave_days.person_id,
        date_trunc('week', leave_days.leave_date)::date as week_start_date,
        count(*) as leave_days_count,
        sum(coalesce(leave_days.leave_hours, people.weekly_hours / 5)) as leave_hours,
        sum(coalesce(least(leave_days.leave_hours * 5 / people.weekly_hours, 1), 1)) as full_days_count
    from marts.leave_days as leave_days
    inner join marts.people as people
        on leave_days.person_id = people.person_id
    inner join staging.calendar_days as calendar_days
        on
            people.home_country = calendar_days.country
            and leave_days.leave_date = calendar_days.calendar_date
    where calendar_days.is_workday
    group by leave_days.person_id, date_trunc('week', leave_days.leave_date)::date
),

capacity as (
    select
        expected_weeks.person_id,
        expected_weeks.week_start_date,
        country_weeks.workdays_count + coalesce(abroad_weeks.extra_workdays_count, 0) as workdays_count,
        coalesce(leave_weeks.leave_days_count, 0) as leave_days_count,
        coalesce(leave_weeks.leave_hours, 0) as leave_hours,
        coalesce(leave_weeks.full_days_count, 0) as full_leave_days_count,
        expected_weeks.weekly_hours
    from expected_weeks
    inner join country_weeks
        on
            expected_weeks.home_country = country_weeks.country
            and expected_weeks.week_start_date = country_weeks.week_start_date
    left join abroad_weeks
        on
            expected_weeks.person_id = abroad_weeks.person_id
            and expected_weeks.week_start_date = abroad_weeks.week_start_date
    left join leave_weeks
        on
            expected_weeks.person_id = leave_weeks.person_id
            and expected_weeks.week_start_date = leave_weeks.week_start_date
),

filed as (
    select
        person_id,
        date_trunc('week', work_date)::date as week_start_date,
        known_week_date,
        sum(worked_hours) as worked_hours,
        sum(onsite_hours) as onsite_hours,
        sum(travel_hours) as travel_hours,
        sum(case when work_date >= date_trunc('week', work_date)::date + 5 then worked_hours else 0 end)
            as weekend_hours,
        sum(day_count) as worked_days_count,
        sum(entry_count) as entry_count,
        bool_or(is_assumed) as is_assumed
    from marts.person_days
    group by person_id, date_trunc('week', work_date)::date, known_week_date
)

select
    capacity.person_id,
    capacity.week_start_date,
    coalesce(filed.known_week_date, capacity.week_start_date + 7) as known_week_date,
    case
        when filed.person_id is not null then 'filed'
        when capacity.workdays_count <= 0 then 'no_workdays'
        when capacity.full_leave_days_count >= capacity.workdays_count then 'on_leave'
        else 'missing'
    end as state,
    capacity.workdays_count,
    capacity.leave_days_count,
    coalesce(filed.worked_days_count, 0) as worked_days_count,
    coalesce(filed.entry_count, 0) as entry_count,
    capacity.leave_hours,
    case
        when capacity.workdays_count > capacity.full_leave_days_count
            then capacity.weekly_hours / 5 * (capacity.workdays_count - capacity.full_leave_days_count)
        else capacity.weekly_hours * 0
    end as expected_hours,
    filed.worked_hours,
    filed.onsite_hours,
    filed.travel_hours,
    filed.weekend_hours,
    coalesce(filed.is_assumed, false) as is_assumed
from capacity
left join filed
    on
        capacity.person_id = filed.person_id
        and capacity.week_start_date = filed.week_start_date
