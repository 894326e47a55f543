"""Figures: units on the axes, gaps left as gaps, the palette of the theme."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd
import pytest

from dashboard import charts
from dashboard.charts.palette import PALETTE, faded
from dashboard.views import everything as views
from dashboard.views.changes import cause_rows, client_rows, month_rows, with_lateness
from tests.dashboard.frames import AS_OF, forecast_of, forecasts, project_of, request_of, week_of

if TYPE_CHECKING:
    import plotly.graph_objects as go

CONFIG = Path(__file__).parents[2] / "dashboard" / ".streamlit" / "config.toml"
PEOPLE = pd.DataFrame({"person_id": ["p1", "p2"], "person_name": ["Ana", "Bo"]})


def ranked(*rows: dict[str, object]) -> pd.DataFrame:
    now = forecasts(*rows)
    projects = pd.DataFrame([project_of(str(row["project_id"])) for row in rows])
    return views.portfolio_view(views.named_forecast(now, now, projects), "baseline").rows


def load_figure(*rows: dict[str, object]) -> go.Figure:
    return charts.load_heatmap(views.load_cells(pd.DataFrame(list(rows)), PEOPLE))


def requests() -> pd.DataFrame:
    return with_lateness(pd.DataFrame([request_of(1), request_of(2, phase_at_arrival="test", cause="defect")]))


def states() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "week_start_date": pd.to_datetime(["2026-05-04", "2026-05-11"]),
            "earned_hours": [10.0, 20.0],
            "booked_hours": [12.0, 25.0],
            "planned_hours": [None, None],
            "scope_hours": [100.0, 100.0],
        }
    )


def filing() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "team_name": ["North", "North"],
            "week_start_date": pd.to_datetime(["2026-05-04", "2026-05-11"]),
            "filed_ratio": [1.0, 0.5],
            "filed_count": [6, 3],
            "expected_count": [6, 6],
        }
    )


ALL = {
    "timeline": lambda: charts.portfolio_timeline(ranked(forecast_of()), AS_OF),
    "fan": lambda: charts.forecast_fan(forecasts(forecast_of())),
    "hours": lambda: charts.hours_lines(states()),
    "phases": lambda: charts.phase_bars(views.phase_rows(requests())),
    "months": lambda: charts.arrivals_by_month(month_rows(requests())),
    "clients": lambda: charts.early_and_late_by(client_rows(requests()), "client"),
    "causes": lambda: charts.causes_bars(cause_rows(requests())),
    "filing": lambda: charts.filing_heatmap(filing()),
    "load": lambda: load_figure(week_of("p1", "2026-05-04")),
    "person": lambda: charts.person_weeks_bars(pd.DataFrame([week_of("p1", "2026-05-04")])),
}


def test_the_palette_of_the_charts_is_that_of_both_themes() -> None:
    theme = tomllib.loads(CONFIG.read_text(encoding="utf-8"))["theme"]
    assert theme["light"]["chartCategoricalColors"] == theme["dark"]["chartCategoricalColors"] == list(PALETTE)


def test_the_configuration_answers_to_this_machine_only_and_tells_nobody() -> None:
    config = tomllib.loads(CONFIG.read_text(encoding="utf-8"))
    assert config["server"]["address"] == "127.0.0.1"
    assert config["browser"]["gatherUsageStats"] is False
    assert config["client"]["disableDataExport"] is True


@pytest.mark.parametrize("name", ALL)
def test_every_figure_names_its_horizontal_axis(name: str) -> None:
    assert ALL[name]().layout.xaxis.title.text


@pytest.mark.parametrize(
    ("name", "unit"), [("hours", "Hours"), ("person", "Hours a week"), ("months", "Change requests")]
)
def test_amounts_have_their_unit_on_the_axis(name: str, unit: str) -> None:
    assert ALL[name]().layout.yaxis.title.text.startswith(unit)


def test_the_time_line_shows_range_middle_and_plan_of_each_project() -> None:
    figure = charts.portfolio_timeline(ranked(forecast_of(project_id="a"), forecast_of(project_id="b")), AS_OF)
    assert [trace.name for trace in figure.data] == [
        "8 of 10 outcomes (P10 to P90)",
        "P50 to P80",
        "Median finish (P50)",
        "Median finish a week ago",
        "Committed date",
    ]
    assert list(figure.data[-1].y) == ["Lotus ERP (a)", "Lotus ERP (b)"]


def test_the_middle_of_last_week_stands_beside_the_one_of_today() -> None:
    rows = ranked(forecast_of()).assign(before_date=pd.Timestamp("2026-12-21"))
    (ghost,) = [
        trace for trace in charts.portfolio_timeline(rows, AS_OF).data if trace.name == "Median finish a week ago"
    ]
    assert list(ghost.x) == [pd.Timestamp("2026-12-21")]


def test_a_date_beyond_the_axis_is_an_arrow_at_its_edge_that_names_the_date() -> None:
    many = [forecast_of(project_id=f"p{n}") for n in range(8)]
    rows = ranked(*many)
    far, long_ago = pd.Timestamp("2035-03-01"), pd.Timestamp("2019-03-01")
    rows = rows.assign(
        finish_p50_date=[far, *rows["finish_p50_date"][1:]], committed_date=[long_ago, *rows["committed_date"][1:]]
    )
    figure = charts.portfolio_timeline(rows, AS_OF)
    first, last = (pd.Timestamp(edge) for edge in figure.layout.xaxis.range)
    for trace in figure.data:
        if trace.mode == "markers":
            assert all(first <= pd.Timestamp(day) <= last for day in trace.x), trace.name
    middle, committed = figure.data[2], figure.data[-1]
    assert list(middle.marker.symbol) == ["triangle-right", *["circle"] * 7]
    assert list(committed.marker.symbol) == ["triangle-left", *["diamond"] * 7]
    assert middle.customdata[0] == "1 Mar 2035"
    assert "arrows" in figure.layout.xaxis.title.text


def test_a_long_name_keeps_its_end() -> None:
    rows = ranked(forecast_of()).assign(project_name="Warehouse management Zelkova Logistics")
    label = charts.portfolio_timeline(rows, AS_OF).data[2].y[0]
    assert len(label) <= 28
    assert label.endswith("…Zelkova Logistics")


def test_a_line_that_is_not_known_is_left_out() -> None:
    assert [trace.name for trace in charts.hours_lines(states()).data] == [
        "Booked",
        "Earned",
        "Scope (budget and approved changes)",
    ]


def test_a_missing_week_has_a_colour_and_a_sign_of_its_own() -> None:
    figure = load_figure(
        week_of("p1", "2026-05-04"), week_of("p2", "2026-05-04", state="missing", worked_hours=None, load_ratio=None)
    )
    load, missing, hatching = figure.data
    assert hatching.marker.symbol == "line-ne"
    assert [list(row) for row in load.text] == [["100"], [""]]
    assert [list(row) for row in missing.text] == [[""], ["?"]]
    assert missing.colorscale != load.colorscale


def test_a_persons_missing_week_is_hatched() -> None:
    weeks = pd.DataFrame([week_of("p1", "2026-05-04"), week_of("p1", "2026-05-11", state="missing", worked_hours=None)])
    hatched = [trace for trace in charts.person_weeks_bars(weeks).data if trace.name.startswith("Missing")]
    assert hatched[0].marker.pattern.shape == "/"


def test_counts_have_whole_steps() -> None:
    assert ALL["phases"]().layout.xaxis.dtick == 1


def test_a_faded_colour_keeps_its_hue() -> None:
    assert faded("#0072B2", 0.5) == "rgba(0,114,178,0.5)"


def test_one_very_wide_range_does_not_crush_the_time_line() -> None:
    day = pd.Timestamp("2026-11-22")
    weeks = [20, 22, 24, 26, 28, 30, 32, 500]
    rows = pd.DataFrame(
        {
            "project_id": [f"P{number}" for number in range(len(weeks))],
            "project_name": [f"Project {number}" for number in range(len(weeks))],
            **{
                f"finish_{name}_date": [day + pd.Timedelta(weeks=share * count) for count in weeks]
                for name, share in (("p10", 0.5), ("p50", 0.7), ("p80", 0.9), ("p90", 1.0))
            },
            "committed_date": day + pd.Timedelta(weeks=10),
            "lateness_text": "likely late",
            "slip_p50_text": "4 weeks after the committed date",
        }
    )
    figure = charts.portfolio_timeline(rows, day)
    assert figure.layout.xaxis.range[1] < day + pd.Timedelta(weeks=400)
    assert "beyond the edge" in figure.layout.xaxis.title.text


def test_names_of_days_that_lie_close_together_stand_in_different_rows() -> None:
    weeks = pd.DataFrame(
        {
            "week_start_date": pd.date_range("2026-10-05", periods=4, freq="7D"),
            "earned_ratio": [0.1, 0.2, 0.3, 0.4],
            "planned_ratio": [0.1, 0.2, 0.4, 0.6],
        }
    )
    finishes = {f"finish_p{level}_date": pd.Timestamp("2026-12-01") for level in (10, 50, 80, 90)}
    days = ["2026-11-20", "2026-11-27", "2026-12-01", "2027-06-01", "2027-06-05"]
    marks = [(pd.Timestamp(day), f"mark {place}", "circle") for place, day in enumerate(days)]
    figure = charts.heading(weeks, pd.Series(finishes), marks, pd.Timestamp("2026-11-01"))
    rows = [one.ay for one in figure.layout.annotations]
    assert len(set(rows[:3])) == 3, "three that lie close together"
    assert rows[3] != rows[4]
