-- One row per way in which a place is told (zone, city and country as written), with its time zone.
select
    raw.place_zones.zone_text,
    raw.place_zones.city,
    raw.place_zones.country_text,
    raw.place_zones.time_zone
from raw.place_zones
