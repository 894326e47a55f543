"""Figures: each is a function of a frame that a view has made. Nothing here reads or decides."""

from dashboard.charts.changes import arrivals_by_month, causes_bars, early_and_late_by
from dashboard.charts.data_state import filing_heatmap
from dashboard.charts.heading import heading
from dashboard.charts.people import load_heatmap, nights_heatmap, person_weeks_bars, strain_heatmap
from dashboard.charts.portfolio import portfolio_timeline
from dashboard.charts.project import forecast_fan, hours_lines, phase_bars
from dashboard.charts.rotation import burden_bars, change_frontier, roster_board
from dashboard.charts.strain import day_strip, strain_history
from dashboard.charts.track_record import pit_bars, reliability_diagram

#: The heat-map of people for each measure that it can show.
HEATMAPS = {"load": load_heatmap, "nights": nights_heatmap, "strain": strain_heatmap}

__all__ = [
    "HEATMAPS",
    "arrivals_by_month",
    "burden_bars",
    "causes_bars",
    "change_frontier",
    "day_strip",
    "early_and_late_by",
    "filing_heatmap",
    "forecast_fan",
    "heading",
    "hours_lines",
    "load_heatmap",
    "nights_heatmap",
    "person_weeks_bars",
    "phase_bars",
    "pit_bars",
    "portfolio_timeline",
    "reliability_diagram",
    "roster_board",
    "strain_heatmap",
    "strain_history",
]
