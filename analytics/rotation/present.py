"""Who works where at present and what people know, read from hours: for homes without a roster or without skills."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from analytics.rotation.frames import records, weeks_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from analytics.rotation.problem import Floats

#: Weeks before the plan whose hours tell where somebody works; the newest ones may not be filed yet.
LOOK_BACK_WEEKS: Final = 6
#: Hours for a project in a week from which on somebody works there.
_LEAST_HOURS: Final = 8.0
#: Hours for a product from which on somebody knows it: a week.
_KNOWN_HOURS: Final = 40.0
#: Somebody stays with a project while it is more likely than not that it still runs.
_STAYS: Final = 0.5
#: What somebody knows who worked for projects without a product.
ANY_SKILL: Final = "project work"

_ROSTER: Final = ("person_id", "project_id", "week_start_date", "planned_hours", "is_onsite", "is_tentative")


def present_roster(hours: pd.DataFrame, needs: Mapping[str, Floats], first: pd.Timestamp) -> pd.DataFrame:
    """Return a roster in which everybody stays where they have worked most lately.

    Parameters
    ----------
    hours
        ``person_id``, ``project_id``, ``week_start_date``, ``worked_hours``, ``onsite_hours``.
    needs
        By project the chance that it still runs in each week of the plan.

    Returns
    -------
    Rows of past weeks as they were worked, and tentative ones of the weeks of the plan.
    """
    week = weeks_of(hours["week_start_date"], first)
    lately = hours[week.between(-LOOK_BACK_WEEKS, -1) & hours["worked_hours"].ge(_LEAST_HOURS)]
    lately = lately.assign(is_onsite=lately["onsite_hours"] > lately["worked_hours"] / 2)
    past = lately.assign(planned_hours=lately["worked_hours"], is_tentative=False)[list(_ROSTER)]
    sums = lately.groupby(["person_id", "project_id"], as_index=False)[["worked_hours", "onsite_hours"]].sum()
    sums = sums[sums["project_id"].isin(list(needs))]
    most = sums.sort_values(["person_id", "worked_hours", "project_id"], ascending=[True, False, True], kind="stable")
    stays = most.drop_duplicates("person_id")
    stays = stays.assign(is_onsite=stays["onsite_hours"] > stays["worked_hours"] / 2)
    parts = [past]
    for row in records(stays):
        weeks = np.flatnonzero(needs[str(row["project_id"])] >= _STAYS)
        parts.append(
            pd.DataFrame(
                {
                    "person_id": row["person_id"],
                    "project_id": row["project_id"],
                    "week_start_date": [first + pd.Timedelta(weeks=int(week)) for week in weeks],
                    "planned_hours": np.nan,
                    "is_onsite": row["is_onsite"],
                    "is_tentative": True,
                }
            )
        )
    whole = [part for part in parts if len(part)]
    return pd.concat(whole, ignore_index=True) if whole else past


def skills_from_hours(hours: pd.DataFrame, projects: pd.DataFrame) -> pd.DataFrame:
    """Return ``person_id`` and ``skill``: the products for whose projects somebody has worked a week or more.

    Parameters
    ----------
    hours
        ``person_id``, ``project_id``, ``worked_hours`` of all that is known.
    projects
        ``project_id``, ``product``.
    """
    product = projects.set_index("project_id")["product"].astype("string").replace("", None).fillna(ANY_SKILL)
    found = hours.assign(skill=hours["project_id"].map(product).fillna(ANY_SKILL))
    sums = found.groupby(["person_id", "skill"], as_index=False)["worked_hours"].sum()
    is_known = sums["worked_hours"] >= _KNOWN_HOURS
    return pd.DataFrame(sums[is_known], columns=["person_id", "skill"]).reset_index(drop=True)
