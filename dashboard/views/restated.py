"""Past weeks that say something else now, in words and tables."""

from __future__ import annotations

from typing import Any

import pandas as pd

from dashboard.i18n import _, ngettext
from dashboard.views import words
from dashboard.views.exact import exact_hours_text, signed_hours_text
from dashboard.views.typed import worded


def restated_sentence(rows: pd.DataFrame, since: Any, *, is_assumed: bool) -> str:
    """Say how many past weeks changed since the moment, by how much, and where the moment comes from."""
    moment = words.moment_text(since)
    origin = (
        _("No review is recorded, so the last one is taken to be the end of the Sunday nearest to a week before.")
        if is_assumed
        else ""
    )
    if rows.empty:
        found = _("No week that had ended by {moment} has changed since then.").format(moment=moment)
    else:
        weeks = rows["week_start_date"].nunique()
        changed = ngettext(
            "{count} week that had ended by then has changed since",
            "{count} weeks that had ended by then have changed since",
            weeks,
        )
        found = _("{moment}: {changed}, by {hours} in all.").format(
            moment=moment, changed=changed, hours=signed_hours_text(rows["difference_hours"].sum())
        )
    return f"{found} {origin}".strip()


def stamped_earlier_sentence(hours: float) -> str:
    """Say that hours arrived after the moment though their source knew them before; empty when there are none."""
    if not hours:
        return ""
    return _(
        "{hours} of past weeks arrived in Golive after this moment but bear an earlier stamp of their source."
        " They count as known then, though no review can have shown them."
    ).format(hours=exact_hours_text(hours))


def restated_table(rows: pd.DataFrame) -> pd.DataFrame:
    """Word the restated weeks; a share of nothing is not told."""
    found: dict[str, pd.Series[Any]] = {}
    for key, heading in (("project", _("Project")), ("person", _("Person"))):
        if f"{key}_id" in rows.columns:
            named = rows[f"{key}_name"].where(rows[f"{key}_name"].ne(""), rows[f"{key}_id"])
            found[heading] = named
    found |= {
        _("Week of"): rows["week_start_date"].map(words.date_text),
        _("Hours then"): rows["hours_then"].map(exact_hours_text),
        _("Hours now"): rows["hours_now"].map(exact_hours_text),
        _("Difference"): rows["difference_hours"].map(signed_hours_text),
        _("Share"): rows["difference_share"].map(_share_text),
        _("Filed late"): rows["filed_late_hours"].map(signed_hours_text),
        _("Corrected"): rows["corrected_hours"].map(signed_hours_text),
        _("Withdrawn"): rows["withdrawn_hours"].map(signed_hours_text),
        _("By batch"): rows["batch_ids"],
    }
    return pd.DataFrame(found)


def restating_batches_table(batches: pd.DataFrame) -> pd.DataFrame:
    """Word the batches that changed past weeks."""
    return worded(
        {
            _("Batch"): (batches["batch_id"].map(str), None),
            _("File"): (batches["file_name"], None),
            _("Source"): (batches["source_name"], None),
            _("Arrived"): (batches["arrived_at"], words.moment_text),
            _("Past weeks"): (batches["weeks_count"], words.number_text),
            _("Difference"): (batches["difference_hours"], signed_hours_text),
            _("Filed late"): (batches["filed_late_hours"], signed_hours_text),
            _("Corrected"): (batches["corrected_hours"], signed_hours_text),
            _("Withdrawn"): (batches["withdrawn_hours"], signed_hours_text),
        }
    )


def _share_text(share: Any) -> str:
    """Return a share in percent with one decimal: a week of the whole firm moves by little."""
    return words.none_text() if words.is_unknown(share) else f"{100 * float(share):.1f} %"
