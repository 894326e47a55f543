"""All reading for the pages: who looks, at which file, as known on which day."""

from dashboard.load.data_state import (
    DataState,
    calendar_years,
    data_state,
    filing_by_team,
    imports,
    refused_rows,
    warning_counts,
    warning_rows,
)
from dashboard.load.door import (
    Context,
    Viewer,
    as_of_date,
    close_all,
    context,
    fact_dates,
    is_bound_to_loopback,
    local_viewer,
    note_person_opened,
    remember_context,
    warehouse_file,
)
from dashboard.load.method import backtest
from dashboard.load.people import facts, overview, people, person_projects, trips, weeks
from dashboard.load.portfolio import forecast, forecast_week_ago, history, project_states, projects
from dashboard.load.project import change_requests, latest_reports, project_people, project_weeks
from dashboard.load.rows_behind import change_rows, fact_rows, status_rows, timesheet_rows, trip_rows
from dashboard.load.sites import Sites, sites
from dashboard.load.strain import StrainCosts, StrainView, settings_in_force, strain, strain_costs, strip

__all__ = [
    "Context",
    "DataState",
    "Sites",
    "StrainCosts",
    "StrainView",
    "Viewer",
    "as_of_date",
    "backtest",
    "calendar_years",
    "change_requests",
    "change_rows",
    "close_all",
    "context",
    "data_state",
    "fact_dates",
    "fact_rows",
    "facts",
    "filing_by_team",
    "forecast",
    "forecast_week_ago",
    "history",
    "imports",
    "is_bound_to_loopback",
    "latest_reports",
    "local_viewer",
    "note_person_opened",
    "overview",
    "people",
    "person_projects",
    "project_people",
    "project_states",
    "project_weeks",
    "projects",
    "refused_rows",
    "remember_context",
    "settings_in_force",
    "sites",
    "status_rows",
    "strain",
    "strain_costs",
    "strip",
    "timesheet_rows",
    "trip_rows",
    "trips",
    "warehouse_file",
    "warning_counts",
    "warning_rows",
    "weeks",
]
