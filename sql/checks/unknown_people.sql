-- One row per file and person that no list of people knows, with a count of rows. Silent while no list was loaded.
with

named as (
    select
        'timesheets' as table_name,
        batch_id,
        line_number,
        person_id,
        work_date as happened_date
    from staging.timesheets

    union all

    select
        'trips' as table_name,
        batch_id,
        line_number,
        person_id,
        departed_date as happened_date
    from staging.trips

    union all

    select
        'leave' as table_name,
        batch_id,
        line_number,
        person_id,
        leave_date as happened_date
    from staging.leave

    union all

    select
        'assignments' as table_name,
        batch_id,
        line_number,
        person_id,
        week_start_date as happened_date
    from staging.assignments
),

listed as (
    select distinct person_id
    from staging.people
)

select
    'unknown_people' as check_name,
    named.table_name,
    named.batch_id,
    min(named.line_number) as line_number,
    named.person_id,
    null::varchar as project_id,
    min(named.happened_date) as happened_date,
    count(*) as value,
    named.person_id as detail
from named
left join listed
    on named.person_id = listed.person_id
where
    listed.person_id is null
    and named.person_id is not null
    and exists (select 1 from listed)
group by named.table_name, named.batch_id, named.person_id
