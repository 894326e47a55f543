"""Reviews: opened once with figures that never change, and read back as they were."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from dashboard.answers import review_decisions as deciding
from dashboard.answers.days import as_of_date as newest_day
from dashboard.answers.days import check_known
from dashboard.answers.review_content import review_content
from dashboard.i18n import _
from data.problems import GoliveError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from dashboard.answers.viewers import Viewer
    from data.home import Home
    from data.journal import Attendee, ReviewHead


@dataclass(frozen=True)
class Review:
    """A review with what it froze; ``text`` is the very text in the journal."""

    head: ReviewHead
    text: str
    content: Mapping[str, Any]

    def point(self, key: str) -> Mapping[str, Any]:
        """Return a point of the agenda by its key.

        Raises
        ------
        GoliveError
            The agenda has no such point.
        """
        for point in self.content["agenda"]:
            if point["key"] == key:
                return dict(point)
        raise GoliveError(
            _("Review {number} has no point “{key}”.").format(number=self.head.review_id, key=key),
            _("`golive review show {number}` lists them.").format(number=self.head.review_id),
        )

    def project(self, project_id: str) -> Mapping[str, Any] | None:
        """Return the frozen figures of a project, if it was forecast."""
        return next((dict(row) for row in self.content["projects"] if row["project_id"] == project_id), None)


def open_review(
    home: Home,
    file: Path,
    viewer: Viewer,
    attendees: Sequence[Attendee] = (),
    as_of_date: date | None = None,
) -> int:
    """Freeze the figures of a day as a review; return its number.

    Opening the same state of the data once more on the same day, by a second press or a timer, makes no second review.

    Raises
    ------
    GoliveError
        The day lies before the last review, before the first fact, or after the newest day of the data.
    """
    from data.journal import NewReview, save_review  # noqa: PLC0415 - its libraries take half a second to load

    day = as_of_date or newest_day(file)
    if day > newest_day(file):
        raise GoliveError(
            _("Nothing is known of {day} yet.").format(day=day),
            _("Open the review of {day}.").format(day=newest_day(file)),
        )
    check_known(file, day)
    last = last_review(home, viewer)
    if last is not None and (last.head.as_of_date, last.head.publication) == (day, file.name):
        return last.head.review_id
    if last is not None and day < last.head.as_of_date:
        raise GoliveError(
            _("The last review is of {last}; one of {day} would come before it.").format(
                last=last.head.as_of_date, day=day
            ),
            _("Past reviews stay as they were: `golive review list` shows them."),
        )
    content = review_content(home, file, viewer, day, None if last is None else last.content)
    text = frozen_text(content)
    new = NewReview(day, viewer.scope, file.name, str(content["model_version"]), tuple(attendees), text)
    return save_review(home, viewer.name, new)


def frozen_text(content: Mapping[str, Any]) -> str:
    """Return the one text of a content: names in their order, no number that JSON does not know."""
    return json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True, allow_nan=False)


def preview(home: Home, file: Path, viewer: Viewer, as_of_date: date) -> dict[str, Any]:
    """Return what a review would freeze if it was opened now; nothing is kept."""
    last = last_review(home, viewer)
    return review_content(home, file, viewer, as_of_date, None if last is None else last.content)


def last_review(home: Home, viewer: Viewer) -> Review | None:
    """Return the newest review of the viewer's scope."""
    from data.journal import last_review_head  # noqa: PLC0415 - as above

    head = last_review_head(home, viewer.scope)
    return None if head is None else read_review(home, viewer, head.review_id)


def reviews(home: Home) -> list[ReviewHead]:
    """Return all reviews without their figures, the newest first."""
    from data.journal import read_reviews  # noqa: PLC0415 - as above

    return read_reviews(home)


def read_review(home: Home, viewer: Viewer, review_id: int) -> Review:
    """Return a review as it was.

    Raises
    ------
    GoliveError
        There is none of that number, or it saw people whom the viewer may not see.
    """
    from data import journal  # noqa: PLC0415 - as above

    head, text = journal.read_review(home, review_id)
    if viewer.scope is not None and (head.scope is None or not set(head.scope) <= set(viewer.scope)):
        raise GoliveError(_("Review {number} speaks of teams that you don't see.").format(number=review_id), "")
    return Review(head, text, json.loads(text))


@dataclass(frozen=True)
class Words:
    """What somebody says of a decision at a point of a review."""

    title: str
    owner_name: str = ""
    due_date: date | None = None
    why: str = ""
    alternatives: str = ""
    review_date: date | None = None
    condition: Mapping[str, Any] | None = None
    asserted_by: str = ""
    note: str = ""
    scenario_id: int | None = None
    supersedes_id: int | None = None


