"""What a project's reports show of a blocked path: raw signals that no model of speed has smoothed.

An interface that does not work stops the progress of everything behind it, while people book hours as before. The model
of the work sees a few slow weeks; a manager sees that nothing has moved for a month.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    import pandas as pd

    from analytics.evaluation.scores import Floats

#: The signals in the order in which the last word takes them.
SIGNALS: Final = ("still_weeks", "recent_pace", "red_share")

#: Progress has moved when it gained so much since it last did.
_MOVED: Final = 0.005
#: The recent pace is that of so many weeks; colours are those of the same time.
_RECENT_WEEKS: Final = 8
#: Paces are compared in logarithms, within these bounds; nobody's pace is taken over less than this a week.
_PACE_BOUNDS: Final = (-2.0, 1.0)
_LEAST_PACE: Final = 0.001
_COLOURS: Final = {"green": 0.0, "amber": 0.5, "red": 1.0}


def with_signals(states: pd.DataFrame) -> pd.DataFrame:
    """Add the signals of each week; each looks at that week and earlier ones only.

    Parameters
    ----------
    states
        Weeks of projects, sorted by project and week: ``project_id``, ``progress_ratio``, ``reported_status``.

    Returns
    -------
    The same with ``still_weeks`` (weeks since progress moved, 0 where nothing is known of it), ``recent_pace`` (log of
    the pace of eight weeks over that of all weeks; 0 where both are alike or unknown) and ``red_share`` (mean of eight
    weeks, red 1 and amber ½; unknown colours are green).
    """
    begins = np.flatnonzero(states["project_id"].ne(states["project_id"].shift()).to_numpy())
    counts = np.diff([*begins, len(states)])
    first = np.repeat(begins, counts)
    week = np.arange(len(states)) - first
    progress = states["progress_ratio"].to_numpy(dtype=np.float64)
    colour = states["reported_status"].map(_COLOURS).to_numpy(dtype=np.float64)
    earlier = np.maximum(np.arange(len(states)) - _RECENT_WEEKS, first)
    reds = np.concatenate(([0.0], np.cumsum(np.nan_to_num(colour))))
    span = np.arange(len(states)) - earlier
    return states.assign(
        still_weeks=_still_weeks(np.nan_to_num(progress), ~np.isnan(progress), week),
        recent_pace=_recent_pace(np.nan_to_num(progress), earlier, span, week),
        red_share=(reds[np.arange(len(states)) + 1] - reds[earlier + (span > 0)]) / np.maximum(span, 1),
    )


def _still_weeks(progress: Floats, is_known: np.ndarray, week: np.ndarray) -> Floats:
    """Return the weeks since the last report that gained enough over the one at which progress last moved."""
    still = np.zeros(len(progress))
    moved_at = moved_to = 0.0
    for place, (value, now) in enumerate(zip(progress.tolist(), week.tolist(), strict=True)):
        if now == 0:
            moved_at, moved_to = 0.0, value
        if abs(value - moved_to) > _MOVED:
            moved_at, moved_to = now, value
        still[place] = now - moved_at
    return np.where(is_known, still, 0.0)


def _recent_pace(progress: Floats, earlier: np.ndarray, span: np.ndarray, week: np.ndarray) -> Floats:
    recent = np.maximum((progress - progress[earlier]) / np.maximum(span, 1), _LEAST_PACE)
    whole = np.maximum(progress / np.maximum(week, 1), _LEAST_PACE)
    return np.where(progress > 0, np.clip(np.log(recent / whole), *_PACE_BOUNDS), 0.0)
