"""No jumps at the edge of a method; corrections change what is believed of earlier reports; absurd facts are told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pytest

from analytics.delay.portfolio import forecast_portfolio
from tests.analytics.delay.firm import FIRST_MONDAY, Firm, make_firm

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

WEEK = pd.Timedelta(weeks=1)
PLANNED = 52
NOBODY = make_firm(1, week_count=150)
FIRM = make_firm(40)


def weeks_of(
    name: str,
    start: pd.Timestamp,
    progress: Sequence[float],
    *,
    hours: float | None = 20.0,
    budget: float | None = 1040.0,
    every: int = 1,
    planned: int = PLANNED,
) -> pd.DataFrame:
    """Return the weeks of one project; ``every`` is how many weeks lie between its reports."""
    count = len(progress)
    mondays = pd.date_range(start, periods=count, freq="7D", unit="us")
    number = np.arange(count)
    last = number // every * every
    return pd.DataFrame(
        {
            "project_id": name,
            "week_start_date": mondays,
            "baseline_finish_date": start + planned * WEEK,
            "planned_finish_date": start + planned * WEEK,
            "progress_date": mondays[last] + pd.Timedelta(days=4),
            "progress_ratio": np.asarray(progress, dtype=np.float64)[last],
            "planned_progress_ratio": np.nan,
            "booked_hours": np.nan if hours is None else (number + 1) * hours,
            "budget_hours": np.nan if budget is None else budget,
            "scope_hours": np.nan if budget is None else budget,
            "is_assumed": False,
        }
    )


def asked(firm: Firm, projects: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Return the forecasts of some projects beside those of a firm, on the Sunday after their last week."""
    states = pd.concat([firm.states, *projects.values()], ignore_index=True)
    rows = [
        {
            "project_id": name,
            "product": "erp",
            "start_date": weeks["week_start_date"].iloc[0],
            "first_work_date": weeks["week_start_date"].iloc[0],
            "status": "active",
        }
        for name, weeks in projects.items()
    ]
    listed = pd.concat([firm.projects, pd.DataFrame(rows)], ignore_index=True)
    day = next(iter(projects.values()))["week_start_date"].iloc[-1] + pd.Timedelta(days=6)
    return forecast_portfolio(states, listed, day).set_index("project_id").loc[list(projects)]


def start_for(count: int) -> pd.Timestamp:
    """Return a start so that ``count`` weeks end with the books of the firm."""
    return FIRST_MONDAY + (150 - count) * WEEK


def medians(firm: Firm, paths: Iterable[Sequence[float]], **shape: Any) -> list[float]:
    """Return the P50 of each path of progress, in weeks after today."""
    many = {f"x{number:03}": list(path) for number, path in enumerate(paths)}
    start = start_for(len(next(iter(many.values()))))
    found = asked(firm, {name: weeks_of(name, start, path, **shape) for name, path in many.items()})
    left = (found["finish_p50_date"] - found["as_of_date"]).dt.days.to_numpy(dtype=np.float64) / 7
    return [float(weeks) for weeks in left]


def line(end: float, count: int = 38) -> list[float]:
    return [round(end * (week + 1) / count, 3) for week in range(count)]


def corrected(claimed: float, true: float, at: int, count: int = 38) -> list[float]:
    """Return progress that was claimed up to a week and then corrected to the honest line."""
    honest = line(true, count)
    false = [claimed * (week + 1) / at for week in range(at)]
    return false + honest[at:]


@pytest.mark.parametrize("firm", [NOBODY, FIRM], ids=["nothing finished", "a record"])
@pytest.mark.parametrize("every", [1, 4])
@pytest.mark.parametrize(("claimed", "true", "at"), [(0.8, 0.4, 34), (0.95, 0.6, 33), (0.5, 0.1, 20), (0.3, 0.15, 36)])
def test_a_corrected_report_leaves_no_false_speed_behind(
    firm: Firm, every: int, claimed: float, true: float, at: int
) -> None:
    fallen, honest = medians(firm, [corrected(claimed, true, at), line(true)], every=every)
    assert fallen == pytest.approx(honest, rel=0.12, abs=3.0)


def test_two_corrections_leave_none_either() -> None:
    honest = line(0.4)
    twice = [0.9 * (week + 1) / 20 for week in range(20)]
    twice = twice + [0.6 + 0.01 * week for week in range(10)] + honest[30:]
    for hours in (20.0, None):
        fallen, true = medians(FIRM, [twice, honest], hours=hours)
        assert fallen == pytest.approx(true, rel=0.15, abs=3.0)


