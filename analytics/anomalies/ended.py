"""Hours on projects that are finished or cancelled."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analytics.anomalies import keys
from analytics.anomalies.checks import ENDED_PROJECT_HOURS
from analytics.anomalies.robust import centre_and_scale
from analytics.anomalies.rows import ROBUST_Z, anomalies, no_anomalies, person_names
from analytics.workload.grid import day_numbers, flags_of

if TYPE_CHECKING:
    from analytics.anomalies.frames import Known

#: A project that ended so long ago shows how long closing work takes here.
_SETTLED_WEEKS = 26
_LEAST_PROJECTS = 8
_SCALES = 3.0
_LONGEST_CLOSING_WEEKS = 26
#: A cancelled project without a date is taken to have ended when nobody worked on it for so long.
_GAP_WEEKS = 8
#: Bookings with gaps up to this belong together.
_STEP_DAYS = 28
#: More than this share of all hours after the end: the end is wrong, not the hours.
_WRONG_END_SHARE = 0.25


def ended_project_hours(known: Known) -> pd.DataFrame:
    """Return the hours of each person on an ended project after the weeks that closing work usually takes."""
    work = known.project_weeks.loc[known.project_weeks["hours"].gt(0)]
    ends = _ends(known, work)
    if ends.empty or work.empty:
        return no_anomalies()
    joined = work.merge(ends, on="project", how="inner", validate="many_to_one")
    joined = joined.assign(weeks_after=(joined["week"] - keys.monday(joined["end"].to_numpy())) / 7)
    centre, scale = _closing_weeks(known, joined)
    allowed = float(np.clip(centre + _SCALES * scale, ENDED_PROJECT_HOURS.threshold, _LONGEST_CLOSING_WEEKS))
    late = joined.loc[joined["weeks_after"].gt(allowed)].sort_values(["person", "project", "week"])
    group = keys.day_key(late["person"].to_numpy(), late["project"].to_numpy())
    late = late.assign(run=keys.runs(group, late["week"].to_numpy(), longest_step=_STEP_DAYS))
    found = late.groupby("run", as_index=False).agg(
        person=("person", "first"),
        project=("project", "first"),
        first=("week", "min"),
        last=("week", "max"),
        weeks=("week", "size"),
        weeks_after=("weeks_after", "max"),
        is_assumed=("is_assumed", "max"),
        is_end_assumed=("is_end_assumed", "max"),
    )
    project = found["project"].to_numpy()
    return anomalies(
        ENDED_PROJECT_HOURS,
        (found["first"].to_numpy(), found["last"].to_numpy() + 6),
        {
            **person_names(known, found["person"].to_numpy()),
            "project_id": known.project_ids.to_numpy(dtype=object)[project],
            "value": found["weeks_after"].to_numpy(),
            "usual_low": 0.0,
            "usual_high": allowed,
            "unusual_score": ((found["weeks_after"] - centre) / scale).to_numpy(),
            "score_kind": ROBUST_Z,
            **_reading(joined, late, found),
            "person_weeks_count": found["weeks"].to_numpy(),
            "is_assumed": (found["is_assumed"] | found["is_end_assumed"]).to_numpy(dtype=bool),
        },
    )


def _ends(known: Known, work: pd.DataFrame) -> pd.DataFrame:
    """Return ``project``, ``end`` and ``is_end_assumed`` of projects that had ended by then."""
    rows = known.frames.projects.drop_duplicates("project_id").set_index("project_id").reindex(known.project_ids)
    given = rows["actual_finish_date"].notna().to_numpy()
    end = np.where(given, day_numbers(rows["actual_finish_date"]), 0)
    is_ended = given & (end <= known.as_of_day)
    is_dateless = ~given & rows["status"].isin(["finished", "cancelled"]).to_numpy(dtype=bool)
    gap_end = _first_gap(work).reindex(range(len(rows))).to_numpy(dtype="float64")
    is_guessed = is_dateless & ~np.isnan(gap_end)
    frame = pd.DataFrame(
        {
            "project": np.arange(len(rows), dtype=np.int64),
            "end": np.where(is_guessed, np.nan_to_num(gap_end), end).astype(np.int64),
            "is_end_assumed": is_guessed | flags_of(rows["is_assumed"]),
        }
    )
    return pd.DataFrame(frame.loc[is_ended | is_guessed].reset_index(drop=True))


def _first_gap(work: pd.DataFrame) -> pd.Series:
    """For each project the last day of work before the first long gap."""
    weeks = work[["project", "week"]].drop_duplicates().sort_values(["project", "week"])
    step = weeks.groupby("project")["week"].shift(-1) - weeks["week"]
    return weeks.loc[step.gt(_GAP_WEEKS * 7)].groupby("project")["week"].first() + 6


def _closing_weeks(known: Known, joined: pd.DataFrame) -> tuple[float, float]:
    """Median and scale of the weeks for which the firm's ended projects still got hours."""
    settled = joined.loc[joined["end"].le(known.as_of_day - _SETTLED_WEEKS * 7) & ~joined["is_end_assumed"]]
    tails = settled.groupby("project")["weeks_after"].max().clip(lower=0)
    if len(tails) < _LEAST_PROJECTS:
        return 0.0, ENDED_PROJECT_HOURS.threshold / _SCALES
    return centre_and_scale(tails.to_numpy(dtype="float64"), least_scale=1.0)


def _reading(joined: pd.DataFrame, late: pd.DataFrame, found: pd.DataFrame) -> dict[str, object]:
    """Likely cause and remedy: a wrong end, a project that many still use, or one person's slip."""
    all_hours = joined.groupby("project")["hours"].sum()
    late_hours = late.groupby("project")["hours"].sum()
    people = late.groupby("project")["person"].nunique()
    share = found["project"].map(late_hours / all_hours)
    is_wrong_end = share.gt(_WRONG_END_SHARE).to_numpy()
    is_open = found["project"].map(people).ge(3).to_numpy()
    return {
        "likely_cause": np.select([is_wrong_end, is_open], ["finish_date_wrong", "still_open"], "wrong_project_picked"),
        "remedy": np.select(
            [is_wrong_end, is_open], ["correct_finish_date", "close_project_for_booking"], "correct_entry"
        ),
    }
