"""A week is knowable by a sign that had proved itself by then; what ended later has no say in it."""

from __future__ import annotations

import pandas as pd
import pytest

from analytics.postmortem.knowable import first_rings, knowable_of, outcomes_of, record_of
from analytics.postmortem.signs import SIGNS

MONDAY = pd.Timestamp("2024-01-01")
TODAY = pd.Timestamp("2026-06-28")


def weeks(project_id: str, start: int, rings: dict[str, int]) -> pd.DataFrame:
    """Twenty weeks of a project with a plan of sixteen; each sign stands from a week of the project on."""
    mondays = [MONDAY + pd.Timedelta(weeks=start + number) for number in range(20)]
    flags: dict[str, list[bool]] = {
        str(sign): [number >= rings.get(sign, 99) for number in range(20)] for sign in SIGNS
    }
    plan = MONDAY + pd.Timedelta(weeks=start + 16)
    table = pd.DataFrame({"week_start_date": mondays, **flags})
    return table.assign(project_id=project_id, first_plan_date=plan)


def firm(late_first: int = 10, false_count: int = 0) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Late projects with a standstill and punctual ones, some with a standstill, too; then the one asked about."""
    parts, ends = [], []
    for number in range(late_first):
        parts.append(weeks(f"late{number}", number, {"standstill": 5}))
        ends.append((f"late{number}", MONDAY + pd.Timedelta(weeks=number + 22)))
    for number in range(8):
        parts.append(weeks(f"fine{number}", number, {"standstill": 6} if number < false_count else {}))
        ends.append((f"fine{number}", MONDAY + pd.Timedelta(weeks=number + 16)))
    parts.append(weeks("asked", 60, {"standstill": 7, "scope_growth": 3}))
    ends.append(("asked", MONDAY + pd.Timedelta(weeks=60 + 25)))
    projects = pd.DataFrame(ends, columns=["project_id", "end_date"]).assign(is_finished=True)
    return pd.concat(parts, ignore_index=True), projects


def asked(signs: pd.DataFrame, projects: pd.DataFrame) -> object:
    return knowable_of(signs, first_rings(signs), outcomes_of(projects, signs), "asked", TODAY)


def test_the_first_week_of_a_proved_sign_is_the_knowable_week_with_its_false_alarms() -> None:
    signs, projects = firm(false_count=2)
    found = knowable_of(signs, first_rings(signs), outcomes_of(projects, signs), "asked", TODAY)
    assert found is not None
    assert found.week_start_date == MONDAY + pd.Timedelta(weeks=67)
    assert (found.sign, found.by_record, found.rang_count, found.false_count) == ("standstill", "then", 12, 2)


def test_a_sign_that_rings_everywhere_tells_nothing() -> None:
    signs, projects = firm(false_count=8)
    assert asked(signs, projects) is None


def test_a_sign_after_the_end_of_the_first_plan_is_no_early_sign() -> None:
    signs, projects = firm()
    late = weeks("asked", 60, {"standstill": 17})
    signs = pd.concat([signs[signs["project_id"].ne("asked")], late], ignore_index=True)
    assert asked(signs, projects) is None


def test_projects_that_end_later_do_not_move_the_week() -> None:
    signs, projects = firm(false_count=2)
    later = [weeks(f"new{number}", 90 + number, {"standstill": 2}) for number in range(30)]
    ends = [(f"new{number}", MONDAY + pd.Timedelta(weeks=90 + number + 16)) for number in range(30)]
    more = pd.concat([signs, *later], ignore_index=True)
    longer = pd.concat(
        [projects, pd.DataFrame(ends, columns=["project_id", "end_date"]).assign(is_finished=True)], ignore_index=True
    )
    first, second = (
        knowable_of(rows, first_rings(rows), outcomes_of(done, rows), "asked", TODAY)
        for rows, done in ((signs, projects), (more, longer))
    )
    assert first is not None
    assert second is not None
    assert first.week_start_date == second.week_start_date
    assert second.false_count > first.false_count


def test_where_too_few_had_finished_todays_record_decides_and_it_is_said() -> None:
    signs, projects = firm()
    early = signs.assign(
        week_start_date=signs["week_start_date"].where(
            signs["project_id"].ne("asked"), signs["week_start_date"] - pd.Timedelta(weeks=60)
        ),
        first_plan_date=signs["first_plan_date"].where(
            signs["project_id"].ne("asked"), signs["first_plan_date"] - pd.Timedelta(weeks=60)
        ),
    )
    found = knowable_of(early, first_rings(early), outcomes_of(projects, early), "asked", TODAY)
    assert found is not None
    assert found.by_record == "today"
    assert found.rang_then_count == 0


def test_the_record_counts_false_alarms_and_misses_without_the_project_itself() -> None:
    signs, projects = firm(false_count=2)
    record = record_of(first_rings(signs), outcomes_of(projects, signs), TODAY, "late0").set_index("sign")
    names = ("projects_count", "rang_count", "false_count", "missed_count")
    assert [int(record[name]["standstill"]) for name in names] == [18, 12, 2, 0]
    assert float(record["lead_weeks"]["standstill"]) == pytest.approx(11.0, abs=0.5)
