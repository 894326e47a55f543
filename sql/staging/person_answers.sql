-- One row per answer about a person who files nothing, with the time in which it counts: from when it was given until
-- the next one about the person, or until hours after its last day were known.
with

said as (
    select
        answers.answer_number,
        coalesce(person_aliases.person_id, answers.person_id) as person_id,
        answers.word,
        answers.last_date,
        answers.said_at,
        lead(answers.said_at)
            over (
                partition by coalesce(person_aliases.person_id, answers.person_id)
                order by answers.answer_number
            )
            as next_said_at
    from raw.person_answers as answers
    left join raw.person_aliases as person_aliases on answers.person_id = person_aliases.alias
),

hours as (
    select
        raw.timesheets.work_date,
        raw.timesheets.known_at,
        coalesce(person_aliases.person_id, raw.timesheets.person_id) as person_id
    from raw.timesheets
    left join raw.person_aliases as person_aliases on raw.timesheets.person_id = person_aliases.alias
),

hours_since as (
    select
        said.answer_number,
        min(greatest(hours.known_at, said.said_at)) as known_at
    from said
    inner join hours on said.person_id = hours.person_id
    where said.last_date is null or said.last_date < hours.work_date
    group by said.answer_number
)

select
    said.answer_number,
    said.person_id,
    said.word,
    said.last_date,
    said.said_at,
    least(said.next_said_at, hours_since.known_at) as ended_at
from said
left join hours_since on said.answer_number = hours_since.answer_number
