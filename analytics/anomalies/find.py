"""All checks together, as known on a day."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from analytics.anomalies.checks import TEAM_SILENCE
from analytics.anomalies.copies import copied_weeks
from analytics.anomalies.days_off import hours_on_holiday, hours_on_leave
from analytics.anomalies.ended import ended_project_hours
from analytics.anomalies.frames import known_on
from analytics.anomalies.long_days import long_days
from analytics.anomalies.requests import requests_decided_early
from analytics.anomalies.restated import restated_weeks
from analytics.anomalies.rows import no_anomalies
from analytics.anomalies.silence import team_silence
from analytics.anomalies.totals import totals_out_of_range
from analytics.anomalies.travel import onsite_without_trips, trips_without_hours

if TYPE_CHECKING:
    from datetime import date

    from analytics.anomalies.frames import AnomalyFrames

_FINDERS = (
    long_days,
    copied_weeks,
    hours_on_leave,
    hours_on_holiday,
    team_silence,
    ended_project_hours,
    trips_without_hours,
    onsite_without_trips,
    requests_decided_early,
    totals_out_of_range,
    restated_weeks,
)


def find_anomalies(frames: AnomalyFrames, as_of_date: date, *, since_date: date | None = None) -> pd.DataFrame:
    """Return one row per anomaly, as known on ``as_of_date``.

    Parameters
    ----------
    frames
        The marts.
    since_date
        Only anomalies whose ``last_date`` is this day or later. All rows are read either way, because a run of weeks
        keeps the key of its first week.

    Returns
    -------
    DataFrame
        Sorted by ``last_date`` (newest first), then ``anomaly_key``, which is unique and the same on every run. The
        subject is in ``person_id``, ``project_id``, ``team_name``, ``change_request_id`` and ``country`` (all null:
        the firm). ``value`` lies outside ``usual_low`` … ``usual_high`` in ``unit``. ``unusual_score`` says by
        ``score_kind`` how unusual it is: robust deviations (more is odder), or the share of its own other occasions
        that were like this (less is odder; null where there is no past). ``person_weeks_count`` is the count of
        person-weeks that it touches.
    """
    known = known_on(frames, as_of_date)
    found = [rows for rows in (finder(known) for finder in _FINDERS) if len(rows)]
    if not found:
        return no_anomalies()
    rows = _without_echoes(pd.concat(found, ignore_index=True))
    if since_date is not None:
        rows = rows.loc[rows["last_date"].ge(pd.Timestamp(since_date))]
    return rows.sort_values(["last_date", "anomaly_key"], ascending=[False, True], ignore_index=True)


def _without_echoes(rows: pd.DataFrame) -> pd.DataFrame:
    """Drop what follows from a silence that is told: totals and trips of the same days without hours."""
    silences = rows.loc[rows["check"].eq(TEAM_SILENCE.token)]
    is_unfiled = rows["likely_cause"].isin(["people_did_not_file", "hours_not_filed"])
    is_echo = pd.Series(False, index=rows.index)  # noqa: FBT003 - a value, not an option
    for team, first, last in zip(silences["team_name"], silences["first_date"], silences["last_date"], strict=True):
        same_days = rows["first_date"].le(last) & rows["last_date"].ge(first)
        is_of_firm = rows["team_name"].isna() & rows["person_id"].isna()
        same_group = is_of_firm | rows["team_name"].eq(team) | pd.isna(team)
        is_echo |= same_days & same_group
    return rows.loc[~(is_unfiled & is_echo)]
