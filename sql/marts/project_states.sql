-- One row per project and week: what was known at the end (Sunday) of that week.
-- The plan of record and the progress come from the newest report that was known then, in the version that was known
-- then; progress_date says how old they are.
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
        projects.baseline_finish_date,
        projects.budget_hours,
        projects.is_assumed,
        date_trunc('week', least(projects.start_date, coalesce(projects.first_work_date, projects.start_date)))::date
            as first_week_date,
        date_trunc('week', least(coalesce(projects.actual_finish_date, newest.last_date), newest.last_date))::date
            as last_week_date
    from marts.projects as projects
    cross join newest
    where projects.start_date is not null
),

spine as (
    select
        spans.project_id,
        spans.baseline_finish_date,
        spans.budget_hours,
        spans.is_assumed,
        weeks.calendar_date as week_start_date
    from spans
    inner join staging.calendar_days as weeks
        on
            weeks.country = ''
            and weeks.calendar_date = date_trunc('week', weeks.calendar_date)::date
            and weeks.calendar_date between spans.first_week_date and spans.last_week_date
),

ordered_reports as (
    select
        versions.*,
        row_number() over (
            partition by versions.project_id order by versions.as_of_date, versions.known_at, versions.row_id
        ) as report_number
    from staging.status_report_versions as versions
),

known_reports as (
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
    from spine
    inner join ordered_reports as reports
        on
            spine.project_id = reports.project_id
            and reports.known_at < spine.week_start_date + 7
            and (reports.superseded_at is null or reports.superseded_at >= spine.week_start_date + 7)
    group by spine.project_id, spine.week_start_date
),

booked_weeks as (
    select
        project_id,
        known_week_date as week_start_date,
        sum(worked_hours) as worked_hours,
        bool_or(is_assumed) as is_assumed
    from marts.project_weeks
    group by project_id, known_week_date
),

packages as (
    select
        project_id,
        coalesce(planned_start_date, planned_finish_date) as first_date,
        planned_finish_date as last_date,
        planned_hours
    from staging.work_packages
    where planned_finish_date is not null and planned_hours > 0
),

planned_weeks as (
    select
        spine.project_id,
        spine.week_start_date,
        sum(
            packages.planned_hours * least(
                greatest(
                    date_diff('day', packages.first_date, spine.week_start_date + 7)
                    / greatest(date_diff('day', packages.first_date, packages.last_date) + 1.0, 1.0),
                    0.0
                ),
                1.0
            )
        ) / sum(packages.planned_hours) as planned_progress_ratio
    from spine
    inner join packages
        on spine.project_id = packages.project_id
    group by spine.project_id, spine.week_start_date
),

finished_packages as (
    select
        work_packages.project_id,
        work_packages.actual_finish_date,
        work_packages.planned_hours,
        sum(work_packages.planned_hours) over (partition by work_packages.project_id) as whole_hours,
        min(work_packages.actual_finish_date) over (partition by work_packages.project_id) as first_finish_date
    from staging.work_packages as work_packages
    left join staging.status_reports as status_reports
        on
            work_packages.project_id = status_reports.project_id
            and status_reports.progress_ratio is not null
    where status_reports.project_id is null and work_packages.planned_hours > 0
),

package_weeks as (
    select
        spine.project_id,
        spine.week_start_date,
        coalesce(
            sum(finished_packages.planned_hours)
            filter (where finished_packages.actual_finish_date < spine.week_start_date + 7),
            0
        ) / any_value(finished_packages.whole_hours) as progress_ratio
    from spine
    inner join finished_packages
        on
            spine.project_id = finished_packages.project_id
            and finished_packages.first_finish_date is not null
    group by spine.project_id, spine.week_start_date
),

approved_weeks as (
    select
        change_requests.project_id,
        greatest(
            date_trunc('week', coalesce(change_requests.decided_at, change_requests.raised_at))::date,
            spans.first_week_date
        ) as week_start_date,
        sum(coalesce(change_requests.estimated_hours, 0)) as approved_hours
    from marts.change_requests as change_requests
    inner join spans
        on change_requests.project_id = spans.project_id
    where change_requests.is_approved
    group by
        change_requests.project_id,
        greatest(
            date_trunc('week', coalesce(change_requests.decided_at, change_requests.raised_at))::date,
            spans.first_week_date
        )
),

joined as (
    select
        spine.project_id,
        spine.week_start_date,
        spine.baseline_finish_date,
        spine.budget_hours,
        known_reports.planned_finish_date,
        case
            when package_weeks.project_id is null then known_reports.progress_date
            else spine.week_start_date + 6
        end::date as progress_date,
        coalesce(known_reports.progress_ratio, package_weeks.progress_ratio) as progress_ratio,
        known_reports.reported_status,
        known_reports.phase,
        coalesce(booked_weeks.worked_hours, 0) as worked_hours,
        coalesce(approved_weeks.approved_hours, 0) as approved_hours,
        planned_weeks.planned_progress_ratio,
        spine.is_assumed or coalesce(booked_weeks.is_assumed, false) or package_weeks.project_id is not null
            as is_assumed
    from spine
    left join known_reports
        on
            spine.project_id = known_reports.project_id
            and spine.week_start_date = known_reports.week_start_date
    left join booked_weeks
        on
            spine.project_id = booked_weeks.project_id
            and spine.week_start_date = booked_weeks.week_start_date
    left join approved_weeks
        on
            spine.project_id = approved_weeks.project_id
            and spine.week_start_date = approved_weeks.week_start_date
    left join planned_weeks
        on
            spine.project_id = planned_weeks.project_id
            and spine.week_start_date = planned_weeks.week_start_date
    left join package_weeks
        on
            spine.project_id = package_weeks.project_id
            and spine.week_start_date = package_weeks.week_start_date
),

carried as (
    select
        project_id,
        week_start_date,
        baseline_finish_date,
        planned_finish_date as reported_finish_date,
        progress_date,
        reported_status,
        phase,
        progress_ratio,
        budget_hours,
        budget_hours + sum(approved_hours) over so_far as scope_hours,
        sum(worked_hours) over so_far as booked_hours,
        planned_progress_ratio,
        bool_or(is_assumed) over so_far as is_assumed
    from joined
    window so_far as (
        partition by project_id order by week_start_date
        rows between unbounded preceding and current row
    )
)

select
    project_id,
    week_start_date,
    baseline_finish_date,
    coalesce(reported_finish_date, baseline_finish_date) as planned_finish_date,
    progress_date,
    reported_status,
    phase,
    progress_ratio,
    planned_progress_ratio,
    budget_hours,
    scope_hours,
    progress_ratio * scope_hours as earned_hours,
    booked_hours,
    is_assumed
from carried
