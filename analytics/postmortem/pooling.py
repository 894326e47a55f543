"""Accounts of many projects together: which causes cost clients, products and team sizes most, partially pooled."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

#: With fewer groups nothing says how much groups differ: then each is drawn to the mean as if it had so many more.
_DEFAULT_PRIOR_COUNT: Final = 4.0
_LEAST_GROUPS_COUNT: Final = 4


def pooled_accounts(lines: pd.DataFrame, groups: pd.DataFrame, by: str) -> pd.DataFrame:
    """Return the mean weeks of each cause by group, small groups drawn towards the mean of all.

    The weight of a group's own mean is ``n / (n + k)``, with k the variance within groups over that between them
    (empirical Bayes, method of moments; Efron and Morris 1975), four where it can't be told.

    Parameters
    ----------
    lines
        ``project_id``, ``cause``, ``delay_weeks``.
    groups
        ``project_id`` and the column ``by``.

    Returns
    -------
    ``cause``, ``group``, ``projects_count``, ``mean_weeks`` (of the group alone), ``pooled_weeks``, ``all_weeks``.
    """
    wide = lines.pivot_table(index="project_id", columns="cause", values="delay_weeks", aggfunc="sum", fill_value=0.0)
    named = groups.drop_duplicates("project_id").set_index("project_id")[by].reindex(wide.index).dropna()
    wide = wide.loc[named.index]
    rows = []
    for cause in wide.columns:
        values = wide[cause]
        found = values.groupby(named).agg(["size", "mean"])
        prior = _prior_count(values, named)
        mean = float(values.mean())
        weight = found["size"] / (found["size"] + prior)
        pooled = weight * found["mean"] + (1 - weight) * mean
        rows += [
            (str(cause), str(group), int(count), float(own), float(drawn), mean)
            for group, count, own, drawn in zip(found.index, found["size"], found["mean"], pooled, strict=True)
        ]
    columns = ["cause", "group", "projects_count", "mean_weeks", "pooled_weeks", "all_weeks"]
    return pd.DataFrame(rows, columns=columns)


def _prior_count(values: pd.Series[float], named: pd.Series[str]) -> float:
    """Return the variance within groups over that between them: so many projects weigh as much as the mean of all."""
    groups = values.groupby(named)
    sizes = groups.size()
    if len(sizes) < _LEAST_GROUPS_COUNT or len(values) <= len(sizes):
        return _DEFAULT_PRIOR_COUNT
    within = float(((values - groups.transform("mean")) ** 2).sum() / (len(values) - len(sizes)))
    spread = float(np.average((groups.mean() - values.mean()) ** 2, weights=sizes))
    between = spread - within * (len(sizes) - 1) / len(values)
    return within / between if between > 1e-9 else 1e9


def team_size(people_count: float) -> str:
    """Return the class of a team by how many people worked on it in a usual week."""
    if not np.isfinite(people_count):
        return ""
    return "1-2" if people_count < 2.5 else "3-4" if people_count < 4.5 else "5+"
