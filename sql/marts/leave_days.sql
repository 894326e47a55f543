-- One row per person and day of leave; empty hours mean the whole day. known_date is when it was first filed.
select
    person_id,
    leave_date,
    min(known_at)::date as known_date,
    max(leave_hours) as leave_hours
from staging.leave
group by person_id, leave_date
