"""All answers in one place, for pages and for commands that need many of them; each room can be asked alone."""

from dashboard.answers.data_state import (
    DataState,
    calendar_years,
    data_state,
    filing_by_team,
    imports,
    presence,
    refused_rows,
    warning_counts,
    warning_rows,
)
from dashboard.answers.days import Context, as_of_date, fact_dates, week_before
from dashboard.answers.door import close_all, home, home_of, record_person_opened, warehouse_file
from dashboard.answers.impossible_days import impossible_days
from dashboard.answers.method import backtest, backtest_scores, past, replay
from dashboard.answers.people import facts, overview, people, person_projects, travel, weeks
from dashboard.answers.portfolio import (
    committed_by,
    committed_date,
    forecast,
    forecast_week_ago,
    history,
    moved_most,
    project_states,
    projects,
    together,
)
from dashboard.answers.project import change_requests, latest_reports, project_people, project_weeks, signs_of_delay
from dashboard.answers.reporting import reporting, told_day, told_week
from dashboard.answers.results import missing_results
from dashboard.answers.rows_behind import change_rows, fact_rows, status_rows, timesheet_rows, trip_rows
from dashboard.answers.scenarios import drivers, movements
from dashboard.answers.sites import Sites, sites
from dashboard.answers.strain import StrainCosts, StrainView, settings_in_force, strain, strain_costs, strip
from dashboard.answers.trips import trips, trips_told
from dashboard.answers.viewers import Viewer, local_viewer

__all__ = [
    "Context",
    "DataState",
    "Sites",
    "StrainCosts",
    "StrainView",
    "Viewer",
    "as_of_date",
    "backtest",
    "backtest_scores",
    "calendar_years",
    "change_requests",
    "change_rows",
    "close_all",
    "committed_by",
    "committed_date",
    "data_state",
    "drivers",
    "fact_dates",
    "fact_rows",
    "facts",
    "filing_by_team",
    "forecast",
    "forecast_week_ago",
    "history",
    "home",
    "home_of",
    "imports",
    "impossible_days",
    "latest_reports",
    "local_viewer",
    "missing_results",
    "moved_most",
    "movements",
    "overview",
    "past",
    "people",
    "person_projects",
    "presence",
    "project_people",
    "project_states",
    "project_weeks",
    "projects",
    "record_person_opened",
    "refused_rows",
    "replay",
    "reporting",
    "settings_in_force",
    "signs_of_delay",
    "sites",
    "status_rows",
    "strain",
    "strain_costs",
    "strip",
    "timesheet_rows",
    "together",
    "told_day",
    "told_week",
    "travel",
    "trip_rows",
    "trips",
    "trips_told",
    "warehouse_file",
    "warning_counts",
    "warning_rows",
    "week_before",
    "weeks",
]
