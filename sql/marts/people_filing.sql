-- One row per person who ever filed: first and last week, whether hours were taken back, whether on a list ever.
with

listed as (
    select distinct person_id
    from marts.people_versions
    where is_listed
)

select
    filed_spells.person_id,
    min(filed_spells.week_start_date) as first_week_date,
    max(filed_spells.week_start_date) as last_week_date,
    max(filed_spells.until_week_date) is not null as is_withdrawn,
    bool_or(listed.person_id is not null) as is_ever_listed
from marts.filed_spells as filed_spells
left join listed
    on filed_spells.person_id = listed.person_id
group by filed_spells.person_id
