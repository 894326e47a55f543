"""Decisions and promises beside what became of them, and the score of predictions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from analytics.review.announcing import Band, chance_of_keeping
from analytics.review.following import ConditionError, checked_condition, follow_up
from analytics.review.scoring import Prediction, Score, score
from dashboard.answers.portfolio import forecast, projects
from dashboard.i18n import _
from data.problems import GoliveError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from pathlib import Path

    from dashboard.answers.viewers import Viewer
    from data.home import Home
    from data.journal import Decision, ReviewHead

_RANGE: Final = ("finish_p10_date", "finish_p50_date", "finish_p80_date", "finish_p90_date", "late_probability")


def band_of(_home: Home) -> Band:
    """Return the band in which a promise is left alone."""
    return Band()


def promises_now(home: Home) -> pd.DataFrame:
    """Return the announced finish in force of each project, and how often it was changed."""
    from data.journal import newest_announcements, read_announcements  # noqa: PLC0415 - slow to load

    said = read_announcements(home)
    counts = pd.Series([one.project_id for one in said], dtype="object").value_counts()
    rows = [
        {
            "project_id": one.project_id,
            "announced_date": pd.Timestamp(one.announced_date),
            "said_date": pd.Timestamp(one.said_date),
            "said_by": one.said_by,
            "change_count": int(counts[one.project_id]) - 1,
        }
        for one in newest_announcements(said).values()
    ]
    return pd.DataFrame(rows, columns=["project_id", "announced_date", "said_date", "said_by", "change_count"])


def announced_finish(home: Home, project_id: str, day: date) -> date | None:
    """Return the finish of a project that was announced last, as said on a day."""
    from data.journal import read_announcements  # noqa: PLC0415 - slow to load

    said = [one for one in read_announcements(home, project_id) if one.said_date <= day]
    return said[-1].announced_date if said else None


def announced_in(home: Home, head: ReviewHead) -> list[dict[str, Any]]:
    """Return what was announced at a review, or elsewhere until the next one was opened, as it was recorded."""
    from data.journal import read_announcements, read_reviews  # noqa: PLC0415 - slow to load

    later = [one.opened_at for one in read_reviews(home) if one.opened_at > head.opened_at]
    end = min(later, default=None)
    return [
        {
            "project_id": one.project_id,
            "announced_date": one.announced_date,
            "said_by": one.said_by,
            "kept_probability": one.kept_probability,
        }
        for one in read_announcements(home)
        if one.review_id == head.review_id
        or (
            one.review_id is None
            and one.recorded_at is not None
            and one.recorded_at >= head.opened_at
            and (end is None or one.recorded_at < end)
        )
    ]


def followed(home: Home, file: Path, viewer: Viewer, as_of_date: date) -> list[dict[str, Any]]:
    """Return every decision in force with what is to be said of it on a day, the newest first."""
    from data.journal import read_decisions  # noqa: PLC0415 - slow to load

    told = {str(row["project_id"]): row for row in forecast(file, viewer, as_of_date).to_dict("records")}
    ends = _finishes(file, as_of_date)
    return [
        _followed(one, pd.Timestamp(as_of_date), told.get(one.project_id), ends.get(one.project_id))
        for one in read_decisions(home)
    ]


def _followed(
    one: Decision, day: pd.Timestamp, told: Mapping[Any, Any] | None, finished: pd.Timestamp | None
) -> dict[str, Any]:
    said = {
        "due_date": one.due_date,
        "review_date": one.review_date,
        "condition": one.condition,
        "prediction": one.prediction,
        "do_nothing": one.do_nothing,
    }
    known = None if told is None else {str(name): value for name, value in told.items()}
    found = follow_up(said, day, known, finished)
    is_open = one.is_open
    return {
        "decision_id": one.decision_id,
        "decided_at": one.decided_at.isoformat(timespec="seconds"),
        "project_id": one.project_id,
        "title": one.title,
        "why": one.why,
        "alternatives": one.alternatives,
        "owner_name": one.owner_name,
        "asserted_by": one.asserted_by,
        "recorded_by": one.viewer_name,
        "review_id": one.review_id,
        "item_key": one.item_key,
        "status": one.status,
        "version": one.version,
        "note": one.note,
        "supersedes_id": one.supersedes_id,
        "scenario_id": one.scenario_id,
        **said,
        "outcome": dict(one.outcome),
        "due": found.due if is_open else "none",
        "must_look": found.must_look and is_open,
        "condition_is_met": found.condition_is_met,
        "finish_date": found.finish_date,
        "is_finished": found.is_finished,
        "place": found.place,
        "do_nothing_place": found.do_nothing_place,
        "change_weeks": found.change_weeks,
        "is_contradicted": found.is_contradicted and is_open,
    }


def _finishes(file: Path, as_of_date: date) -> dict[str, pd.Timestamp]:
    listed = projects(file)
    done = pd.to_datetime(listed["actual_finish_date"])
    is_over = done.notna() & (done <= pd.Timestamp(as_of_date))
    return dict(zip(listed.loc[is_over, "project_id"], done[is_over], strict=True))


def score_now(home: Home, file: Path) -> Score:
    """Score what was predicted with decisions and promised with a chance, of projects that are over by now."""
    from dashboard.answers.days import as_of_date  # noqa: PLC0415 - only here
    from data.journal import read_announcements, read_decisions  # noqa: PLC0415 - slow to load

    ends = _finishes(file, as_of_date(file))
    pairs: list[tuple[Prediction, pd.Timestamp]] = []
    for one in read_decisions(home):
        made = _prediction(one.prediction or one.do_nothing)
        if made is not None and one.project_id in ends:
            pairs.append((made, ends[one.project_id]))
    for said in read_announcements(home):
        if said.kept_probability is not None and said.project_id in ends:
            # A promise is one-sided: all days up to it are its range.
            by = pd.Timestamp(said.announced_date)
            made = Prediction(pd.Timestamp.min, by, by, said.kept_probability)
            pairs.append((made, ends[said.project_id]))
    return score(pairs)


def _prediction(said: Mapping[str, Any]) -> Prediction | None:
    low, high = said.get("finish_p10_date"), said.get("finish_p90_date")
    if not low or not high:
        return None
    by, late = said.get("committed_date"), said.get("late_probability")
    if not by or late is None:
        return Prediction(pd.Timestamp(low), pd.Timestamp(high))
    # Late means more than two weeks after the committed date.
    by_date = pd.Timestamp(by) + pd.Timedelta(weeks=2)
    return Prediction(pd.Timestamp(low), pd.Timestamp(high), by_date, 1.0 - float(late))


def range_of(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return of a forecast what is stored with a decision."""
    names = (*_RANGE, "committed_date")
    return {name: row[name] for name in names if row.get(name) is not None}


def condition_of(condition: Mapping[str, Any]) -> dict[str, Any]:
    """Return a condition as it is kept.

    Raises
    ------
    GoliveError
        It can't be evaluated.
    """
    try:
        return checked_condition(condition)
    except ConditionError as error:
        raise GoliveError(
            _("The condition can't be evaluated ({what}).").format(what=error),
            _("Write for example “finish_p50_date above 2027-07-15” or “late_probability below 0.5”."),
        ) from error


def chance_now(file: Path, viewer: Viewer, as_of_date: date, project_id: str, day: date) -> float | None:
    """Return the chance that a project is over on or before a day, as forecast now."""
    told = forecast(file, viewer, as_of_date)
    own = told[told["project_id"] == project_id]
    return None if own.empty else chance_of_keeping(own.iloc[0].to_dict(), pd.Timestamp(day))
