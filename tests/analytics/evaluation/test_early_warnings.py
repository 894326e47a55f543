from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.evaluation.early_warnings import (
    WarningRecord,
    first_warnings,
    record_at_false_alarm_share,
    warning_record,
)
from tests.laws import examples

CHANCES = st.lists(st.floats(0.01, 0.99), min_size=2, max_size=5)


def stated(**chances: list[float]) -> pd.DataFrame:
    """Chances by project, one a week from week 1 on; projects whose name begins with l became late."""
    parts = [
        pd.DataFrame({"name": name, "week": np.arange(1, len(own) + 1), "chance": own, "plan": 20.0})
        for name, own in chances.items()
    ]
    rows = pd.concat(parts, ignore_index=True)
    return rows.assign(late=rows["name"].str.startswith("l"))


def record(rows: pd.DataFrame, threshold: float, in_a_row: int = 2) -> WarningRecord:
    return warning_record(
        rows["chance"], rows["name"], rows["week"], rows["plan"], rows["late"], threshold=threshold, in_a_row=in_a_row
    )


def test_a_warning_comes_with_the_second_week_in_a_row_above_the_threshold() -> None:
    rows = stated(once=[0.9, 0.1, 0.9, 0.1], twice=[0.1, 0.9, 0.9, 0.9], never=[0.5, 0.5])
    found = first_warnings(rows["chance"], rows["name"], rows["week"], 0.8)
    assert found["twice"] == 3
    assert found[["once", "never"]].isna().all()


def test_a_row_does_not_go_on_from_one_project_to_the_next() -> None:
    rows = stated(a=[0.1, 0.9], b=[0.9, 0.1])
    assert first_warnings(rows["chance"], rows["name"], rows["week"], 0.8).isna().all()


def test_the_record_counts_hits_false_alarms_and_the_weeks_before_the_plan() -> None:
    rows = stated(l1=[0.9] * 10, l2=[0.1] * 4 + [0.9] * 6, l3=[0.1] * 10, p1=[0.9] * 10, p2=[0.1] * 10)
    found = record(rows, 0.8)
    assert (found.late_count, found.punctual_count) == (3, 2)
    assert found.hit_share == pytest.approx(2 / 3)
    assert found.false_alarm_share == pytest.approx(1 / 2)
    assert found.precision_share == pytest.approx(2 / 3)
    assert found.lead_weeks == pytest.approx((18 + 14) / 2)


def test_at_a_fixed_share_of_false_alarms_the_lowest_threshold_is_taken() -> None:
    rows = stated(l1=[0.7] * 5, l2=[0.5] * 5, p1=[0.6] * 5, p2=[0.2] * 5)
    facts = (rows["chance"], rows["name"], rows["week"], rows["plan"], rows["late"])
    at_half = record_at_false_alarm_share(*facts, most=0.5)
    assert (at_half.threshold, at_half.hit_share, at_half.false_alarm_share) == (0.2, 1.0, 0.5)
    none = record_at_false_alarm_share(*facts, most=0.0)
    assert (none.threshold, none.hit_share, none.false_alarm_share) == (0.6, 0.5, 0.0)


@examples(25)
@given(st.lists(st.tuples(st.booleans(), CHANCES), min_size=1, max_size=6), st.floats(0, 1))
def test_no_threshold_below_the_chosen_one_keeps_the_share_of_false_alarms(
    projects: list[tuple[bool, list[float]]], most: float
) -> None:
    rows = stated(**{f"{'l' if late else 'p'}{place}": own for place, (late, own) in enumerate(projects)})
    facts = (rows["chance"], rows["name"], rows["week"], rows["plan"], rows["late"])
    found = record_at_false_alarm_share(*facts, most=most)
    assert not found.false_alarm_share > most
    for lower in np.unique(np.append(rows["chance"], 0.0)):
        if lower < found.threshold:
            assert record(rows, float(lower)).false_alarm_share > most


def test_without_projects_there_is_no_share() -> None:
    found = record(stated(l1=[0.9, 0.9]).iloc[:0], 0.5)
    assert found.late_count == 0
    assert np.isnan([found.hit_share, found.false_alarm_share, found.precision_share, found.lead_weeks]).all()
