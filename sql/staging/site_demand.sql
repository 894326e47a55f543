-- One row per project, role and week of each source, in the version that is in force.
select
    raw.site_demand.row_id,
    raw.site_demand.batch_id,
    raw.site_demand.line_number,
    raw.site_demand.source_name,
    raw.site_demand.known_at,
    raw.site_demand.is_assumed,
    coalesce(project_aliases.project_id, raw.site_demand.project_id) as project_id,
    coalesce(named_aliases.person_id, raw.site_demand.named_person_id) as named_person_id,
    date_trunc('week', raw.site_demand.week_start_date)::date as week_start_date,
    raw.site_demand.skill,
    raw.site_demand.min_seniority,
    raw.site_demand.headcount,
    raw.site_demand.onsite_headcount,
    raw.site_demand.is_onsite
from raw.site_demand
left join raw.superseded as superseded
    on
        raw.site_demand.row_id = superseded.row_id
        and superseded.table_name = 'site_demand'
left join raw.project_aliases as project_aliases on raw.site_demand.project_id = project_aliases.alias
left join raw.person_aliases as named_aliases on raw.site_demand.named_person_id = named_aliases.alias
where superseded.row_id is null
