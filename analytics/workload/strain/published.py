"""What was told on each Monday with what was known then, and what simpler rules would have told."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analytics.workload.grid import last_complete_sunday, monday_of
from analytics.workload.strain.assess import strain_weeks
from analytics.workload.weeks import weeks_as_known

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from analytics.workload.strain.frames import StrainFrames
    from analytics.workload.strain.settings import StrainSettings

#: The rules that the index is compared with.
LONG_WEEK_HOURS = 55.0
ACWR_LIMIT = 1.5
TOP_SHARE = 0.1

_ACUTE_WEEKS, _CHRONIC_WEEKS = 1, 4


def published_levels(
    frames: StrainFrames,
    settings: StrainSettings,
    first_monday: date,
    last_monday: date,
    on_progress: Callable[[float], None] | None = None,
) -> pd.DataFrame:
    """Return what was told on each Monday about the week before, from what was known by that Monday's week.

    Late timesheets and leave that is recorded later change no row of an earlier Monday. The rows are those of
    ``strain_weeks`` with ``week_start_date`` of the week that was judged.
    """
    mondays = pd.date_range(first_monday, last_monday, freq="7D")
    parts = []
    for number, monday in enumerate(mondays):
        judged = monday - timedelta(weeks=1)
        found = strain_weeks(frames, settings, monday.date(), judged - timedelta(weeks=77))
        parts.append(found.loc[found["week_start_date"].eq(judged)])
        if on_progress is not None:
            on_progress((number + 1) / len(mondays))
    return pd.concat(parts, ignore_index=True)


def rule_flags(frames: StrainFrames, first_monday: date, last_monday: date) -> pd.DataFrame:
    """Return for each person and week whether "a week of 55 h or more", ACWR or "top tenth of the team" flags it.

    The rules see everything that was filed by the end, which the index does not: they are given the better hand.
    ACWR is uncoupled: the last week against the mean of the four weeks before. The top tenth is that of the team by
    the hours of four weeks.
    """
    weeks = weeks_as_known(frames.person_weeks, last_monday + timedelta(weeks=8))
    hours = weeks.pivot_table(
        index="person_id", columns="week_start_date", values="worked_hours", aggfunc="sum", dropna=False
    )
    hours = hours.fillna(0.0)
    chronic = hours.T.rolling(_CHRONIC_WEEKS, min_periods=_CHRONIC_WEEKS).mean().shift(_ACUTE_WEEKS).T
    lasting = hours.T.rolling(_CHRONIC_WEEKS, min_periods=1).mean().T
    team = frames.people.set_index("person_id")["team_name"].reindex(hours.index)
    rank = lasting.groupby(team).rank(pct=True, method="first")
    ratio = hours / chronic.where(chronic > 0)
    flags = {
        "long_week": hours >= LONG_WEEK_HOURS,
        "acwr": (ratio >= ACWR_LIMIT) | ((chronic == 0) & (hours > 0)),
        "top_tenth": rank > 1 - TOP_SHARE,
    }
    rows = pd.concat([_long(flag, name) for name, flag in flags.items()], axis=1).reset_index()
    judged = rows["week_start_date"].between(
        monday_of(first_monday) - timedelta(weeks=1), last_complete_sunday(last_monday)
    )
    return rows.loc[judged].reset_index(drop=True)


def _long(flag: pd.DataFrame, name: str) -> pd.Series:
    """Turn people × weeks into one row each."""
    return (
        flag.reset_index().melt(id_vars="person_id", value_name=name).set_index(["person_id", "week_start_date"])[name]
    )


def flags_of_levels(published: pd.DataFrame) -> pd.DataFrame:
    """Return ``index`` (WATCH or HIGH) and ``high`` as flags beside their person and week."""
    level = published["level"].astype("str")
    return published[["person_id", "week_start_date"]].assign(
        index=level.isin(["WATCH", "HIGH"]),
        high=level.eq("HIGH"),
        no_data=level.eq("NO DATA"),
        level_number=np.select([level.eq("WATCH"), level.eq("HIGH")], [1, 2], 0),
    )
