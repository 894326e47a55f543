-- One row per file and project whose hours on a person's day were replaced by other projects of the same source.
-- A correction by entry number, a day that a complete file lacks and hours of the same project are no such thing.
with

gone as (
    select
        versions.superseded_by_batch_id as batch_id,
        versions.source_name,
        versions.entry_id,
        versions.person_id,
        versions.project_id,
        versions.work_date,
        versions.worked_hours
    from staging.timesheet_versions as versions
    inner join staging.batches as batches on versions.superseded_by_batch_id = batches.batch_id
    where
        versions.superseded_at is not null
        and not batches.is_full
),

renumbered as (
    select distinct
        gone.batch_id,
        gone.source_name,
        gone.entry_id
    from gone
    inner join staging.timesheet_versions as fresh
        on
            gone.batch_id = fresh.batch_id
            and gone.source_name = fresh.source_name
            and gone.entry_id = fresh.entry_id
),

present as (
    select
        gone.batch_id,
        gone.source_name,
        gone.person_id,
        gone.project_id,
        gone.work_date,
        bool_or(timesheets.project_id = gone.project_id) as has_same_project
    from gone
    inner join staging.timesheets as timesheets
        on
            gone.source_name = timesheets.source_name
            and gone.person_id = timesheets.person_id
            and gone.work_date = timesheets.work_date
    group by all
)

select
    'hours_replaced_by_other_projects' as check_name,
    'timesheets' as table_name,
    gone.batch_id,
    cast(null as bigint) as line_number,
    cast(null as varchar) as person_id,
    gone.project_id,
    min(gone.work_date) as happened_date,
    sum(gone.worked_hours) as value,
    cast(null as varchar) as detail
from gone
inner join present
    on
        gone.batch_id = present.batch_id
        and gone.source_name = present.source_name
        and gone.person_id = present.person_id
        and gone.project_id = present.project_id
        and gone.work_date = present.work_date
left join renumbered
    on
        gone.batch_id = renumbered.batch_id
        and gone.source_name = renumbered.source_name
        and gone.entry_id = renumbered.entry_id
where
    not present.has_same_project
    and renumbered.entry_id is null
group by gone.batch_id, gone.project_id
