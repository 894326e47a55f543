"""A review in words: points of the agenda with their evidence, labels of its parts, risks and issues."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from dashboard.i18n import _
from dashboard.views import words
from dashboard.views.drivers import SMALLEST_WEEKS, movement_words
from dashboard.views.opening import opening
from dashboard.views.review_signs import kind_words, sign_sentence
from dashboard.views.typed import worded

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def names_of(content: Mapping[str, Any]) -> dict[str, str]:
    """Return names of projects as they were frozen."""
    forecast = {row["project_id"]: row["project_name"] or row["project_id"] for row in content["projects"]}
    return {**{key: name or key for key, name in content.get("names", {}).items()}, **forecast}


def point_title(point: Mapping[str, Any], names: Mapping[str, str]) -> str:
    """Return what a point is about: a project, a team, or the firm."""
    if point["project_id"]:
        return str(names.get(point["project_id"], point["project_id"]))
    return str(point["team_name"]) if point["team_name"] else _("The firm")


def point_sentences(point: Mapping[str, Any]) -> list[str]:
    """Return a sentence of each sign of a point, the gravest first."""
    return [sign_sentence(sign["kind"], sign["figures"]) for sign in point["signs"]]


def agenda_table(content: Mapping[str, Any]) -> pd.DataFrame:
    """Return the points of the agenda in words, and those that did not fit."""
    names = names_of(content)
    rows = [(number, one, True) for number, one in enumerate(content["agenda"], start=1)]
    rows += [(len(rows) + number, one, False) for number, one in enumerate(content["rest"], start=1)]
    return pd.DataFrame(
        {
            "key": [one["key"] for _n, one, _f in rows],
            _("No."): [number for number, _o, _f in rows],
            _("About"): [point_title(one, names) for _n, one, _f in rows],
            _("What"): [", ".join(kind_words(kind) for kind in one["kinds"]) for _n, one, _f in rows],
            _("Why"): [sign_sentence(one["kind"], one["lead_figures"]) for _n, one, _f in rows],
            _("Minutes"): [one["minutes"] for _n, one, _f in rows],
            _("Fits the hour"): [words.yes_no_text(fits) for _n, _o, fits in rows],
        }
    )


def agenda_entries(
    points: Sequence[Mapping[str, Any]], names: Mapping[str, str], first: int
) -> list[tuple[str, str, str]]:
    """Return points as a list shows them: place and subject, kinds of signs and minutes, the gravest sign."""
    return [
        (
            f"{number}. {point_title(one, names)}",
            _("{kinds} · {minutes} minutes").format(
                kinds=", ".join(kind_words(kind) for kind in one["kinds"]), minutes=one["minutes"]
            ),
            sign_sentence(one["kind"], one["lead_figures"]),
        )
        for number, one in enumerate(points, start=first)
    ]


def evidence_table(sign: Mapping[str, Any]) -> pd.DataFrame:
    """Return the rows behind a sign with heads in words."""
    heads = {
        "change_request_id": _("Change request"),
        "estimated_hours": _("Estimated hours"),
        "requested_by": _("Requested by"),
        "raised_at": _("Raised"),
        "decided_at": _("Decided"),
        "status": _("Status"),
        "cause": _("Cause"),
        "week_start_date": _("Week"),
        "expected_count": _("Expected"),
        "filed_count": _("Filed"),
        "needed_count": _("Needed"),
        "planned_count": _("Planned"),
        "hours_then": _("Hours then"),
        "hours_now": _("Hours now"),
        "filed_late_hours": _("Filed late"),
        "corrected_hours": _("Corrected"),
        "withdrawn_hours": _("Withdrawn"),
    }
    frame = pd.DataFrame(sign["evidence"])
    columns: dict[str, tuple[pd.Series[Any], Any]] = {}
    for name, head in heads.items():
        if name not in frame.columns:
            continue
        values = frame[name]
        if name.endswith(("_date", "_at")):
            columns[head] = (pd.to_datetime(values, errors="coerce"), words.date_text)
        elif name.endswith("_count"):
            columns[head] = (pd.to_numeric(values, errors="coerce"), words.number_text)
        elif name.endswith("_hours") or name.startswith("hours_"):
            columns[head] = (pd.to_numeric(values, errors="coerce").astype("float64"), words.amount_text)
        else:
            columns[head] = (values.map(_cause) if name == "cause" else values, None)
    return worded(columns)


def _cause(value: Any) -> str:
    return words.cause_words(value)


def moved_weeks(point: Mapping[str, Any]) -> float | None:
    """Return by how many weeks the forecast of a point moved against what the last review showed."""
    moves = (sign["figures"].get("moved_weeks") for sign in point["signs"])
    return next((float(weeks) for weeks in moves if weeks is not None), None)


def movement_table(movement: Mapping[str, Any] | None, moved_weeks: float | None = None) -> pd.DataFrame:
    """Return what moved a forecast, in weeks; the parts add up to the last row.

    Parameters
    ----------
    moved_weeks
        By how much it moved against what the last review showed; what the parts leave open of it is a row.
    """
    said = dict(movement or {})
    names = movement_words()
    if said and moved_weeks is not None:
        said["other"] = moved_weeks - sum(said[name] for name in names)
        said["total"] = moved_weeks
        if abs(said["other"]) >= SMALLEST_WEEKS / 2:
            names["other"] = _("Corrected since, or come in later on the day of the last review")
    names["total"] = _("Median finish, weeks")
    rows = [(text, said[name]) for name, text in names.items() if name in said]
    frame = pd.DataFrame(rows, columns=["text", "weeks"])
    return worded({_("Why it moved"): (frame["text"], None), _("Weeks"): (frame["weeks"], words.signed_number_text)})


def review_labels(reviews: Sequence[Any]) -> dict[int, str]:
    """Return the reviews by number, as a list shows them."""
    return {one.review_id: f"{words.date_text(one.as_of_date)} · {one.review_id}" for one in reviews}


def part_labels() -> dict[str, str]:
    """Return the parts of the page by code."""
    return {
        "agenda": _("Agenda"),
        "walk": _("Walk-through"),
        "decisions": _("Decisions"),
        "dates": _("Announced dates"),
        "risks": _("Risks and issues"),
        "alerts": _("Alerts"),
    }


def point_labels(content: Mapping[str, Any]) -> dict[str, str]:
    """Return the points of the agenda by key, with their places."""
    names = names_of(content)
    return {
        point["key"]: f"{place}. {point_title(point, names)} · {kind_words(point['kind'])}"
        for place, point in enumerate(content["agenda"], start=1)
    }


def range_rows(point: Mapping[str, Any], frozen: Mapping[str, Any]) -> dict[str, Any]:
    """Return the days that the figure of a point draws."""
    moved: Mapping[str, Any] = next(
        (sign["figures"] for sign in point["signs"] if sign["kind"].startswith("moved")), {}
    )
    return {
        **{name: frozen[f"finish_{name}_date"] for name in ("p10", "p50", "p80", "p90")},
        "before": moved.get("finish_p50_date_before"),
        "committed": frozen["committed_date"],
        "announced": frozen["announced_date"],
    }


def risk_kinds() -> dict[str, str]:
    """Return the kinds of entries by code."""
    return {
        "risk": _("Risk"),
        "assumption": _("Assumption"),
        "issue": _("Issue"),
        "dependency": _("Dependency"),
    }


def risks_table(entries: Sequence[Any], names: Mapping[str, str]) -> pd.DataFrame:
    """Return risks and issues in words."""
    kinds = risk_kinds()
    found = pd.DataFrame(
        {
            _("No."): [one.raid_id for one in entries],
            _("Kind"): [kinds[one.kind] for one in entries],
            _("Project"): [names.get(one.project_id, one.project_id) for one in entries],
            _("Title"): [one.title for one in entries],
            _("Owner"): [one.owner_name or words.none_text() for one in entries],
            _("Due"): [words.date_text(one.due_date) for one in entries],
            _("Status"): [_("open") if one.status == "open" else _("closed") for one in entries],
        }
    )
    return opening(found, {_("Project"): ("project", [one.project_id for one in entries])})


def proposal_title(one: Mapping[str, Any]) -> str:
    """Return the title of a risk or issue that is proposed from a sign."""
    return f"{kind_words(one['sign_kind'])}: {sign_sentence(one['sign_kind'], one['figures'])}"


def proposal_entries(proposals: Sequence[Mapping[str, Any]], names: Mapping[str, str]) -> list[tuple[str, str, str]]:
    """Return proposed risks and issues as a list shows them."""
    kinds = risk_kinds()
    return [
        (names.get(one["project_id"], one["project_id"]), kinds[one["kind"]], proposal_title(one)) for one in proposals
    ]
