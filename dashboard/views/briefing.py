"""The Monday briefing of the portfolio: one row per project, what to look at first, and what changed and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from analytics.delay.together import AMBER_PROBABILITY
from analytics.delay.view import LIKELY_LATE_PROBABILITY, RED_PROBABILITY
from dashboard.i18n import _
from dashboard.parts.marks import range_bars, status_dot
from dashboard.views import words
from dashboard.views.drivers import driver_label, main_driver, movement_sentence
from dashboard.views.typed import with_wording

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dashboard.parts.marks import Status

#: A median that moved by less has not moved.
MOVED_WEEKS: Final = 0.5
#: Longer names are cut in their middle.
_NAME_LENGTH: Final = 30
#: What the list can be narrowed to, in the order of the buttons.
LOOKS: Final = ("all", "late", "later", "red", "watch", "none")


@dataclass(frozen=True)
class Change:
    """A forecast that moved since last week, with the reason in one sentence."""

    project_id: str
    project_name: str
    weeks_text: str
    is_later: bool
    reason: str


def in_look(named: pd.DataFrame, watched: pd.DataFrame, look: str) -> pd.Series[bool]:
    """Tell which projects a look keeps: likely late, moved later, newly above 80 %, with people on watch, unknown."""
    chance, before = named["late_probability"], named["before_probability"]
    kept: dict[str, pd.Series[bool]] = {
        "all": pd.Series(data=True, index=named.index),
        "late": chance.ge(LIKELY_LATE_PROBABILITY),
        "later": named["change_weeks"].gt(MOVED_WEEKS),
        "red": chance.ge(RED_PROBABILITY) & before.lt(RED_PROBABILITY),
        "watch": named["project_id"].isin(watched["project_id"]),
        "none": chance.isna(),
    }
    return kept[look]


def look_labels(named: pd.DataFrame, watched: pd.DataFrame) -> dict[str, str]:
    """Return the label of each look with how many projects it keeps."""
    texts = {
        "all": _("All"),
        "late": _("Likely late"),
        "later": _("Over ½ week later"),
        "red": _("Newly above 80 %"),
        "watch": _("With people on watch"),
        "none": _("No forecast"),
    }
    return {look: f"{texts[look]} · {int(in_look(named, watched, look).sum())}" for look in LOOKS}


def status_of(chance: Any) -> Status:
    """Return the status behind a chance of being late."""
    if pd.isna(chance):
        return "not_known"
    if chance >= LIKELY_LATE_PROBABILITY:
        return "late"
    return "watch" if chance >= AMBER_PROBABILITY / 2 else "on_time"


def briefing_table(
    table: pd.DataFrame, rows: pd.DataFrame, drivers: pd.DataFrame, watched: pd.DataFrame, as_of_date: Any
) -> pd.DataFrame:
    """Return the table of the portfolio with status, main driver, range and people on watch.

    Parameters
    ----------
    table, rows
        ``table`` and ``rows`` of ``portfolio_view``: the same projects in the same order.
    drivers
        ``project_id``, ``driver``, ``weeks``.
    watched
        ``project_id`` and ``person_count``.
    """
    largest = {str(name): main_driver(own) for name, own in drivers.groupby("project_id", sort=False)}
    causes = {
        name: f"{driver_label(cause)} {words.signed_number_text(weeks)}" for name, (cause, weeks) in largest.items()
    }
    ids = rows["project_id"].astype(str)
    counts = ids.map(watched.set_index(watched["project_id"].astype(str))["person_count"]).fillna(0).astype("int64")
    made = table.copy(deep=False)
    made[status_head()] = [status_dot(status_of(chance)) for chance in rows["late_probability"]]
    made[driver_head()] = [causes.get(one, "") for one in ids]
    made[range_head()] = range_bars(rows, pd.Timestamp(as_of_date))
    made[watch_head()] = counts.to_numpy()
    made.attrs = table.attrs
    return with_wording(made, {_("Project"): lambda name: words.shortened(str(name), _NAME_LENGTH)})


def status_head() -> str:
    """Return the head of the column of dots: it is drawn without one, and read to who can't see it."""
    return _("Status")


def driver_head() -> str:
    """Return the head of the main driver."""
    return _("Main driver, weeks")


def range_head() -> str:
    """Return the head of the range bars."""
    return _("Range of the finish")


def watch_head() -> str:
    """Return the head of the people on watch."""
    return _("On watch")


def status_help() -> str:
    """Say what the shapes of the dots mean."""
    return _(
        "Dot: full – likely late (a chance of 50 % or more); half – possibly late (25 % or more); ring – on time; "
        "hatched – no forecast."
    )


def range_help() -> str:
    """Say what the range bars show."""
    return _(
        "From today, or the earliest committed date, to where nine of ten ranges end. Pale: 8 of 10 outcomes (P10 to "
        "P90); dark: P50 to P80; point: median; diamond: committed date."
    )


def watch_help() -> str:
    """Say whom the column of people on watch counts."""
    return _(
        "People on watch now (level WATCH or HIGH) whose weeks on watch the project is part of. People shows who they "
        "are, and why."
    )


def forms() -> dict[str, str]:
    """Return the forms in which the projects can be looked at."""
    return {"list": _("List"), "timeline": _("Timeline")}


def plain_table(table: pd.DataFrame) -> pd.DataFrame:
    """Return the table for a file: no pictures, and the ids, by which others find the projects again."""
    return table.drop(columns=[status_head(), range_head()])


def first_columns() -> list[str]:
    """Return the columns that stand there unless the reader chooses others: as many as a laptop shows uncut."""
    return [
        _("Project"),
        _("Client"),
        _("Safe finish (P80)"),
        _("Slip (P50)"),
        _("Since last week"),
        driver_head(),
        range_head(),
        watch_head(),
    ]


def more_columns(table: pd.DataFrame) -> list[str]:
    """Return the columns that can be added."""
    known = {*first_columns(), status_head(), "project_id"}
    return [str(name) for name in table.columns if name not in known]


def changes(named: pd.DataFrame, movements: Mapping[str, Any], before: Any) -> list[Change]:
    """Return the largest changes with their reasons, as ``answers.movements`` knows them."""
    ids = named["project_id"].astype(str)
    names: dict[str, str] = dict(zip(ids, named["project_name"].astype(str), strict=True))
    weeks: dict[str, float] = dict(zip(ids, named["change_weeks"].astype("float64"), strict=True))
    return [
        Change(
            project_id,
            names[project_id],
            words.signed_weeks_text(weeks[project_id]),
            is_later=weeks[project_id] > 0,
            reason=movement_sentence(movement, before),
        )
        for project_id, movement in movements.items()
        if project_id in names
    ]


def about_table(as_of_text: str, committed_text: str, filters: Mapping[str, list[str]]) -> dict[str, str]:
    """Return what the first sheet of the download says."""
    said = {name: ", ".join(values) for name, values in filters.items() if values}
    return {_("Page"): _("Portfolio"), _("As known on"): as_of_text, _("Committed date"): committed_text, **said}
