"""The delay account: weeks late by cause and window, adding up; windows, as-planned v as-built.

The method follows the windows analysis of the SCL Delay and Disruption Protocol (2nd ed. 2017, section 11) and of AACE
RP 29R-03 (method 3.3), with the planned pace in the place of a network of activities, which these projects don't have.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, TypeAlias, get_args

import numpy as np
import pandas as pd

from analytics.postmortem.as_built import as_built_of, request_weeks
from analytics.postmortem.case import NoAccountError, Remark, gaps_of, remarks_of
from analytics.postmortem.spells import Spell, productive_hours, spells_of, usual_yield

if TYPE_CHECKING:
    from analytics.evaluation.scores import Floats
    from analytics.postmortem.as_built import AsBuilt
    from analytics.postmortem.case import Case

Cause: TypeAlias = Literal[
    "late_start",
    "scope",
    "scope_cut",
    "rework",
    "productivity",
    "standstill",
    "staffing",
    "leave",
    "pause",
    "handover",
    "gate",
    "open_work",
]
CAUSES: Final[tuple[Cause, ...]] = get_args(Cause)
WindowsBy: TypeAlias = Literal["month", "replan"]
#: Spells to which their weeks belong whole, and the cause under which they stand.
WHOLE_WEEKS: Final[dict[str, Cause]] = {"late_start": "late_start", "pause": "pause", "go_live_wait": "gate"}
#: Spells whose weeks are split, and the cause that gets what the hours brought less than usual.
_WITHIN_SPELLS: Final[dict[str, Cause]] = {"handover": "handover", "gate": "gate", "standstill": "standstill"}
#: Causes that split the loss of an ordinary week.
_IN_THE_WEEKS: Final[tuple[Cause, ...]] = ("leave", "staffing", "rework", "productivity")
#: Two causes count as effective at once in a window where each cost at least so many weeks.
_LEAST_JOINT_WEEKS: Final = 0.05


@dataclass(frozen=True, eq=False)
class Account:
    """Where the weeks went.

    ``lines``: ``cause``, ``department`` (of scope, else empty), ``delay_weeks``; they add up to ``late_weeks``.
    ``requests``: one row per approved request with ``delay_weeks``. ``losses``: one row per week, one column per cause.
    ``windows``: ``window_start_date``, ``window_end_date``, ``cause``, ``delay_weeks``. ``joint``: pairs of causes
    that cost time in the same window: ``first_cause``, ``second_cause``, ``joint_weeks``.
    """

    late_weeks: float
    replay_error_weeks: float
    lines: pd.DataFrame
    requests: pd.DataFrame
    losses: pd.DataFrame
    windows: pd.DataFrame
    joint: pd.DataFrame
    spells: tuple[Spell, ...]
    usual_yield: float
    built: AsBuilt
    remarks: tuple[Remark, ...]


def account_of(case: Case, windows_by: WindowsBy = "month") -> Account:
    """Return the account of a project.

    With the planned pace p (budget over planned weeks) the finish that follows from the work remaining, at the planned
    pace, moves in each week by its length less the work earned over p, plus the scope added over p. Summed from the
    planned start to the end this is the true delay, less the work that the replay holds open at the end over p (the
    replay error, a line of its own). The loss of a week is split in a fixed order: hours below the planned ones at the
    planned yield (recorded leave first, then staffing), rework, then what the productive hours brought less than one
    hour of work each: within a spell (handover, gate, standstill) the part below the project's usual yield belongs to
    the spell, the rest to productivity. Weeks of a late start, a pause and the wait for the go-live belong to it whole.

    Raises
    ------
    NoAccountError
        The project lacks a plan, a budget, hours or progress, or ended before it began.
    """
    gaps = gaps_of(case)
    if gaps:
        raise NoAccountError(gaps)
    built = as_built_of(case)
    spells = spells_of(case, built)
    usual = usual_yield(built, spells)
    requests = _request_lines(case, built)
    error = built.open_hours / built.pace
    losses = _losses(built, spells, usual, requests, error)
    windows = _windows(case, built, losses, windows_by)
    is_finished = case.ending == "finished"
    return Account(
        late_weeks=built.true_weeks - built.planned_weeks if is_finished else float(losses.to_numpy().sum()),
        replay_error_weeks=error,
        lines=_lines(losses, requests),
        requests=requests.drop(columns="place"),
        losses=losses.assign(week_start_date=built.weeks["week_start_date"]),
        windows=windows,
        joint=_joint(windows),
        spells=spells,
        usual_yield=usual,
        built=built,
        remarks=remarks_of(case),
    )


def _request_lines(case: Case, built: AsBuilt) -> pd.DataFrame:
    """Return the approved requests that entered the scope before the end, each with its weeks and its place."""
    places = request_weeks(case, built.weeks)
    names = ["change_request_id", "requested_by", "cause", "phase_at_arrival", "counted_from", "estimated_hours"]
    rows = case.approved.reindex(columns=[*names, "actual_hours"])
    rows = rows.assign(
        department=rows["requested_by"].astype("string").fillna("").astype("str"),
        place=places,
        delay_weeks=rows["estimated_hours"] / built.pace,
    )
    return rows[places >= 0].drop(columns="requested_by").reset_index(drop=True)


def _losses(
    built: AsBuilt, spells: tuple[Spell, ...], usual: float, requests: pd.DataFrame, error: float
) -> pd.DataFrame:
    """Return one row per week and one column per cause, in weeks of delay."""
    weeks, pace = built.weeks, built.pace
    size = len(weeks)
    planned, booked, rework, leave, earned = (
        weeks[name].to_numpy(dtype=np.float64)
        for name in ("planned_hours", "booked_hours", "rework_hours", "leave_hours", "earned_hours")
    )
    productive = productive_hours(built)
    short = planned - booked
    on_leave = np.minimum(np.maximum(short, 0.0), leave)
    parts: dict[Cause, Floats] = {cause: np.zeros(size) for cause in CAUSES}
    parts["leave"], parts["staffing"], parts["rework"] = on_leave, short - on_leave, rework.copy()
    parts["productivity"] = productive - earned
    for spell in spells:
        inside = slice(spell.first, spell.last + 1)
        whole = WHOLE_WEEKS.get(spell.kind)
        if whole is not None:
            for cause in _IN_THE_WEEKS:
                parts[cause][inside] = 0.0
            parts[whole][inside] = (planned - earned)[inside]
            continue
        lost = (productive * usual - earned)[inside]
        # A spell in which the hours brought as much as ever cost nothing: then it is no cause.
        if lost.sum() > 0:
            parts[_WITHIN_SPELLS[spell.kind]][inside] += lost
            parts["productivity"][inside] -= lost
    hours, place = requests["estimated_hours"].to_numpy(dtype=np.float64), requests["place"].to_numpy()
    parts["scope"] = np.bincount(place, np.maximum(hours, 0.0), minlength=size).astype(np.float64)
    parts["scope_cut"] = np.bincount(place, np.minimum(hours, 0.0), minlength=size).astype(np.float64)
    parts["open_work"][-1] = -error * pace
    return pd.DataFrame({cause: parts[cause] / pace for cause in CAUSES})


def _lines(losses: pd.DataFrame, requests: pd.DataFrame) -> pd.DataFrame:
    """Return the account line by line: scope by department, the largest first within the fixed order of causes."""
    rows: list[tuple[str, str, float]] = []
    for cause in CAUSES:
        if cause == "scope":
            more = requests[requests["delay_weeks"] > 0].groupby("department")["delay_weeks"].sum()
            rows += [(cause, str(name), float(one)) for name, one in more.sort_values(ascending=False).items()]
            continue
        weeks = float(losses[cause].sum())
        if abs(weeks) > 1e-12:
            rows.append((cause, "", weeks))
    return pd.DataFrame(rows, columns=["cause", "department", "delay_weeks"])


def _windows(case: Case, built: AsBuilt, losses: pd.DataFrame, windows_by: WindowsBy) -> pd.DataFrame:
    """Return the losses of each window by cause; a week belongs to the window in which it begins."""
    mondays = built.weeks["week_start_date"]
    if windows_by == "month":
        number = (mondays.dt.year * 12 + mondays.dt.month).to_numpy(dtype=np.int64)
    else:
        moves = np.array(sorted(case.replans), dtype="datetime64[us]")
        number = np.searchsorted(moves, mondays.to_numpy(dtype="datetime64[us]"), side="right").astype(np.int64)
    starts = mondays.groupby(number).transform("min")
    table = losses.assign(window_start_date=starts.astype("datetime64[us]"), day=mondays)
    ends = table.groupby("window_start_date")["day"].max() + pd.Timedelta(days=6)
    sums = table.drop(columns="day").groupby("window_start_date", as_index=False).sum()
    tall = sums.melt(id_vars="window_start_date", var_name="cause", value_name="delay_weeks")
    return tall.assign(window_end_date=tall["window_start_date"].map(ends))


def _joint(windows: pd.DataFrame) -> pd.DataFrame:
    """Return pairs of causes that each cost time in the same window: the smaller loss of the two is joint.

    Each alone would have cost at least that much, so it is credited to both and to neither alone; whose it is, is not
    said (concurrent delay: SCL Protocol 2017, section 10).
    """
    wide = windows.pivot_table(index="window_start_date", columns="cause", values="delay_weeks", aggfunc="sum")
    wide = wide.reindex(columns=[cause for cause in CAUSES if cause != "open_work"], fill_value=0.0)
    costly = wide.where(wide >= _LEAST_JOINT_WEEKS, 0.0)
    rows = []
    for number, first in enumerate(costly.columns):
        for second in costly.columns[number + 1 :]:
            joint = float(np.minimum(costly[first], costly[second]).sum())
            if joint > 0:
                rows.append((str(first), str(second), joint))
    found = pd.DataFrame(rows, columns=["first_cause", "second_cause", "joint_weeks"])
    return found.sort_values("joint_weeks", ascending=False, kind="stable", ignore_index=True)
