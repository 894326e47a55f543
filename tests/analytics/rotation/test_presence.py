"""Days of presence are counted as the laws count them."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.rotation.presence import Counter, PresenceError, StayLimit, counters_of, days_of_stay, monday_ordinals
from tests.analytics.rotation import cases

SCHENGEN: Counter = cases.counters()["schengen_short_stay"]


def stays(*periods: tuple[date, date]) -> np.ndarray:
    return np.array([day for first, last in periods for day in days_of_stay(first, last)], dtype=np.int64)


def test_the_official_example_counts_89_days() -> None:
    present = stays((date(2014, 4, 19), date(2014, 4, 21)), (date(2014, 6, 18), date(2014, 9, 11)))
    assert SCHENGEN.counts(present, np.array([date(2014, 9, 11).toordinal()])).tolist() == [89.0]


def test_a_day_of_entry_and_exit_is_one_day() -> None:
    present = stays((date(2026, 5, 4), date(2026, 5, 4)))
    assert SCHENGEN.counts(present, present).tolist() == [1.0]


def test_a_day_leaves_the_window_after_180_days() -> None:
    present = stays((date(2026, 1, 1), date(2026, 1, 10)))
    last_inside, first_outside = date(2026, 6, 29).toordinal(), date(2026, 6, 30).toordinal()
    assert SCHENGEN.counts(present, np.array([last_inside, first_outside])).tolist() == [10.0, 9.0]


@given(st.lists(st.integers(730_000, 730_500), max_size=60), st.integers(730_000, 730_700))
def test_a_rolling_count_is_the_days_of_the_window(days: list[int], at: int) -> None:
    present = np.array(sorted(days), dtype=np.int64)
    naive = len({day for day in days if at - 180 < day <= at})
    assert SCHENGEN.counts(present, np.array([at])).tolist() == [float(naive)]


def test_days_of_a_year_begin_anew_in_january() -> None:
    counter = cases.counters()["days_183_cn"]
    present = stays((date(2026, 12, 30), date(2027, 1, 2)))
    assert counter.counts(present, present).tolist() == [1.0, 2.0, 1.0, 2.0]


def test_a_short_break_does_not_end_a_posting() -> None:
    counter = cases.counters()["eu_posting"]
    present = stays((date(2026, 1, 1), date(2026, 3, 31)), (date(2026, 5, 1), date(2026, 6, 30)))
    assert counter.counts(present, np.array([date(2026, 6, 30).toordinal()]))[0] == pytest.approx(5.95, abs=0.02)
    later = stays((date(2026, 1, 1), date(2026, 3, 31)), (date(2026, 7, 1), date(2026, 7, 31)))
    assert counter.counts(later, np.array([date(2026, 7, 31).toordinal()]))[0] == pytest.approx(1.02, abs=0.02)


def test_a_plan_is_counted_on_top_of_the_past() -> None:
    past = stays((date(2026, 10, 1), date(2026, 12, 19)))
    limit = StayLimit(0, SCHENGEN, np.array([True]), past, 1, date(2100, 1, 1).toordinal())
    mondays = monday_ordinals([date(2027, 1, 4), date(2027, 1, 11), date(2027, 1, 18)])
    # 80 days are spent; a week from Monday to Friday takes five.
    is_over, near = limit.over_and_near(mondays, np.array([0, 0, 0]), np.array([4.0, 4.0, 4.0]))
    assert is_over.tolist() == [False, False, True]
    assert near == 3


def test_days_under_a_permit_do_not_count() -> None:
    limit = StayLimit(
        0, SCHENGEN, np.array([True]), stays(), date(2027, 1, 11).toordinal(), date(2100, 1, 1).toordinal()
    )
    days = limit.days_of_weeks(
        monday_ordinals([date(2027, 1, 4), date(2027, 1, 11)]), np.array([0, 0]), np.array([7.0, 7.0])
    )
    assert days.tolist() == list(days_of_stay(date(2027, 1, 11), date(2027, 1, 17)))


def test_a_counter_without_a_window_is_refused_in_words() -> None:
    with pytest.raises(PresenceError, match="x needs a kind"):
        counters_of(
            {
                "x": {
                    "name": "x",
                    "kind": "rolling_days",
                    "countries": [],
                    "limit": 1,
                    "margin": 0,
                    "what": "",
                    "source": "",
                }
            }
        )
