-- One row per week (Monday) from the first to the newest week with hours.
select raw.weeks.week_start_date
from raw.weeks
