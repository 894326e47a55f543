-- One row per version of a change request, with what its state means: approved, rejected or pending.
-- Its moments are those of the local clock: a request that was raised at eight in the evening is of that day.
with

worded as (
    select
        change_requests.*,
        lower(trim(coalesce(change_requests.status, ''))) as status_word
    from staging.change_request_versions as change_requests
),

judged as (
    select
        worded.*,
        worded.status_word in (
            'rejected', 'declined', 'cancelled', 'canceled', 'withdrawn', 'refused', 'closed without action',
            'nofurtheraction', 'no further action', 'notaccepted', 'not accepted', 'duplicate', 'won''t fix',
            'wont fix', '已拒绝', '已撤销'
        ) as is_rejected,
        worded.status_word in (
            'raised', 'new', 'open', 'submitted', 'proposed', 'pending', 'draft', 'analyzed', 'analysed', 'updated',
            'needmoreinfo', 'need more info', 'postponed', 'deferred', 'on hold', 'under review', 'in review',
            'waiting', '审批中', '待处理'
        ) as is_waiting,
        worded.status_word in (
            'approved', 'accepted', 'done', 'completed', 'closed', 'resolved', 'implemented', 'in progress',
            'in_progress', 'released', 'verified', '审批通过', '已完成'
        ) as is_accepted
    from worded
),

settled as (
    select
        row_id,
        not is_rejected
        and (is_accepted or (completed_at is not null and not is_waiting)) as is_approved
    from judged
)

select
    judged.row_id,
    judged.batch_id,
    judged.line_number,
    judged.known_at,
    judged.superseded_at,
    judged.change_request_id,
    judged.project_id,
    judged.raised_local as raised_at,
    judged.decided_local as decided_at,
    judged.completed_local as completed_at,
    date_trunc('week', judged.raised_date)::date as raised_week_date,
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
    settled.is_approved,
    judged.is_rejected,
    not settled.is_approved and not judged.is_rejected as is_pending,
    judged.is_assumed
from judged
inner join settled
    on judged.row_id = settled.row_id
