-- One row per project, week and week in which the hours became known; hours and counts are signed changes.
select
    project_id,
    week_start_date,
    known_week_date,
    sum(worked_hours) as worked_hours,
    sum(onsite_hours) as onsite_hours,
    sum(rework_hours) as rework_hours,
    sum(travel_hours) as travel_hours,
    sum(training_hours) as training_hours,
    sum(entry_count) as entry_count,
    bool_or(is_assumed) as is_assumed
from marts.person_project_weeks
group by project_id, week_start_date, known_week_date
