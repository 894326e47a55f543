-- One row per project and week in which requests were approved, or approvals taken back: signed hours.
with

dated_requests as (
    select
        versions.project_id,
        versions.estimated_hours,
        versions.decided_at is null as is_assumed,
        greatest(coalesce(versions.decided_at, versions.raised_at), versions.known_at) as from_at,
        versions.superseded_at
    from marts.change_request_versions as versions
    where versions.is_approved
),

approvals as (
    select
        project_id,
        from_at as happened_at,
        coalesce(estimated_hours, 0) as approved_hours,
        is_assumed
    from dated_requests
    where superseded_at is null or superseded_at > from_at
    union all
    select
        project_id,
        superseded_at as happened_at,
        -coalesce(estimated_hours, 0) as approved_hours,
        is_assumed
    from dated_requests
    where superseded_at > from_at
),

first_weeks as (
    select
        project_id,
        min(week_start_date) as first_week_date
    from marts.project_calendar
    group by project_id
)

select
    approvals.project_id,
    greatest(date_trunc('week', approvals.happened_at)::date, spans.first_week_date) as week_start_date,
    sum(approvals.approved_hours) as approved_hours,
    bool_or(approvals.is_assumed) as is_assumed
from approvals
inner join first_weeks as spans
    on approvals.project_id = spans.project_id
group by
    approvals.project_id,
    greatest(date_trunc('week', approvals.happened_at)::date, spans.first_week_date)
