"""A new fit takes over slowly: no date jumps because a quarter begins."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from analytics.delay.known import running_on
from analytics.delay.landmarks import learnt_landmarks
from analytics.delay.model import finish_quantiles, fit_portfolio_model, share_before
from analytics.delay.modes import with_mode
from tests.analytics.delay.works import make_works

FIRST = pd.Timestamp("2026-04-01")


@pytest.mark.parametrize(("weeks", "share"), [(0, 1.0), (2, 0.75), (8, 0.0), (12, 0.0)])
def test_the_word_of_the_fit_before_fades_over_eight_weeks(weeks: int, share: float) -> None:
    assert share_before(FIRST + pd.Timedelta(weeks=weeks)) == pytest.approx(share)


def test_the_last_day_of_a_quarter_and_the_first_of_the_next_speak_with_one_fit() -> None:
    histories = make_works(40, seed=3).histories()
    first = (pd.Timestamp(histories.last_day) - pd.Timedelta(weeks=40)).to_period("Q").start_time
    known = learnt_landmarks(histories)
    rows = with_mode(running_on(histories, first))
    rows = rows[rows["mode"].eq("A")]
    assert len(rows) > 0
    before, on_it = (fit_portfolio_model(histories, known, day, rows) for day in (first - pd.Timedelta(days=1), first))
    assert on_it.progress_before == before.progress
    assert on_it.progress != before.progress
    # With the simple rules of one day, what the quarter changes is the fit alone; it has no word yet.
    same_rules = replace(on_it, progress=before.progress, progress_before=None)
    assert np.allclose(finish_quantiles(rows, on_it), finish_quantiles(rows, same_rules))
