"""Reports of imports and restated weeks, for the pages."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from dashboard.answers.door import home, read, whole_firm
from dashboard.answers.keeping import kept
from data.proving import FoundReport, find_report
from data.restating import (
    By,
    assumed_review,
    hours_stamped_earlier,
    newest_arrival,
    restatements,
    restating_batches,
)

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    import pandas as pd

    from dashboard.answers.viewers import Viewer
    from data.home import Home


@kept(4)
def batch_report(file: Path, viewer: Viewer, batch_id: int) -> FoundReport:
    """Return the report of a batch; people outside the viewer's teams are summed up in one line without a name."""
    found = find_report(home(), batch_id)
    proof = found.report.get("proof") or {}
    if viewer.sees_everybody or not proof.get("persons"):
        return found
    persons = _only(proof["persons"], _people_in_scope(file, viewer))
    return replace(found, report={**found.report, "proof": {**proof, "persons": persons}})


def _only(persons: list[dict[str, Any]], allowed: set[str]) -> list[dict[str, Any]]:
    shown = [person for person in persons if person["id"] in allowed]
    others = [person for person in persons if person["id"] not in allowed]
    if not others:
        return shown
    sums = {
        key: round(sum(person[key] for person in others), 6)
        for key in ("before_hours", "after_hours", "difference_hours")
    }
    return [*shown, {"id": "", "name": "", **sums}]


@kept(2)
def assumed_review_at(file: Path) -> datetime | None:
    """Return the moment that is taken for the last review, or nothing when nothing was imported."""
    with whole_firm(file) as cursor:
        newest = newest_arrival(cursor)
    return assumed_review(newest) if newest else None


def last_review_at(home: Home, viewer: Viewer) -> datetime | None:
    """Return the moment (UTC, without a zone) at which the viewer's last review was opened, or nothing without one."""
    from data.journal import last_review_head  # noqa: PLC0415 - its libraries take half a second to load

    head = last_review_head(home, viewer.scope)
    return None if head is None else head.opened_at.replace(tzinfo=None)


@kept(8)
def restated_weeks(file: Path, viewer: Viewer, since: datetime, by: By) -> pd.DataFrame:
    """Return the past weeks that changed since a moment; by person only those of the viewer's teams."""
    with whole_firm(file) as cursor:
        newest = newest_arrival(cursor)
        found = restatements(cursor, since, newest or since, by)
    if by != "person" or viewer.sees_everybody:
        return found
    return found[found["person_id"].isin(_people_in_scope(file, viewer))]


def _people_in_scope(file: Path, viewer: Viewer) -> set[str]:
    return set(read(file, viewer, "select person_id from marts.people")["person_id"])


@kept(4)
def restated_by_batch(file: Path, viewer: Viewer, since: datetime) -> tuple[pd.DataFrame, float]:  # noqa: ARG001 - part of the cache key
    """Return the batches that changed past weeks, and the hours that arrived after the moment with an earlier stamp."""
    with whole_firm(file) as cursor:
        newest = newest_arrival(cursor)
        return restating_batches(cursor, since, newest or since), hours_stamped_earlier(cursor, since)
