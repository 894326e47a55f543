"""More hours on one day than a person can work."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analytics.anomalies import keys
from analytics.anomalies.checks import LONG_DAY
from analytics.anomalies.robust import MAD_TO_SIGMA, OUTLIER_SCORE, is_usual
from analytics.anomalies.rows import ROBUST_Z, anomalies, no_anomalies, person_names
from analytics.workload.grid import floats_of

if TYPE_CHECKING:
    from analytics.anomalies.frames import Known

#: A person's days differ by at least this much; a clerk with the same eight hours each day has no spread.
_LEAST_SCALE_HOURS = 1.0
#: A day this close to twice the usual one may have been entered twice.
_TWICE = (1.8, 2.2)


def long_days(known: Known) -> pd.DataFrame:
    """Return the days over 16 h, each against the person's own days."""
    days = known.days
    long = days.loc[days["hours"].gt(LONG_DAY.threshold)]
    if long.empty:
        return no_anomalies()
    own = _own_days(days.loc[days["person"].isin(long["person"].unique())])
    facts = long.assign(week=keys.monday(long["day"].to_numpy())).merge(
        own, on=["person", "week"], how="left", validate="many_to_one"
    )
    facts = facts.assign(is_lump=facts["week_days"].eq(1))
    lumps = facts.groupby("person")["is_lump"].transform("sum")
    is_own_style = is_usual(floats_of(lumps), floats_of(facts["own_weeks"])) & facts["is_lump"].to_numpy()
    facts = facts.loc[~is_own_style]
    usual = (facts["centre"] + OUTLIER_SCORE * facts["scale"]).clip(upper=LONG_DAY.threshold)
    return anomalies(
        LONG_DAY,
        (facts["day"].to_numpy(), facts["day"].to_numpy()),
        {
            **person_names(known, facts["person"].to_numpy()),
            "value": facts["hours"].to_numpy(),
            "usual_low": (facts["centre"] - OUTLIER_SCORE * facts["scale"]).clip(lower=0).to_numpy(),
            "usual_high": usual.to_numpy(),
            "unusual_score": ((facts["hours"] - facts["centre"]) / facts["scale"]).to_numpy(),
            "score_kind": ROBUST_Z,
            "likely_cause": _causes(facts),
            "remedy": np.where(facts["is_lump"], "ask_person", "correct_entry"),
            "is_assumed": facts["is_assumed"].to_numpy(),
        },
    )


def _own_days(days: pd.DataFrame) -> pd.DataFrame:
    """For each person and week: days with hours; and the person's usual day and count of weeks."""
    by_person = days.groupby("person")["hours"]
    centre = by_person.transform("median")
    spread = (days["hours"] - centre).abs().groupby(days["person"]).median() * MAD_TO_SIGMA
    weeks = days.assign(week=keys.monday(days["day"].to_numpy())).groupby(["person", "week"], as_index=False)
    counted = weeks.agg(week_days=("day", "size"))
    return counted.assign(
        own_weeks=counted.groupby("person")["week"].transform("size"),
        centre=counted["person"].map(by_person.median()),
        scale=counted["person"].map(spread.clip(lower=_LEAST_SCALE_HOURS)),
    )


def _causes(facts: pd.DataFrame) -> pd.Series:
    times = facts["hours"] / facts["centre"]
    causes = np.select(
        [
            facts["is_lump"].to_numpy(),
            (times.between(*_TWICE) & facts["entry_count"].gt(1)).to_numpy(),
            facts["entry_count"].eq(1).to_numpy(),
        ],
        ["week_in_one_day", "entered_twice", "clock_not_stopped"],
        "entries_overlap",
    )
    return pd.Series(causes).reset_index(drop=True)
