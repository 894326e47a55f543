"""Parts beside a sum add up as they are shown."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.views.rounding import parts_that_add
from tests.laws import examples


@pytest.mark.parametrize(
    ("parts", "shown"),
    [
        ([43.54, 43.54, 43.54], [43.6, 43.5, 43.5]),
        ([0.05, 0.05, 0.05, 0.05], [0.1, 0.1, 0.0, 0.0]),
        ([3.0, -1.5, 0.25], [3.0, -1.5, 0.3]),
        ([], []),
        ([-0.04, -0.04], [0.0, -0.1]),
    ],
)
def test_the_largest_remainders_are_rounded_up(parts: list[float], shown: list[float]) -> None:
    assert parts_that_add(parts) == pytest.approx(shown)


def test_an_unknown_part_stays_unknown() -> None:
    first, second = parts_that_add([float("nan"), 1.26])
    assert math.isnan(first)
    assert second == 1.3


@examples(200)
@given(st.lists(st.floats(-500, 500), max_size=12), st.integers(0, 2))
def test_what_is_shown_adds_up_and_lies_near_what_is_meant(parts: list[float], digits: int) -> None:
    shown = parts_that_add(parts, digits)
    assert round(sum(shown), digits) == pytest.approx(round(sum(parts), digits))
    assert all(abs(one - part) <= 1.001 * 10.0**-digits for one, part in zip(shown, parts, strict=True))
