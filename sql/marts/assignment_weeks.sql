-- One row per person, project, week and week in which the plan became known; hours are signed changes of the plan.
with

changes as (
    select
        person_id,
        project_id,
        week_start_date,
        known_at as changed_at,
        planned_hours,
        is_onsite,
        is_tentative,
        is_assumed
    from staging.assignment_versions

    union all

    select
        person_id,
        project_id,
        week_start_date,
        superseded_at as changed_at,
        -planned_hours as planned_hours,
        is_onsite,
        is_tentative,
        is_assumed
    from staging.assignment_versions
    where superseded_at is not null
)

select
    person_id,
    project_id,
    week_start_date,
    date_trunc('week', changed_at)::date as known_week_date,
    sum(coalesce(planned_hours, 0)) as planned_hours,
    bool_or(coalesce(is_onsite, false)) as is_onsite,
    bool_or(coalesce(is_tentative, false)) as is_tentative,
    bool_or(is_assumed) as is_assumed
from changes
group by person_id, project_id, week_start_date, date_trunc('week', changed_at)::date
