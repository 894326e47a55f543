"""What to do about change requests: whom to talk to, what waits for a decision, what late requests cost in weeks."""

from __future__ import annotations

from typing import Any, Final

import pandas as pd

from analytics.known.late_requests import late_flags
from dashboard.i18n import _, ngettext
from dashboard.views import words
from dashboard.views.opening import opening
from dashboard.views.typed import worded

#: Drivers of a forecast that are requests: approved, waiting, and still to come.
SCOPE_DRIVERS: Final = ("scope_approved", "scope_pending", "scope_expected")
#: So many clients and requests are listed; the filters show the others.
SHOWN_CLIENTS_COUNT: Final = 10
SHOWN_WAITING_COUNT: Final = 10


def running_requests(requests: pd.DataFrame, drivers: pd.DataFrame, running_ids: list[str]) -> pd.DataFrame:
    """Return the requests of projects that run, with what makes them a matter of now.

    Parameters
    ----------
    requests
        ``marts.change_requests`` with ``project_name``, ``client_name`` and ``go_live_date``, as known on the day.
    drivers
        ``project_id``, ``driver``, ``weeks`` of the forecasts of the day.

    Returns
    -------
    DataFrame
        The rows with ``is_waiting``, ``is_late`` and ``added_weeks``: the weeks that an approved request adds to its
        project, a share of those of all approved ones by hours, as the forecast splits scope.
    """
    rows = requests[requests["project_id"].isin(running_ids)]
    approved = drivers[drivers["driver"].eq(SCOPE_DRIVERS[0])].set_index("project_id")["weeks"]
    hours = rows["estimated_hours"].astype("float64").fillna(0.0).where(_flag(rows["is_approved"]), 0.0)
    whole = hours.groupby(rows["project_id"]).transform("sum")
    weeks = rows["project_id"].map(approved).astype("float64")
    return rows.assign(
        is_waiting=_flag(rows["is_pending"]),
        is_late=late_flags(rows),
        added_weeks=(weeks * hours / whole.where(whole.abs() > 0)).fillna(0.0),
    )


def _flag(values: pd.Series[Any]) -> pd.Series[bool]:
    return values.astype("boolean").fillna(value=False).astype(bool)


def client_rows(rows: pd.DataFrame, drivers: pd.DataFrame, as_of_date: Any) -> pd.DataFrame:
    """Return what requests do to the projects of each client, those with most weeks first.

    Returns
    -------
    DataFrame
        ``client_name``, ``weeks`` (by which approved, waiting and coming requests move its finishes, over its
        projects), ``late_weeks`` (of these by approved requests that came late), ``waiting_count``,
        ``waiting_hours``, ``oldest_days``, ``late_count``, and its project with most weeks with ``project_weeks``.
    """
    scope = drivers[drivers["driver"].isin(SCOPE_DRIVERS)].groupby("project_id")["weeks"].sum()
    found = [
        _client(str(client), own, scope.reindex(own["project_id"].unique()).dropna(), as_of_date)
        for client, own in rows.groupby("client_name")
        if client
    ]
    columns = ["client_name", "weeks", "late_weeks", "waiting_count", "waiting_hours", "oldest_days", "late_count"]
    listed = pd.DataFrame(found, columns=[*columns, "project_name", "project_weeks"])
    return listed.sort_values(["weeks", "waiting_count"], ascending=False, kind="stable", ignore_index=True)


def _client(client: str, own: pd.DataFrame, scope: pd.Series[float], as_of_date: Any) -> dict[str, object]:
    waiting = own[own["is_waiting"]]
    names = own.drop_duplicates("project_id").set_index("project_id")["project_name"]
    worst = str(scope.idxmax()) if len(scope) else ""
    return {
        "client_name": client,
        "weeks": float(scope.sum()),
        "late_weeks": float(own.loc[own["is_late"], "added_weeks"].sum()),
        "waiting_count": len(waiting),
        "waiting_hours": _hours(waiting),
        "oldest_days": _oldest_days(waiting, as_of_date),
        "late_count": int(own["is_late"].sum()),
        "project_name": names.get(worst, ""),
        "project_weeks": float(scope.max()) if len(scope) else 0.0,
    }


