-- One row per country and day: workday or not, and why.
select
    country,
    calendar_date,
    day_kind,
    holiday_name,
    is_workday,
    is_provisional,
    is_statutory,
    is_weekend
from staging.calendar_days
