-- One row per time zone and stretch of time with one offset from UTC; bounds in UTC and on the local clock.
select
    raw.zone_changes.time_zone,
    raw.zone_changes.utc_from,
    raw.zone_changes.utc_until,
    raw.zone_changes.wall_from,
    raw.zone_changes.wall_until,
    raw.zone_changes.offset_minutes
from raw.zone_changes
