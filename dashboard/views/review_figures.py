"""What a review froze, in words: figures verified, the list to send out, projects with their announced dates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from dashboard.i18n import _, ngettext
from dashboard.views import words
from dashboard.views.opening import opening
from dashboard.views.typed import worded

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

#: So many files that restated weeks are named.
_TOLD_FILES: Final = 3


def _restating_files(batches: Sequence[Mapping[str, Any]]) -> str:
    """Return the files that restated most hours, and how many more there are."""
    largest = sorted(batches, key=lambda row: -abs(row["difference_hours"] or 0.0))
    names = list(dict.fromkeys(str(row["file_name"]) for row in largest))
    told = ", ".join(names[:_TOLD_FILES])
    more = len(names) - _TOLD_FILES
    return _("{files} and {count} more").format(files=told, count=more) if more > 0 else told


def verified_sentences(verified: Mapping[str, Any]) -> list[str]:
    """Return the line that opens a review, piece by piece."""
    expected, filed = verified["expected_count"], verified["filed_count"]
    share = words.percent_text(filed / expected if expected else None)
    parts = [
        _("newest week {day}").format(day=words.date_text(verified["week_start_date"])),
        _("filed {share}").format(share=share) + _silent_words(verified["teams"]),
    ]
    weeks = verified["restated_weeks_count"]
    parts.append(
        _("{weeks} restated since {since} by {files}").format(
            since=words.moment_text(verified.get("restated_since")),
            weeks=ngettext("{count} week", "{count} weeks", weeks),
            files=_restating_files(verified["restated_by"]),
        )
        if weeks
        else _("no week restated")
    )
    count = len(verified["open_imports"])
    parts.append(
        ngettext("{count} import has open questions", "{count} imports have open questions", count)
        if count
        else _("no import question open")
    )
    late = len(verified["overdue_reports"])
    parts.append(
        ngettext("{count} status report overdue", "{count} status reports overdue", late)
        if late
        else _("no status report overdue")
    )
    if not verified["is_new_publication"]:
        parts.insert(0, _("nothing was imported since the last review"))
    return parts


def _silent_words(teams: Sequence[Mapping[str, Any]]) -> str:
    low = [row for row in teams if row["expected_count"] and row["filed_count"] / row["expected_count"] < 0.5]
    texts = [
        f"{row['team_name']} {words.percent_text(row['filed_count'] / row['expected_count'])}"
        for row in sorted(low, key=lambda row: row["filed_count"] / row["expected_count"])[:3]
    ]
    return f" ({', '.join(texts)})" if texts else ""


def send_list_table(verified: Mapping[str, Any]) -> pd.DataFrame:
    """Return whom to ask for which report before the meeting."""
    rows = pd.DataFrame(
        verified["overdue_reports"],
        columns=["project_id", "project_name", "manager_name", "email", "last_report_date", "waiting_days"],
    )
    found = worded(
        {
            _("Project"): (rows["project_name"].fillna(rows["project_id"]), None),
            _("Ask"): (rows["manager_name"].fillna(""), None),
            _("E-mail"): (rows["email"].fillna(""), None),
            _("Last report"): (pd.to_datetime(rows["last_report_date"]), words.date_text),
            _("Days ago"): (pd.to_numeric(rows["waiting_days"]), words.number_text),
        }
    )
    return opening(found, {_("Project"): ("project", rows["project_id"])})


def projects_table(content: Mapping[str, Any]) -> pd.DataFrame:
    """Return every forecast project with its frozen figures and its announced finish."""
    rows = pd.DataFrame(content["projects"], columns=list(_COLUMNS))
    day = {name: pd.to_datetime(rows[name]) for name in _COLUMNS if name.endswith("_date")}
    number = {name: rows[name].astype("float64") for name in _COLUMNS if name in _NUMBERS}
    found = worded(
        {
            "project_id": (rows["project_id"], None),
            _("Project"): (rows["project_name"].fillna(rows["project_id"]), None),
            _("Report"): (rows["reported_status"].map(words.status_words), None),
            _("Chance of being late"): (number["late_probability"], words.chance_text),
            _("Slip (P50), weeks"): (number["slip_weeks_p50"], words.amount_text),
            _("Expected person-weeks of delay"): (number["expected_delay_person_weeks"], words.amount_text),
            _("Median finish (P50)"): (day["finish_p50_date"], words.date_text),
            _("Safe finish (P80)"): (day["finish_p80_date"], words.date_text),
            _("Committed date"): (day["committed_date"], words.date_text),
            _("Announced date"): (day["announced_date"], words.date_text),
            _("Chance of keeping it"): (number["kept_probability"], words.chance_text),
            _("For 80 %, announce"): (day["proposed_date"], words.date_text),
            _("Changed"): (number["announced_changes_count"], words.number_text),
        }
    )
    return opening(found, {_("Project"): ("project", rows["project_id"])})


def announced_table(said: Sequence[Mapping[str, Any]], names: Mapping[str, str]) -> pd.DataFrame:
    """Return what was announced at a review, after its figures were frozen."""
    rows = pd.DataFrame(said, columns=["project_id", "announced_date", "said_by", "kept_probability"])
    found = worded(
        {
            _("Project"): (rows["project_id"].map(lambda one: names.get(one, one)), None),
            _("Announced date"): (pd.to_datetime(rows["announced_date"]), words.date_text),
            _("Announced by"): (rows["said_by"], None),
            _("Chance of keeping it"): (rows["kept_probability"].astype("float64"), words.chance_text),
        }
    )
    return opening(found, {_("Project"): ("project", rows["project_id"])})


def filing_remark(verified: Mapping[str, Any]) -> str:
    """Say why teams add up to others than the share above counts; nothing where they don't."""
    count = sum(row["expected_count"] for row in verified["teams"])
    if count == verified["expected_count"]:
        return ""
    return _(
        "Teams count everybody who had a workday in the week, {count}; the share above is of those who usually file, "
        "{usual}."
    ).format(count=words.number_text(count), usual=words.number_text(verified["expected_count"]))


_NUMBERS: Final = frozenset(
    (
        "late_probability",
        "slip_weeks_p50",
        "expected_delay_person_weeks",
        "kept_probability",
        "announced_changes_count",
    )
)


_COLUMNS: Final = (
    "project_id",
    "project_name",
    "reported_status",
    *sorted(_NUMBERS),
    "finish_p50_date",
    "finish_p80_date",
    "committed_date",
    "announced_date",
    "proposed_date",
)


def filing_table(verified: Mapping[str, Any]) -> pd.DataFrame:
    """Return what each team has filed of the newest week."""
    rows = pd.DataFrame(verified["teams"], columns=["team_name", "expected_count", "filed_count"])
    return rows.rename(
        columns={"team_name": _("Team"), "expected_count": _("With workdays"), "filed_count": _("Filed")}
    ).fillna({_("Team"): words.none_text()})


def restated_table(verified: Mapping[str, Any]) -> pd.DataFrame:
    """Return the batches that restated past weeks since the last review."""
    names = ["batch_id", "file_name", "weeks_count", "difference_hours", "source_name"]
    rows = pd.DataFrame(verified["restated_by"], columns=names)
    return worded(
        {
            _("Batch"): (rows["batch_id"], None),
            _("File"): (rows["file_name"], None),
            _("Weeks"): (rows["weeks_count"].astype("float64"), words.number_text),
            _("Difference, hours"): (rows["difference_hours"].astype("float64"), words.amount_text),
        }
    )