def _hours(waiting: pd.DataFrame) -> float:
    """Return the estimated hours of what waits; not a number where something waits and nothing is estimated."""
    return float(waiting["estimated_hours"].astype("float64").sum(min_count=min(len(waiting), 1)))


def _oldest_days(waiting: pd.DataFrame, as_of_date: Any) -> float:
    if waiting.empty:
        return float("nan")
    return float((pd.Timestamp(as_of_date) - waiting["raised_at"].min().normalize()).days)


def waiting_sentence(rows: pd.DataFrame, as_of_date: Any) -> str:
    """Say how much waits for a decision, and how long already."""
    waiting = rows[rows["is_waiting"]]
    if waiting.empty:
        return _("No request of a running project waits for a decision.")
    count = ngettext(
        "{count} request waits for a decision", "{count} requests wait for a decision", len(waiting)
    ).format(count=len(waiting))
    oldest, hours = waiting.sort_values("raised_at", kind="stable").iloc[0], _hours(waiting)
    if words.is_unknown(hours):
        count = _("{count}, none of them estimated").format(count=count)
    else:
        count = _("{count}, {hours} by estimate").format(count=count, hours=words.hours_text(hours))
    return _("{waiting}; the oldest for {days} days ({project}).").format(
        waiting=count,
        days=words.number_text(_oldest_days(waiting, as_of_date)),
        project=oldest["project_name"],
    )


def talk_sentence(clients: pd.DataFrame) -> str:
    """Say whom to talk to first, and why; nothing where requests add no time to any finish."""
    if clients.empty or clients["weeks"].iloc[0] < 1:
        return ""
    first = clients.iloc[0]
    text = _("Talk to {client} first: requests add {weeks} to {project}").format(
        client=first["client_name"],
        weeks=words.weeks_text(first["project_weeks"]),
        project=first["project_name"],
    )
    if not first["waiting_count"]:
        return _("{text}.").format(text=text)
    waits = ngettext("{count} waits for a decision", "{count} wait for a decision", int(first["waiting_count"]))
    return _("{text}, and {waits}.").format(text=text, waits=waits.format(count=int(first["waiting_count"])))


def clients_table(clients: pd.DataFrame) -> pd.DataFrame:
    """Word the clients whose requests move most."""
    rows = clients[clients["weeks"].abs().ge(0.05) | clients["waiting_count"].gt(0)].head(SHOWN_CLIENTS_COUNT)
    found = worded(
        {
            _("Client"): (rows["client_name"], None),
            _("Requests add, weeks"): (rows["weeks"], words.signed_number_text),
            _("Of these by late ones"): (rows["late_weeks"], words.signed_number_text),
            _("Wait for a decision"): (rows["waiting_count"], words.number_text),
            _("Hours that wait"): (rows["waiting_hours"], words.hours_text),
            _("Oldest waits, days"): (rows["oldest_days"], words.number_text),
            _("Late requests so far"): (rows["late_count"], words.number_text),
        }
    )
    return opening(found, {_("Client"): ("client", rows["client_name"])})


def waiting_table(rows: pd.DataFrame, as_of_date: Any) -> pd.DataFrame:
    """Word the requests that wait longest for a decision."""
    waiting = rows[rows["is_waiting"]].sort_values("raised_at", kind="stable").head(SHOWN_WAITING_COUNT)
    raised = pd.to_datetime(waiting["raised_at"]).dt.normalize()
    found = worded(
        {
            _("Request"): (waiting["change_request_id"], None),
            _("Project"): (waiting["project_name"], None),
            _("Client"): (waiting["client_name"], None),
            _("Waits, days"): ((pd.Timestamp(as_of_date) - raised).dt.days.astype("float64"), words.number_text),
            _("Asked for by"): (waiting["requested_by"].fillna(""), None),
            _("Estimated"): (waiting["estimated_hours"], words.hours_text),
            _("Cause"): (waiting["cause"].map(words.cause_words), None),
        }
    )
    return opening(found, {_("Project"): ("project", waiting["project_id"])})
