"""Several people of one team who always filed and stop in the same weeks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analytics.anomalies import keys
from analytics.anomalies.checks import TEAM_SILENCE
from analytics.anomalies.robust import OUTLIER_SCORE, centre_and_scale
from analytics.anomalies.rows import ROBUST_Z, anomalies, no_anomalies
from analytics.workload.grid import floats_of

if TYPE_CHECKING:
    from analytics.anomalies.frames import Known
    from analytics.workload.grid import Flags, Whole

#: Who filed this share of the last weeks in which work was expected always files ...
_FILER_SHARE = 0.8
_FILER_DAYS = 13 * 7
#: ... if there were so many.
_FILER_WEEKS = 6
#: Weeks of silence beyond the usual lag before it is told; one late week is everyday life.
_SILENT_WEEKS = 2
#: Share of the filers that fall silent: of a team, and of the firm (then it is an import, not a team).
_TEAM_SHARE = 0.5
_FIRM_SHARE = 0.8
#: Counts of people differ by at least this much from week to week.
_LEAST_SCALE_PEOPLE = 0.5


def team_silence(known: Known) -> pd.DataFrame:
    """Return when teams fell silent; the firm as a whole instead, when four of five people of all teams did."""
    weeks = known.weeks
    if weeks.empty:
        return no_anomalies()
    is_filer = _is_filer(weeks)
    spells = _spells(known, is_filer)
    team = known.people["team_name"].to_numpy(dtype=object)
    has_teams = bool((team != "").any())
    filers = weeks.loc[is_filer, ["person", "week"]]
    everyone = np.zeros(len(team), dtype=np.int64)
    firm = _events(filers, spells, everyone, share=_FIRM_SHARE if has_teams else _TEAM_SHARE)
    names, code = np.unique(team.astype(str), return_inverse=True)
    found = _events(filers, spells, np.where(team == "", -1, code), share=_TEAM_SHARE)
    # When all fell silent, no team is told as well (a week sooner or later is the same event).
    of_firm = firm["week"].to_numpy()
    found = found.loc[~found["week"].isin(np.r_[of_firm - 7, of_firm, of_firm + 7])]
    teams = _rows(found, names.astype(object)[found["group"].to_numpy()], "team_stopped_filing", "ask_team")
    return pd.concat([_rows(firm, None, "weeks_not_imported", "import_missing_week"), teams])


def _rows(events: pd.DataFrame, team: object, cause: str, remedy: str) -> pd.DataFrame:
    return anomalies(
        TEAM_SILENCE,
        (events["week"].to_numpy(), events["last"].to_numpy() + 6),
        {
            "team_name": team,
            "value": events["people"].to_numpy(dtype="float64"),
            "usual_low": 0.0,
            "usual_high": events["usual_high"].to_numpy(),
            "unusual_score": events["score"].to_numpy(),
            "score_kind": ROBUST_Z,
            "likely_cause": cause,
            "remedy": remedy,
            "person_weeks_count": events["silent_weeks"].to_numpy(),
        },
    )


def _is_filer(weeks: pd.DataFrame) -> Flags:
    """Whether the person filed nearly always in the thirteen weeks before each week."""
    key = weeks["key"].to_numpy()
    before = np.searchsorted(key, key - _FILER_DAYS)
    row = np.arange(len(key))
    filed = np.r_[0, np.cumsum(weeks["is_filed"])]
    expected = np.r_[0, np.cumsum(weeks["is_filed"] | weeks["is_missing"])]
    filed_count, expected_count = filed[row] - filed[before], expected[row] - expected[before]
    flags: Flags = (expected_count >= _FILER_WEEKS) & (filed_count >= _FILER_SHARE * expected_count)
    return flags


def _spells(known: Known, is_filer: Flags) -> pd.DataFrame:
    """Return runs of missing weeks of people who always filed.

    Columns ``person``, ``week`` (the first), ``last``, ``silent_weeks``.

    Only weeks older than the person's usual lag count. Leave and weeks without workdays neither end a run nor add.
    """
    weeks = known.weeks.assign(is_filer=is_filer)
    is_due = weeks["week"].to_numpy() + 7 + known.lag_days[weeks["person"].to_numpy()] <= known.this_monday
    weeks = weeks.loc[is_due & ~weeks["is_filed"]]
    run = keys.runs(weeks["person"].to_numpy(), weeks["week"].to_numpy(), longest_step=7)
    silent = weeks.assign(run=run).loc[weeks["is_missing"]]
    spells = silent.groupby("run").agg(
        person=("person", "first"),
        week=("week", "min"),
        last=("week", "max"),
        silent_weeks=("week", "size"),
        is_filer=("is_filer", "first"),
    )
    return pd.DataFrame(spells.loc[spells["is_filer"] & spells["silent_weeks"].ge(_SILENT_WEEKS)])


def _events(filers: pd.DataFrame, spells: pd.DataFrame, group_of: Whole, *, share: float) -> pd.DataFrame:
    """Return one row per group and week in which, with the next week, so many of the group fell silent."""
    spells = spells.assign(group=group_of[spells["person"].to_numpy()])
    filer_group = group_of[filers["person"].to_numpy()]
    events: list[dict[str, float]] = []
    for group in np.unique(spells["group"].to_numpy()):
        if group >= 0:
            own = spells.loc[spells["group"].eq(group)]
            usual = filers.loc[filer_group == group, "week"].value_counts().sort_index()
            events += [{"group": float(group), **event} for event in _events_of(own, usual, share)]
    whole = dict.fromkeys(("group", "week", "last", "people", "silent_weeks"), "int64")
    frame: pd.DataFrame = pd.DataFrame(events, columns=[*whole, "usual_high", "score"], dtype="float64")
    return frame.astype(whole)


def _events_of(spells: pd.DataFrame, filers: pd.Series, share: float) -> list[dict[str, float]]:
    """Return the events of one group; ``filers`` counts by week who always files."""
    counts = spells["week"].value_counts().sort_index()
    by_week = floats_of(counts.reindex(filers.index).fillna(0))
    centre, scale = centre_and_scale(by_week, least_scale=_LEAST_SCALE_PEOPLE)
    usual_high = max(centre + OUTLIER_SCORE * scale, TEAM_SILENCE.threshold - 1)
    events: list[dict[str, float]] = []
    for week in counts.index.to_numpy():
        stopped = spells.loc[spells["week"].isin([week, week + 7])]
        is_told_already = bool(events) and week <= events[-1]["week"] + 7
        if is_told_already or len(stopped) < TEAM_SILENCE.threshold or len(stopped) <= usual_high:
            continue
        if len(stopped) >= share * filers.get(week, 0):
            events.append(
                {
                    "week": float(week),
                    "last": float(stopped["last"].quantile(0.5, interpolation="lower")),
                    "people": float(len(stopped)),
                    "silent_weeks": float(stopped["silent_weeks"].sum()),
                    "usual_high": usual_high,
                    "score": (len(stopped) - centre) / scale,
                }
            )
    return events
