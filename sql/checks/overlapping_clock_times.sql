-- One row per entry that begins before an earlier entry of the same person has ended.
with

ordered as (
    select
        timesheets.*,
        max(ended_at) over (
            partition by person_id order by started_at, ended_at, row_id
            rows between unbounded preceding and 1 preceding
        ) as latest_end_at
    from staging.timesheets as timesheets
    where started_at is not null and ended_at is not null
)

select
    'overlapping_clock_times' as check_name,
    'timesheets' as table_name,
    batch_id,
    line_number,
    person_id,
    project_id,
    work_date as happened_date,
    date_diff('minute', started_at, least(latest_end_at, ended_at)) / 60 as value,
    cast(started_at as varchar) as detail
from ordered
where latest_end_at > started_at
