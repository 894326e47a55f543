-- One row per project and week, from its first day (or first hours) to the newest week or its finish.
with

newest as (
    select max(known_dates.known_date) as last_date
    from (
        select max(status_reports.as_of_date) as known_date from marts.status_reports as status_reports
        union all
        select max(weeks.week_start_date) as known_date from staging.weeks as weeks
    ) as known_dates
),

spans as (
    select
        projects.project_id,
        projects.is_assumed,
        date_trunc('week', least(projects.start_date, coalesce(projects.first_work_date, projects.start_date)))::date
            as first_week_date,
        date_trunc('week', least(coalesce(projects.actual_finish_date, newest.last_date), newest.last_date))::date
            as last_week_date
    from marts.projects as projects
    cross join newest
    where projects.start_date is not null
)

select
    spans.project_id,
    spans.is_assumed,
    weeks.calendar_date as week_start_date,
    weeks.calendar_date + interval 7 day as week_end_at
from spans
inner join staging.calendar_days as weeks
    on
        weeks.country = ''
        and weeks.calendar_date = date_trunc('week', weeks.calendar_date)::date
        and weeks.calendar_date between spans.first_week_date and spans.last_week_date
