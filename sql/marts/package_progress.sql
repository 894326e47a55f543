-- One row per project and week of which packages were known at the end of that week: planned and finished shares.
-- Before the first list of packages was known, that list is assumed.
with

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
    from marts.project_calendar as spine
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
)

select
    coalesce(planned_weeks.project_id, package_weeks.project_id) as project_id,
    coalesce(planned_weeks.week_start_date, package_weeks.week_start_date) as week_start_date,
    planned_weeks.planned_progress_ratio,
    package_weeks.progress_ratio,
    coalesce(planned_weeks.is_assumed, false) as is_assumed,
    package_weeks.project_id is not null as has_progress
from planned_weeks
full outer join package_weeks
    on
        planned_weeks.project_id = package_weeks.project_id
        and planned_weeks.week_start_date = package_weeks.week_start_date
