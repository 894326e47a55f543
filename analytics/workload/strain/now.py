"""Everybody's state at the end of the last complete week, with what made it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analytics.workload.grid import last_complete_sunday
from analytics.workload.strain.assess import assess_groups, first_week_needed, week_rows
from analytics.workload.strain.indicators import unknown_indicators
from analytics.workload.strain.levels import Level, Reason
from analytics.workload.strain.score import indicator_shares, lasting_parts, scaled

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from analytics.workload.strain.assess import Assessed
    from analytics.workload.strain.frames import StrainFrames
    from analytics.workload.strain.settings import StrainSettings


@dataclass(frozen=True)
class StrainNow:
    """What is told now.

    ``levels`` has one row per person (see ``strain_weeks``), ``weeks`` the same for each week that was laid out,
    ``indicators`` one row per person and indicator: ``person_id``, ``indicator``, ``domain``, ``value``, ``score``
    (0–100), ``share`` of the index (they sum to 1 per person, or to 0 when the index is 0).
    """

    levels: pd.DataFrame
    weeks: pd.DataFrame
    indicators: pd.DataFrame
    groups: tuple[Assessed, ...] = ()


def strain_now(
    frames: StrainFrames, settings: StrainSettings, as_of_date: date, *, keeps_groups: bool = False
) -> StrainNow:
    """Tell the level of everybody who was with the firm in the last complete week, from the last 78 weeks.

    Parameters
    ----------
    keeps_groups
        Keep the matrices, for an outlook that goes on from them.
    """
    groups = tuple(assess_groups(frames, settings, as_of_date, first_week_needed(as_of_date)))
    weeks = week_rows(groups, settings)
    monday = last_complete_sunday(as_of_date) - pd.Timedelta(days=6)
    levels = weeks.loc[weeks["week_start_date"].eq(monday)].sort_values("person_id", ignore_index=True)
    parts = [_indicator_rows(group, settings, monday) for group in groups]
    indicators = pd.concat(parts, ignore_index=True) if parts else _no_indicators()
    return StrainNow(levels, weeks, indicators, groups if keeps_groups else ())


def with_people_without_hours(
    levels: pd.DataFrame, person_ids: Sequence[str], version: str, as_of_date: date
) -> pd.DataFrame:
    """Add people who are known, but of whom no hours are: nothing is told of them, and they are not left out."""
    others = sorted(set(person_ids) - set(levels["person_id"]))
    if not others:
        return levels
    rows = pd.DataFrame(
        {
            "person_id": pd.Series(others, dtype="str"),
            "week_start_date": last_complete_sunday(as_of_date) - pd.Timedelta(days=6),
            "level": str(Level.NO_DATA),
            "reason": str(Reason.NO_HOURS),
            "index_low": 0.0,
            "index_high": 100.0,
            "data_share": 0.0,
            "is_red_line": False,
            "version": version,
        }
    )
    plain = levels.assign(**{name: levels[name].astype("str") for name in ("level", "reason")})
    joined = pd.concat([plain, rows], ignore_index=True) if len(levels) else rows.reindex(columns=levels.columns)
    return joined.sort_values("person_id", ignore_index=True)


def _indicator_rows(group: Assessed, settings: StrainSettings, monday: pd.Timestamp) -> pd.DataFrame:
    """Return the last week's indicators of the people who are told of."""
    column = int(np.searchsorted(group.weeks.dates, np.datetime64(monday, "D")))
    if column >= group.weeks.step_count:
        return _no_indicators()
    told = np.flatnonzero(group.level[:, column] >= 0)
    values = {name: matrix[told, column] for name, matrix in group.indicators.items()}
    lasting = {name: matrix[told, column] for name, matrix in lasting_parts(group.indicators, settings).items()}
    shares = indicator_shares(values, settings, lasting)
    unknown = {name: flags[told, column] for name, flags in unknown_indicators(group.exposure).items()}
    rows = []
    for indicator in settings.indicators:
        share = shares.get(indicator.name, np.zeros(len(told)))
        score = indicator.weight * scaled(indicator, values[indicator.name])
        value = np.where(unknown.get(indicator.name, False), np.nan, values[indicator.name])
        rows.append(_rows_of(group.weeks.person_ids[told], (indicator.name, indicator.domain), (value, score, share)))
    return pd.concat(rows, ignore_index=True).sort_values(["person_id"], kind="stable", ignore_index=True)


def _rows_of(
    person_ids: pd.Index,
    names: tuple[str, str],
    numbers: Sequence[np.ndarray],
) -> pd.DataFrame:
    value, score, share = numbers
    return pd.DataFrame(
        {
            "person_id": pd.Series(person_ids, dtype="str"),
            "indicator": names[0],
            "domain": names[1],
            "value": np.round(value, 4),
            "score": np.round(score, 2),
            "share": share,
        }
    )


def _no_indicators() -> pd.DataFrame:
    texts = {name: pd.Series(dtype="str") for name in ("person_id", "indicator", "domain")}
    return pd.DataFrame(texts | {name: pd.Series(dtype="float64") for name in ("value", "score", "share")})
