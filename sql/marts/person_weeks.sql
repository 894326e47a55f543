-- One row per person, week and week in which something of it became known; nothing in a row ever changes later.
-- Rows of state filed hold hours, as signed changes. The others say what was expected from then on while nothing was
-- filed: their state says why, their hours are null. Every row carries what was expected as known in its week, and
-- since when that was known (plan_known_week_date): so a replay takes the last plan that was known on its day.
with

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
    from marts.filed_weeks as filed
    inner join marts.person_capacity as capacity
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
    from marts.person_capacity as capacity
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
