-- One row per change request that was decided or done before it was raised, or done before it was decided.
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
from staging.change_requests
where decided_at < raised_at or completed_at < raised_at or completed_at < decided_at
