-- One row per person, week and week in which something of it became known; nothing in a row ever changes later.
-- Rows of state filed hold hours, as signed changes. The others say what was expected from then on while nothing was
-- filed: their state says why, their hours are null. Every row carries what was expected as known in its week, and
-- since when that was known (plan_known_week_date): so a replay takes the last plan that was known on its day.
with

expected_weeks as (
    select
        spans.person_id,
        spans.home_country,
        spans.weekly_hours,
        spans.week_start_date,
        spans.from_week_date,
        spans.until_week_date
    from marts.person_spans as spans
    inner join staging.weeks as weeks
        on spans.week_start_date = weeks.week_start_date
),

country_weeks as (
    select
        country,
        date_trunc('week', calendar_date)::date as week_start_date,
        count(*) filter (where is_workday) as workdays_count
    from staging.calendar_days
    group by country, date_trunc('week', calendar_date)::date
),

-- Whole days at a place in another country, by each version of the trip, with the weeks between which it was known.
site_days as (
    select
        trips.person_id,
        trips.destination_country as site_country,
        calendar.calendar_date,
        calendar.is_workday,
        calendar.is_weekend,
        date_trunc('week', calendar.calendar_date)::date as week_start_date,
        date_trunc('week', trips.known_date)::date as from_week_date,
        date_trunc('week', trips.superseded_date)::date as until_week_date
    from marts.trip_versions as trips
    inner join staging.calendar_days as calendar
        on
            trips.destination_country = calendar.country
            and trips.departed_date < calendar.calendar_date
            and trips.returned_date > calendar.calendar_date
    where trips.destination_country <> ''
),

-- What was expected changes with the time of a person, and with leave and stays abroad that become known or are taken
-- back.
plan_changes as (
    select
        person_id,
        date_trunc('week', leave_date)::date as week_start_date,
        date_trunc('week', known_at)::date as from_week_date
    from staging.leave_versions
    union
    select
        person_id,
        date_trunc('week', leave_date)::date as week_start_date,
        date_trunc('week', superseded_at)::date as from_week_date
    from staging.leave_versions
    where superseded_at is not null
    union
    select
        person_id,
        week_start_date,
        from_week_date
    from site_days
    union
    select
        person_id,
        week_start_date,
        until_week_date as from_week_date
    from site_days
    where until_week_date is not null
),

plan_starts as (
    select * from expected_weeks
    union
    select
        expected_weeks.person_id,
        expected_weeks.home_country,
        expected_weeks.weekly_hours,
        expected_weeks.week_start_date,
        plan_changes.from_week_date,
        expected_weeks.until_week_date
    from expected_weeks
    inner join plan_changes
        on
            expected_weeks.person_id = plan_changes.person_id
            and expected_weeks.week_start_date = plan_changes.week_start_date
            and expected_weeks.from_week_date < plan_changes.from_week_date
            and (
                expected_weeks.until_week_date is null
                or expected_weeks.until_week_date > plan_changes.from_week_date
            )
),

plan_times as (
    select
        person_id,
        home_country,
        weekly_hours,
        week_start_date,
        from_week_date as plan_from_week_date,
        until_week_date,
        lead(from_week_date) over (partition by person_id, week_start_date order by from_week_date) as next_week_date
    from plan_starts
),

plans as (
    select
        plan_times.*,
        least(until_week_date, next_week_date) as plan_until_week_date
    from plan_times
),

abroad_days as (
    select distinct
        plans.person_id,
        plans.week_start_date,
        plans.plan_from_week_date,
        plans.home_country,
        site_days.site_country,
        site_days.calendar_date,
        site_days.is_workday
    from plans
    inner join site_days
        on
            plans.person_id = site_days.person_id
            and plans.week_start_date = site_days.week_start_date
            and plans.home_country <> site_days.site_country
            and plans.plan_from_week_date >= site_days.from_week_date
            and (site_days.until_week_date is null or plans.plan_from_week_date < site_days.until_week_date)
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
    from abroad_days
    inner join staging.calendar_days as home_days
        on
            abroad_days.home_country = home_days.country
            and abroad_days.calendar_date = home_days.calendar_date
    group by abroad_days.person_id, abroad_days.week_start_date, abroad_days.plan_from_week_date
),

site_workdays as (
    select
        person_id,
        calendar_date,
        plan_from_week_date,
        bool_or(is_workday) as is_workday
    from abroad_days
    group by person_id, calendar_date, plan_from_week_date
),

-- Who works on some weekdays only has those as working days.
own_days as (
    select
        plans.person_id,
        plans.week_start_date,
        plans.plan_from_week_date,
        home_days.calendar_date,
        coalesce(there.is_workday, home_days.is_workday) as is_workday,
        patterns.hours_share
    from plans
    inner join staging.working_days as patterns
        on
            plans.person_id = patterns.person_id
            and (patterns.week_start_date is null or plans.week_start_date = patterns.week_start_date)
    inner join staging.calendar_days as home_days
        on
            plans.home_country = home_days.country
            and home_days.calendar_date = plans.week_start_date + patterns.weekday
    left join site_workdays as there
        on
            plans.person_id = there.person_id
            and plans.plan_from_week_date = there.plan_from_week_date
            and home_days.calendar_date = there.calendar_date
),

own_weeks as (
    select
        person_id,
        week_start_date,
        plan_from_week_date,
        count(*) as usual_workdays_count,
        count(*) filter (where is_workday) as workdays_count,
        coalesce(sum(hours_share) filter (where is_workday), 0) as hours_share
    from own_days
    group by person_id, week_start_date, plan_from_week_date
),