@pytest.mark.parametrize("slip", [0.9, 0.04])
def test_one_slip_of_the_pen_that_the_next_report_takes_back_changes_little(slip: float) -> None:
    honest = line(0.4)
    mistyped = [*honest[:-3], slip, *honest[-2:]]
    found, true = medians(FIRM, [mistyped, honest])
    assert found == pytest.approx(true, rel=0.15, abs=3.0)


@pytest.mark.parametrize("firm", [NOBODY, FIRM], ids=["nothing finished", "a record"])
@pytest.mark.parametrize("count", [3, 8, 20, 38, 60])
@pytest.mark.parametrize("hours", [20.0, None])
def test_less_progress_is_never_forecast_earlier(firm: Firm, count: int, hours: float | None) -> None:
    ends = [0.0, 0.01, 0.03, 0.06, 0.09, 0.1, 0.11, 0.15, 0.25, 0.4, 0.6, 0.8, 0.95]
    found = np.array(medians(firm, [line(end, count) for end in ends], hours=hours))
    assert (np.diff(found) <= 0.5).all(), found


@pytest.mark.parametrize("every", [1, 4])
def test_a_lower_last_report_is_never_forecast_earlier_and_nothing_jumps(every: int) -> None:
    before = line(0.4, 37)[:36] + [0.39] * 4
    ends = np.arange(0.02, 0.80, 0.02)
    found = np.array(medians(FIRM, [[*before, end] for end in ends], every=every))
    assert (np.diff(found) <= 1.0).all(), found
    steps = -np.diff(np.log(found + 4.0))
    assert steps[ends[1:] > 0.1].max() < 0.25, found


def test_the_first_report_of_no_progress_is_believed_at_the_end_of_the_plan_and_after_it() -> None:
    for count in (30, 45, 70):
        none, little = medians(FIRM, [[0.0] * count, line(0.03, count)])
        assert none >= little - 0.5
        assert none > PLANNED - count


def test_standing_still_moves_the_finish_week_by_week() -> None:
    waited = [medians(FIRM, [[*line(0.3, 20), *[0.3] * more]])[0] + more for more in (0, 4, 8, 12, 16)]
    assert (np.diff(waited) > 0).all()


def test_progress_does_not_cease_to_count_from_one_week_to_the_next() -> None:
    finish = []
    for age in range(5, 20):
        count = 20 + age
        start = start_for(count)
        weeks = weeks_of("x", start, [*line(0.15, 20), *[0.15] * age])
        dated = weeks["progress_date"].clip(upper=weeks["progress_date"].iloc[19])
        found = asked(FIRM, {"x": weeks.assign(progress_date=dated)}).iloc[0]
        finish.append((found["finish_p50_date"] - found["as_of_date"]).days / 7 + count)
    assert np.abs(np.diff(finish)).max() < 5.0, finish


@pytest.mark.parametrize("budget", [10.0, 60.0, 1_000_000.0])
def test_a_budget_that_the_booked_hours_deny_is_told_and_left_out(budget: float) -> None:
    start = start_for(38)
    found = asked(
        NOBODY,
        {
            "odd": weeks_of("odd", start, line(0.4), budget=budget),
            "true": weeks_of("true", start, line(0.4)),
            "none": weeks_of("none", start, line(0.4), budget=None),
        },
    )
    assert found.loc["odd", "reason"] == "budget_doubted"
    assert found.loc["true", "reason"] != "budget_doubted"
    assert found["finish_p50_date"]["odd"] == found["finish_p50_date"]["none"]
    assert abs((found["finish_p50_date"]["odd"] - found["finish_p50_date"]["true"]).days) < 60
    assert found["expected_delay_person_weeks"]["odd"] < 1.3 * found["expected_delay_person_weeks"]["true"]


def test_an_overrun_of_budget_that_happens_is_no_doubt() -> None:
    start = start_for(38)
    found = asked(NOBODY, {"x": weeks_of("x", start, line(0.4), budget=300.0)})
    assert found["reason"].iloc[0] == "progress_known"


@pytest.mark.parametrize(("planned", "shift"), [(52 * 100, 0), (52, 52 * 120)])
def test_a_mistyped_year_gives_no_date_and_says_why(planned: int, shift: int) -> None:
    start = start_for(38)
    weeks = weeks_of("x", start, line(0.4), planned=planned)
    weeks = weeks.assign(planned_finish_date=weeks["planned_finish_date"] + shift * WEEK)
    found = asked(NOBODY, {"x": weeks}).iloc[0]
    assert found["mode"] == "none"
    assert found["reason"] == "plan_doubted"
    assert pd.isna(found["finish_p50_date"])
