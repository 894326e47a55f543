-- One row per word for the state of a change request, with what it means.
select
    raw.request_states.status_word,
    raw.request_states.state
from raw.request_states
