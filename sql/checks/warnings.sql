-- One row per warning: rows that went in, but deserve a look.
with

found as (
    select * from checks.days_over_24_hours

    union all
    select * from checks.overlapping_clock_times

    union all
    select * from checks.overlapping_trips

    union all
    select * from checks.requests_out_of_order

    union all
    select * from checks.unknown_projects

    union all
    select * from checks.unknown_people

    union all
    select * from checks.unread_values

    union all
    select * from checks.hours_replaced_by_other_projects
)

select
    found.check_name,
    found.table_name,
    found.batch_id,
    batches.file_name,
    found.line_number,
    found.person_id,
    found.project_id,
    found.happened_date,
    found.value,
    found.detail
from found
inner join staging.batches as batches
    on found.batch_id = batches.batch_id
