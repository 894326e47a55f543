"""A day of more hours than a day has is named wherever its hours count."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from dashboard.answers import everything as answers
from dashboard.answers.viewers import Viewer
from dashboard.views.people import impossible_days_sentence
from data.publishing import published_file
from tests.data.firm import Firm

if TYPE_CHECKING:
    from pathlib import Path

SUNDAY = date(2026, 3, 22)
VIEWER = Viewer("ana", "local")


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a firm in which Bo typed 18 for 8, and Cai writes whole weeks on one day."""
    firm = Firm.at(tmp_path_factory.mktemp("long"))
    rows = ["person_id,project_id,work_date,worked_hours"]
    for day in range(9, 14):
        rows += [f"bo,p1,2026-03-{day:02},8", f"ana,p1,2026-03-{day:02},8"]
    rows += ["bo,p2,2026-03-11,18", "cai,p1,2026-03-11,20", "cai,p2,2026-03-11,20"]
    rows += [f"{person},p1,2026-03-{day},8" for person in ("ana", "bo", "cai") for day in (16, 17, 18)]
    report = firm.take_in_text("hours.csv", "\n".join(rows), now="2026-03-22", answers={"doubt.long_days": "take"})
    assert report.counts is not None
    published = published_file(firm.home)
    assert published is not None
    return published


def test_a_day_of_more_than_24_hours_is_told_but_a_week_on_one_day_is_not(file: Path) -> None:
    found = answers.impossible_days(file, VIEWER, SUNDAY)
    assert found[["person_id", "worked_hours"]].to_dict("records") == [{"person_id": "bo", "worked_hours": 26.0}]
    told = impossible_days_sentence(found)
    assert told.startswith("More than 24 hours are filed on one day: bo on 11 Mar 2026 (26 h).")
    assert "Anomalies" in told


def test_many_such_days_are_counted_and_none_is_silent(file: Path) -> None:
    one = answers.impossible_days(file, VIEWER, SUNDAY)
    many = one.loc[one.index.repeat(5)]
    assert "2 days more" in impossible_days_sentence(many)
    assert impossible_days_sentence(one.head(0)) == ""
