-- One row per project: as listed, or seen in timesheets only. Several sources for one project: the newest row counts.
with

listed as (
    select
        projects.*,
        row_number() over (
            partition by projects.project_id order by projects.known_at desc, projects.row_id desc
        ) as version_rank
    from staging.projects as projects
),

seen as (
    select
        project_id,
        min(work_date) as first_work_date,
        max(work_date) as last_work_date
    from staging.timesheets
    group by project_id
),

all_projects as (
    select project_id from listed
    union
    select project_id from seen
)

select
    all_projects.project_id,
    listed.project_name,
    listed.client_name,
    lower(listed.product) as product,
    listed.industry,
    listed.site_city,
    coalesce(country_codes.country, '') as site_country,
    coalesce(zones.time_zone, listed.site_time_zone) as site_time_zone,
    listed.manager_person_id,
    listed.contract_type,
    listed.start_date,
    listed.baseline_finish_date,
    listed.planned_finish_date,
    coalesce(listed.actual_finish_date, case when listed.status = 'finished' then listed.go_live_date end)
        as actual_finish_date,
    listed.go_live_date,
    seen.first_work_date,
    seen.last_work_date,
    listed.status,
    listed.budget_hours,
    coalesce(listed.is_assumed, false) as is_assumed,
    listed.project_id is not null as is_listed
from all_projects
left join listed
    on
        all_projects.project_id = listed.project_id
        and listed.version_rank = 1
left join seen
    on all_projects.project_id = seen.project_id
left join staging.project_zones as zones
    on all_projects.project_id = zones.project_id
left join staging.country_codes as country_codes
    on listed.site_country = country_codes.country_text
