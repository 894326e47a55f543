"""Nights and weeks away before a plan, by trips."""

from __future__ import annotations

import pandas as pd

from analytics.rotation.frames import PAST_WEEKS
from tests.analytics.rotation import cases


def test_a_sunday_night_is_a_night_but_makes_no_week_away() -> None:
    frames = cases.instance(cases.Size(4, 2, 6), seed=1)
    first = pd.Timestamp(cases.FIRST_WEEK)
    trips = pd.DataFrame(
        [
            # Sunday evening, three weeks before the plan, to Thursday; and Saturday to Sunday, five weeks before.
            ("e0000", "p0000", first - pd.Timedelta(days=15), first - pd.Timedelta(days=11), "CN"),
            ("e0001", "p0000", first - pd.Timedelta(days=30), first - pd.Timedelta(days=29), "CN"),
        ],
        columns=["person_id", "project_id", "departed_date", "returned_date", "destination_country"],
    )
    roster = frames.roster[frames.roster["week_start_date"] >= first]
    made = cases.problem_of(cases.with_frames(frames, trips=trips, roster=roster), 6)
    assert made.past_away[0].nonzero()[0].tolist() == [PAST_WEEKS - 2]
    assert made.prior_nights[0] == 4
    assert made.past_away[1].nonzero()[0].tolist() == [PAST_WEEKS - 5]
