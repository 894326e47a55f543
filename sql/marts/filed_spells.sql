-- One row per person, week and time in which hours of that week were in force: from the week in which that became
-- known until the week in which it no longer was (empty: until today).
with

changes as (
    select
        person_id,
        date_trunc('week', work_date)::date as week_start_date,
        date_trunc('week', known_at)::date as known_week_date,
        1 as entry_count
    from staging.timesheet_versions

    union all

    select
        person_id,
        date_trunc('week', work_date)::date as week_start_date,
        date_trunc('week', superseded_at)::date as known_week_date,
        -1 as entry_count
    from staging.timesheet_versions
    where superseded_at is not null
),

steps as (
    select
        person_id,
        week_start_date,
        known_week_date,
        sum(entry_count) as entry_count
    from changes
    group by person_id, week_start_date, known_week_date
    having sum(entry_count) <> 0
),

entries_so_far as (
    select
        person_id,
        week_start_date,
        known_week_date,
        sum(entry_count) over (partition by person_id, week_start_date order by known_week_date) > 0 as is_filed
    from steps
),

turns as (
    select
        entries_so_far.*,
        lag(is_filed) over (partition by person_id, week_start_date order by known_week_date) as was_filed
    from entries_so_far
),

spells as (
    select
        person_id,
        week_start_date,
        is_filed,
        known_week_date as from_week_date,
        lead(known_week_date)
            over (partition by person_id, week_start_date order by known_week_date)
            as until_week_date
    from turns
    where is_filed <> coalesce(was_filed, false)
)

select
    person_id,
    week_start_date,
    from_week_date,
    until_week_date
from spells
where is_filed
