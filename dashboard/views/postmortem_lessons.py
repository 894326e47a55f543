"""Lessons in words and tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.i18n import _, ngettext
from dashboard.views import words
from dashboard.views.opening import opening
from dashboard.views.postmortem import account_rows
from dashboard.views.typed import worded

if TYPE_CHECKING:
    import pandas as pd

    from analytics.postmortem.result import PostMortem

#: What a lesson rests on when it rests on no line of the account.
NO_FIGURE = ""


def lessons_table(lessons: pd.DataFrame, names: dict[str, str]) -> pd.DataFrame:
    """Return lessons next to the figure that each rests on."""
    found = worded(
        {
            _("Number"): (lessons["lesson_id"], words.count_text),
            _("Lesson"): (lessons["title"], None),
            _("Why"): (lessons["note"], None),
            _("Rests on"): (lessons["figure"], None),
            _("Weeks"): (lessons["figure_weeks"], _signed_or_none),
            _("Tags"): (lessons["tags"], None),
            _("Project"): (lessons["project_id"].map(lambda one: names.get(str(one), str(one))), None),
            _("Shown on running projects"): (lessons["shown_count"], words.count_text),
        }
    )
    return opening(found, {_("Project"): ("post_mortem", lessons["project_id"])})


def _signed_or_none(weeks: object) -> str:
    return words.none_text() if words.is_unknown(weeks) else words.signed_number_text(weeks)


def figures_of(mortem: PostMortem) -> dict[str, tuple[str, float | None]]:
    """Return the lines of the account that a lesson can rest on, by what the reader sees."""
    rows = account_rows(mortem)
    found: dict[str, tuple[str, float | None]] = {_("No figure"): (NO_FIGURE, None)}
    for row in rows.to_dict("records"):
        weeks = float(row["weeks"])
        found[f"{row['label']} ({words.signed_weeks_text(weeks)})"] = (str(row["label"]), weeks)
    return found


def alike_sentence(lessons: pd.DataFrame) -> str:
    """Say how many lessons of projects like this one there are."""
    return ngettext(
        "{count} lesson from a finished project of the same product or client.",
        "{count} lessons from finished projects of the same product or client.",
        len(lessons),
    )
