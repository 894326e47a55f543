"""What sites ask for by role and week: of the rows given, with on-site minimum and seniority where they don't say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analytics.rotation.frames import Remark, seniority_number, weeks_of
from analytics.rotation.problem import SENIOR

if TYPE_CHECKING:
    from analytics.rotation.frames import RotationFrames
    from analytics.rotation.problem import Flags, Floats, Ints
    from analytics.rotation.settings import RotationSettings

#: Shares of the time from start to go-live at which design ends and testing begins, where only dates are known.
_DESIGN_UNTIL, _BUILD_UNTIL = 0.25, 0.65
#: The week of go-live, and so many before and after it (as in the strain index).
GO_LIVE_WINDOW_WEEKS = 1
PHASES = ("design", "build", "test", "go_live", "hypercare")
_GO_LIVE = PHASES.index("go_live")


@dataclass(frozen=True)
class Demand:
    """Roles with what is asked for, as arrays (see ``Problem``)."""

    role_project: Ints
    role_skills: tuple[str, ...]
    demand: Floats
    onsite_minimum: Floats
    is_go_live: Flags
    least_seniority: Ints
    named: Ints


def phases(projects: pd.DataFrame, first: pd.Timestamp, weeks_count: int) -> Ints:
    """Return P × W phases by the dates of the plan: numbers in :data:`PHASES`; without dates, build."""
    start = pd.to_datetime(projects["start_date"])
    live = pd.to_datetime(projects["go_live_date"]).fillna(pd.to_datetime(projects["planned_finish_date"]))
    from_start = weeks_of(start, first).to_numpy(dtype=float)[:, None]
    to_live = weeks_of(live, first).to_numpy(dtype=float)[:, None]
    week = np.arange(weeks_count)[None, :]
    with np.errstate(invalid="ignore", divide="ignore"):
        share = np.where(to_live > from_start, (week - from_start) / (to_live - from_start), 1.0)
    share = np.nan_to_num(share, nan=0.5)
    near = np.abs(week - to_live) <= GO_LIVE_WINDOW_WEEKS
    after = week > to_live + GO_LIVE_WINDOW_WEEKS
    by_time = np.where(share < _DESIGN_UNTIL, 0, np.where(share < _BUILD_UNTIL, 1, 2))
    return np.where(near, _GO_LIVE, np.where(after, _GO_LIVE + 1, by_time)).astype(np.int64)


def make_demand(
    frames: RotationFrames,
    projects: pd.DataFrame,
    person_place: dict[str, int],
    first: pd.Timestamp,
    weeks_count: int,
    settings: RotationSettings,
) -> tuple[Demand, list[Remark]]:
    """Return demand as arrays, and what is odd about it."""
    rows, remarks = _rows(frames.demand, projects, first, weeks_count)
    # Where nothing is asked for, one role of nobody stands for all: arrays need one.
    keys = sorted(set(zip(rows["project"].tolist(), rows["skill"].tolist(), strict=True))) or [(0, "")]
    place = {key: number for number, key in enumerate(keys)}
    role = np.array([place[k] for k in zip(rows["project"], rows["skill"], strict=True)], dtype=np.int64)
    week, project = rows["week"].to_numpy(dtype=np.int64), rows["project"].to_numpy(dtype=np.int64)
    phase = phases(projects, first, weeks_count)
    heads = rows["headcount"].to_numpy(dtype=float)
    shares = np.array([settings("phases", name) for name in PHASES])
    by_phase = np.ceil(heads * (1 - shares[phase[project, week]]) - 1e-9) if len(rows) else heads
    is_remote = rows["is_onsite"].astype("boolean").eq(other=False).fillna(value=False).to_numpy(dtype=bool)
    by_phase = np.where(is_remote, 0.0, by_phase)
    least = rows["onsite_headcount"].to_numpy(dtype=float)
    onsite = np.minimum(np.where(np.isnan(least), by_phase, least), heads)
    demand = np.zeros((len(keys), weeks_count))
    minimum = np.zeros((len(keys), weeks_count))
    demand[role, week], minimum[role, week] = heads, onsite
    asked = np.full((len(projects), weeks_count), -1, dtype=np.int64)
    told = rows["min_seniority"].notna().to_numpy(dtype=bool)
    np.maximum.at(
        asked, (project[told], week[told]), [seniority_number(text) for text in rows.loc[told, "min_seniority"]]
    )
    named, more = _named(rows, person_place)
    made = Demand(
        np.array([key[0] for key in keys], dtype=np.int64),
        tuple(key[1] for key in keys),
        demand,
        minimum,
        phase == _GO_LIVE,
        np.where(asked < 0, SENIOR, asked),
        named,
    )
    return made, remarks + more


def _rows(
    demand: pd.DataFrame, projects: pd.DataFrame, first: pd.Timestamp, weeks_count: int
) -> tuple[pd.DataFrame, list[Remark]]:
    """Return the rows of the weeks of the plan, one for each project, skill and week (the largest of several)."""
    place = {name: number for number, name in enumerate(projects["project_id"].tolist())}
    rows = demand.assign(
        project=demand["project_id"].map(place),
        week=weeks_of(demand["week_start_date"], first),
        headcount=pd.to_numeric(demand["headcount"]).astype("Float64").fillna(1.0).astype("float64"),
        onsite_headcount=pd.to_numeric(demand["onsite_headcount"]).astype("Float64").astype("float64"),
    )
    remarks = [
        Remark("demand_of_unknown_project", str(name))
        for name in sorted(set(rows.loc[rows["project"].isna(), "project_id"].astype(str)))
    ]
    rows = rows[rows["project"].notna() & rows["week"].between(0, weeks_count - 1) & rows["headcount"].gt(0)]
    rows = rows.sort_values(["project", "skill", "week", "headcount"], kind="stable")
    kept = rows.drop_duplicates(["project", "skill", "week"], keep="last")
    return kept.astype({"project": "int64", "week": "int64"}).reset_index(drop=True), remarks


def _named(rows: pd.DataFrame, person_place: dict[str, int]) -> tuple[Ints, list[Remark]]:
    asked = rows[rows["named_person_id"].notna()]
    unknown = sorted({str(name) for name in asked["named_person_id"] if name not in person_place})
    asked = asked[asked["named_person_id"].isin(list(person_place))]
    found = np.array(
        sorted(
            {
                (person_place[str(name)], int(project), int(week))
                for name, project, week in zip(asked["named_person_id"], asked["project"], asked["week"], strict=True)
            }
        ),
        dtype=np.int64,
    ).reshape(-1, 3)
    return found, [Remark("named_person_unknown", name) for name in unknown]
