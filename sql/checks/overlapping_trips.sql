-- One row per trip that departs before an earlier trip of the same person has returned.
with

ordered as (
    select
        trips.*,
        max(returned_at) over (
            partition by person_id order by departed_at, returned_at, row_id
            rows between unbounded preceding and 1 preceding
        ) as latest_return_at
    from staging.trips as trips
)

select
    'overlapping_trips' as check_name,
    'trips' as table_name,
    batch_id,
    line_number,
    person_id,
    project_id,
    departed_date as happened_date,
    date_diff('hour', departed_at, least(latest_return_at, returned_at)) / 24 as value,
    latest_return_at::varchar as detail
from ordered
where latest_return_at > departed_at
