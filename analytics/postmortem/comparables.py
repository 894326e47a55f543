"""Finished projects most like one, where it stands among them, and costs beside what is usual."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

#: With fewer finished projects of its product, all products are the class.
LEAST_CLASS_COUNT: Final = 5
NEAREST_COUNT: Final = 6
#: Another product is as far away as a plan three times as long.
_OTHER_PRODUCT: Final = float(np.log(3.0))
#: Shown of the class: its middle and its tail.
_LEVELS: Final = {"p25": 0.25, "p50": 0.5, "p75": 0.75, "p90": 0.9}


@dataclass(frozen=True, eq=False)
class Comparables:
    """``nearest``: ``project_id``, ``late_weeks``, ``late_share``, ``planned_weeks``, ``budget_hours``, ``distance``.

    ``late_share`` is weeks late over planned weeks. ``below_share``: the share of the class that was less late.
    """

    class_count: int
    is_of_product: bool
    late_share: float
    below_share: float
    quantiles: dict[str, float]
    nearest: pd.DataFrame


def comparables_of(projects: pd.DataFrame, project_id: str) -> Comparables | None:
    """Return where a project stands among finished ones; nothing where its plan or its end is not known.

    Parameters
    ----------
    projects
        ``project_id``, ``product``, ``planned_weeks``, ``budget_hours``, ``late_weeks`` of finished projects and of the
        one that is asked about.
    """
    known = projects.dropna(subset=["planned_weeks", "late_weeks"])
    known = known[known["planned_weeks"] > 0].assign(late_share=known["late_weeks"] / known["planned_weeks"])
    own = known[known["project_id"].eq(project_id)]
    others = known[known["project_id"].ne(project_id)]
    if own.empty or others.empty:
        return None
    one = own.iloc[0]
    same = others[others["product"].eq(one["product"])]
    is_of_product = len(same) >= LEAST_CLASS_COUNT
    of_class = same if is_of_product else others
    share = float(one["late_share"])
    length = np.log(others["planned_weeks"] / float(one["planned_weeks"])).abs()
    size = np.log(others["budget_hours"] / float(one["budget_hours"])).abs().fillna(_OTHER_PRODUCT)
    distance = length + size + np.where(others["product"].eq(one["product"]), 0.0, _OTHER_PRODUCT)
    nearest = others.assign(distance=distance).sort_values("distance", kind="stable").head(NEAREST_COUNT)
    names = ["project_id", "product", "late_weeks", "late_share", "planned_weeks", "budget_hours", "distance"]
    return Comparables(
        class_count=len(of_class),
        is_of_product=is_of_product,
        late_share=share,
        below_share=float((of_class["late_share"] < share).mean()),
        quantiles={name: float(of_class["late_share"].quantile(level)) for name, level in _LEVELS.items()},
        nearest=nearest[names].reset_index(drop=True),
    )


def beside_usual(costs: pd.DataFrame, project_id: str, measures: tuple[str, ...]) -> pd.DataFrame:
    """Return each cost of one project beside what was usual in finished ones, by a thousand booked hours.

    Parameters
    ----------
    costs
        ``project_id``, ``booked_hours`` and the measures, one row per project.

    Returns
    -------
    ``measure``, ``value`` (as counted), ``rate``, ``usual_low``, ``usual``, ``usual_high`` (quartiles of the rate over
    the others, not a number below five of them) and ``others_count``.
    """
    worked = costs[costs["booked_hours"] > 0].set_index("project_id")
    if project_id not in worked.index:
        return pd.DataFrame(columns=["measure", "value", "rate", "usual_low", "usual", "usual_high", "others_count"])
    rows = []
    for measure in measures:
        rates = 1000.0 * worked[measure].astype("float64") / worked["booked_hours"]
        others = rates.drop(project_id).dropna()
        is_enough = len(others) >= LEAST_CLASS_COUNT
        usual = [float(others.quantile(level)) if is_enough else np.nan for level in (0.25, 0.5, 0.75)]
        value = float(pd.to_numeric(worked[measure]).astype("float64")[project_id])
        rows.append((measure, value, float(rates[project_id]), *usual, len(others)))
    return pd.DataFrame(rows, columns=["measure", "value", "rate", "usual_low", "usual", "usual_high", "others_count"])
