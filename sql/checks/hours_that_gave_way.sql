-- One row per file and project whose hours gave way to a newer file that has no row of that project for the day.
-- A corrected day is meant to do that; a second system under the same source name is not.
with

gone as (
    select
        superseded_by_batch_id as batch_id,
        person_id,
        project_id,
        work_date,
        worked_hours
    from staging.timesheet_versions
    where superseded_at is not null
),

arrived as (
    select distinct
        timesheets.person_id,
        timesheets.project_id,
        timesheets.work_date
    from staging.timesheets as timesheets
    inner join gone
        on
            timesheets.person_id = gone.person_id
            and timesheets.project_id = gone.project_id
            and timesheets.work_date = gone.work_date
)

select
    'hours_that_gave_way' as check_name,
    'timesheets' as table_name,
    gone.batch_id,
    cast(null as bigint) as line_number,
    cast(null as varchar) as person_id,
    gone.project_id,
    min(gone.work_date) as happened_date,
    sum(gone.worked_hours) as value,
    cast(null as varchar) as detail
from gone
left join arrived
    on
        gone.person_id = arrived.person_id
        and gone.project_id = arrived.project_id
        and gone.work_date = arrived.work_date
where arrived.person_id is null
group by gone.batch_id, gone.project_id
