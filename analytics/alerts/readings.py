"""What each rule of alerts measures, and of whom: figures of projects, teams and decisions, never of a person."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from analytics.known.groups import SMALLEST_GROUP_COUNT
from analytics.known.late_requests import late_flags
from analytics.review.announcing import chance_of_keeping, day_for
from analytics.review.items import count_bits, plain

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from analytics.alerts.rules import AlertRules, Rule

#: What a burst of requests is compared with.
_PAST_WEEKS: Final = 26


@dataclass(frozen=True)
class Reading:
    """What a rule found of one subject.

    Parameters
    ----------
    subject
        ``project:ID``, ``team:NAME``, ``decision:NUMBER`` or ``project:ID:COUNTER``.
    value
        The figure in the rule's unit; nothing where it can't be told now, which changes nothing.
    before
        The figure a week before, where it is known.
    figures
        Plain values that the sentence is made of.
    """

    subject: str
    value: float | None
    before: float | None = None
    figures: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class AlertFrames:
    """What rules look at, as known on the day; a table that can't be told is nothing, and its rules rest.

    Parameters
    ----------
    forecast, forecast_before
        Rows of ``analytics.delay.forecast_on`` of the day and of a week before.
    said
        Medians that were told before: ``project_id``, ``as_of_date``, ``finish_p50_date``, and ``is_alert`` where an
        alert told it.
    promises
        ``project_id``, ``announced_date``, ``change_count``.
    levels, people
        ``person_id``, ``level``; ``person_id``, ``team_name``.
    filing
        ``team_name``, ``expected_count``, ``filed_count`` of the reporting week.
    requests
        ``project_id``, ``raised_at``, ``go_live_date``, ``phase_at_arrival``, ``estimated_hours``.
    decisions
        ``decision_id``, ``project_id``, ``due_date``, ``status``.
    presence
        ``project_id``, ``counter_name``, ``people_count``.
    """

    as_of_date: pd.Timestamp
    forecast: pd.DataFrame | None = None
    forecast_before: pd.DataFrame | None = None
    said: pd.DataFrame | None = None
    promises: pd.DataFrame | None = None
    levels: pd.DataFrame | None = None
    people: pd.DataFrame | None = None
    filing: pd.DataFrame | None = None
    requests: pd.DataFrame | None = None
    decisions: Sequence[Mapping[str, Any]] | None = None
    presence: pd.DataFrame | None = None


def readings(frames: AlertFrames, rules: AlertRules) -> dict[str, list[Reading]]:
    """Return what each rule that is on found; a rule whose tables are missing is left out."""
    found = {name: _MEASURES[name](frames, rule) for name, rule in rules.rules.items()}
    return {name: rows for name, rows in found.items() if rows is not None}


def _late(frames: AlertFrames, _rule: Rule) -> list[Reading] | None:
    if frames.forecast is None:
        return None
    before = {}
    if frames.forecast_before is not None and len(frames.forecast_before):
        before = frames.forecast_before.set_index("project_id")["late_probability"].to_dict()
    names = ("finish_p50_date", "finish_p80_date", "committed_date")
    return [
        Reading(
            f"project:{row['project_id']}",
            _number(row["late_probability"]),
            _number(before.get(row["project_id"])),
            plain({"project_id": row["project_id"], **{name: row.get(name) for name in names}}),
        )
        for row in frames.forecast.to_dict("records")
    ]


def _promise(frames: AlertFrames, _rule: Rule) -> list[Reading] | None:
    if frames.forecast is None or frames.promises is None:
        return None
    found = []
    for row in frames.promises.merge(frames.forecast, on="project_id", how="inner").to_dict("records"):
        chance = chance_of_keeping(row, pd.Timestamp(row["announced_date"]))
        figures = {name: row[name] for name in ("project_id", "announced_date")}
        figures |= {"proposed_date": day_for(row, 0.8)}
        found.append(Reading(f"project:{row['project_id']}", chance, None, plain(figures)))
    return found


def _moved(frames: AlertFrames, rule: Rule) -> list[Reading] | None:
    """Compare each median with the one that an alert told last, else with the oldest of the weeks looked back."""
    if frames.forecast is None or frames.said is None:
        return None
    since = frames.as_of_date - pd.Timedelta(weeks=rule.numbers["within_weeks"])
    said = frames.said.dropna(subset=["finish_p50_date"])
    said = said[(said["as_of_date"] >= since) & (said["as_of_date"] <= frames.as_of_date)]
    # A stable order: what an alert told comes before what was only on record, the newest alert first.
    alerts = said[said["is_alert"].astype(bool)].sort_values("as_of_date").groupby("project_id").last()
    records = said[~said["is_alert"].astype(bool)].sort_values("as_of_date").groupby("project_id").first()
    found = []
    for row in frames.forecast.to_dict("records"):
        project_id, now = row["project_id"], row["finish_p50_date"]
        source = alerts if project_id in alerts.index else records
        if project_id not in source.index or pd.isna(now):
            found.append(Reading(f"project:{project_id}", None))
            continue
        then = source.loc[project_id]
        days = (pd.Timestamp(now) - pd.Timestamp(then["finish_p50_date"])).days
        figures = {
            "project_id": project_id,
            "moved_days": days,
            "finish_p50_date": now,
            "finish_p50_date_before": then["finish_p50_date"],
            "since_date": then["as_of_date"],
        }
        found.append(Reading(f"project:{project_id}", float(abs(days)), None, plain(figures)))
    return found


def _level(frames: AlertFrames, _rule: Rule) -> list[Reading] | None:
    if frames.levels is None or frames.people is None or frames.levels.empty:
        return None
    rows = frames.levels.merge(frames.people[["person_id", "team_name"]], on="person_id", how="inner")
    rows = rows[rows["team_name"].fillna("").ne("")]
    teams = rows.assign(is_high=rows["level"].astype("str").eq("HIGH")).groupby("team_name")
    found = []
    for team, own in teams:
        is_told = len(own) >= SMALLEST_GROUP_COUNT
        count = int(own["is_high"].sum())
        figures = {"people_count": count, "team_count": len(own)} if is_told else {}
        found.append(Reading(f"team:{team}", float(count) if is_told else None, None, figures))
    return found


def _filing(frames: AlertFrames, rule: Rule) -> list[Reading] | None:
    if frames.filing is None or frames.filing.empty:
        return None
    found = []
    for row in frames.filing.to_dict("records"):
        expected, filed = int(row["expected_count"]), int(row["filed_count"])
        if not row["team_name"] or expected < rule.numbers["least_people"]:
            continue
        figures = plain({"expected_count": expected, "filed_count": filed, "week": row.get("week_start_date")})
        found.append(Reading(f"team:{row['team_name']}", filed / expected, None, figures))
    return found


def _requests(frames: AlertFrames, rule: Rule) -> list[Reading] | None:
    """Count late requests of the last weeks against the project's own rate of late requests before."""
    if frames.requests is None or frames.forecast is None:
        return None
    weeks = rule.numbers["weeks"]
    begin = frames.as_of_date - pd.Timedelta(weeks=weeks)
    oldest = begin - pd.Timedelta(weeks=_PAST_WEEKS)
    late = frames.requests[late_flags(frames.requests)]
    raised = pd.to_datetime(late["raised_at"]).dt.normalize()
    late = late.assign(raised=raised)[(raised > oldest) & (raised <= frames.as_of_date)]
    running = set(frames.forecast["project_id"])
    found = []
    for project_id, own in late[late["project_id"].isin(running)].groupby("project_id"):
        fresh, past = own[own["raised"] > begin], own[own["raised"] <= begin]
        usual = (len(past) + 0.5) / (_PAST_WEEKS + 1) * weeks
        bits = count_bits(len(fresh), usual) if len(fresh) >= rule.numbers["least_count"] else 0.0
        hours = fresh["estimated_hours"].astype("float64").sum()
        figures = {"project_id": project_id, "new_count": len(fresh), "new_hours": hours}
        figures |= {"usual_count": usual, "weeks_count": weeks}
        found.append(Reading(f"project:{project_id}", bits, None, plain(figures)))
    return found


def _decision(frames: AlertFrames, _rule: Rule) -> list[Reading] | None:
    if frames.decisions is None:
        return None
    return [
        Reading(
            f"decision:{one['decision_id']}",
            float(max((frames.as_of_date - pd.Timestamp(one["due_date"])).days, 0)),
            None,
            plain({"decision_id": one["decision_id"], "project_id": one["project_id"], "due_date": one["due_date"]}),
        )
        for one in frames.decisions
        if one["status"] == "open" and one["due_date"] is not None
    ]


def _presence(frames: AlertFrames, _rule: Rule) -> list[Reading] | None:
    if frames.presence is None:
        return None
    return [
        Reading(
            f"project:{row['project_id']}:{row['counter_name']}",
            float(row["people_count"]),
            None,
            plain({name: row[name] for name in ("project_id", "counter_name", "people_count")}),
        )
        for row in frames.presence.to_dict("records")
    ]


def _number(value: Any) -> float | None:
    return None if value is None or pd.isna(value) else float(value)


_MEASURES: Final = {
    "late": _late,
    "promise": _promise,
    "moved": _moved,
    "level": _level,
    "filing": _filing,
    "requests": _requests,
    "decision": _decision,
    "presence": _presence,
}
