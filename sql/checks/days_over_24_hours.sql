-- One row per entry of a person's day that adds up to more than 24 hours.
with

long_days as (
    select
        person_id,
        work_date,
        sum(worked_hours) as worked_hours
    from marts.person_days
    group by person_id, work_date
    having sum(worked_hours) > cast(24.0001 as double)
)

select
    'days_over_24_hours' as check_name,
    'timesheets' as table_name,
    timesheets.batch_id,
    timesheets.line_number,
    timesheets.person_id,
    timesheets.project_id,
    timesheets.work_date as happened_date,
    long_days.worked_hours as value,
    cast(null as varchar) as detail
from staging.timesheets as timesheets
inner join long_days
    on
        timesheets.person_id = long_days.person_id
        and timesheets.work_date = long_days.work_date
