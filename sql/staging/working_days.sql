-- One row per person and weekday (0 is Monday) of those whose pattern is known, with its share of the weekly hours.
-- A pattern that the list of people tells holds in every week; one that was learned has a row for each week.
select
    raw.working_days.person_id,
    raw.working_days.week_start_date,
    raw.working_days.weekday,
    raw.working_days.hours_share
from raw.working_days
