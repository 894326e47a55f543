-- One row per change request that was decided or done before it was raised, or done before it was decided.
-- A day without a time (midnight) is any time of that day.
with

ends_of_days as (
    select
        batch_id,
        line_number,
        change_request_id,
        project_id,
        raised_at,
        case
            when decided_at = date_trunc('day', decided_at) then decided_at + interval 86399 second
            else decided_at
        end as decided_before,
        case
            when completed_at = date_trunc('day', completed_at) then completed_at + interval 86399 second
            else completed_at
        end as completed_before,
        decided_at,
        completed_at
    from staging.change_requests
)

select
    'requests_out_of_order' as check_name,
    'change_requests' as table_name,
    batch_id,
    line_number,
    cast(null as varchar) as person_id,
    project_id,
    cast(raised_at as date) as happened_date,
    greatest(
        date_diff('day', least(coalesce(decided_at, completed_at), coalesce(completed_at, decided_at)), raised_at),
        coalesce(date_diff('day', completed_at, decided_at), 0)
    ) as value,
    change_request_id as detail
from ends_of_days
where decided_before < raised_at or completed_before < raised_at or completed_before < decided_at
