"""What was imported, what was refused, what was filed: the state of the data itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from dashboard.answers.days import known_week
from dashboard.answers.door import read, read_firm, read_firm_one, read_one
from dashboard.answers.keeping import kept
from dashboard.answers.reporting import told_week

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

    from dashboard.answers.viewers import Viewer

#: Filing completeness looks at so many full weeks.
COMPLETENESS_WEEKS_COUNT: Final = 4


@dataclass(frozen=True)
class DataState:
    """The line on the state of the data that stands on the portfolio page.

    ``assumed_ratio`` is the share of the hours in force of which it is assumed when they became known.
    """

    newest_week_date: date | None
    expected_count: int
    filed_count: int
    assumed_ratio: float | None
    refused_count: int
    warnings_count: int


@kept(8, on_record=(DataState,))
def data_state(file: Path, viewer: Viewer, as_of_date: date) -> DataState:
    """Sum up how new, how complete and how certain the data is, as known on ``as_of_date``."""
    week = known_week(as_of_date)
    (newest,) = read_firm_one(
        file, "select max(week_start_date)::date from marts.project_weeks where known_week_date <= $week", week=week
    )
    (assumed,) = read_firm_one(
        file,
        """
        select sum(abs(worked_hours)) filter (where is_assumed) / nullif(sum(abs(worked_hours)), 0)
        from staging.timesheet_versions
        where known_at < $after and (superseded_at is null or superseded_at >= $after)
        """,
        after=week + timedelta(weeks=1),
    )
    expected, filed = read_one(
        file,
        viewer,
        f"select count(*), count(*) filter (where is_filed) from ({_EXPECTED_WEEKS}) where is_expected",
        first=told_week(file, as_of_date) - timedelta(weeks=COMPLETENESS_WEEKS_COUNT - 1),
        last=told_week(file, as_of_date),
        week=week,
        age_days=0,
    )
    refused, warnings = read_one(
        file, viewer, "select (select count(*) from raw.refused_rows), (select count(*) from checks.warnings)"
    )
    return DataState(newest, expected, filed, assumed or 0.0 if newest else None, refused, warnings)


#: A person's week was expected when it is filed or missing, both as known by $week; it "was filed" when that was known
#: $age_days after its Monday, so that weeks can be compared that have had the same time.
_EXPECTED_WEEKS: Final = """
    select
        weeks.person_id,
        weeks.week_start_date,
        any_value(people.team_name) as team_name,
        coalesce(sum(weeks.entry_count) filter (where weeks.known_week_date <= $week), 0) > 0 as is_filed,
        coalesce(
            sum(weeks.entry_count) filter (
                where weeks.known_week_date <= least($week, weeks.week_start_date + $age_days::integer)
            ),
            0
        ) > 0 as was_filed,
        is_filed or coalesce(
            arg_max(
                case
                    when weeks.state = 'filed' then weeks.workdays_count > weeks.leave_days_count
                    else weeks.state = 'missing'
                end,
                weeks.plan_known_week_date
            ) filter (where weeks.plan_known_week_date <= $week),
            false
        ) as is_expected
    from marts.person_weeks as weeks
    left join marts.people as people on weeks.person_id = people.person_id
    where weeks.week_start_date between $first and $last
    group by weeks.person_id, weeks.week_start_date
"""


@kept(8)
def filing_by_team(file: Path, viewer: Viewer, as_of_date: date, weeks_count: int) -> pd.DataFrame:
    """Return, for each team and full week, how many people were expected to file and how many had filed.

    ``filed_then_count`` is how many had filed when the week was as old as the newest one is now.
    """
    week, told = known_week(as_of_date), told_week(file, as_of_date)
    return read(
        file,
        viewer,
        f"""
        select
            team_name,
            week_start_date,
            count(*) as expected_count,
            count(*) filter (where is_filed) as filed_count,
            count(*) filter (where was_filed) as filed_then_count
        from ({_EXPECTED_WEEKS})
        where is_expected
        group by team_name, week_start_date
        order by team_name, week_start_date
        """,
        first=told - timedelta(weeks=weeks_count - 1),
        last=told,
        week=week,
        age_days=(week - told).days,
    )


@kept(4)
def imports(file: Path, viewer: Viewer) -> pd.DataFrame:
    """Return what was imported, the newest first."""
    return read(file, viewer, "from raw.batches order by arrived_at desc, batch_id desc")


@kept(4)
def refused_rows(file: Path, viewer: Viewer) -> pd.DataFrame:
    """Return the rows that were not let in, with the reason."""
    return read(
        file,
        viewer,
        """
        select file_name, line_number, table_name, column_name, value, reason, row_text
        from raw.refused_rows
        order by batch_id desc, file_name, line_number
        """,
    )


@kept(4)
def presence(file: Path, viewer: Viewer) -> pd.DataFrame:
    """Return the days of presence that are kept beside the hours, the widest differences first.

    Columns: ``person_id``, ``work_date``, ``present_hours``, ``worked_hours`` (null where none are booked) and
    ``gap_hours`` (presence less booked hours).
    """
    return read(
        file,
        viewer,
        """
        select person_id, work_date, present_hours, worked_hours, gap_hours
        from marts.attendance_days
        order by abs(gap_hours) desc nulls last, work_date desc, person_id
        """,
    )


@kept(4)
def warning_counts(file: Path, viewer: Viewer) -> pd.DataFrame:
    """Return how many rows each check warns about."""
    return read(
        file,
        viewer,
        """
        select check_name, count(*) as rows_count, max(happened_date) as latest_date
        from checks.warnings
        group by check_name
        order by rows_count desc, check_name
        """,
    )


@kept(8)
def warning_rows(file: Path, viewer: Viewer, check_name: str) -> pd.DataFrame:
    """Return the rows that one check warns about."""
    return read(
        file,
        viewer,
        """
        select warnings.file_name, warnings.line_number, warnings.table_name, warnings.person_id,
            warnings.project_id, warnings.happened_date, warnings.value, warnings.detail
        from checks.warnings as warnings
        where warnings.check_name = $check_name
        order by warnings.happened_date desc, warnings.file_name, warnings.line_number
        """,
        check_name=check_name,
    )


@kept(4)
def calendar_years(file: Path) -> pd.DataFrame:
    """Return, for each country, the last year whose holidays are known for certain."""
    return read_firm(
        file,
        """
        select
            country,
            coalesce(min(year(calendar_date)) filter (where is_provisional) - 1, max(year(calendar_date))) as known_year
        from marts.calendar_days
        where country <> ''
        group by country
        order by country
        """,
    )
