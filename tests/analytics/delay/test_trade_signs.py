"""Known warning signs: measured at the same stage, told with what the firm's own history says of them."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from analytics.delay.trade_signs import LEAST_FINISHED_COUNT, busiest_requester, trade_signs

START = pd.Timestamp("2026-01-05")
TODAY = pd.Timestamp("2026-03-15")


def project(name: str, slip: float | None, start: str = "2025-01-06") -> dict[str, object]:
    begun = pd.Timestamp(start)
    return {
        "project_id": name,
        "start_date": begun,
        "planned_weeks": 20.0,
        "is_finished": slip is not None,
        "end_date": pd.NaT if slip is None else begun + pd.Timedelta(days=round(140 * (1 + slip))),
    }


def worked(name: str, start: str, share: float, *, later: float = 0.0) -> list[dict[str, object]]:
    """Return 40 hours a week for ten weeks with a share in integration, and other ten weeks with another share."""
    first = pd.Timestamp(start)
    rows = []
    for week in range(20):
        part = 40 * (share if week < 10 else later)
        for activity, hours in (("integration", part), ("configuration", 40 - part)):
            day = first + pd.Timedelta(weeks=week)
            rows.append({"project_id": name, "week_start_date": day, "activity": activity, "worked_hours": hours})
    return rows


def request(name: str, raised: str, **more: object) -> dict[str, object]:
    said: dict[str, object] = {
        "project_id": name,
        "raised_at": pd.Timestamp(raised),
        "decided_at": pd.NaT,
        "cause": None,
        "is_confirmed_by_prototype": None,
        "requested_by": None,
        "estimated_hours": None,
    }
    return said | more


NO_REQUESTS = pd.DataFrame([request("nobody", "2020-01-01")])


def firm(high_slip: float, *, count: int = 24) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return finished projects of which every fourth spent half its hours on integration, and one that runs."""
    shares = [0.5 if number % 4 == 0 else 0.1 + number / 1000 for number in range(count)]
    slips = [(high_slip if share == 0.5 else 0.1) + number / 1000 for number, share in enumerate(shares)]
    projects = [project(f"f{number}", slip) for number, slip in enumerate(slips)]
    hours = [row for number, share in enumerate(shares) for row in worked(f"f{number}", "2025-01-06", share)]
    hours += worked("p", str(START.date()), 0.55)
    return pd.DataFrame([*projects, project("p", None, str(START.date()))]), pd.DataFrame(hours)


def sign(found: pd.DataFrame, name: str) -> dict[str, Any]:
    (row,) = found[found["sign"] == name].to_dict("records")
    return {str(key): value for key, value in row.items()}


def test_much_integration_is_told_with_how_late_such_projects_were() -> None:
    found = sign(trade_signs(*firm(high_slip=0.6), NO_REQUESTS, "p", TODAY), "integration_share")
    assert found["value"] == pytest.approx(0.55)
    assert found["usual"] == pytest.approx(0.11, abs=0.02)
    assert found["is_high"]
    assert found["high_slip"] == pytest.approx(0.6, abs=0.05)
    assert found["rest_slip"] == pytest.approx(0.1, abs=0.05)
    assert 0 < found["low"] < found["high"]


def test_without_a_relation_the_interval_holds_zero() -> None:
    found = sign(trade_signs(*firm(high_slip=0.1), NO_REQUESTS, "p", TODAY), "integration_share")
    assert found["low"] <= 0.02
    assert found["high"] >= -0.02
    assert abs(found["high_slip"] - found["rest_slip"]) < 0.03


def test_finished_projects_are_seen_at_the_same_stage() -> None:
    projects, hours = firm(high_slip=0.6)
    late = hours.assign(
        worked_hours=hours["worked_hours"].where(
            hours["week_start_date"]
            < hours.groupby("project_id")["week_start_date"].transform("min") + pd.Timedelta(weeks=11),
            hours["worked_hours"] * 50,
        )
    )
    before = trade_signs(projects, hours, NO_REQUESTS, "p", TODAY)
    pd.testing.assert_frame_equal(before, trade_signs(projects, late, NO_REQUESTS, "p", TODAY))


