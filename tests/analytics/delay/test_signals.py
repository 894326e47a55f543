"""Signals of a blocked path: what reports show, week by week, before any model smooths it."""

from __future__ import annotations

import math

import pandas as pd
import pytest

from analytics.delay.signals import SIGNALS, with_signals


def weeks(*progress: float, project: str = "p1", colours: tuple[str | None, ...] = ()) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "project_id": project,
            "progress_ratio": progress,
            "reported_status": pd.Series([*colours, *[None] * (len(progress) - len(colours))], dtype="object"),
        }
    )


def last(frame: pd.DataFrame, signal: str) -> float:
    return float(with_signals(frame)[signal].iloc[-1])


def test_weeks_since_progress_moved_are_counted() -> None:
    assert last(weeks(0.1, 0.2, 0.3, 0.3, 0.302, 0.304), "still_weeks") == 3
    assert last(weeks(0.1, 0.2, 0.3, 0.31), "still_weeks") == 0


def test_progress_that_creeps_has_moved_once_it_gained_enough() -> None:
    assert last(weeks(0.1, 0.103, 0.106), "still_weeks") == 0


def test_a_corrected_report_is_news_and_no_standstill() -> None:
    assert last(weeks(0.5, 0.5, 0.5, 0.3), "still_weeks") == 0


def test_the_recent_pace_is_that_of_eight_weeks_over_that_of_all() -> None:
    steady = [0.02 * week for week in range(21)]
    assert last(weeks(*steady), "recent_pace") == pytest.approx(0)
    stopped = steady + [0.4] * 8
    assert last(weeks(*stopped), "recent_pace") < -1.5
    slower = steady + [0.4 + 0.01 * week for week in range(1, 9)]
    assert last(weeks(*slower), "recent_pace") == pytest.approx(math.log(0.01 / (0.48 / 28)))


def test_colours_of_eight_weeks_are_averaged_and_amber_counts_half() -> None:
    assert last(weeks(*[0.1] * 9, colours=("green",) + ("red",) * 4 + ("amber",) * 4), "red_share") == 0.75
    assert last(weeks(*[0.1] * 9), "red_share") == 0
    assert last(weeks(0.1, colours=("red",)), "red_share") == 1


def test_a_project_knows_nothing_of_the_one_before_it_nor_of_its_own_future() -> None:
    both = pd.concat([weeks(0.1, 0.2, 0.2), weeks(0.0, 0.0, 0.1, project="p2")], ignore_index=True)
    alone = with_signals(weeks(0.0, 0.0, 0.1, project="p2"))
    pd.testing.assert_frame_equal(with_signals(both).iloc[3:].reset_index(drop=True), alone)
    cut = with_signals(weeks(0.1, 0.2))[list(SIGNALS)]
    pd.testing.assert_frame_equal(with_signals(weeks(0.1, 0.2, 0.2))[list(SIGNALS)].iloc[:2], cut)


def test_a_project_of_which_no_progress_is_known_does_not_stand_still() -> None:
    assert last(weeks(math.nan, math.nan, math.nan), "still_weeks") == 0
    assert last(weeks(math.nan, math.nan, math.nan), "recent_pace") == 0
