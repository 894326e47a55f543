"""What the signs of a review propose for the register of risks: once, in words, for a person to confirm."""

from __future__ import annotations

from typing import Any

from dashboard.answers.proposed_risks import proposed
from dashboard.views.review import proposal_entries
from data.journal import RaidEntry

STILL = {"booked_hours": 400.0, "weeks_count": 4, "gained_ratio": 0.0, "expected_ratio": 0.1}


def point(project_id: str | None, *kinds: str) -> dict[str, Any]:
    signs = [{"key": f"{kind}:project:{project_id}", "kind": kind, "figures": STILL} for kind in kinds]
    return {"project_id": project_id, "signs": signs}


CONTENT = {
    "agenda": [point("p1", "restated", "standstill", "requests"), point("p2", "decision"), point(None, "silent")]
}


def test_the_gravest_sign_of_a_project_is_proposed_and_matters_of_the_hour_are_not() -> None:
    (found,) = proposed(CONTENT, [])
    assert (found["kind"], found["project_id"], found["sign_key"]) == ("issue", "p1", "standstill:project:p1")
    ((project, kind, words),) = proposal_entries([found], {"p1": "Lotus ERP"})
    assert (project, kind) == ("Lotus ERP", "Issue")
    assert words.startswith("hours without progress: 400 h booked in 4 weeks")


def test_what_is_on_record_is_not_proposed_again_until_it_is_closed() -> None:
    entry = RaidEntry("issue", "p1", "Standstill", sign_key="requests:project:p1")
    assert proposed(CONTENT, [entry]) == []
    closed = RaidEntry("issue", "p1", "Standstill", sign_key="requests:project:p1", status="closed")
    assert len(proposed(CONTENT, [closed])) == 1
