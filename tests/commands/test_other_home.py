"""A home that is named with ``--home`` is measured by its own files, wherever GOLIVE_HOME points."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from data.settings import set_committed_by, set_filed_share
from data.strain_method import STRAIN_FILE

if TYPE_CHECKING:
    from pathlib import Path

    from tests.commands.running import Golive
    from tests.data.firm import Firm

MONDAY = date(2026, 1, 5)
POLICY = '[[policy]]\nname = "forty_five"\nmeasure = "weekly_hours"\nlimit = 45\nsource = "Works agreement § 4"\n'


@pytest.fixture
def told(golive: Golive, firm: Firm, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Any:
    """Return what a command tells of a home with rules of its own, while another home is the usual one."""
    rows = ["person_id,project_id,work_date,worked_hours"]
    for number in range(7 * 12):
        day = MONDAY + timedelta(days=number)
        if day.weekday() < 6:
            rows += [f"{person},p1,{day},11" for person in ("ana", "bo", "cem")]
    # Of the last week two of three have filed.
    rows += [f"{person},p1,{MONDAY + timedelta(weeks=12, days=day)},8" for person in ("ana", "bo") for day in range(5)]
    firm.take_in_text("hours.csv", "\n".join(rows), is_history=True, now="2026-04-06")
    monkeypatch.setenv("GOLIVE_HOME", str(tmp_path / "elsewhere"))

    def ask(*command: str) -> Any:
        ended = golive(*command, "--as-of", "2026-04-19", "--home", firm.home.path, "--json")
        assert ended.code == 0, ended
        return json.loads(ended.out)

    return ask


def test_its_limits_are_told(told: Any, firm: Firm) -> None:
    (firm.home.path / "limits.toml").write_text(POLICY, encoding="utf-8")
    assert "policy_forty_five" in {fact["rule"] for fact in told("workload")["limit_facts"]}


def test_its_anchors_of_strain_count(told: Any, firm: Firm) -> None:
    before = told("strain")["version"]
    own = STRAIN_FILE.read_text(encoding="utf-8").replace("watch = 14, high = 21", "watch = 12, high = 20")
    (firm.home.path / "strain.toml").write_text(own, encoding="utf-8")
    assert told("strain")["version"] != before


def test_its_share_of_filed_weeks_decides_which_week_is_told(told: Any, firm: Firm) -> None:
    before = told("workload")["reporting_week"]["week_start_date"]
    set_filed_share(firm.home, 1.0)
    assert told("workload")["reporting_week"]["week_start_date"] < before


def test_its_committed_date_is_measured_against(told: Any, firm: Firm) -> None:
    set_committed_by(firm.home, "current_plan")
    assert "current_plan" in json.dumps(told("forecast"))
