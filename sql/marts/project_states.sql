-- One row per project and week: what was known at the end (Sunday) of that week.
-- The plan of record and the progress come from the newest report that was known then, in the version that was known
-- then; progress_date says how old they are. Lists of projects and packages and decisions on requests count in the
-- version that was known then, too. The baseline is the first one that was ever known. Before the first list of a
-- project's packages was known, that list is assumed; so is a decision without a date. Then is_assumed is true.
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
),

spine as (
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
),

dated_lists as (
    select
        versions.*,
        case when versions.is_assumed then timestamp '1900-01-01' else versions.known_at end as from_at,
        case when versions.is_assumed then versions.listed_at else versions.known_at end as plan_from_at,
        row_number() over (
            partition by versions.project_id order by versions.known_at, versions.row_id
        ) as list_number
    from staging.project_versions as versions
),

first_lists as (
    select
        project_id,
        min(from_at) as first_at,
        min(from_at) filter (where baseline_finish_date is not null) as baseline_at,
        min_by(baseline_finish_date, list_number) filter (where baseline_finish_date is not null)
            as baseline_finish_date
    from dated_lists
    group by project_id
),

known_lists as (
    select
        spine.project_id,
        spine.week_start_date,
        max_by(dated_lists.budget_hours, dated_lists.list_number)
        filter (
            where dated_lists.budget_hours is not null
            and (
                dated_lists.superseded_at is null
                or dated_lists.superseded_at >= greatest(spine.week_end_at, first_lists.first_at + interval 1 second)
            )
        ) as budget_hours,
        max_by(dated_lists.planned_finish_date, dated_lists.list_number)
        filter (
            where dated_lists.planned_finish_date is not null
            and dated_lists.plan_from_at < spine.week_end_at
            and (dated_lists.superseded_at is null or dated_lists.superseded_at >= spine.week_end_at)
        ) as planned_finish_date,
        max(first_lists.baseline_finish_date)
        filter (
            where first_lists.baseline_at < greatest(spine.week_end_at, first_lists.first_at + interval 1 second)
        ) as baseline_finish_date
    from spine
    inner join first_lists
        on spine.project_id = first_lists.project_id
    inner join dated_lists
        on
            spine.project_id = dated_lists.project_id
            and dated_lists.from_at < greatest(spine.week_end_at, first_lists.first_at + interval 1 second)
    group by spine.project_id, spine.week_start_date
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

dated_packages as (
    select
        versions.*,
        coalesce(versions.planned_start_date, versions.planned_finish_date) as first_date,
        case when versions.is_assumed then timestamp '1900-01-01' else versions.known_at end as from_at
    from staging.work_package_versions as versions
    where versions.planned_hours > 0
),

first_packages as (
    select
        project_id,
        min(from_at) as first_at
    from dated_packages
    group by project_id
),

known_packages as (
    select
        spine.project_id,
        spine.week_start_date,
        dated_packages.first_date,
        dated_packages.planned_finish_date,
        dated_packages.planned_hours,
        dated_packages.actual_finish_date,
        dated_packages.is_assumed or spine.week_end_at <= first_packages.first_at as is_assumed
    from spine
    inner join first_packages
        on spine.project_id = first_packages.project_id
    inner join dated_packages
        on
            spine.project_id = dated_packages.project_id
            and dated_packages.from_at < greatest(spine.week_end_at, first_packages.first_at + interval 1 second)
            and (
                dated_packages.superseded_at is null
                or dated_packages.superseded_at
                >= greatest(spine.week_end_at, first_packages.first_at + interval 1 second)
            )
),

planned_weeks as (
    select
        project_id,
        week_start_date,
        sum(
            planned_hours * least(
                greatest(
                    date_diff('day', first_date, week_start_date + 7)
                    / greatest(date_diff('day', first_date, planned_finish_date) + 1, 1),
                    0
                ),
                1
            )
        ) / sum(planned_hours) as planned_progress_ratio,
        bool_or(is_assumed) as is_assumed
    from known_packages
    where planned_finish_date is not null
    group by project_id, week_start_date
),

reporting_projects as (
    select distinct project_id
    from staging.status_reports
    where progress_ratio is not null
),

package_weeks as (
    select
        known_packages.project_id,
        known_packages.week_start_date,
        coalesce(
            sum(known_packages.planned_hours)
            filter (where known_packages.actual_finish_date < known_packages.week_start_date + 7),
            0
        ) / sum(known_packages.planned_hours) as progress_ratio
    from known_packages
    left join reporting_projects
        on known_packages.project_id = reporting_projects.project_id
    group by known_packages.project_id, known_packages.week_start_date
    -- A list without any finish says nothing of progress; nor does one that is only assumed where reports tell it.
    having
        bool_or(known_packages.actual_finish_date is not null)
        and (max(reporting_projects.project_id) is null or not bool_or(known_packages.is_assumed))
),

dated_requests as (
    select
        versions.project_id,
        versions.estimated_hours,
        versions.decided_at is null as is_assumed,
        greatest(coalesce(versions.decided_at, versions.raised_at), versions.known_at) as from_at,
        versions.superseded_at
    from marts.change_request_versions as versions
    where versions.is_approved
),

approvals as (
    select
        project_id,
        from_at as happened_at,
        coalesce(estimated_hours, 0) as approved_hours,
        is_assumed
    from dated_requests
    where superseded_at is null or superseded_at > from_at
    union all
    select
        project_id,
        superseded_at as happened_at,
        -coalesce(estimated_hours, 0) as approved_hours,
        is_assumed
    from dated_requests
    where superseded_at > from_at
),

approved_weeks as (
    select
        approvals.project_id,
        greatest(date_trunc('week', approvals.happened_at)::date, spans.first_week_date) as week_start_date,
        sum(approvals.approved_hours) as approved_hours,
        bool_or(approvals.is_assumed) as is_assumed
    from approvals
    inner join spans
        on approvals.project_id = spans.project_id
    group by
        approvals.project_id,
        greatest(date_trunc('week', approvals.happened_at)::date, spans.first_week_date)
),

joined as (
    select
        spine.project_id,
        spine.week_start_date,
        known_lists.baseline_finish_date,
        known_lists.budget_hours,
        coalesce(known_reports.planned_finish_date, known_lists.planned_finish_date) as planned_finish_date,
        case
            when known_reports.progress_ratio is not null or package_weeks.project_id is null
                then known_reports.progress_date
            else spine.week_start_date + 6
        end::date as progress_date,
        coalesce(known_reports.progress_ratio, package_weeks.progress_ratio) as progress_ratio,
        known_reports.reported_status,
        known_reports.phase,
        coalesce(booked_weeks.worked_hours, 0) as worked_hours,
        coalesce(approved_weeks.approved_hours, 0) as approved_hours,
        planned_weeks.planned_progress_ratio,
        spine.is_assumed
        or coalesce(booked_weeks.is_assumed, false)
        or coalesce(planned_weeks.is_assumed, false)
        or coalesce(approved_weeks.is_assumed, false)
        or (known_reports.progress_ratio is null and package_weeks.project_id is not null) as is_assumed
    from spine
    left join known_lists
        on
            spine.project_id = known_lists.project_id
            and spine.week_start_date = known_lists.week_start_date
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
