-- One row per person whose time zone is known: from the list of people, by zone, city or country.
select
    raw.person_zones.person_id,
    raw.person_zones.time_zone
from raw.person_zones
