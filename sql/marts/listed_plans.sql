-- One row per project and week of which a list was known at the end of that week: what it said of plan and budget.
-- Before the first list was known, that list is assumed. The baseline is the first one that was ever known.
with

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
)

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
from marts.project_calendar as spine
inner join first_lists
    on spine.project_id = first_lists.project_id
inner join dated_lists
    on
        spine.project_id = dated_lists.project_id
        and dated_lists.from_at < greatest(spine.week_end_at, first_lists.first_at + interval 1 second)
group by spine.project_id, spine.week_start_date
