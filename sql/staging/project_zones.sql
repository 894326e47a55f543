-- One row per project whose site has a known time zone: by zone, city or country.
select
    raw.project_zones.project_id,
    raw.project_zones.time_zone
from raw.project_zones
