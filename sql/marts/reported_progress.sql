-- One row per project and week of which a report was known at the end of that week: what the newest one said.
with

ordered_reports as (
    select
        versions.*,
        row_number() over (
            partition by versions.project_id order by versions.as_of_date, versions.known_at, versions.row_id
        ) as report_number
    from staging.status_report_versions as versions
)

select
    spine.project_id,
    spine.week_start_date,
    max_by(reports.planned_finish_date, reports.report_number)
    filter (where reports.planned_finish_date is not null)
        as planned_finish_date,
    max(reports.as_of_date) filter (where reports.progress_ratio is not null) as progress_date,
    max_by(reports.progress_ratio, reports.report_number)
    filter (where reports.progress_ratio is not null)
        as progress_ratio,
    max_by(reports.reported_status, reports.report_number)
    filter (where reports.reported_status is not null)
        as reported_status,
    max_by(reports.phase, reports.report_number) filter (where reports.phase is not null) as phase
from marts.project_calendar as spine
inner join ordered_reports as reports
    on
        spine.project_id = reports.project_id
        and reports.known_at < spine.week_start_date + 7
        and (reports.superseded_at is null or reports.superseded_at >= spine.week_start_date + 7)
group by spine.project_id, spine.week_start_date
