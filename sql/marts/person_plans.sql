-- One row per person, week and time in which the same was expected of the person: from plan_from_week_date to
-- plan_until_week_date (empty: until today). A plan ends when another one follows (next_week_date), or when the week
-- is no longer expected (until_week_date).
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
    from marts.site_days
    union
    select
        person_id,
        week_start_date,
        until_week_date as from_week_date
    from marts.site_days
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
)

select
    plan_times.*,
    least(until_week_date, next_week_date) as plan_until_week_date
from plan_times
