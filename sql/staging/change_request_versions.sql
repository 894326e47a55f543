-- One row per version of a source row of change requests: when it was known, and when another took its place.
-- Its dates are those of the local clock.
-- A moment with an offset of its own, or without any, is dated as written; one of UTC by the zone of the site.
with

sited as (
    select
        told.*,
        coalesce(project_aliases.project_id, told.project_id) as known_project_id,
        sites.time_zone as site_time_zone,
        superseded.superseded_at
    from raw.change_requests as told
    left join raw.superseded as superseded
        on
            told.row_id = superseded.row_id
            and superseded.table_name = 'change_requests'
    left join raw.project_aliases as project_aliases on told.project_id = project_aliases.alias
    left join raw.project_zones as sites
        on coalesce(project_aliases.project_id, told.project_id) = sites.project_id
),

on_local_clock as (
    select
        sited.*,
        sited.raised_at
        + interval 1 minute
        * coalesce(nullif(sited.raised_offset_minutes, 0), raising.offset_minutes, 0) as raised_local,
        sited.decided_at
        + interval 1 minute
        * coalesce(nullif(sited.decided_offset_minutes, 0), decision.offset_minutes, 0) as decided_local,
        sited.completed_at
        + interval 1 minute
        * coalesce(nullif(sited.completed_offset_minutes, 0), finishing.offset_minutes, 0) as completed_local
    from sited
    left join raw.zone_changes as raising
        on
            sited.site_time_zone = raising.time_zone
            and sited.raised_offset_minutes = 0
            and sited.raised_at >= raising.utc_from
            and sited.raised_at < raising.utc_until
    left join raw.zone_changes as decision
        on
            sited.site_time_zone = decision.time_zone
            and sited.decided_offset_minutes = 0
            and sited.decided_at >= decision.utc_from
            and sited.decided_at < decision.utc_until
    left join raw.zone_changes as finishing
        on
            sited.site_time_zone = finishing.time_zone
            and sited.completed_offset_minutes = 0
            and sited.completed_at >= finishing.utc_from
            and sited.completed_at < finishing.utc_until
)

select
    row_id,
    batch_id,
    line_number,
    source_name,
    known_at,
    superseded_at,
    is_assumed,
    change_request_id,
    known_project_id as project_id,
    raised_at,
    raised_offset_minutes,
    decided_at,
    decided_offset_minutes,
    completed_at,
    completed_offset_minutes,
    raised_local,
    decided_local,
    completed_local,
    raised_local::date as raised_date,
    decided_local::date as decided_date,
    completed_local::date as completed_date,
    requested_by,
    kind,
    phase_at_arrival,
    status,
    cause,
    estimated_hours,
    actual_hours,
    is_confirmed_by_prototype
from on_local_clock
