"""What a project's hours go into, against what is usual in its phase."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

#: Workshops, manuals and training belong together: half the day of them is normal before go-live, and not after.
GROUPS = {
    "workshop": "handing_over",
    "documentation": "handing_over",
    "training": "handing_over",
    "rework": "rework",
    "support": "support",
    "travel": "travel",
}

#: A norm needs so many projects in the phase.
MIN_PROJECTS = 5

#: Fewer hours in a phase say nothing of its mix.
MIN_HOURS = 80.0

#: A project whose last hours are older is over: it is part of the norm and is not told.
RECENT_WEEKS = 8

#: Usual is what nine of ten projects are between.
_LOW, _HIGH = 0.05, 0.95


def activity_mix(hours: pd.DataFrame) -> pd.DataFrame:
    """Compare each project's mix of activities in its latest phase with that of the other projects in the same phase.

    Parameters
    ----------
    hours
        ``project_id``, ``phase``, ``activity``, ``worked_hours``, ``last_week_date`` (of the phase in the project).

    Returns
    -------
    DataFrame
        One row per running project (hours in the last eight weeks) and group of activities: ``project_id``,
        ``phase``, ``group``, ``share``, ``norm_share``
        (median of the other projects), ``norm_low``, ``norm_high`` (nine of ten), ``is_unusual`` (over ``norm_high``).
        A phase with fewer than five other projects has no norm and no row.
    """
    rows = hours.loc[hours["phase"].notna() & hours["worked_hours"].gt(0)]
    grouped = rows.assign(group=rows["activity"].map(GROUPS).fillna("other"))
    shares = _shares(grouped)
    parts = []
    for (_phase, group), own in shares.groupby(["phase", "group"]):
        if group == "other" or len(own) <= MIN_PROJECTS:
            continue
        parts.append(_against_others(own))
    if not parts:
        names = ["share", "norm_share", "norm_low", "norm_high"]
        empty = {name: pd.Series(dtype="float64") for name in names}
        texts = {name: pd.Series(dtype="str") for name in ("project_id", "phase", "group")}
        return pd.DataFrame({**texts, **empty, "is_unusual": pd.Series(dtype=bool)})
    found = pd.concat(parts, ignore_index=True)
    ordered = rows.sort_values("last_week_date").drop_duplicates("project_id", keep="last")
    is_running = ordered["last_week_date"].ge(rows["last_week_date"].max() - pd.Timedelta(weeks=RECENT_WEEKS))
    latest = ordered.loc[is_running, ["project_id", "phase"]]
    return found.merge(latest, on=["project_id", "phase"], how="inner", validate="many_to_one").sort_values(
        ["project_id", "group"], ignore_index=True
    )


def _shares(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the share of each group in each project and phase; a group without hours has 0."""
    table = rows.pivot_table(
        index=["project_id", "phase"], columns="group", values="worked_hours", aggfunc="sum", fill_value=0.0
    )
    total = table.sum(axis=1)
    kept = table.loc[total.ge(MIN_HOURS)]
    return (
        kept.div(total.loc[kept.index], axis=0)
        .reset_index()
        .melt(id_vars=["project_id", "phase"], var_name="group", value_name="share")
    )


def _against_others(own: pd.DataFrame) -> pd.DataFrame:
    """Compare each project with all others of its phase: nobody is part of the own norm."""
    norms = pd.DataFrame(
        quantiles_of_others(own["share"].to_numpy(dtype=np.float64), (0.5, _LOW, _HIGH)),
        columns=["norm_share", "norm_low", "norm_high"],
        index=own.index,
    )
    return own.join(norms).assign(is_unusual=own["share"].gt(norms["norm_high"]))


def quantiles_of_others(values: npt.NDArray[np.float64], levels: Sequence[float]) -> npt.NDArray[np.float64]:
    """Return for each value the quantiles of all others, with linear interpolation between neighbours.

    Parameters
    ----------
    values
        At least two.

    Returns
    -------
    One row per value, one column per level.
    """
    order = np.argsort(values, kind="stable")
    rank = np.empty(len(values), dtype=np.int64)
    rank[order] = np.arange(len(values))
    ordered = values[order]
    place = np.asarray(levels) * (len(values) - 2)
    below, above = np.floor(place).astype(np.int64), np.ceil(place).astype(np.int64)

    def without(found: npt.NDArray[np.int64]) -> npt.NDArray[np.float64]:
        # Whoever stands at or above the one that is left out moves down by one place.
        return np.asarray(ordered[found[None, :] + (found[None, :] >= rank[:, None])])

    low = without(below)
    return np.asarray(low + (place - below) * (without(above) - low))
