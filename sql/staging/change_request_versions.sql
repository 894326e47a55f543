-- One row per version of a source row of change requests: when it was known, and when another took its place.
select
    raw.change_requests.row_id,
    raw.change_requests.batch_id,
    raw.change_requests.line_number,
    raw.change_requests.source_name,
    raw.change_requests.known_at,
    superseded.superseded_at,
    raw.change_requests.is_assumed,
    raw.change_requests.change_request_id,
    coalesce(project_aliases.project_id, raw.change_requests.project_id) as project_id,
    raw.change_requests.raised_at,
    raw.change_requests.decided_at,
    raw.change_requests.completed_at,
    raw.change_requests.requested_by,
    raw.change_requests.kind,
    raw.change_requests.phase_at_arrival,
    raw.change_requests.status,
    raw.change_requests.cause,
    raw.change_requests.estimated_hours,
    raw.change_requests.actual_hours,
    raw.change_requests.is_confirmed_by_prototype
from raw.change_requests
left join raw.superseded as superseded
    on
        raw.change_requests.row_id = superseded.row_id
        and superseded.table_name = 'change_requests'
left join raw.project_aliases as project_aliases on raw.change_requests.project_id = project_aliases.alias
