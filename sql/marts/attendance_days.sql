-- One row per person and day of presence, with the hours that were booked on projects for the same day.
-- Presence is no work: it stands beside the hours and enters no load and no forecast.
with

presence as (
    select
        person_id,
        work_date,
        max(present_hours) as present_hours
    from staging.attendance
    group by person_id, work_date
),

work as (
    select
        person_id,
        work_date,
        sum(worked_hours) as worked_hours
    from staging.timesheets
    group by person_id, work_date
)

select
    presence.person_id,
    presence.work_date,
    presence.present_hours,
    work.worked_hours,
    presence.present_hours - work.worked_hours as gap_hours
from presence
left join work
    on
        presence.person_id = work.person_id
        and presence.work_date = work.work_date