def decide(home: Home, viewer: Viewer, review_id: int, key: str, words: Words, *, seen_count: int | None = None) -> int:
    """Record a decision at a point of a review, with both forecasts as they were then; return its number.

    Raises
    ------
    GoliveError
        The review has no such point, the scenario is about another project, or the condition can't be evaluated.
    ConflictError
        Somebody else decided on the same point meanwhile.
    """
    from data import journal  # noqa: PLC0415 - as above

    review = read_review(home, viewer, review_id)
    point = review.point(key)
    project_id = str(point["project_id"] or "")
    frozen = review.project(project_id)
    prediction: Mapping[str, Any] = {}
    if words.scenario_id is not None:
        prediction = _predicted(home, words.scenario_id, project_id, frozen)
    new = journal.NewDecision(
        project_id=project_id,
        title=words.title,
        owner_name=words.owner_name,
        due_date=words.due_date,
        note=words.note,
        scenario_id=words.scenario_id,
        review_id=review_id,
        item_key=key,
        why=words.why,
        alternatives=words.alternatives,
        review_date=words.review_date,
        condition=deciding.condition_of(words.condition or {}),
        asserted_by=words.asserted_by or words.owner_name,
        prediction=prediction,
        do_nothing=deciding.range_of(frozen) if frozen else {},
        supersedes_id=words.supersedes_id,
    )
    return journal.record_decision(home, viewer.name, new, seen_count=seen_count)


def _predicted(home: Home, scenario_id: int, project_id: str, frozen: Mapping[str, Any] | None) -> Mapping[str, Any]:
    from data.journal import read_scenario  # noqa: PLC0415 - as above

    scenario = read_scenario(home, scenario_id)
    if scenario.project_id != project_id:
        raise GoliveError(
            _("Scenario {number} is about {other}, not about {project}.").format(
                number=scenario_id, other=scenario.project_id, project=project_id or "–"
            ),
            _("`golive what-if {project} --list` shows those of this project.").format(project=project_id),
        )
    committed = None if frozen is None else frozen.get("committed_date")
    return {**deciding.range_of(scenario.result), "committed_date": committed, "as_of_date": str(scenario.as_of_date)}


def decisions_at(home: Home, review_id: int, key: str) -> int:
    """Return how many decisions stand at a point: whoever decides says how many they have seen."""
    from data.journal import read_decisions  # noqa: PLC0415 - as above

    return sum(one.review_id == review_id and one.item_key == key for one in read_decisions(home))


def close(
    home: Home, file: Path, viewer: Viewer, decision_id: int, status: str, note: str = "", *, seen: int | None = None
) -> int:
    """Say that a decision was done or dropped, with the finish that is known or forecast now."""
    from data.journal import close_decision  # noqa: PLC0415 - as above

    known = {one["decision_id"]: one for one in deciding.followed(home, file, viewer, newest_day(file))}
    found = known.get(decision_id, {})
    names = ("finish_date", "is_finished", "place", "do_nothing_place", "change_weeks")
    outcome = {name: _text(found.get(name)) for name in names}
    return close_decision(home, viewer.name, decision_id, status, outcome, seen_version=seen, note=note)


def announce(
    home: Home,
    file: Path,
    viewer: Viewer,
    project_id: str,
    announced_date: date,
    said_by: str,
    *,
    said_date: date | None = None,
    review_id: int | None = None,
    note: str = "",
) -> float | None:
    """Record the finish that was announced to a client; return the chance of keeping it, as forecast now.

    Raises
    ------
    GoliveError
        No project has this id, or the day lies in the past.
    """
    from dashboard.answers.portfolio import projects  # noqa: PLC0415 - only here
    from data.journal import Announcement, record_announcement  # noqa: PLC0415 - as above

    day = newest_day(file)
    if project_id not in set(projects(file)["project_id"]):
        raise GoliveError(
            _("No project has the id {project}.").format(project=project_id), _("`golive forecast` lists all.")
        )
    if announced_date < (said_date or day):
        raise GoliveError(
            _("{day} is over: an announced finish lies ahead.").format(day=announced_date), _("Give a later day.")
        )
    chance = deciding.chance_now(file, viewer, day, project_id, announced_date)
    new = Announcement(project_id, announced_date, said_date or day, said_by, review_id, chance, note)
    record_announcement(home, viewer.name, new)
    return chance


def _text(value: Any) -> Any:
    return f"{value:%Y-%m-%d}" if isinstance(value, pd.Timestamp) else value
