"""One vocabulary of columns: what a stored column is called on a screen, and how its cells are shown.

Frames keep their stored names, so that a download can be imported again; only heads and cells are worded.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal

import pandas as pd

from dashboard.i18n import _
from dashboard.views import words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

Kind = Literal["text", "day", "moment", "hours", "number", "whole", "share"]

#: Endings of stored names that say a unit or a kind; a head that is in no list goes without them.
_ENDINGS: Final = ("_id", "_date", "_at", "_hours", "_count", "_ratio", "_share", "_name", "_amount")

_MIDNIGHT: Final = re.compile(r"[ T]00:00:00(?:\.0+)?(?![\d:])")
_SECONDS: Final = re.compile(r"(\b\d{1,2}:\d{2}):\d{2}(?:\.\d+)?(?![\d:])")


@dataclass(frozen=True)
class Column:
    """How one column is shown."""

    head: str
    kind: Kind


def head(name: str) -> str:
    """Return what a stored column is called on a screen."""
    known = {**_who_and_when(), **_what()}
    if name in known:
        return known[name]
    plain = next((name.removesuffix(ending) for ending in _ENDINGS if name.endswith(ending)), name)
    return words.plain_words(plain.removeprefix("is_").removeprefix("has_"))


def _who_and_when() -> dict[str, str]:
    return {
        "person_id": _("Person"),
        "person_name": _("Person"),
        "project_id": _("Project"),
        "project_name": _("Project"),
        "client_name": _("Client"),
        "team_name": _("Team"),
        "manager_person_id": _("Manager"),
        "lead_person_id": _("Lead"),
        "change_request_id": _("Change request"),
        "package_id": _("Package"),
        "trip_id": _("Trip"),
        "entry_id": _("Entry"),
        "batch_id": _("Import"),
        "requested_by": _("Requested by"),
        "work_date": _("Day"),
        "leave_date": _("Day"),
        "happened_date": _("Day"),
        "as_of_date": _("Report of"),
        "week_start_date": _("Week of"),
        "known_week_date": _("Known in the week of"),
        "planned_finish_date": _("Planned finish"),
        "baseline_finish_date": _("Baseline finish"),
        "actual_finish_date": _("Finished on"),
        "raised_at": _("Raised"),
        "decided_at": _("Decided"),
        "completed_at": _("Completed"),
        "departed_at": _("Departed"),
        "returned_at": _("Returned"),
        "started_at": _("Started"),
        "ended_at": _("Ended"),
        "submitted_at": _("Submitted"),
        "known_at": _("Known since"),
        "is_assumed": _("Known since is assumed"),
    }


def _what() -> dict[str, str]:
    return {
        "worked_hours": _("Hours"),
        "present_hours": _("Presence"),
        "gap_hours": _("Presence less hours"),
        "planned_hours": _("Planned hours"),
        "estimated_hours": _("Estimated hours"),
        "actual_hours": _("Actual hours"),
        "leave_hours": _("Hours of leave"),
        "progress_ratio": _("Progress"),
        "reported_status": _("Reported status"),
        "phase": _("Phase"),
        "phase_at_arrival": _("Phase on arrival"),
        "activity": _("Activity"),
        "kind": _("Kind"),
        "status": _("Status"),
        "cause": _("Cause"),
        "note": _("Note"),
        "is_onsite": _("On site"),
        "is_tentative": _("Tentative"),
        "is_confirmed_by_prototype": _("Confirmed by a prototype"),
        "origin_city": _("From"),
        "destination_city": _("To"),
        "destination_country": _("Country"),
        "transport": _("Transport"),
        "nights_count": _("Nights away"),
        "file_name": _("File"),
        "line_number": _("Line"),
        "table_name": _("Table"),
        "column_name": _("Column"),
        "value": _("Value"),
        "reason": _("Reason"),
        "row_text": _("The row as it stood"),
        "detail": _("Detail"),
        "check_name": _("Check"),
    }


def shown_rows(
    rows: pd.DataFrame, people: Mapping[str, str] | None = None, projects: Mapping[str, str] | None = None
) -> tuple[pd.DataFrame, dict[str, Column]]:
    """Return rows with worded cells, and how each of their columns is shown.

    Days, moments and numbers stay what they are, so that a table sorts by them; codes, flags and ids become words.
    Nothing is left that a screen would show as ``None``, as ``00:00:00`` or as a code.

    Parameters
    ----------
    people, projects
        Names by id; an id is shown behind the name.
    """
    names = {"person_id": people or {}, "manager_person_id": people or {}, "project_id": projects or {}}
    cells: dict[str, Any] = {}
    columns: dict[str, Column] = {}
    for name in map(str, rows.columns):
        kind = _kind(name, rows[name])
        cells[name] = _cells(name, rows[name], kind, names.get(name))
        columns[name] = Column(head(name), kind)
    return pd.DataFrame(cells, index=rows.index), columns


def _clock(moment: str) -> str:
    """Return a moment inside a text without the seconds, and without a midnight that says that no time is known."""
    return _SECONDS.sub(r"\1", _MIDNIGHT.sub("", moment))


def _kind(name: str, values: pd.Series[Any]) -> Kind:
    if pd.api.types.is_datetime64_any_dtype(values):
        moments = values.dropna()
        has_clock = bool((moments != moments.dt.normalize()).any())
        return "moment" if name.endswith("_at") and has_clock else "day"
    if pd.api.types.is_bool_dtype(values) or not pd.api.types.is_numeric_dtype(values):
        return "text"
    if name.endswith(("_ratio", "_share", "_probability")):
        return "share"
    if name.endswith("_hours"):
        return "hours"
    return "whole" if pd.api.types.is_integer_dtype(values) else "number"


def _cells(name: str, values: pd.Series[Any], kind: Kind, names: Mapping[str, str] | None) -> pd.Series[Any]:
    if kind == "day":
        days: pd.Series[Any] = values.dt.date.astype(object).where(values.notna(), None)
        return days
    if kind == "moment" and values.dt.tz is None:
        moments: pd.Series[Any] = values.dt.tz_localize("UTC")
        return moments
    if kind == "share":
        return values.mul(100)
    if kind != "text":
        return values
    if pd.api.types.is_bool_dtype(values) or name.startswith(("is_", "has_")):
        return words.mapped(values.astype(object), words.yes_no_text)
    wording = _wording(name, names)
    return words.mapped(values.astype(object), wording)


def _wording(name: str, names: Mapping[str, str] | None) -> Callable[[Any], str]:
    known: dict[str, Callable[[Any], str]] = {
        "activity": words.plain_words,
        "phase": words.plain_words,
        "phase_at_arrival": words.plain_words,
        "kind": words.plain_words,
        "status": words.plain_words,
        "transport": words.plain_words,
        "reported_status": words.status_words,
        "cause": words.cause_words,
        "destination_country": words.country_words,
        "table_name": words.plain_words,
        "column_name": _column_words,
        "detail": lambda value: _clock(_plain(value)),
    }
    if names is not None:
        return lambda value: named(value, names)
    return known.get(name, _plain)


def named(value: Any, names: Mapping[str, str]) -> str:
    """Return the name of somebody or something with its id behind it."""
    if words.is_unknown(value) or not str(value):
        return words.none_text()
    name = names.get(str(value), "")
    return f"{name} ({value})" if name and name != str(value) else str(value)


def _column_words(value: Any) -> str:
    return words.none_text() if words.is_unknown(value) or not str(value) else head(str(value))


def _plain(value: Any) -> str:
    return words.none_text() if words.is_unknown(value) else str(value)
