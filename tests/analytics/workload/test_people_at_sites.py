"""Newcomers, projects that rest on one person, and the mix of activities."""

from __future__ import annotations

import pandas as pd
import pytest

from analytics.workload.activity_mix import activity_mix
from analytics.workload.newcomers import newcomers, ramp_up
from analytics.workload.single_points import single_points

MONDAY = pd.Timestamp("2026-05-04")
AFTER = (MONDAY + pd.Timedelta(weeks=4)).date()


def people(*rows: tuple[str, str, str]) -> pd.DataFrame:
    frame = pd.DataFrame(list(rows), columns=["person_id", "seniority", "hired_date"])
    return frame.assign(hired_date=pd.to_datetime(frame["hired_date"]).dt.as_unit("us"))


def weeks(person: str, ratio: float = 1.0, count: int = 4, first: pd.Timestamp = MONDAY) -> pd.DataFrame:
    mondays = pd.date_range(first, periods=count, freq="7D").as_unit("us")
    return pd.DataFrame({"person_id": person, "week_start_date": mondays, "worked_hours": 40.0 * ratio}).assign(
        expected_hours=40.0, is_known=True
    )


def booked(*rows: tuple[str, str, int, float, float]) -> pd.DataFrame:
    frame = pd.DataFrame(list(rows), columns=["person_id", "project_id", "week", "worked_hours", "onsite_hours"])
    monday = (MONDAY + pd.to_timedelta(7 * frame["week"], unit="D")).astype("datetime64[us]")
    return frame.assign(week_start_date=monday, known_week_date=monday)


def test_a_junior_alone_on_site_is_told_however_long_ago_they_joined() -> None:
    rows = booked(*(("jo", "p1", week, 40, 40) for week in range(4)))
    found = newcomers(people(("jo", "junior", "2020-01-06")), weeks("jo"), rows, AFTER)
    assert found[["alone_weeks_count", "paired_weeks_count"]].to_numpy().tolist() == [[4, 0]]
    assert found["weeks_since_joining"].isna().all()


def test_a_junior_beside_a_senior_is_paired_and_not_told_unless_new() -> None:
    rows = booked(("jo", "p1", 3, 40, 40), ("sam", "p1", 3, 40, 40))
    listed = people(("jo", "junior", "2020-01-06"), ("sam", "senior", "2020-01-06"))
    both = pd.concat([weeks("jo"), weeks("sam")])
    assert newcomers(listed, both, rows, AFTER).empty
    new = people(("jo", "junior", "2026-05-06"), ("sam", "senior", "2020-01-06"))
    found = newcomers(new, both, rows, AFTER)
    assert found["person_id"].tolist() == ["jo"]
    assert found["weeks_since_joining"].tolist() == [3]
    assert found["paired_weeks_count"].tolist() == [1]


def test_two_juniors_are_not_alone_and_not_paired() -> None:
    rows = booked(("jo", "p1", 3, 40, 40), ("kim", "p1", 3, 40, 40))
    listed = people(("jo", "junior", "2026-05-06"), ("kim", "junior", "2026-05-06"))
    found = newcomers(listed, pd.concat([weeks("jo"), weeks("kim")]), rows, AFTER)
    assert found["alone_weeks_count"].tolist() == [0, 0]
    assert found["paired_weeks_count"].tolist() == [0, 0]


def test_booked_hours_of_a_newcomer_count_known_weeks_only() -> None:
    known = weeks("jo", 0.5).assign(is_known=[True, True, False, False])
    found = newcomers(people(("jo", "mid", "2026-05-04")), known, booked(("jo", "p1", 3, 8, 0)), AFTER)
    assert found["booked_ratio"].tolist() == [0.5]


def test_the_curve_of_newcomers_needs_five_people() -> None:
    listed = people(*((f"p{n}", "junior", "2026-05-04") for n in range(5)))
    rows = pd.concat([weeks(f"p{n}", 0.2 * (n + 1)) for n in range(5)])
    assert ramp_up(listed, rows)["booked_ratio"].tolist() == pytest.approx([0.6] * 4)
    assert ramp_up(listed.head(4), rows.loc[rows["person_id"].ne("p4")]).empty


def test_a_project_that_one_person_does_is_a_single_point() -> None:
    rows = booked(("ana", "p1", 3, 90, 0), ("bo", "p1", 3, 10, 0), ("ana", "p2", 3, 30, 0), ("bo", "p2", 3, 30, 0))
    found = single_points(rows, AFTER)
    assert found["project_id"].tolist() == ["p1", "p2"]
    assert found["bus_factor_count"].tolist() == [1, 2]
    assert found["main_person_id"].tolist() == ["ana", "ana"]
    assert found["main_share"].tolist() == [0.9, 0.5]
    assert found["is_single_point"].tolist() == [True, False]


def test_who_has_left_a_project_is_no_single_point_of_it() -> None:
    rows = booked(("ana", "p1", -6, 90, 0), ("bo", "p1", 3, 10, 0))
    assert not single_points(rows, AFTER)["is_single_point"].any()


def test_a_handful_of_hours_makes_no_bus_factor() -> None:
    assert single_points(booked(("ana", "p1", 3, 30, 0)), AFTER).empty


def mix(project: str, phase: str, handing_over: float) -> list[tuple[str, str, str, float]]:
    return [
        (project, phase, "training", 100 * handing_over),
        (project, phase, "configuration", 100 * (1 - handing_over)),
    ]


def test_half_the_day_in_training_is_usual_before_go_live_and_not_after() -> None:
    rows = [row for n in range(7) for row in mix(f"p{n}", "go_live", 0.5) + mix(f"p{n}", "test", 0.05 + n / 100)]
    rows += mix("late", "test", 0.5)
    frame = pd.DataFrame(rows, columns=["project_id", "phase", "activity", "worked_hours"])
    dated = frame.assign(last_week_date=MONDAY + pd.to_timedelta(frame["phase"].eq("go_live") * 49, unit="D"))
    found = activity_mix(dated).set_index("project_id")
    assert not found.loc["p0", "is_unusual"]
    assert found.loc["p0", "phase"] == "go_live"
    assert found.loc["late", "is_unusual"]
    assert found.loc["late", "norm_share"] == pytest.approx(0.08)


def test_a_phase_with_few_projects_has_no_norm() -> None:
    rows = [row for n in range(5) for row in mix(f"p{n}", "go_live", 0.5)]
    frame = pd.DataFrame(rows, columns=["project_id", "phase", "activity", "worked_hours"])
    assert activity_mix(frame.assign(last_week_date=MONDAY)).empty
