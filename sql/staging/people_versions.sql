-- One row per version of a source row of people: since when it holds, and when another took its place.
-- The first that was ever said of a person holds for all time before, too, where it came as history or not after the
-- person's first hours: then nobody can have looked back yet and have seen it otherwise.
with

named as (
    select
        told.*,
        batches.is_history,
        batches.arrived_at,
        coalesce(person_aliases.person_id, told.person_id) as known_person_id
    from raw.people as told
    left join raw.batches as batches on told.batch_id = batches.batch_id
    left join raw.person_aliases as person_aliases on told.person_id = person_aliases.alias
),

first_hours as (
    select
        coalesce(person_aliases.person_id, raw.timesheets.person_id) as person_id,
        min(batches.arrived_at) as arrived_at
    from raw.timesheets
    inner join raw.batches as batches on raw.timesheets.batch_id = batches.batch_id
    left join raw.person_aliases as person_aliases on raw.timesheets.person_id = person_aliases.alias
    group by coalesce(person_aliases.person_id, raw.timesheets.person_id)
)

select
    named.row_id,
    named.source_name,
    superseded.superseded_at,
    named.known_person_id as person_id,
    named.team_name,
    named.seniority,
    named.home_country,
    named.hired_date,
    named.left_date,
    coalesce(
        named.weekly_hours,
        nullif(
            coalesce(named.monday_hours, 0)
            + coalesce(named.tuesday_hours, 0)
            + coalesce(named.wednesday_hours, 0)
            + coalesce(named.thursday_hours, 0)
            + coalesce(named.friday_hours, 0)
            + coalesce(named.saturday_hours, 0)
            + coalesce(named.sunday_hours, 0),
            0
        )
    ) as weekly_hours,
    named.known_at as arrived_at,
    case
        when
            named.row_id = min(named.row_id) over (partition by named.known_person_id)
            and (named.is_history or coalesce(first_hours.arrived_at >= named.arrived_at, true))
            then timestamp '1900-01-01'
        else named.known_at
    end as known_at
from named
left join first_hours on named.known_person_id = first_hours.person_id
left join raw.superseded as superseded
    on
        named.row_id = superseded.row_id
        and superseded.table_name = 'people'
