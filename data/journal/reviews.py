"""Reviews: each is written once with its figures as they were, and read back as the same text."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlalchemy.orm import defer

from data.journal.engine import JournalError, now, reading, writing
from data.journal.tables import ReviewRow
from data.problems import GoliveError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from data.home import Home


@dataclass(frozen=True)
class Attendee:
    """Somebody who takes part, and as what."""

    name: str
    role: str


@dataclass(frozen=True)
class ReviewHead:
    """A review without its figures.

    Parameters
    ----------
    scope
        Teams whose people it speaks of; nothing: everybody.
    publication
        The warehouse file that it saw.
    """

    review_id: int
    opened_at: datetime
    viewer_name: str
    as_of_date: date
    scope: tuple[str, ...] | None
    publication: str
    model_version: str
    attendees: tuple[Attendee, ...]


@dataclass(frozen=True)
class NewReview:
    """What a review is opened with; ``content_text`` is JSON, kept byte for byte."""

    as_of_date: date
    scope: tuple[str, ...] | None
    publication: str
    model_version: str
    attendees: Sequence[Attendee]
    content_text: str


def save_review(home: Home, viewer_name: str, new: NewReview) -> int:
    """Keep a review; return its number."""
    row = ReviewRow(
        opened_at=now(),
        viewer_name=viewer_name,
        as_of_date=new.as_of_date,
        scope_json=json.dumps(new.scope, ensure_ascii=False),
        publication=new.publication,
        model_version=new.model_version,
        attendees_json=json.dumps([[one.name, one.role] for one in new.attendees], ensure_ascii=False),
        content_json=new.content_text,
        content_sha256=_digest(new.content_text),
    )
    with writing(home) as session:
        session.add(row)
        session.flush()
        return row.review_id


def read_reviews(home: Home) -> list[ReviewHead]:
    """Return all reviews without their figures, the newest first."""
    query = select(ReviewRow).options(defer(ReviewRow.content_json)).order_by(ReviewRow.review_id.desc())
    with reading(home) as session:
        return [_head(row) for row in session.scalars(query)]


def last_review_head(home: Home, scope: tuple[str, ...] | None) -> ReviewHead | None:
    """Return the newest review of a scope without its figures: another scope saw other figures."""
    return next((one for one in read_reviews(home) if one.scope == scope), None)


def read_review(home: Home, review_id: int) -> tuple[ReviewHead, str]:
    """Return one review with its figures, as the text that was kept.

    Raises
    ------
    GoliveError
        There is none of that number.
    JournalError
        The text is not the one that was kept.
    """
    with reading(home) as session:
        row = session.get(ReviewRow, review_id)
        if row is None:
            raise GoliveError(f"No review has the number {review_id}.", "`golive review list` shows all.")
        if _digest(row.content_json) != row.content_sha256:
            raise JournalError(
                f"The figures of review {review_id} are not those that were frozen.",
                "The journal was changed from outside; take it from a backup.",
            )
        return _head(row), row.content_json


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _head(row: ReviewRow) -> ReviewHead:
    scope: Any = json.loads(row.scope_json)
    return ReviewHead(
        row.review_id,
        row.opened_at,
        row.viewer_name,
        row.as_of_date,
        None if scope is None else tuple(scope),
        row.publication,
        row.model_version,
        tuple(Attendee(name, role) for name, role in json.loads(row.attendees_json)),
    )
