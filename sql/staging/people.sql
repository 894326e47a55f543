-- One row per person of each source, in the version that is in force.
select
    raw.people.row_id,
    raw.people.batch_id,
    raw.people.line_number,
    raw.people.source_name,
    raw.people.known_at,
    raw.people.is_assumed,
    coalesce(person_aliases.person_id, raw.people.person_id) as person_id,
    raw.people.person_name,
    raw.people.team_name,
    coalesce(lead_aliases.person_id, raw.people.lead_person_id) as lead_person_id,
    raw.people.seniority,
    raw.people.home_city,
    raw.people.home_country,
    raw.people.time_zone,
    raw.people.email,
    raw.people.hired_date,
    raw.people.left_date,
    raw.people.working_days,
    coalesce(
        raw.people.weekly_hours,
        nullif(
            coalesce(raw.people.monday_hours, 0)
            + coalesce(raw.people.tuesday_hours, 0)
            + coalesce(raw.people.wednesday_hours, 0)
            + coalesce(raw.people.thursday_hours, 0)
            + coalesce(raw.people.friday_hours, 0)
            + coalesce(raw.people.saturday_hours, 0)
            + coalesce(raw.people.sunday_hours, 0),
            0
        )
    ) as weekly_hours,
    raw.people.monday_hours,
    raw.people.tuesday_hours,
    raw.people.wednesday_hours,
    raw.people.thursday_hours,
    raw.people.friday_hours,
    raw.people.saturday_hours,
    raw.people.sunday_hours,
    raw.people.has_opted_out
from raw.people
left join raw.superseded as superseded
    on
        raw.people.row_id = superseded.row_id
        and superseded.table_name = 'people'
left join raw.person_aliases as person_aliases on raw.people.person_id = person_aliases.alias
left join raw.person_aliases as lead_aliases on raw.people.lead_person_id = lead_aliases.alias
where superseded.row_id is null
