"""The index of everybody, week by week, and the state of everybody now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analytics.workload.grid import Grid, last_complete_sunday, week_grid
from analytics.workload.strain.baseline import baseline_of
from analytics.workload.strain.client import hours_of_everybody, project_weeks
from analytics.workload.strain.exposure import by_week, exposure_of
from analytics.workload.strain.indicators import Assumption, hour_indicators, steady_indicators
from analytics.workload.strain.levels import LEVEL_NAMES, REASON_NAMES, path_of, told_levels
from analytics.workload.strain.score import domain_scores, index_of
from analytics.workload.weeks import weeks_as_known

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from analytics.workload.grid import Flags, Floats, Whole
    from analytics.workload.strain.exposure import Exposure
    from analytics.workload.strain.frames import StrainFrames
    from analytics.workload.strain.indicators import Values
    from analytics.workload.strain.settings import StrainSettings

#: People who are laid out at a time: bounds the memory, whatever the size of the firm.
PEOPLE_AT_A_TIME = 250

#: What is told today is computed from so many weeks; older rows can't change it.
LOOK_BACK_WEEKS = 78


@dataclass(frozen=True)
class Assessed:
    """People × weeks of one group of people: index, its bounds, levels and what they are made of."""

    exposure: Exposure
    values: Values
    scores: Values
    index: Floats
    low: Floats
    high: Floats
    is_red_line: Flags
    level: Whole
    reason: Whole

    @property
    def weeks(self) -> Grid:
        """The people and weeks."""
        return self.exposure.weeks


def assessed(exposure: Exposure, settings: StrainSettings) -> Assessed:
    """Compute indicators, index, bounds and levels of people who are laid out.

    The bounds are computed for people with unfiled days only; for all others they are the index itself.
    """
    baseline = baseline_of(exposure, settings)
    steady = steady_indicators(exposure)

    def values_of(hours: Floats, *, is_high: bool = False) -> Values:
        return {**steady, **hour_indicators(exposure, Assumption(hours, is_high), baseline, settings)}

    point = values_of(exposure.hours.point)
    low, high = values_of(exposure.hours.low), values_of(exposure.hours.high, is_high=True)
    index, low_index, high_index = (index_of(domain_scores(v, settings), settings) for v in (point, low, high))
    # What the most usual days give must lie between what the least and the most give.
    high_index, low_index = np.maximum(high_index, index), np.minimum(low_index, index)
    red, red_high = _red_lines(low, settings), _red_lines(high, settings)
    paths = [
        path_of(values, line, settings)
        for values, line in ((index, red), (low_index, red), (high_index, red_high))
    ]
    level, reason = told_levels(*paths, exposure.data_share, exposure.weeks_inside, settings)
    is_outside = by_week(exposure.is_inside) == 0
    return Assessed(
        exposure=exposure,
        values=point,
        scores=domain_scores(point, settings),
        index=index,
        low=low_index,
        high=high_index,
        is_red_line=red,
        level=np.where(is_outside, -1, level),
        reason=reason,
    )


def _red_lines(values: Values, settings: StrainSettings) -> Flags:
    """Tell where a red line is crossed: one of them is HIGH at once, and only certain hours cross it."""
    lines: Flags = (
        (values["days_in_a_row"] >= settings["red_days_in_a_row"])
        | (values["overtime_month"] >= settings["red_overtime_month"] - 1e-4)
        | (values["hours_peak_week"] >= settings["red_week_hours"] - 1e-4)
    )
    return lines


def assess_groups(
    frames: StrainFrames, settings: StrainSettings, as_of_date: date, first_week_date: date | None = None
) -> Iterator[Assessed]:
    """Assess all people, some hundred at a time.

    Parameters
    ----------
    first_week_date
        Weeks before this Monday are not laid out.
    """
    known = frames.as_known(as_of_date)
    weeks = weeks_as_known(_since(known.person_weeks, first_week_date), as_of_date)
    if weeks.empty:
        return
    whole = week_grid(weeks)
    projects = project_weeks(
        whole, known.projects, known.change_requests, known.status_reports, settings, as_of_date
    )
    everybody = hours_of_everybody(whole, known.booked, projects)
    ids = sorted(whole.person_ids)
    for first in range(0, len(ids), PEOPLE_AT_A_TIME):
        group = ids[first : first + PEOPLE_AT_A_TIME]
        own = weeks.loc[weeks["person_id"].isin(group)]
        # Everybody gets the same weeks, so that projects and people are laid out alike.
        frame = exposure_of(known.of_people(group), (Grid(pd.Index(group), whole.first_day, 7, whole.step_count), own), projects, everybody, settings, as_of_date)
        yield assessed(frame, settings)


def _since(person_weeks: pd.DataFrame, first_week_date: date | None) -> pd.DataFrame:
    if first_week_date is None:
        return person_weeks
    return person_weeks.loc[person_weeks["week_start_date"].ge(pd.Timestamp(first_week_date))]


def strain_weeks(
    frames: StrainFrames, settings: StrainSettings, as_of_date: date, first_week_date: date | None = None
) -> pd.DataFrame:
    """Return one row per person and week: level, index, bounds, data share and domain scores, as known on a day.

    Returns
    -------
    DataFrame
        ``person_id``, ``week_start_date``, ``level`` (OK, WATCH, HIGH, NO DATA), ``reason`` (of NO DATA: ``coverage``,
        ``new``, ``open``), ``index``, ``index_low``, ``index_high`` (0–100), ``data_share`` (0–1), ``is_red_line``,
        ``version`` of the settings, and one column for each domain (``hours_score`` …).
    """
    parts = [_week_rows(group, settings) for group in assess_groups(frames, settings, as_of_date, first_week_date)]
    if not parts:
        return _week_rows_of_nobody(settings)
    return pd.concat(parts, ignore_index=True)


def _week_rows(group: Assessed, settings: StrainSettings) -> pd.DataFrame:
    person, week = np.nonzero(group.level >= 0)
    cells = (person, week)
    rows = {
        "person_id": pd.Series(group.weeks.person_ids[person], dtype="str"),
        "week_start_date": pd.DatetimeIndex(group.weeks.dates[week]).as_unit("us"),
        "level": pd.Categorical.from_codes(group.level[cells], [str(n) for n in LEVEL_NAMES]),
        "reason": pd.Categorical.from_codes(group.reason[cells], [str(n) for n in REASON_NAMES]),
        "index": group.index[cells].round(2),
        "index_low": group.low[cells].round(2),
        "index_high": group.high[cells].round(2),
        "data_share": group.exposure.data_share[cells].round(4),
        "is_red_line": group.is_red_line[cells],
        "version": settings.version,
    }
    scores = {f"{name}_score": score[cells].round(1) for name, score in group.scores.items()}
    return pd.DataFrame({**rows, **scores})


def _week_rows_of_nobody(settings: StrainSettings) -> pd.DataFrame:
    names = ["person_id", "level", "reason", "version"]
    numbers = ["index", "index_low", "index_high", "data_share", *(f"{d.name}_score" for d in settings.domains)]
    frame = pd.DataFrame({name: pd.Series(dtype="str") for name in names} | {n: pd.Series(dtype="float64") for n in numbers})
    return frame.assign(week_start_date=pd.Series(dtype="datetime64[us]"), is_red_line=pd.Series(dtype=bool))


def first_week_needed(as_of_date: date) -> date:
    """Return the Monday from which on weeks are needed for what is told today."""
    first: date = (last_complete_sunday(as_of_date) - pd.Timedelta(weeks=LOOK_BACK_WEEKS, days=-1)).date()
    return first
