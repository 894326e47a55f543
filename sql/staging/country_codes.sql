-- One row per way in which a country is written, with its two letters.
select
    raw.country_codes.country_text,
    raw.country_codes.country
from raw.country_codes
