"""The project page: where one project stands, how its forecast moved, and who works on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from dashboard.i18n import _
from dashboard.views import words
from dashboard.views.forecast import remarks, with_words
from dashboard.views.opening import opening
from dashboard.views.typed import worded

#: From this many points of difference on, earned and booked hours are said to drift apart.
DRIFT_RATIO: Final = 1.15


@dataclass(frozen=True)
class ProjectView:
    """What is said of one project."""

    title: str
    subtitle: str
    metrics: list[tuple[str, str, str]]
    remarks: list[str]
    has_forecast: bool


def project_view(
    project: pd.Series, forecast: pd.DataFrame, committed_by: str, *, as_of_date: Any = None, committed_date: Any = None
) -> ProjectView:
    """Word one project.

    Parameters
    ----------
    project
        The project's row.
    forecast
        Its forecast: one row while it runs, else none.
    committed_by
        Which of the two plans is the committed date.
    as_of_date
        The day whose knowledge is shown; an end after it is not known yet.
    committed_date
        Of a project that does not run: the committed date as known on the day.
    """
    title = str(project["project_name"] if not words.is_unknown(project["project_name"]) else project["project_id"])
    facts = [project["client_name"], words.product_words(project["product"]), project["site_city"]]
    manager = project.get("manager_name")
    if not words.is_unknown(manager):
        facts.append(_("managed by {name}").format(name=manager))
    subtitle = " · ".join(str(fact) for fact in facts if not words.is_unknown(fact) and str(fact))
    if forecast.empty:
        return ProjectView(
            title,
            subtitle,
            _finished_metrics(project, committed_by, as_of_date, committed_date),
            [_("This project does not run on this day.")],
            has_forecast=False,
        )
    # The figures of a project that runs are those of the verdict.
    return ProjectView(title, subtitle, [], remarks(with_words(forecast).iloc[0]), has_forecast=True)


def _finished_metrics(
    project: pd.Series, committed_by: str, as_of_date: Any, committed_date: Any
) -> list[tuple[str, str, str]]:
    finish = project["actual_finish_date"]
    if not words.is_unknown(finish) and as_of_date is not None and finish > pd.Timestamp(as_of_date):
        finish = pd.NaT
    is_known = not words.is_unknown(finish) and not words.is_unknown(committed_date)
    slip = (finish - pd.Timestamp(committed_date)) / pd.Timedelta(weeks=1) if is_known else None
    return [
        (_("Finished"), words.date_text(finish), words.slip_text(slip)),
        (
            _("Committed date ({which})").format(which=words.committed_words(committed_by)),
            words.date_text(committed_date),
            "",
        ),
        (_("Status today"), words.plain_words(project["status"]), ""),
    ]


def forecast_on_day(history: pd.DataFrame, as_of_date: Any) -> pd.DataFrame:
    """Return the forecast made on the day shown: one row while the project runs on it, else none."""
    return history.loc[history["as_of_date"] == pd.Timestamp(as_of_date)]


def fan_rows(history: pd.DataFrame) -> pd.DataFrame:
    """Return the forecasts of one project by the day on which they were made, the weeks without one left out."""
    return history.dropna(subset=["finish_p50_date"]).sort_values("as_of_date", ignore_index=True)


def hours_rows(states: pd.DataFrame) -> pd.DataFrame:
    """Return earned, booked and planned hours, all running totals, week by week."""
    planned = states["planned_progress_ratio"] * states["scope_hours"]
    return states.assign(planned_hours=planned)[
        ["week_start_date", "earned_hours", "booked_hours", "planned_hours", "scope_hours", "budget_hours"]
    ]


def hours_sentence(states: pd.DataFrame) -> str:
    """Say how booked and earned hours stand to each other."""
    if states.empty or words.is_unknown(states["booked_hours"].iloc[-1]):
        return _("No hours are booked yet.")
    last = states.iloc[-1]
    booked, earned = last["booked_hours"], last["earned_hours"]
    if words.is_unknown(earned) or earned <= 0:
        return _("{booked} are booked; nothing is reported as earned yet.").format(booked=words.hours_text(booked))
    text = _("{booked} are booked for {earned} earned").format(
        booked=words.hours_text(booked), earned=words.hours_text(earned)
    )
    ratio = booked / earned
    if ratio > DRIFT_RATIO:
        return _("{text}: each earned hour takes {ratio} booked hours.").format(text=text, ratio=f"{ratio:.2f}")
    return _("{text}.").format(text=text)


def phase_rows(requests: pd.DataFrame) -> pd.DataFrame:
    """Return change requests by the phase in which they arrived, with their estimated hours."""
    phases = requests.assign(phase=requests["phase_at_arrival"].map(words.plain_words))
    return (
        phases.groupby("phase", sort=False)
        .agg(requests_count=("change_request_id", "size"), estimated_hours=("estimated_hours", "sum"))
        .reset_index()
    )


def waiting_table(requests: pd.DataFrame, as_of_date: Any) -> pd.DataFrame:
    """Word the change requests that wait for a decision, the oldest first."""
    waiting = requests[requests["is_pending"].astype("boolean").fillna(value=False)].sort_values("raised_at")
    raised = pd.to_datetime(waiting["raised_at"]).dt.normalize()
    return worded(
        {
            _("Change request"): (waiting["change_request_id"], None),
            _("Raised on"): (raised, words.date_text),
            _("Waits, days"): ((pd.Timestamp(as_of_date) - raised).dt.days.astype("float64"), words.number_text),
            _("Asked for by"): (waiting["requested_by"].fillna(""), None),
            _("Estimated"): (waiting["estimated_hours"], words.hours_text),
            _("Phase at arrival"): (waiting["phase_at_arrival"].map(words.plain_words), None),
        }
    )


def people_table(people: pd.DataFrame) -> pd.DataFrame:
    """Word who worked for the project lately, sorted by name."""
    load = people["worked_hours"] / people["expected_hours"].where(people["expected_hours"] > 0)
    share = people["project_hours"] / people["worked_hours"].where(people["worked_hours"] > 0)
    found = worded(
        {
            _("Person"): (people["person_name"], None),
            _("Team"): (people["team_name"].fillna(""), None),
            _("Seniority"): (people["seniority"].map(words.plain_words), None),
            _("Hours here"): (people["project_hours"], words.hours_text),
            _("On site"): (people["onsite_hours"], words.hours_text),
            _("Share of own time"): (share, words.percent_text),
            _("Load in all"): (load, words.percent_text),
            _("Weeks filed"): (people["filed_weeks_count"], words.number_text),
        }
    )
    return opening(found, {_("Person"): ("person", people["person_id"])})


def reports_table(reports: pd.DataFrame) -> pd.DataFrame:
    """Word the latest status reports."""
    return worded(
        {
            _("Report of"): (reports["as_of_date"], words.date_text),
            _("Says"): (reports["reported_status"].map(words.status_words), None),
            _("Phase"): (reports["phase"].map(words.plain_words), None),
            _("Progress"): (reports["progress_ratio"], words.percent_text),
            _("Plan then"): (reports["planned_finish_date"], words.date_text),
            _("Note"): (reports["note"].fillna(""), None),
        }
    )


def row_of(projects: pd.DataFrame, project_id: str) -> Any:
    """Return the row of one project."""
    return projects.loc[projects["project_id"] == project_id].iloc[0]
