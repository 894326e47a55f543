"""The norm of a project's mix is that of the others alone."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from analytics.workload.activity_mix import quantiles_of_others
from tests.laws import examples

LEVELS = (0.0, 0.05, 0.5, 0.95, 1.0)


@examples(200)
@given(st.lists(st.floats(0, 1), min_size=2, max_size=40))
def test_nobody_is_part_of_the_own_norm(values: list[float]) -> None:
    found = quantiles_of_others(np.asarray(values), LEVELS)
    expected = [np.quantile(np.delete(values, place), LEVELS) for place in range(len(values))]
    np.testing.assert_allclose(found, expected, atol=1e-12)
