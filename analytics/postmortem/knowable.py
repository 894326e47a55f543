"""When a delay could have been known: the first week in which a sign stood that had proved itself by then."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import pandas as pd

from analytics.delay.view import LATE_AFTER_WEEKS
from analytics.postmortem.signs import SIGNS

#: A sign is trusted once it stood in so many finished projects ...
LEAST_RANG_COUNT: Final = 5
#: ... and at most this share of them was punctual ...
MOST_FALSE_SHARE: Final = 1 / 3
#: ... and it stood less often in punctual projects than in late ones, by this factor: else it tells nothing apart.
#: Both shares are drawn towards a half by two made-up projects (rule of succession), so that few projects prove little.
LEAST_LIFT: Final = 1.5
RECORD_COLUMNS: Final = (
    "sign",
    "projects_count",
    "late_count",
    "rang_count",
    "false_count",
    "missed_count",
    "lead_weeks",
    "is_trusted",
)


@dataclass(frozen=True)
class Knowable:
    """The first knowable week of one project, and the sign by which.

    ``by_record`` says on whose word the sign counted: ``then`` (finished projects of that day) or ``today`` (all that
    have finished since: hindsight about the sign, not about the project). Counts are of other projects as known today.
    """

    week_start_date: pd.Timestamp
    sign: str
    by_record: str
    rang_count: int
    false_count: int
    rang_then_count: int
    false_then_count: int


def first_rings(signs: pd.DataFrame) -> pd.DataFrame:
    """Return when each sign first stood in each project, before the end of its first plan: later it is no sign."""
    early = signs[signs["week_start_date"] < signs["first_plan_date"]]
    parts = []
    for sign in SIGNS:
        rang = early[early[sign]].drop_duplicates("project_id")
        parts.append(rang[["project_id", "week_start_date"]].assign(sign=sign))
    return pd.concat(parts, ignore_index=True).rename(columns={"week_start_date": "first_week_date"})


def outcomes_of(projects: pd.DataFrame, signs: pd.DataFrame) -> pd.DataFrame:
    """Return the finished projects with a first plan: ``end_date``, ``first_plan_date``, ``is_late`` (by two weeks)."""
    plans = signs.dropna(subset=["first_plan_date"]).drop_duplicates("project_id", keep="last")
    done = projects[projects["is_finished"].astype(bool)][["project_id", "end_date"]]
    found = done.merge(plans[["project_id", "first_plan_date"]], on="project_id", how="inner", validate="1:1")
    late = (found["end_date"] - found["first_plan_date"]).dt.days / 7.0 > LATE_AFTER_WEEKS
    return found.assign(is_late=late)


def record_of(rings: pd.DataFrame, outcomes: pd.DataFrame, day: pd.Timestamp, leave_out: str = "") -> pd.DataFrame:
    """Return how each sign did in projects that had finished by a day, one of them left out.

    ``false_count``: it stood and the project was punctual; ``missed_count``: it never stood and the project was late;
    ``lead_weeks``: from its first week to the end of the first plan, median over late projects.
    """
    past = outcomes[(outcomes["end_date"] <= day) & outcomes["project_id"].ne(leave_out)]
    late_count = int(past["is_late"].sum())
    rows = []
    for sign in SIGNS:
        rang = past.merge(rings[rings["sign"].eq(sign)], on="project_id", how="inner", validate="1:1")
        is_late = rang["is_late"].astype(bool)
        lead = (rang["first_plan_date"] - rang["first_week_date"])[is_late].dt.days.median() / 7.0
        false_count = int((~is_late).sum())
        trusted = _is_trusted(len(past), late_count, len(rang), false_count)
        counts = (len(past), late_count, len(rang), false_count, late_count - int(is_late.sum()))
        rows.append((sign, *counts, lead, trusted))
    return pd.DataFrame(rows, columns=list(RECORD_COLUMNS))


def _is_trusted(projects: int, late: int, rang: int, false: int) -> bool:
    if rang < LEAST_RANG_COUNT or false > MOST_FALSE_SHARE * rang or not late:
        return False
    punctual = projects - late
    return (false + 1) / (punctual + 2) * LEAST_LIFT <= (rang - false + 1) / (late + 2)


def knowable_of(
    signs: pd.DataFrame, rings: pd.DataFrame, outcomes: pd.DataFrame, project_id: str, today: pd.Timestamp
) -> Knowable | None:
    """Return the first knowable week of a project, or nothing where no sign with a record stood in time.

    Weeks are looked at in order, each with the record of the projects that had finished by its end; where none was
    trusted in its own time, the record of today decides.
    """
    own = signs[signs["project_id"].eq(project_id) & (signs["week_start_date"] < signs["first_plan_date"])]
    record = record_of(rings, outcomes, today, project_id).set_index("sign")
    weeks = [(row, [sign for sign in SIGNS if row[sign]]) for row in own.to_dict("records")]
    standing = [(pd.Timestamp(row["week_start_date"]), signs_up) for row, signs_up in weeks if signs_up]
    ends = outcomes.loc[outcomes["project_id"].ne(project_id), "end_date"]
    kept: dict[int, pd.DataFrame] = {}

    def then(week: pd.Timestamp) -> pd.DataFrame:
        day = week + pd.Timedelta(days=6)
        count = int((ends <= day).sum())
        if count not in kept:
            kept[count] = record_of(rings, outcomes, day, project_id).set_index("sign")
        return kept[count]

    for by_record in ("then", "today"):
        for week, signs_up in standing:
            judged = then(week) if by_record == "then" else record
            trusted = judged.loc[signs_up][judged.loc[signs_up, "is_trusted"].astype(bool)]
            if not trusted.empty:
                # Of several signs in one week the one that was wrong least often tells most.
                sign = str((trusted["false_count"] / trusted["rang_count"]).idxmin())
                return _found(week, sign, by_record, record, then(week))
    return None


def _found(week: pd.Timestamp, sign: str, by_record: str, record: pd.DataFrame, record_then: pd.DataFrame) -> Knowable:
    counts = [
        int(pd.to_numeric(table["rang_count" if is_rang else "false_count"])[sign])
        for table in (record, record_then)
        for is_rang in (True, False)
    ]
    return Knowable(week, sign, by_record, *counts)
