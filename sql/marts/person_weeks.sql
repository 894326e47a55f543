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
        site_days.is_workday,
        site_days.is_weekend
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

site_workdays as (
    select
        person_id,
        calendar_date,
        bool_or(is_workday) as is_workday,
        bool_and(is_weekend) as is_weekend
    from abroad_days
    group by person_id, calendar_date
),

-- Who works on some weekdays only has those as working days.
own_days as (
    select
        expected_weeks.person_id,
        expected_weeks.week_start_date,
        home_days.calendar_date,
        coalesce(there.is_workday, home_days.is_workday) as is_workday,
        patterns.hours_share
    from expected_weeks
    inner join staging.working_days as patterns
        on
            expected_weeks.person_id = patterns.person_id
            and (patterns.week_start_date is null or expected_weeks.week_start_date = patterns.week_start_date)
    inner join staging.calendar_days as home_days
        on
            expected_weeks.home_country = home_days.country
            and home_days.calendar_date = expected_weeks.week_start_date + patterns.weekday
    left join site_workdays as there
        on
            expected_weeks.person_id = there.person_id
            and home_days.calendar_date = there.calendar_date
),

own_weeks as (
    select
        person_id,
        week_start_date,
        count(*) as usual_workdays_count,
        count(*) filter (where is_workday) as workdays_count,
        coalesce(sum(hours_share) filter (where is_workday), 0) as hours_share
    from own_days
    group by person_id, week_start_date
),

leave_weeks as (
    select
        leave_days.person_id,
        date_trunc('week', leave_days.leave_date)::date as week_start_date,
        count(*) as leave_days_count,
        sum(coalesce(leave_days.leave_hours, people.weekly_hours * coalesce(own_days.hours_share, 1 / 5)))
            as leave_hours,
        sum(
            coalesce(
                least(leave_days.leave_hours / (people.weekly_hours * coalesce(own_days.hours_share, 1 / 5)), 1), 1
            )
        ) as full_days_count,
        sum(
            coalesce(least(leave_days.leave_hours / (people.weekly_hours * own_days.hours_share), 1), 1)
            * own_days.hours_share
        ) as hours_share
    from marts.leave_days as leave_days
    inner join marts.people as people
        on leave_days.person_id = people.person_id
    inner join staging.calendar_days as calendar_days
        on
            people.home_country = calendar_days.country
            and leave_days.leave_date = calendar_days.calendar_date
    left join own_weeks
        on
            leave_days.person_id = own_weeks.person_id
            and own_weeks.week_start_date = date_trunc('week', leave_days.leave_date)::date
    left join own_days
        on
            leave_days.person_id = own_days.person_id
            and leave_days.leave_date = own_days.calendar_date
    where calendar_days.is_workday and (own_weeks.person_id is null or own_days.person_id is not null)
    group by leave_days.person_id, date_trunc('week', leave_days.leave_date)::date
),

capacity as (
    select
        expected_weeks.person_id,
        expected_weeks.week_start_date,
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
        end as own_hours_share,
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
    left join own_weeks
        on
            expected_weeks.person_id = own_weeks.person_id
            and expected_weeks.week_start_date = own_weeks.week_start_date
),

-- The weekend is that of the calendar: of home, and of the site on whole days there.
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
    left join site_workdays as there
        on
            worked.person_id = there.person_id
            and worked.work_date = there.calendar_date
    where coalesce(there.is_weekend, home_days.is_weekend)
),

filed as (
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
    capacity.usual_workdays_count,
    capacity.leave_days_count,
    coalesce(filed.worked_days_count, 0) as worked_days_count,
    coalesce(filed.entry_count, 0) as entry_count,
    capacity.leave_hours,
    case
        when capacity.own_hours_share is not null then capacity.weekly_hours * capacity.own_hours_share
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
