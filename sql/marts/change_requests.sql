-- One row per change request, with what its state means: approved, rejected or pending.
with

worded as (
    select
        change_requests.*,
        lower(trim(coalesce(change_requests.status, ''))) as status_word
    from staging.change_requests as change_requests
),

judged as (
    select
        worded.*,
        worded.status_word in (
            'rejected', 'declined', 'cancelled', 'canceled', 'withdrawn', 'refused', 'closed without action',
            'nofurtheraction', 'no further action', 'duplicate', 'won''t fix', 'wont fix', '已拒绝', '已撤销'
        ) as is_rejected,
        worded.completed_at is not null
        or worded.status_word in (
            'approved', 'accepted', 'done', 'completed', 'closed', 'resolved', 'implemented', 'in progress',
            'in_progress', 'released', 'verified', '审批通过', '已完成'
        ) as is_accepted
    from worded
)

select
    judged.change_request_id,
    judged.project_id,
    judged.raised_at,
    judged.decided_at,
    judged.completed_at,
    date_trunc('week', judged.raised_at)::date as raised_week_date,
    judged.known_at::date as known_date,
    judged.requested_by,
    judged.kind,
    judged.phase_at_arrival,
    judged.status,
    judged.cause,
    judged.source_name,
    judged.estimated_hours,
    judged.actual_hours,
    judged.is_confirmed_by_prototype,
    judged.is_accepted and not judged.is_rejected as is_approved,
    judged.is_rejected,
    not judged.is_accepted and not judged.is_rejected as is_pending,
    judged.is_assumed
from judged
