"""The index of everybody, week by week, and the state of everybody now."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analytics.workload.grid import DAYS_A_WEEK, Grid, day_numbers, last_complete_sunday, week_grid
from analytics.workload.strain.baseline import baseline_of
from analytics.workload.strain.client import hours_of_everybody, project_weeks
from analytics.workload.strain.exposure import by_week, exposure_of, named
from analytics.workload.strain.indicators import Assumption, hour_indicators, steady_indicators
from analytics.workload.strain.levels import LEVEL_NAMES, REASON_NAMES, path_of, told_levels
from analytics.workload.strain.score import domain_scores, index_of
from analytics.workload.weeks import weeks_as_known

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from analytics.workload.grid import Flags, Floats, Whole
    from analytics.workload.strain.exposure import Exposure
    from analytics.workload.strain.frames import StrainFrames
    from analytics.workload.strain.indicators import Values
    from analytics.workload.strain.settings import StrainSettings

#: People × days that are laid out at a time: bounds the memory, whatever the size of the firm.
CELLS_AT_A_TIME = 300_000

#: What is told today is computed from so many weeks; older rows can't change it.
LOOK_BACK_WEEKS = 78

#: One more week on top of levels that were told needs so many weeks: the own usual week and the CUSUM on it.
NEXT_WEEK_LOOK_BACK_WEEKS = 40


@dataclass(frozen=True)
class Assessed:
    """People × weeks of one group of people: index, its bounds, levels and what they are made of."""

    exposure: Exposure
    indicators: Values
    scores: Values
    index: Floats
    low: Floats
    high: Floats
    is_red_line: Flags
    red_lines: dict[str, Flags]
    paths: tuple[Whole, Whole, Whole]
    level: Whole
    reason: Whole

    @property
    def weeks(self) -> Grid:
        """The people and weeks."""
        return self.exposure.weeks


def assessed(exposure: Exposure, settings: StrainSettings, before: pd.DataFrame | None = None) -> Assessed:
    """Compute indicators, index, bounds and levels of people who are laid out (see ``assess_groups``)."""
    baseline = baseline_of(exposure, settings)
    steady = steady_indicators(exposure)

    def values_of(hours: Floats, *, is_high: bool = False) -> Values:
        return {**steady, **hour_indicators(exposure, Assumption(hours, is_high), baseline, settings)}

    point = values_of(exposure.hours.point)
    low, high = values_of(exposure.hours.low), values_of(exposure.hours.high, is_high=True)
    index, low_index, high_index = (index_of(v, settings) for v in (point, low, high))
    # What the most usual days give must lie between what the least and the most give.
    high_index, low_index = np.maximum(high_index, index), np.minimum(low_index, index)
    lines = _red_lines(low, settings)
    red, red_high = _any(lines), _any(_red_lines(high, settings))
    start = _start(exposure.weeks, before)
    cases = ((index, red), (low_index, red), (high_index, red_high))
    point_path, low_path, high_path = (
        _path(values, line, start, name, settings)
        for name, (values, line) in zip(("index", "index_low", "index_high"), cases, strict=True)
    )
    level, reason = told_levels(point_path, low_path, high_path, exposure.data_share, exposure.weeks_inside, settings)
    is_told = (by_week(exposure.is_inside) > 0) & (np.arange(index.shape[1]) >= start.first)
    return Assessed(
        exposure=exposure,
        indicators=point,
        scores=domain_scores(point, settings),
        index=index,
        low=low_index,
        high=high_index,
        is_red_line=red,
        red_lines=lines,
        paths=(point_path, low_path, high_path),
        level=np.where(is_told, level, -1),
        reason=reason,
    )


def score_of(exposure: Exposure, settings: StrainSettings) -> Floats:
    """Return the index alone, with unfiled days as the most usual ones."""
    hours = Assumption(exposure.hours.point)
    values = {
        **steady_indicators(exposure),
        **hour_indicators(exposure, hours, baseline_of(exposure, settings), settings),
    }
    return index_of(values, settings)


@dataclass(frozen=True)
class _Start:
    """From which week on levels are told, and the rows of the week before."""

    first: int
    rows: pd.DataFrame | None


def _start(weeks: Grid, before: pd.DataFrame | None) -> _Start:
    if before is None or before.empty:
        return _Start(0, None)
    first = int((day_numbers(before["week_start_date"]).max() - weeks.first_day) // DAYS_A_WEEK) + 1
    rows = before.drop_duplicates("person_id").set_index("person_id").reindex(weeks.person_ids)
    return _Start(max(first, 0), rows)


def _path(index: Floats, red_line: Flags, start: _Start, name: str, settings: StrainSettings) -> Whole:
    """Return levels by the index alone, from the first week that is told on; −1 before it."""
    found = np.full(index.shape, -1, dtype=np.int64)
    level = before = None
    if start.rows is not None:
        level = start.rows[f"{name}_path"].fillna(0).to_numpy(dtype=np.int64)
        before = start.rows[name].fillna(-1.0).to_numpy(dtype=np.float64)
    tail = slice(start.first, None)
    found[:, tail] = path_of(index[:, tail], red_line[:, tail], settings, level, before)
    return found


def _red_lines(values: Values, settings: StrainSettings) -> dict[str, Flags]:
    """Tell where each red line is crossed: one of them is HIGH at once, and only certain hours cross it."""
    return {
        "days_in_a_row": values["full_days_in_a_row"] >= settings["red_days_in_a_row"],
        "overtime_month": values["overtime_month"] >= settings["red_overtime_month"] - 1e-4,
        "hours_peak_week": values["hours_peak_week"] >= settings["red_week_hours"] - 1e-4,
    }


def _any(lines: dict[str, Flags]) -> Flags:
    crossed: Flags = np.logical_or.reduce(list(lines.values()))
    return crossed


def assess_groups(
    frames: StrainFrames,
    settings: StrainSettings,
    as_of_date: date,
    first_week_date: date | None = None,
    before: pd.DataFrame | None = None,
) -> Iterator[Assessed]:
    """Assess all people, some hundred at a time.

    Parameters
    ----------
    first_week_date
        Weeks before this Monday are not laid out.
    before
        Rows of ``strain_weeks`` of one week: levels go on from there, and only later weeks are told.
    """
    recent = _since(frames.person_weeks, first_week_date)
    names = pd.Index(sorted(recent["person_id"].unique()), dtype="str")
    known = replace(frames, person_weeks=recent).as_known(as_of_date)
    project_hours = known.hours_of_projects
    known = known.numbered(names)
    weeks = weeks_as_known(known.person_weeks, as_of_date)
    if weeks.empty:
        return
    whole = week_grid(weeks)
    projects = project_weeks(whole, known.projects, known.change_requests, known.status_reports, settings, as_of_date)
    everybody = hours_of_everybody(whole, project_hours, projects)
    size = max(CELLS_AT_A_TIME // (whole.step_count * DAYS_A_WEEK), 1)
    for first in range(0, len(names), size):
        group = range(first, min(first + size, len(names)))
        # Everybody gets the same weeks, so that projects and people are laid out alike.
        grid = Grid(pd.Index(group), whole.first_day, DAYS_A_WEEK, whole.step_count)
        own = weeks.loc[weeks["person_id"].between(group.start, group.stop - 1)]
        exposure = exposure_of(known.of_people(group), (grid, own), projects, everybody, settings, as_of_date)
        yield assessed(named(exposure, names[group.start : group.stop]), settings, before)


def _since(person_weeks: pd.DataFrame, first_week_date: date | None) -> pd.DataFrame:
    if first_week_date is None:
        return person_weeks
    return person_weeks.loc[person_weeks["week_start_date"].ge(pd.Timestamp(first_week_date))]


def strain_weeks(
    frames: StrainFrames,
    settings: StrainSettings,
    as_of_date: date,
    first_week_date: date | None = None,
    before: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Return one row per person and week: level, index, bounds, data share and domain scores, as known on a day.

    Returns
    -------
    DataFrame
        ``person_id``, ``week_start_date``, ``level`` (OK, WATCH, HIGH, NO DATA), ``reason`` (of NO DATA: ``coverage``,
        ``new``, ``open``), ``index``, ``index_low``, ``index_high`` (0–100), ``data_share`` (0–1), ``is_red_line``,
        ``red_lines`` (the indicators that cross one, with blanks between), ``version`` of the settings, one column for
        each domain (``hours_score`` …), and ``index_path``, ``index_low_path``, ``index_high_path``: the levels by the
        index and its bounds alone, to go on from.
    """
    return week_rows(assess_groups(frames, settings, as_of_date, first_week_date, before), settings)