def test_a_short_history_says_nothing_about_a_relation() -> None:
    few = LEAST_FINISHED_COUNT - 1
    found = sign(trade_signs(*firm(high_slip=0.6, count=few), NO_REQUESTS, "p", TODAY), "integration_share")
    assert found["finished_count"] == few
    assert not found["is_high"]
    assert pd.isna(found["high_slip"])


def test_what_comes_later_changes_nothing() -> None:
    projects, hours = firm(high_slip=0.6)
    later = pd.DataFrame(worked("p", "2026-03-23", 1.0))
    before = trade_signs(projects, hours[hours["week_start_date"] <= TODAY], NO_REQUESTS, "p", TODAY)
    after = trade_signs(projects, pd.concat([hours, later]), NO_REQUESTS, "p", TODAY)
    pd.testing.assert_frame_equal(before, after)


def test_requests_tell_what_no_prototype_confirmed_and_what_waits() -> None:
    projects, hours = firm(high_slip=0.6)
    requests = pd.DataFrame(
        [
            request("p", "2026-02-02", is_confirmed_by_prototype=True, decided_at=pd.Timestamp("2026-02-12")),
            request("p", "2026-02-02", is_confirmed_by_prototype=False, cause="legacy_integration"),
            request("p", "2026-03-02", cause="new_need", is_confirmed_by_prototype=False),
            request("p", "2026-04-02", is_confirmed_by_prototype=True),
        ]
    )
    found = trade_signs(projects, hours, requests, "p", TODAY)
    assert sign(found, "unconfirmed_share")["value"] == pytest.approx(2 / 3)
    assert sign(found, "old_systems_share")["value"] == pytest.approx(1 / 2)
    assert sign(found, "undecided_share")["value"] == pytest.approx(2 / 3)
    assert sign(found, "decision_wait_days")["value"] == 13


def test_a_project_without_a_plan_or_of_no_name_has_no_signs() -> None:
    projects, hours = firm(high_slip=0.6)
    bare = projects.assign(planned_weeks=projects["planned_weeks"].where(projects["project_id"] != "p"))
    assert trade_signs(bare, hours, NO_REQUESTS, "p", TODAY).empty
    assert trade_signs(projects, hours, NO_REQUESTS, "nobody", TODAY).empty


def test_a_finished_project_is_compared_with_the_others_only() -> None:
    projects, hours = firm(high_slip=0.6)
    found = sign(trade_signs(projects, hours, NO_REQUESTS, "f1", TODAY), "integration_share")
    assert found["finished_count"] == 23


def test_without_hours_and_requests_nothing_is_measured() -> None:
    projects, hours = firm(high_slip=0.6)
    assert trade_signs(projects, hours.iloc[:0], NO_REQUESTS.iloc[:0], "p", TODAY).empty


def test_who_asks_most_is_named_only_when_somebody_asks_again() -> None:
    rows = [
        request("p", "2026-02-02", requested_by="Finance", estimated_hours=30.0),
        request("p", "2026-02-03", requested_by="Finance", estimated_hours=50.0),
        request("p", "2026-02-04", requested_by="Wards", estimated_hours=20.0),
        request("p", "2026-05-04", requested_by="Wards", estimated_hours=900.0),
    ]
    found = busiest_requester(pd.DataFrame(rows), TODAY)
    assert found is not None
    assert (found[0], found[2]) == ("Finance", 2)
    assert found[1] == pytest.approx(0.8)
    assert busiest_requester(pd.DataFrame(rows[1:3]), TODAY) is None
    assert busiest_requester(pd.DataFrame(rows).iloc[:0], TODAY) is None
