"""The page on change requests: when they arrive, which arrive late, and whether a prototype helped."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from analytics.known.late_requests import LATE_WEEKS, late_flags
from dashboard.i18n import _, ngettext
from dashboard.views import words
from dashboard.views.opening import opening
from dashboard.views.typed import worded

#: The figure shows the clients with most requests; the table shows all.
SHOWN_CLIENTS_COUNT: Final = 15

#: Months to look back that the page offers; 0 means all.
PERIODS: Final = (6, 12, 24, 0)

#: So many late requests are listed; the rows behind hold all.
SHOWN_LATE_COUNT: Final = 200

#: With fewer requests than this a comparison is only listed, not worded.
SMALLEST_COMPARISON_COUNT: Final = 10


@dataclass(frozen=True)
class ChangesView:
    """What is said of change requests, and the rows of each figure."""

    headline: str
    metrics: list[tuple[str, str, str]]
    months: pd.DataFrame
    clients: pd.DataFrame
    causes: pd.DataFrame
    prototype_table: pd.DataFrame
    prototype_text: str
    late_table: pd.DataFrame
    is_empty: bool


def period_words(months: int) -> str:
    """Return how far back a choice looks."""
    return ngettext("{count} month", "{count} months", months) if months else _("all")


def raised_within(requests: pd.DataFrame, as_of_date: Any, months: int) -> pd.DataFrame:
    """Return the requests raised in the last ``months`` months; 0 means all."""
    if not months:
        return requests
    return requests.loc[requests["raised_at"] >= pd.Timestamp(as_of_date) - pd.DateOffset(months=months)]


def with_lateness(requests: pd.DataFrame) -> pd.DataFrame:
    """Add ``is_late``, ``weeks_to_go_live`` and the worded phase.

    A request of a project without any known go-live is late by its phase alone.
    """
    return requests.assign(
        weeks_to_go_live=words.weeks_between(requests["raised_at"], requests["go_live_date"]),
        is_late=late_flags(requests),
        phase=words.mapped(requests["phase_at_arrival"], words.plain_words),
    )


def changes_view(requests: pd.DataFrame) -> ChangesView:
    """Word change requests.

    Parameters
    ----------
    requests
        ``marts.change_requests`` with ``project_name``, ``client_name`` and ``go_live_date``.
    """
    marked = with_lateness(requests)
    late = int(marked["is_late"].sum())
    headline = _(
        "{requests}; {late} of them late: within {weeks} weeks of go-live or in one of the last phases."
    ).format(
        requests=ngettext("{count} change request", "{count} change requests", len(marked)),
        late=late,
        weeks=LATE_WEEKS,
    )
    return ChangesView(
        headline=headline,
        metrics=_metrics(marked),
        months=month_rows(marked),
        clients=client_rows(marked),
        causes=cause_rows(marked),
        prototype_table=_prototype_table(marked),
        prototype_text=prototype_sentence(marked),
        late_table=_late_table(marked.loc[marked["is_late"]]),
        is_empty=marked.empty,
    )


def _metrics(marked: pd.DataFrame) -> list[tuple[str, str, str]]:
    count = max(len(marked), 1)
    known = marked["is_confirmed_by_prototype"].dropna().astype(bool)
    done = marked.loc[marked["actual_hours"].notna() & marked["estimated_hours"].gt(0)]
    overrun = done["actual_hours"].sum() / done["estimated_hours"].sum() if len(done) else None
    return [
        (_("Arrived"), words.number_text(len(marked)), _("in the chosen time")),
        (_("Late"), words.number_text(marked["is_late"].sum()), words.percent_text(marked["is_late"].sum() / count)),
        (_("Estimated effort"), words.hours_text(marked["estimated_hours"].sum()), _("net of scope taken out")),
        (
            _("Actual for each estimated hour"),
            words.number_text(overrun, 2),
            ngettext("{count} finished request", "{count} finished requests", len(done)),
        ),
        (
            _("Confirmed by a prototype"),
            words.percent_text(known.mean() if len(known) else None),
            ngettext("{count} with a record", "{count} with a record", len(known)),
        ),
    ]


def month_rows(marked: pd.DataFrame) -> pd.DataFrame:
    """Return the number of requests by month and phase, the phases in the order of a project's life.

    Their names differ from firm to firm, so the order is that of their distance from go-live.
    """
    months = marked.assign(month_date=marked["raised_at"].dt.to_period("M").dt.to_timestamp())
    distance = marked.groupby("phase")["weeks_to_go_live"].median()
    counts = months.groupby(["phase", "month_date"]).agg(requests_count=("change_request_id", "size")).reset_index()
    return (
        counts.assign(distance=counts["phase"].map(distance))
        .sort_values(["distance", "phase", "month_date"], ascending=[False, True, True], ignore_index=True)
        .drop(columns="distance")
    )


def client_rows(marked: pd.DataFrame) -> pd.DataFrame:
    """Return early and late requests of the clients with most requests."""
    named = marked.assign(client=marked["client_name"].replace("", _("not recorded")))
    grouped = named.groupby("client").agg(late_count=("is_late", "sum"), all_count=("is_late", "size")).reset_index()
    grouped = grouped.assign(early_count=grouped["all_count"] - grouped["late_count"])
    return grouped.sort_values(["all_count", "client"], ascending=[False, True], ignore_index=True).head(
        SHOWN_CLIENTS_COUNT
    )


def cause_rows(marked: pd.DataFrame) -> pd.DataFrame:
    """Return requests and effort by cause."""
    causes = marked.assign(cause_text=words.mapped(marked["cause"], words.cause_words))
    grouped = causes.groupby("cause_text").agg(
        requests_count=("change_request_id", "size"),
        late_count=("is_late", "sum"),
        estimated_hours=("estimated_hours", "sum"),
    )
    return grouped.reset_index().sort_values(
        ["requests_count", "cause_text"], ascending=[False, True], ignore_index=True
    )


def _prototype_groups(marked: pd.DataFrame) -> pd.DataFrame:
    """Return requests by whether the client had confirmed a prototype: number, overrun and rejections."""
    finished = marked["actual_hours"].notna() & marked["estimated_hours"].gt(0)
    groups = marked.assign(
        confirmed_text=words.mapped(marked["is_confirmed_by_prototype"], words.yes_no_text),
        overrun_ratio=(marked["actual_hours"] / marked["estimated_hours"].where(finished)),
    )
    return (
        groups.groupby("confirmed_text")
        .agg(
            requests_count=("change_request_id", "size"),
            late_ratio=("is_late", "mean"),
            rejected_ratio=("is_rejected", "mean"),
            median_overrun_ratio=("overrun_ratio", "median"),
            finished_count=("overrun_ratio", "count"),
        )
        .reset_index()
    )


def _prototype_table(marked: pd.DataFrame) -> pd.DataFrame:
    groups = _prototype_groups(marked)
    return worded(
        {
            _("Confirmed by a prototype"): (groups["confirmed_text"], None),
            _("Requests"): (groups["requests_count"], words.number_text),
            _("Late"): (groups["late_ratio"], words.percent_text),
            _("Rejected"): (groups["rejected_ratio"], words.percent_text),
            _("Actual / estimated hours (median)"): (
                groups["median_overrun_ratio"].map(lambda ratio: words.number_text(ratio, 2)),
                None,
            ),
            _("Finished"): (groups["finished_count"], words.number_text),
        }
    )


def prototype_sentence(marked: pd.DataFrame) -> str:
    """Compare confirmed and unconfirmed requests in one sentence, or say why that is not possible."""
    groups = _prototype_groups(marked).set_index("confirmed_text")
    names = [words.yes_no_text(True), words.yes_no_text(False)]  # noqa: FBT003 - the flag's two values
    if not set(names) <= set(groups.index) or groups.loc[names, "finished_count"].min() < SMALLEST_COMPARISON_COUNT:
        return _("Too few finished requests with a record of prototypes to compare.")
    confirmed, unconfirmed = groups.loc[names, "median_overrun_ratio"].astype("float64").tolist()
    return _(
        "Half of the confirmed requests took more than {confirmed} times their estimate, "
        "half of the unconfirmed ones more than {unconfirmed} times. This compares; it proves no cause."
    ).format(confirmed=f"{confirmed:.2f}", unconfirmed=f"{unconfirmed:.2f}")


def _late_table(late: pd.DataFrame) -> pd.DataFrame:
    newest = late.sort_values("raised_at", ascending=False).head(SHOWN_LATE_COUNT)
    found = worded(
        {
            _("Raised"): (newest["raised_at"], words.date_text),
            _("Request"): (newest["change_request_id"], None),
            _("Project"): (newest["project_name"], None),
            _("Client"): (newest["client_name"], None),
            _("Phase"): (newest["phase"], None),
            _("Weeks to go-live"): (newest["weeks_to_go_live"].map(lambda weeks: words.number_text(weeks, 1)), None),
            _("Status"): (newest["status"].map(words.plain_words), None),
            _("Estimated"): (newest["estimated_hours"], words.hours_text),
            _("Cause"): (newest["cause"].map(words.cause_words), None),
            _("Prototype"): (newest["is_confirmed_by_prototype"].map(words.yes_no_text), None),
        }
    )
    return opening(found, {_("Project"): ("project", newest["project_id"])})
