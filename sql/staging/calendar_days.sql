-- One row per country and day; the country '' is a plain Monday-to-Friday calendar for people without one.
select
    raw.calendar_days.country,
    raw.calendar_days.calendar_date,
    raw.calendar_days.day_kind,
    raw.calendar_days.holiday_name,
    raw.calendar_days.is_workday,
    raw.calendar_days.is_provisional,
    raw.calendar_days.is_statutory,
    raw.calendar_days.is_weekend
from raw.calendar_days
