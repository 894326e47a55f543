-- One row per project and week: what was known at the end (Sunday) of that week.
-- The plan of record and the progress come from the newest report that was known then, in the version that was known
-- then; progress_date says how old they are. Lists of projects and packages and decisions on requests count in the
-- version that was known then, too. The baseline is the first one that was ever known. Before the first list of a
-- project's packages was known, that list is assumed; so is a decision without a date. Then is_assumed is true.
with

booked_weeks as (
    select
        project_id,
        known_week_date as week_start_date,
        sum(worked_hours) as worked_hours,
        bool_or(is_assumed) as is_assumed
    from marts.project_weeks
    group by project_id, known_week_date
),

joined as (
    select
        spine.project_id,
        spine.week_start_date,
        known_lists.baseline_finish_date,
        known_lists.budget_hours,
        coalesce(known_reports.planned_finish_date, known_lists.planned_finish_date) as planned_finish_date,
        case
            when known_reports.progress_ratio is not null or not coalesce(package_progress.has_progress, false)
                then known_reports.progress_date
            else spine.week_start_date + 6
        end::date as progress_date,
        coalesce(known_reports.progress_ratio, package_progress.progress_ratio) as progress_ratio,
        known_reports.reported_status,
        known_reports.phase,
        coalesce(booked_weeks.worked_hours, 0) as worked_hours,
        coalesce(approved_weeks.approved_hours, 0) as approved_hours,
        package_progress.planned_progress_ratio,
        spine.is_assumed
        or coalesce(booked_weeks.is_assumed, false)
        or coalesce(package_progress.is_assumed, false)
        or coalesce(approved_weeks.is_assumed, false)
        or (known_reports.progress_ratio is null and coalesce(package_progress.has_progress, false)) as is_assumed
    from marts.project_calendar as spine
    left join marts.listed_plans as known_lists
        on
            spine.project_id = known_lists.project_id
            and spine.week_start_date = known_lists.week_start_date
    left join marts.reported_progress as known_reports
        on
            spine.project_id = known_reports.project_id
            and spine.week_start_date = known_reports.week_start_date
    left join booked_weeks
        on
            spine.project_id = booked_weeks.project_id
            and spine.week_start_date = booked_weeks.week_start_date
    left join marts.approved_hours as approved_weeks
        on
            spine.project_id = approved_weeks.project_id
            and spine.week_start_date = approved_weeks.week_start_date
    left join marts.package_progress as package_progress
        on
            spine.project_id = package_progress.project_id
            and spine.week_start_date = package_progress.week_start_date
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
