"""What an early warning is worth: how long before the planned finish it comes, and how often for nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    import numpy.typing as npt


@dataclass(frozen=True)
class WarningRecord:
    """How a rule "warn when the probability is above a threshold so many times in a row" has done.

    ``false_alarm_share`` is the share of punctual projects that were warned of, ``hit_share`` that of late ones,
    ``precision_share`` how many of the warned ones became late. ``lead_weeks`` is the median time from the first
    warning to the planned finish over late projects that were warned of. What has no case is not a number.
    """

    threshold: float
    late_count: int
    punctual_count: int
    hit_share: float
    false_alarm_share: float
    precision_share: float
    lead_weeks: float


def first_warnings(
    probability: npt.ArrayLike, project_ids: npt.ArrayLike, at_weeks: npt.ArrayLike, threshold: float, in_a_row: int = 2
) -> pd.Series[float]:
    """Return the week of the first warning by project: the probability was above ``threshold`` so often in a row.

    Parameters
    ----------
    at_weeks
        When each probability was stated, in weeks since the start of its project; the warning is that of the last in
        the row. Projects that were never warned of are not a number.
    """
    rows = pd.DataFrame({"project_id": project_ids, "week": at_weeks, "probability": probability})
    rows = rows.sort_values(["project_id", "week"], ignore_index=True)
    is_above = rows["probability"] > threshold
    run = is_above.astype("int64").groupby([rows["project_id"], (~is_above).cumsum()]).cumsum()
    warned = rows["week"].where(run >= in_a_row)
    return warned.groupby(rows["project_id"], sort=True).min()


def warning_record(
    probability: npt.ArrayLike,
    project_ids: npt.ArrayLike,
    at_weeks: npt.ArrayLike,
    planned_weeks: npt.ArrayLike,
    is_late: npt.ArrayLike,
    *,
    threshold: float,
    in_a_row: int = 2,
) -> WarningRecord:
    """Return how the rule with this threshold has done; every array has one entry per stated probability.

    A warning counts as lead time even where it comes after the planned finish: that is then below zero.
    """
    facts = pd.DataFrame({"project_id": project_ids, "planned": planned_weeks, "late": is_late})
    facts = facts.drop_duplicates("project_id").set_index("project_id").sort_index()
    late = facts["late"].astype(bool)
    first = first_warnings(probability, project_ids, at_weeks, threshold, in_a_row).reindex(facts.index)
    warned = first.notna()
    lead = (facts["planned"] - first)[late & warned]
    return WarningRecord(
        threshold=threshold,
        late_count=int(late.sum()),
        punctual_count=int((~late).sum()),
        hit_share=_share(warned[late]),
        false_alarm_share=_share(warned[~late]),
        precision_share=_share(late[warned]),
        lead_weeks=float(lead.median()) if len(lead) else float("nan"),
    )


def record_at_false_alarm_share(
    probability: npt.ArrayLike,
    project_ids: npt.ArrayLike,
    at_weeks: npt.ArrayLike,
    planned_weeks: npt.ArrayLike,
    is_late: npt.ArrayLike,
    *,
    most: float = 0.2,
    in_a_row: int = 2,
) -> WarningRecord:
    """Return the record of the lowest threshold whose share of false alarms is at most ``most``.

    Rules can only be compared at the same share of false alarms: whoever always warns has the longest lead time.
    """
    stated = np.unique(np.append(np.asarray(probability, dtype=np.float64), 0.0))
    facts = (probability, project_ids, at_weeks, planned_weeks, is_late)
    low, high = 0, len(stated) - 1
    # A higher threshold never warns of more projects, so halving finds the lowest one; above all there is no alarm.
    while low < high:
        middle = (low + high) // 2
        record = warning_record(*facts, threshold=float(stated[middle]), in_a_row=in_a_row)
        if record.false_alarm_share > most:
            low = middle + 1
        else:
            high = middle
    return warning_record(*facts, threshold=float(stated[low]), in_a_row=in_a_row)


def _share(flags: pd.Series[bool]) -> float:
    return float(flags.mean()) if len(flags) else float("nan")