def week_rows(groups: Iterable[Assessed], settings: StrainSettings) -> pd.DataFrame:
    """Return the rows of ``strain_weeks`` of people who were assessed."""
    parts = [_week_rows(group, settings) for group in groups]
    if not parts:
        return _week_rows_of_nobody(settings)
    return pd.concat(parts, ignore_index=True)


def _week_rows(group: Assessed, settings: StrainSettings) -> pd.DataFrame:
    person, week = np.nonzero(group.level >= 0)
    cells = (person, week)
    rows = {
        "person_id": pd.Series(group.weeks.person_ids[person], dtype="str"),
        "week_start_date": pd.DatetimeIndex(group.weeks.dates[week]).as_unit("us"),
        "level": _named(LEVEL_NAMES, group.level[cells]),
        "reason": _named(REASON_NAMES, group.reason[cells]),
        "index": group.index[cells],
        "index_low": group.low[cells],
        "index_high": group.high[cells],
        "data_share": group.exposure.data_share[cells].round(4),
        "is_red_line": group.is_red_line[cells],
        "red_lines": _names_of_lines(group, cells),
        "version": settings.version,
    }
    scores = {f"{name}_score": score[cells].round(1) for name, score in group.scores.items()}
    names = ("index_path", "index_low_path", "index_high_path")
    paths = {name: path[cells].astype(np.int8) for name, path in zip(names, group.paths, strict=True)}
    return pd.DataFrame({**rows, **scores, **paths})


def _names_of_lines(group: Assessed, cells: tuple[Whole, Whole]) -> pd.Series:
    names = pd.Series("", index=range(len(cells[0])), dtype="str")
    for name, crossed in group.red_lines.items():
        names = names.where(~crossed[cells], names + f"{name} ")
    return names.str.strip()


def _named(names: Sequence[str], codes: Whole) -> pd.Series:
    return pd.Series(
        pd.Categorical(np.array([str(n) for n in names], dtype=object)[codes], categories=[str(n) for n in names])
    )


def _week_rows_of_nobody(settings: StrainSettings) -> pd.DataFrame:
    names = ["person_id", "level", "reason", "red_lines", "version"]
    numbers = ["index", "index_low", "index_high", "data_share", *(f"{d.name}_score" for d in settings.domains)]
    columns = {name: pd.Series(dtype="str") for name in names} | {name: pd.Series(dtype="float64") for name in numbers}
    frame = pd.DataFrame(columns)
    return frame.assign(week_start_date=pd.Series(dtype="datetime64[us]"), is_red_line=pd.Series(dtype=bool))


def first_week_needed(as_of_date: date) -> date:
    """Return the Monday from which on weeks are needed for what is told today."""
    first: date = (last_complete_sunday(as_of_date) - pd.Timedelta(weeks=LOOK_BACK_WEEKS, days=-1)).date()
    return first