-- Of several sources that tell of the same day of leave the longest counts; empty hours mean the whole day.
leave_days as (
    select
        plans.person_id,
        plans.week_start_date,
        plans.plan_from_week_date,
        plans.home_country,
        plans.weekly_hours,
        versions.leave_date,
        max(versions.leave_hours) as leave_hours
    from plans
    inner join staging.leave_versions as versions
        on
            plans.person_id = versions.person_id
            and plans.week_start_date = date_trunc('week', versions.leave_date)::date
            and plans.plan_from_week_date >= date_trunc('week', versions.known_at)::date
            and (
                versions.superseded_at is null
                or date_trunc('week', versions.superseded_at)::date > plans.plan_from_week_date
            )
    group by
        plans.person_id,
        plans.week_start_date,
        plans.plan_from_week_date,
        plans.home_country,
        plans.weekly_hours,
        versions.leave_date
),

leave_weeks as (
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
    left join own_weeks
        on
            leave_days.person_id = own_weeks.person_id
            and leave_days.week_start_date = own_weeks.week_start_date
            and leave_days.plan_from_week_date = own_weeks.plan_from_week_date
    left join own_days
        on
            leave_days.person_id = own_days.person_id
            and leave_days.leave_date = own_days.calendar_date
            and leave_days.plan_from_week_date = own_days.plan_from_week_date
    where calendar_days.is_workday and (own_weeks.person_id is null or own_days.person_id is not null)
    group by leave_days.person_id, leave_days.week_start_date, leave_days.plan_from_week_date
),

capacity as (
    select
        plans.person_id,
        plans.week_start_date,
        plans.plan_from_week_date,
        plans.plan_until_week_date,
        plans.weekly_hours,
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
    from plans
    inner join country_weeks
        on
            plans.home_country = country_weeks.country
            and plans.week_start_date = country_weeks.week_start_date
    left join abroad_weeks
        on
            plans.person_id = abroad_weeks.person_id
            and plans.week_start_date = abroad_weeks.week_start_date
            and plans.plan_from_week_date = abroad_weeks.plan_from_week_date
    left join leave_weeks
        on
            plans.person_id = leave_weeks.person_id
            and plans.week_start_date = leave_weeks.week_start_date
            and plans.plan_from_week_date = leave_weeks.plan_from_week_date
    left join own_weeks
        on
            plans.person_id = own_weeks.person_id
            and plans.week_start_date = own_weeks.week_start_date
            and plans.plan_from_week_date = own_weeks.plan_from_week_date

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
    from plan_times
    where until_week_date is not null and (next_week_date is null or next_week_date > until_week_date)
),

-- The weekend is that of the calendar: of home, and of the site on whole days there. Hours are no plan: a trip that is
-- filed after them tells where they were worked, so here the trips in force count.
site_weekends as (
    select
        site_days.person_id,
        site_days.calendar_date,
        bool_and(site_days.is_weekend) as is_weekend
    from site_days
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
),

filed_plans as (
    select
        capacity.*,
        filed.known_week_date,
        filed.worked_hours,
        filed.onsite_hours,
        filed.travel_hours,
        filed.weekend_hours,
        filed.worked_days_count,
        filed.entry_count,
        filed.is_assumed,
        true as is_filed
    from filed
    inner join capacity
        on
            filed.person_id = capacity.person_id
            and filed.week_start_date = capacity.week_start_date
            and filed.known_week_date >= capacity.plan_from_week_date
            and (capacity.plan_until_week_date is null or filed.known_week_date < capacity.plan_until_week_date)
),

first_filed as (
    select
        person_id,
        week_start_date,
        plan_from_week_date,
        min(known_week_date) as known_week_date
    from filed_plans
    group by person_id, week_start_date, plan_from_week_date
),

-- A plan needs a row of its own where hours came later than it, and where it still held when its week had begun.
unfiled_plans as (
    select
        capacity.*,
        greatest(capacity.plan_from_week_date, capacity.week_start_date) as known_week_date,
        null::double as worked_hours,
        null::double as onsite_hours,
        null::double as travel_hours,
        null::double as weekend_hours,
        0 as worked_days_count,
        0 as entry_count,
        false as is_assumed,
        false as is_filed
    from capacity
    left join first_filed
        on
            capacity.person_id = first_filed.person_id
            and capacity.week_start_date = first_filed.week_start_date
            and capacity.plan_from_week_date = first_filed.plan_from_week_date
    where
        (capacity.plan_until_week_date is null or capacity.plan_until_week_date > capacity.week_start_date)
        and (
            first_filed.known_week_date is null
            or first_filed.known_week_date > greatest(capacity.plan_from_week_date, capacity.week_start_date)
        )
),

everything as (
    select * from filed_plans
    union all
    select * from unfiled_plans
)

select
    person_id,
    week_start_date,
    known_week_date,
    plan_from_week_date as plan_known_week_date,
    case
        when is_filed then 'filed'
        when not is_expected then 'not_expected'
        when workdays_count <= 0 then 'no_workdays'
        when full_leave_days_count >= workdays_count then 'on_leave'
        else 'missing'
    end as state,
    workdays_count,
    usual_workdays_count,
    leave_days_count,
    worked_days_count,
    entry_count,
    leave_hours,
    case
        when own_hours_share is not null then weekly_hours * own_hours_share
        when workdays_count > full_leave_days_count
            then weekly_hours / 5 * (workdays_count - full_leave_days_count)
        else weekly_hours * 0
    end as expected_hours,
    worked_hours,
    onsite_hours,
    travel_hours,
    weekend_hours,
    is_assumed,
    is_expected
from everything
