-- One row per change request that was decided or done before it was raised, or done before it was decided.
-- A day without a time (midnight of the local clock) is any time of that day.
with

ends_of_days as (
    select
        batch_id,
        line_number,
        change_request_id,
        project_id,
        raised_date,
        raised_local,
        case
            when decided_local = decided_date then decided_local + interval 86399 second
            else decided_local
        end as decided_before,
        case
            when completed_local = completed_date then completed_local + interval 86399 second
            else completed_local
        end as completed_before,
        decided_local,
        completed_local
    from staging.change_requests
)

select
    'requests_out_of_order' as check_name,
    'change_requests' as table_name,
    batch_id,
    line_number,
    cast(null as varchar) as person_id,
    project_id,
    raised_date as happened_date,
    greatest(
        date_diff(
            'day',
            least(coalesce(decided_local, completed_local), coalesce(completed_local, decided_local)),
            raised_local
        ),
        coalesce(date_diff('day', completed_local, decided_local), 0)
    ) as value,
    change_request_id as detail
from ends_of_days
where decided_before < raised_local or completed_before < raised_local or completed_before < decided_local
