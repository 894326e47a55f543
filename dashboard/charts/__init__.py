"""Figures: each is a function of a frame that a view has made. Nothing here reads or decides."""

from dashboard.charts.changes import arrivals_by_month, causes_bars, early_and_late_by
from dashboard.charts.data_state import filing_heatmap
from dashboard.charts.people import load_heatmap, person_weeks_bars
from dashboard.charts.portfolio import portfolio_timeline
from dashboard.charts.project import forecast_fan, hours_lines, phase_bars
from dashboard.charts.track_record import pit_bars, reliability_diagram

__all__ = [
    "arrivals_by_month",
    "causes_bars",
    "early_and_late_by",
    "filing_heatmap",
    "forecast_fan",
    "hours_lines",
    "load_heatmap",
    "person_weeks_bars",
    "phase_bars",
    "pit_bars",
    "portfolio_timeline",
    "reliability_diagram",
]
