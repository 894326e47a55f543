"""What can be chosen on the page of post-mortems: projects, parts, windows, steps of the guided review."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analytics.delay.view import LATE_AFTER_WEEKS
from dashboard.i18n import _
from dashboard.views.choosing import project_labels
from dashboard.views.postmortem_words import REVIEW_MINUTES

if TYPE_CHECKING:
    import pandas as pd

    from analytics.postmortem.account import WindowsBy


def ended_labels(ended: pd.DataFrame) -> dict[str, str]:
    """Return the projects to choose from, the latest end first, running ones after all others."""
    if ended.empty:
        return {}
    names = project_labels(ended)
    running = ended.set_index("project_id")["ending"].eq("running").to_dict()
    return {
        str(one): _("{name} (still running)").format(name=names[str(one)]) if running[one] else names[str(one)]
        for one in ended["project_id"]
    }


def first_shown(ended: pd.DataFrame) -> str:
    """Return the project that is shown unless another is asked for: the latest that ended late, else the first."""
    late = ended[ended["late_weeks"] > LATE_AFTER_WEEKS]
    return str((late if len(late) else ended)["project_id"].iloc[0])


def part_labels() -> dict[str, str]:
    """Return the parts of the page."""
    return {
        "overview": _("Overview"),
        "weeks": _("Week by week"),
        "requirements": _("Requirements"),
        "comparables": _("Comparables"),
        "lessons": _("Lessons"),
        "review": _("Guided review"),
        "firm": _("All projects"),
    }


def step_labels() -> dict[str, str]:
    """Return the steps of the guided review with their minutes."""
    names = {
        "timeline": _("What happened"),
        "turning": _("Turning points"),
        "account": _("The account"),
        "lessons": _("What to keep"),
    }
    return {
        key: _("{name}, {minutes} min").format(name=name, minutes=REVIEW_MINUTES[key]) for key, name in names.items()
    }


def step_question(step: str) -> str:
    """Return the question that the meeting talks about at a step."""
    questions = {
        "timeline": _("What did each of us know in these weeks, and what did the work look like from there?"),
        "turning": _("What made sense at the time, and what would have let it be seen sooner?"),
        "account": _("Which lines surprise us, and what in the figures is missing?"),
        "lessons": _("What will the next project like this one do, and how will we see that it helped?"),
    }
    return questions[step]


def windows_of(is_by_replan: bool) -> WindowsBy:  # noqa: FBT001 - the value of a switch
    """Return by what windows are cut."""
    return "replan" if is_by_replan else "month"
