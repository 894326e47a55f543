-- One row per file and project that no list of projects knows, with a count of rows. Silent while no list was loaded.
with

named as (
    select
        'timesheets' as table_name,
        batch_id,
        line_number,
        project_id,
        work_date as happened_date
    from staging.timesheets

    union all

    select
        'trips' as table_name,
        batch_id,
        line_number,
        project_id,
        departed_date as happened_date
    from staging.trips

    union all

    select
        'change_requests' as table_name,
        batch_id,
        line_number,
        project_id,
        raised_date as happened_date
    from staging.change_requests

    union all

    select
        'status_reports' as table_name,
        batch_id,
        line_number,
        project_id,
        as_of_date as happened_date
    from staging.status_reports

    union all

    select
        'assignments' as table_name,
        batch_id,
        line_number,
        project_id,
        week_start_date as happened_date
    from staging.assignments
),

listed as (
    select distinct project_id
    from staging.projects
)

select
    'unknown_projects' as check_name,
    named.table_name,
    named.batch_id,
    min(named.line_number) as line_number,
    null::varchar as person_id,
    named.project_id,
    min(named.happened_date) as happened_date,
    count(*) as value,
    named.project_id as detail
from named
left join listed
    on named.project_id = listed.project_id
where
    listed.project_id is null
    and named.project_id is not null
    and exists (select 1 from listed)
group by named.table_name, named.batch_id, named.project_id
