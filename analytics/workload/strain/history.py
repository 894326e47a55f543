"""The index on a firm's own history, before anybody relies on it: how much it flags, and how steady it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from analytics.workload.strain.settings import StrainSettings

_YEAR_WEEKS = 52
_ON_WATCH = ("WATCH", "HIGH")

#: Exposure before an absence against exposure four weeks earlier, in the same person.
_WINDOW_WEEKS = 4

#: Fewer absences say nothing.
MIN_ABSENCES = 30


def flagged_shares(weeks: pd.DataFrame, people: pd.DataFrame, settings: StrainSettings) -> pd.DataFrame:
    """Return for each team how much of its person-weeks would have been flagged.

    Returns
    -------
    DataFrame
        ``team_name`` (empty for all together), ``people_count``, ``weeks_count`` (with a level), ``watch_share``,
        ``high_share``, ``no_data_share``, ``changes_a_year`` (of level, per person). Teams of fewer than five are left
        out, but count in the row for all.
    """
    rows = weeks.merge(people[["person_id", "team_name"]], on="person_id", how="left", validate="many_to_one")
    level = rows["level"].astype("str")
    marked = rows.assign(
        team_name=rows["team_name"].fillna(""),
        has_level=level.ne("NO DATA"),
        is_watch=level.eq("WATCH"),
        is_high=level.eq("HIGH"),
        change=_changes(rows.assign(level=level)),
    )
    told = marked.assign(is_watch=marked["is_watch"] & marked["has_level"], rows=1)
    by_team = pd.concat(
        [_sums(told.assign(team_name="")), _sums(told.loc[told["team_name"].ne("")])], ignore_index=True
    )
    weeks_told = by_team["has_level"].where(by_team["has_level"].gt(0))
    found = pd.DataFrame(
        {
            "team_name": by_team["team_name"],
            "people_count": by_team["people_count"],
            "weeks_count": by_team["has_level"],
            "watch_share": by_team["is_watch"] / weeks_told,
            "high_share": by_team["is_high"] / weeks_told,
            "no_data_share": 1 - by_team["has_level"] / by_team["rows"],
            "changes_a_year": by_team["change"] / by_team["rows"] * _YEAR_WEEKS,
        }
    )
    is_large = found["people_count"].ge(settings["min_group"]) | found["team_name"].eq("")
    return found.loc[is_large].reset_index(drop=True)


def _sums(rows: pd.DataFrame) -> pd.DataFrame:
    names = ["has_level", "is_watch", "is_high", "change", "rows"]
    sums = {name: (name, "sum") for name in names}
    return rows.groupby("team_name", as_index=False).agg(people_count=("person_id", "nunique"), **sums)


def _changes(rows: pd.DataFrame) -> pd.Series:
    """Mark the weeks in which a told level differs from the one told before."""
    told = rows.loc[rows["level"].ne("NO DATA")].sort_values(["person_id", "week_start_date"])
    before = told.groupby("person_id")["level"].shift()
    changed = told["level"].ne(before) & before.notna()
    return changed.reindex(rows.index, fill_value=False)


def case_crossover(weeks: pd.DataFrame, absence_starts: pd.DataFrame) -> pd.DataFrame:
    """Compare the index in the week before an absence began with that of four weeks earlier, within the same person.

    People differ in much that no log knows, so each is compared with nobody but themselves (as Ropponen 2019 did);
    between people, long hours go with fewer absences, because those who are well work more.

    Parameters
    ----------
    weeks
        Rows of ``strain_weeks``.
    absence_starts
        ``person_id``, ``start_date``: first days of absences, without a reason.

    Returns
    -------
    DataFrame
        One row with ``absences``, ``odds_ratio`` (per ten points of the index), ``low``, ``high`` (95 %); no row under
        30 absences that have both weeks.
    """
    pairs = _pairs(weeks, absence_starts)
    if pairs["pair"].nunique() < MIN_ABSENCES:
        return pd.DataFrame({name: pd.Series(dtype="float64") for name in ("absences", "odds_ratio", "low", "high")})
    # A second to load, and most processes read what is on record.
    from statsmodels.discrete.conditional_models import ConditionalLogit  # noqa: PLC0415

    model = ConditionalLogit(
        pairs["is_case"].to_numpy(), pairs[["index_tens"]].to_numpy(), groups=pairs["pair"].to_numpy()
    )
    fitted = model.fit(disp=0)
    low, high = np.exp(fitted.conf_int()[0])
    return pd.DataFrame(
        [
            {
                "absences": pairs["pair"].nunique(),
                "odds_ratio": float(np.exp(fitted.params[0])),
                "low": float(low),
                "high": float(high),
            }
        ]
    )


def _pairs(weeks: pd.DataFrame, absence_starts: pd.DataFrame) -> pd.DataFrame:
    """Return two rows for each absence: the week before it (a case), and four weeks earlier (its control)."""
    start = absence_starts["start_date"]
    monday = start - pd.to_timedelta(start.dt.day_of_week, unit="D")
    cases = absence_starts.assign(pair=np.arange(len(absence_starts)))
    parts = [
        cases.assign(is_case=is_case, week_start_date=(monday - pd.Timedelta(weeks=back)).astype("datetime64[us]"))
        for is_case, back in ((1, 1), (0, 1 + _WINDOW_WEEKS))
    ]
    told = weeks.loc[weeks["level"].astype("str").ne("NO DATA"), ["person_id", "week_start_date", "index"]]
    rows = pd.concat(parts, ignore_index=True).merge(
        told, on=["person_id", "week_start_date"], how="inner", validate="many_to_one"
    )
    whole = rows.groupby("pair")["is_case"].transform("size").eq(2)
    return rows.loc[whole].assign(index_tens=rows["index"] / 10).sort_values(["pair", "is_case"], ignore_index=True)
