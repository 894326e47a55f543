"""Weeks that were changed by more than a tenth after their figures had been shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analytics.anomalies.checks import WEEK_RESTATED
from analytics.anomalies.robust import other_share
from analytics.anomalies.rows import PAST_SHARE, anomalies, person_names
from analytics.workload.grid import floats_of

if TYPE_CHECKING:
    from analytics.anomalies.frames import Known

#: A smaller change is a correction of no weight, however short the week was.
_LEAST_HOURS = 2.0
#: From this share of the firm's people (and so many) on it was an import, not the people.
_BATCH_SHARE = 0.5
_BATCH_PEOPLE = 5


def restated_weeks(known: Known) -> pd.DataFrame:
    """Return the person-weeks restated late, or the firm's week where half of the people's weeks were."""
    weeks = known.weeks.loc[known.weeks["settled_count"].gt(0)]
    change = floats_of(weeks["hours"]) - floats_of(weeks["settled_hours"])
    limit = np.maximum(WEEK_RESTATED.threshold * floats_of(weeks["settled_hours"]), _LEAST_HOURS)
    weeks = weeks.assign(is_hit=np.abs(change) > limit, change=change, limit=limit)
    by_person = weeks.groupby("person")["is_hit"]
    by_week = weeks.groupby("week")["is_hit"]
    share = other_share(floats_of(by_person.transform("sum")), floats_of(by_person.transform("size")))
    hits = by_week.transform("sum")
    is_batch = hits.ge(_BATCH_PEOPLE) & hits.ge(_BATCH_SHARE * by_week.transform("size"))
    weeks = weeks.assign(share=share)
    people = _of_people(known, weeks.loc[weeks["is_hit"] & ~is_batch])
    return pd.concat([people, _of_firm(weeks.loc[is_batch])])


def _of_people(known: Known, rows: pd.DataFrame) -> pd.DataFrame:
    base = rows["settled_hours"].to_numpy()
    cause = np.select(
        [rows["hours"].le(0).to_numpy(), rows["change"].gt(0).to_numpy()],
        ["week_taken_back", "hours_added_late"],
        "hours_removed_late",
    )
    return anomalies(
        WEEK_RESTATED,
        (rows["week"].to_numpy(), rows["week"].to_numpy() + 6),
        {
            **person_names(known, rows["person"].to_numpy()),
            "value": rows["hours"].to_numpy(),
            "usual_low": base - rows["limit"].to_numpy(),
            "usual_high": base + rows["limit"].to_numpy(),
            "unit": "hours",
            "unusual_score": rows["share"].to_numpy(),
            "score_kind": PAST_SHARE,
            "likely_cause": cause,
            "remedy": "ask_person",
            "is_assumed": rows["is_assumed"].to_numpy(dtype=bool),
        },
    )


def _of_firm(rows: pd.DataFrame) -> pd.DataFrame:
    found = rows.groupby("week", as_index=False).agg(
        hours=("hours", "sum"),
        base=("settled_hours", "sum"),
        people=("is_hit", "sum"),
        all_people=("is_hit", "size"),
        is_assumed=("is_assumed", "max"),
    )
    return anomalies(
        WEEK_RESTATED,
        (found["week"].to_numpy(), found["week"].to_numpy() + 6),
        {
            "value": found["hours"].to_numpy(),
            "usual_low": found["base"].to_numpy() * (1 - WEEK_RESTATED.threshold),
            "usual_high": found["base"].to_numpy() * (1 + WEEK_RESTATED.threshold),
            "unit": "hours",
            "unusual_score": np.nan,
            "score_kind": PAST_SHARE,
            "likely_cause": "restated_by_import",
            "remedy": "undo_import",
            "person_weeks_count": found["people"].to_numpy(),
            "is_assumed": found["is_assumed"].to_numpy(dtype=bool),
        },
    )
