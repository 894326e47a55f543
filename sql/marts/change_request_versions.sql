-- One row per version of a change request, with what its state means: approved, rejected or pending.
-- Its moments are those of the local clock: a request that was raised at eight in the evening is of that day.
with

judged as (
    select
        change_requests.*,
        coalesce(states.state = 'rejected', false) as is_rejected,
        coalesce(states.state = 'waiting', false) as is_waiting,
        coalesce(states.state = 'accepted', false) as is_accepted
    from staging.change_request_versions as change_requests
    left join staging.request_states as states
        on lower(trim(coalesce(change_requests.status, ''))) = states.status_word
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
