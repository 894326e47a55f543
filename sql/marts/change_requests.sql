-- One row per change request, in the version that is in force, with what its state means.
select
    change_request_id,
    project_id,
    raised_at,
    decided_at,
    completed_at,
    raised_week_date,
    known_date,
    requested_by,
    kind,
    phase_at_arrival,
    status,
    cause,
    source_name,
    estimated_hours,
    actual_hours,
    is_confirmed_by_prototype,
    is_approved,
    is_rejected,
    is_pending,
    is_assumed
from marts.change_request_versions
where superseded_at is null
