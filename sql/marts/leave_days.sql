-- One row per person and day of leave; empty hours mean the whole day.
select
    person_id,
    leave_date,
    max(leave_hours) as leave_hours
from staging.leave
group by person_id, leave_date
