-- One row per project and report; two sources for one day: the newest counts.
with

ranked as (
    select
        status_reports.*,
        row_number() over (
            partition by status_reports.project_id, status_reports.as_of_date
            order by status_reports.known_at desc, status_reports.row_id desc
        ) as version_rank
    from staging.status_reports as status_reports
)

select
    project_id,
    as_of_date,
    planned_finish_date,
    known_at::date as known_date,
    reported_status,
    phase,
    note,
    progress_ratio,
    batch_id,
    line_number
from ranked
where version_rank = 1
