"""How right the forecast was, in words: for better and for worse, and with nothing to tell."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest

from dashboard import charts
from dashboard.views import everything as views

if TYPE_CHECKING:
    from dashboard.views.track_record import Calibration


def singles(chances: list[float], late: list[bool], pits: list[float] | None = None) -> pd.DataFrame:
    """Single forecasts of a backtest."""
    values = pits or list((np.arange(len(chances)) + 0.5) / len(chances))
    return pd.DataFrame({"method": "golive", "late_probability": chances, "is_late": late, "pit": values})


def calibration(**given: object) -> Calibration:
    return views.calibration_view(singles(**given))  # type: ignore[arg-type]


def past(miss_weeks: list[float]) -> pd.DataFrame:
    day = pd.Timestamp("2026-03-02")
    finish = [day + pd.Timedelta(days=round(7 * miss)) for miss in miss_weeks]
    return pd.DataFrame(
        {
            "project_id": [f"p{place}" for place in range(len(miss_weeks))],
            "stage": 50.0,
            "seen_on": day - pd.Timedelta(weeks=10),
            "committed_date": day - pd.Timedelta(weeks=1),
            "said_p50_date": day,
            "said_p80_date": day + pd.Timedelta(weeks=4),
            "finish_date": finish,
            "miss_weeks": miss_weeks,
            "is_within_p80": [miss <= 4 for miss in miss_weeks],
            "late_probability": 0.6,
            "is_late": [miss > 1 for miss in miss_weeks],
        }
    )


def replayed(ours: float, yardstick: float, count: int = 30) -> pd.DataFrame:
    """Two methods on projects of which the last one still runs; the even ones became late."""
    parts = [
        pd.DataFrame(
            {
                "project_id": [f"p{place}" for place in range(count)],
                "seen_on": pd.Timestamp("2026-03-01"),
                "method": method,
                "elapsed_weeks": 10.0,
                "planned_weeks": 20.0,
                "committed_weeks": 20.0,
                "true_weeks": [30.0] * (count - 1) + [np.nan],
                "provisional_crps_pct": error + np.linspace(0, 1, count),
                "late_probability": [0.9 if place % 2 == 0 else 0.3 for place in range(count)],
                "is_late": pd.array([place % 2 == 0 for place in range(count - 1)] + [pd.NA], dtype="boolean"),
            }
        )
        for method, error in (("golive", ours), ("earned_schedule_dressed", yardstick))
    ]
    return pd.concat(parts, ignore_index=True)


def test_chances_that_came_true_are_said_to_have() -> None:
    found = calibration(chances=[0.7] * 100, late=[True] * 70 + [False] * 30)
    assert "about as often as stated" in found.bins_sentence


def test_chances_that_did_not_come_true_are_named_with_their_number() -> None:
    found = calibration(chances=[0.9] * 50, late=[True] * 10 + [False] * 40)
    assert "90 %" in found.bins_sentence
    assert "20 %" in found.bins_sentence
    assert "50 forecasts" in found.bins_sentence
    table = views.reliability_table(found.bins)
    assert list(views.texts_of(table)["Became late"]) == ["20 %"]


@pytest.mark.parametrize(
    ("pits", "word"),
    [
        ([0.95] * 60, "too hopeful"),
        ([0.05] * 60, "too gloomy"),
        ([0.5] * 60, "wider than needed"),
        ([0.02, 0.98] * 30, "too narrow"),
        (list((np.arange(60) + 0.5) / 60), "evenly"),
    ],
)
def test_the_shape_of_the_histogram_is_said_in_words(pits: list[float], word: str) -> None:
    found = calibration(chances=[0.5] * 60, late=[True, False] * 30, pits=pits)
    assert word in found.histogram_sentence


def test_without_forecasts_the_words_say_so_and_nothing_is_drawn() -> None:
    found = views.calibration_view(singles([0.5], [True]).iloc[:0])
    assert found.is_empty
    assert "No finished project" in found.bins_sentence
    assert "No finished project" in found.histogram_sentence
    assert "No finished project" in views.past_sentence(past([1.0]).iloc[:0])
    assert "Too few projects" in views.replay_sentence(replayed(1.0, 2.0).iloc[:0])
    assert views.warning_rows(replayed(1.0, 2.0).iloc[:0]).empty


def test_past_forecasts_are_listed_with_what_came() -> None:
    names = pd.DataFrame({"project_id": ["p0", "p1"], "project_name": ["Lotus", None]})
    table = views.past_table(past([3.0, -2.0, 0.1]), names)
    assert list(table["Project"]) == ["Lotus", "p1", "p2"]
    assert list(views.texts_of(table)["Missed by"]) == ["3.0 weeks later", "2.0 weeks earlier", "less than half a week"]
    assert list(table["By the P80?"]) == ["yes", "yes", "yes"]
    words = views.past_sentence(past([3.0, -2.0, 6.0, 1.0]))
    assert "at most 2.5 weeks" in words
    assert "75 %" in words
    assert "small number" in words


def test_the_replay_says_better_worse_or_not_known() -> None:
    assert "smaller than that of earned schedule" in views.replay_sentence(replayed(8.0, 10.0))
    assert "larger than that of earned schedule" in views.replay_sentence(replayed(10.0, 8.0))
    assert "can't tell yet" in views.replay_sentence(replayed(8.0, 8.0))
    assert "of which 1 have not finished" in views.replay_sentence(replayed(8.0, 10.0))
    table = views.replay_table(replayed(8.0, 10.0))
    assert list(table["Not finished"]) == [1, 1]
    assert table["Better than earned schedule by (90 % interval)"].iloc[1] == "–"


def test_warnings_are_counted_against_late_and_punctual_projects() -> None:
    table = views.warning_rows(replayed(8.0, 10.0)).set_index("Warning")
    assert table.loc["red", "Late projects warned of"] == "100 % of 15"
    assert table.loc["red", "Punctual projects warned of for nothing"] == "0 % of 14"
    assert table.loc["red", "Before the committed date (median)"] == "10.0 weeks"
    assert len(table) == 3


def test_the_reliability_diagram_has_the_line_of_what_was_stated_and_intervals() -> None:
    found = calibration(chances=[0.9] * 50 + [0.1] * 50, late=[True] * 40 + [False] * 60)
    figure = charts.reliability_diagram(found.bins)
    line, dots = figure.data
    assert list(line.x) == list(line.y) == [0, 100]
    assert list(dots.x) == pytest.approx([10.0, 90.0])
    assert list(dots.y) == pytest.approx([0.0, 80.0])
    assert min(dots.error_y.array) > 0
    assert "%" in figure.layout.xaxis.title.text
    assert "%" in figure.layout.yaxis.title.text


def test_the_histogram_has_ten_bars_that_make_up_the_whole() -> None:
    figure = charts.pit_bars(calibration(chances=[0.5] * 40, late=[True, False] * 20).histogram)
    assert len(figure.data[0].y) == 10
    assert sum(figure.data[0].y) == pytest.approx(100.0)
    assert "%" in figure.layout.yaxis.title.text
