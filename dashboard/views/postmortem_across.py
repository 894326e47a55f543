"""Requirements, comparables and the pooled accounts of post-mortems, in words, rows and tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from dashboard.i18n import _
from dashboard.views import words
from dashboard.views.opening import opening
from dashboard.views.postmortem_words import grouping_words, loss_words, sign_words
from dashboard.views.typed import worded

if TYPE_CHECKING:
    from analytics.postmortem.requirements import Requirements
    from analytics.postmortem.result import Pool, PostMortem


def requirements_sentence(found: Requirements) -> str:
    """Sum up the requests: how many, confirmed by a prototype, waited for, and what they took."""
    if not found.requests_count:
        return _("No change request is known.")
    said = _(
        "{count} requests, {approved} approved; confirmed by prototype: {share}; median wait: {days} days."
    ).format(
        count=found.requests_count,
        approved=found.approved_count,
        share=words.percent_text(found.confirmed_share),
        days=words.amount_text(found.wait_days),
    )
    if words.is_unknown(found.actual_over_estimate):
        return said
    return (
        said
        + " "
        + _("The {count} completed ones took {ratio} of their estimates.").format(
            count=found.completed_count, ratio=words.percent_text(found.actual_over_estimate)
        )
    )


def requests_table(rows: pd.DataFrame, by: str) -> pd.DataFrame:
    """Return requests by phase or by cause."""
    head = _("Phase of arrival") if by == "phase" else _("Reason")
    word = words.plain_words if by == "phase" else _reason_words
    return worded(
        {
            head: (rows[by].map(word), None),
            _("Requests"): (rows["requests_count"], words.count_text),
            _("Estimated"): (rows["estimated_hours"], words.hours_text),
            _("Without estimate"): (rows["unsized_count"], words.count_text),
        }
    )


def _reason_words(cause: object) -> str:
    return words.cause_words(cause or None)


def departments_table(rows: pd.DataFrame) -> pd.DataFrame:
    """Return requests by the department that asked."""
    return worded(
        {
            _("Department"): (rows["department"].replace("", _("not recorded")), None),
            _("Requests"): (rows["requests_count"], words.count_text),
            _("Approved"): (rows["approved_count"], words.count_text),
            _("Estimated"): (rows["estimated_hours"], words.hours_text),
            _("Days to the decision, median"): (rows["wait_days"], words.amount_text),
        }
    )


def comparables_sentence(mortem: PostMortem) -> str:
    """Say where the project stands among its like; late projects have a long tail."""
    found = mortem.comparables
    if found is None:
        return _("It is compared once it has finished and others have, too.")
    kind = _("of its product") if found.is_of_product else _("of all products")
    return _(
        "Late by {share} of the plan: later than {below} of {count} finished projects {kind}. "
        "Half of them ended by {p50}, one in ten later than {p90} of the plan."
    ).format(
        share=words.percent_text(found.late_share),
        below=words.percent_text(found.below_share),
        count=found.class_count,
        kind=kind,
        p50=words.percent_text(found.quantiles["p50"]),
        p90=words.percent_text(found.quantiles["p90"]),
    )


def _signed_percent(share: object) -> str:
    return words.percent_text(share).replace("-", "−")


def comparables_table(mortem: PostMortem, names: dict[str, str]) -> pd.DataFrame:
    """Return the finished projects most like it."""
    if mortem.comparables is None:
        return pd.DataFrame()
    rows = mortem.comparables.nearest
    found = worded(
        {
            _("Project"): (rows["project_id"].map(lambda one: names.get(str(one), str(one))), None),
            _("Product"): (rows["product"].map(words.product_words), None),
            _("Planned weeks"): (rows["planned_weeks"], words.amount_text),
            _("Budget"): (rows["budget_hours"], words.hours_text),
            _("Weeks late"): (rows["late_weeks"], words.signed_number_text),
            _("Of the plan"): (rows["late_share"], _signed_percent),
        }
    )
    return opening(found, {_("Project"): ("post_mortem", rows["project_id"])})


def pool_sentence(pool: Pool) -> str:
    """Say how many accounts there are, and how well the replay met the finishes."""
    if pool.accounts.empty:
        return _("No finished project has an account yet.")
    return _("{count} accounts; the replay misses the finish by {error} on average.").format(
        count=len(pool.accounts), error=words.weeks_text(pool.mean_error_weeks)
    )


def pooled_rows(pool: Pool, by: str) -> pd.DataFrame:
    """Return the pooled weeks of the groups, largest first; what hardly differs from nothing is left out."""
    rows = pool.pooled[pool.pooled["by"].eq(by)]
    rows = rows[rows["pooled_weeks"].abs().ge(0.5) & rows["cause"].ne("open_work")]
    return rows.sort_values("pooled_weeks", ascending=False, kind="stable", ignore_index=True)


def pooled_table(pool: Pool, by: str) -> pd.DataFrame:
    """Return what each cause cost by group, own mean and pooled, with n."""
    rows = pooled_rows(pool, by)
    word = words.product_words if by == "product" else str
    return worded(
        {
            grouping_words(by): (rows["group"].map(word), None),
            _("Projects"): (rows["projects_count"], words.count_text),
            _("Cause"): (rows["cause"].map(loss_words), None),
            _("Own mean, weeks"): (rows["mean_weeks"], words.signed_number_text),
            _("Pooled, weeks"): (rows["pooled_weeks"], words.signed_number_text),
            _("All projects, weeks"): (rows["all_weeks"], words.signed_number_text),
        }
    )


def early_signs_table(pool: Pool) -> pd.DataFrame:
    """Return which early signs worked: how often right, how early."""
    rows = pool.signs
    right = (rows["rang_count"] - rows["false_count"]) / rows["rang_count"].where(rows["rang_count"] > 0)
    return worded(
        {
            _("Sign"): (rows["sign"].map(sign_words), None),
            _("Stood in"): (rows["rang_count"], words.count_text),
            _("Right"): (right, words.percent_text),
            _("False alarms"): (rows["false_count"], words.count_text),
            _("Missed"): (rows["missed_count"], words.count_text),
            _("Weeks ahead, median"): (rows["lead_weeks"], words.amount_text),
        }
    )


def pooling_sentence() -> str:
    """Say what pooled means."""
    return _(
        "Pooled: a group's own mean, drawn towards the mean of all projects, the more the fewer projects it has and "
        "the less groups differ."
    )


def ended_table(ended: pd.DataFrame) -> pd.DataFrame:
    """Return the projects that a post-mortem can be held on."""
    endings = {"finished": _("finished"), "cancelled": _("cancelled"), "running": _("running")}
    return worded(
        {
            _("Id"): (ended["project_id"], None),
            _("Project"): (ended["project_name"].fillna(ended["project_id"]), None),
            _("Ending"): (ended["ending"].map(endings), None),
            _("End"): (ended["end_date"].where(ended["ending"].ne("running")), words.date_text),
            _("Weeks after the baseline"): (ended["late_weeks"], words.signed_number_text),
        }
    )
