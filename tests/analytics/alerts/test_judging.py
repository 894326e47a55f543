"""Alerts of past weeks judged by what came, and the count of those that were told twice."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pandas as pd
import pytest

import data
from analytics.alerts.judging import Told, judged, repeated
from analytics.alerts.rules import alert_rules

RULES = alert_rules(tomllib.loads((Path(data.__file__).parent / "alerts.toml").read_text(encoding="utf-8")))
DAY, LAST = pd.Timestamp("2026-03-01"), pd.Timestamp("2026-11-29")
MEDIANS = pd.DataFrame(
    {
        "project_id": "p1",
        "as_of_date": pd.to_datetime(["2026-03-08", "2026-03-29"]),
        "finish_p50_date": pd.to_datetime(["2026-09-30", "2026-08-20"]),
    }
)


def late(committed: str | None) -> Told:
    return Told("late", "project:p1", DAY, {"project_id": "p1", "committed_date": committed})


@pytest.mark.parametrize(
    ("committed", "finish", "right"),
    [
        ("2026-06-01", "2026-06-20", (1, 1)),
        ("2026-06-01", "2026-06-10", (1, 0)),
        ("2026-06-01", None, (1, 1)),
        ("2026-12-01", None, (0, 0)),
        (None, None, (0, 0)),
    ],
)
def test_a_late_project_is_judged_by_its_finish(
    committed: str | None, finish: str | None, right: tuple[int, int]
) -> None:
    finishes = {} if finish is None else {"p1": pd.Timestamp(finish)}
    (found,) = judged([late(committed)], MEDIANS, finishes, LAST)
    assert (found.judged_count, found.right_count) == right


@pytest.mark.parametrize(
    ("before", "days", "right"), [("2026-08-01", 30, 1), ("2026-08-15", 30, 0), ("2026-09-15", -40, 1)]
)
def test_a_move_is_real_when_half_of_it_is_there_four_weeks_later(before: str, days: int, right: int) -> None:
    told = Told("moved", "project:p1", DAY, {"project_id": "p1", "finish_p50_date_before": before, "moved_days": days})
    (found,) = judged([told], MEDIANS, {}, LAST)
    assert (found.judged_count, found.right_count) == (1, right)


def test_what_is_told_again_too_early_or_of_the_same_move_is_counted() -> None:
    first = Told("late", "project:p1", DAY, {}, ended_date=DAY + pd.Timedelta(weeks=1))
    soon, later = (Told("late", "project:p1", DAY + pd.Timedelta(weeks=n), {}) for n in (3, 6))
    assert repeated([first, soon], RULES) == 1
    assert repeated([first, later], RULES) == 0
    moved = Told("moved", "project:p1", DAY, {"since_date": "2026-02-01"})
    again = Told("moved", "project:p1", DAY + pd.Timedelta(weeks=1), {"since_date": "2026-02-01"})
    onward = Told("moved", "project:p1", DAY + pd.Timedelta(weeks=1), {"since_date": "2026-03-01"})
    assert repeated([moved, again], RULES) == 1
    assert repeated([moved, onward], RULES) == 0
