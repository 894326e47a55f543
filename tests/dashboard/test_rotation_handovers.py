"""A handover is told as a row and as sentences to tick."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest

from analytics.rotation.fares import Journeys
from analytics.rotation.handovers import Handover, HandoverList
from dashboard.views.rotation_handovers import check_list, check_rows, handover_table, journey_rows, late_table, title

VIEW: Any = SimpleNamespace(
    problem=SimpleNamespace(weeks=(date(2026, 12, 7),), project_ids=("p1",)),
    project=lambda place: ("Linz",)[place],
    person=lambda row: ("Ana", "Bo", "Cem")[row],
)


def handover(**changes: Any) -> HandoverList:
    plain: dict[str, Any] = {
        "person": 0,
        "project": 0,
        "last_week": 1,
        "successors": (1,),
        "remaining": (2,),
        "overlap_weeks": 2,
        "is_only_one": False,
        "request_ids": (),
        "activities": (),
    } | changes
    requests, activities = plain.pop("request_ids"), plain.pop("activities")
    return HandoverList(Handover(**plain), requests, activities)


def test_a_row_says_until_when_who_goes_who_comes_and_how_long_both_are_there() -> None:
    (row,) = handover_table(VIEW, [handover(request_ids=("c1", "c2"))]).to_numpy().tolist()
    assert row == ["20 Dec 2026", "Linz", "Ana", "Bo", "10", "2", "–"]


@pytest.mark.parametrize(
    ("changes", "who", "together"),
    [
        ({"successors": ()}, "Cem (stay)", "–"),
        ({"successors": (), "remaining": ()}, "nobody: the site stays open", "–"),
        ({"overlap_weeks": 0}, "Bo", "0"),
    ],
)
def test_who_takes_over_is_said_where_nobody_comes_too(changes: dict[str, Any], who: str, together: str) -> None:
    (row,) = handover_table(VIEW, [handover(**changes)]).to_numpy().tolist()
    assert row[3:5] == [who, together]


def test_what_only_the_leaver_knows_and_open_requests_are_on_the_check_list() -> None:
    many = tuple(f"c{n}" for n in range(11))
    one = handover(is_only_one=True, activities=("data_migration",), request_ids=many)
    lines = check_list(VIEW, one)
    assert lines[0] == "10 working days together are planned"
    assert any("show them around before 20 Dec 2026" in line for line in lines)
    assert any("Ana alone has worked on Data migration" in line for line in lines)
    assert "Requests that are open: c0, c1, c2, c3, c4, c5, c6, c7 and 3 more" in lines
    assert any(line.startswith("Access: accounts and badges of Ana") for line in lines)
    assert title(VIEW, one) == "Linz, Ana, 20 Dec 2026"
    assert check_rows(VIEW, [one]) == [[date(2026, 12, 20), "Linz", "Ana", "Bo", "☐", line] for line in lines]


@pytest.mark.parametrize(
    ("changes", "text"),
    [({"overlap_weeks": 0}, "No day together is planned"), ({"successors": ()}, "Nobody begins in these weeks")],
)
def test_a_hand_over_without_a_day_together_says_what_to_do(changes: dict[str, Any], text: str) -> None:
    assert check_list(VIEW, handover(**changes))[0].startswith(text)


def test_fares_stand_by_currency_and_what_is_not_known_is_a_row_of_its_own() -> None:
    rows = journey_rows(Journeys(12, {"EUR": 1200.4}, 0), Journeys(10, {"CNY": 9000.0, "EUR": 500.0}, 2))
    assert rows == [
        ("Journeys", "12", "10", "−2"),
        ("Fares by own trips, CNY", "0", "9 000", "+9 000"),
        ("Fares by own trips, EUR", "1 200", "500", "−700"),
        ("Journeys without a known fare", "0", "2", "+2"),
    ]


def test_a_chance_of_being_late_stands_beside_the_open_weeks_that_make_it() -> None:
    rows = pd.DataFrame(
        [("p1", 16.2, 0.0, 0.84, 0.5)],
        columns=["project_id", "open_weeks_before", "open_weeks_after", "late_before", "late_after"],
    )
    assert late_table(VIEW, rows).to_numpy().tolist() == [["Linz", "16.2", "0.0", "84 %", "50 %", "−34.0"]]
