"""Without a roster or skills, where people work and what they know is read from their hours."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analytics.rotation.present import ANY_SKILL, present_roster, skills_from_hours

FIRST = pd.Timestamp("2026-06-01")
NEEDS = {"a": np.ones(3), "b": np.array([1.0, 0.6, 0.4]), "over": np.zeros(3)}


def hours(*rows: tuple[str, str, int, float, float]) -> pd.DataFrame:
    return pd.DataFrame(
        [(who, where, FIRST + pd.Timedelta(weeks=week), worked, onsite) for who, where, week, worked, onsite in rows],
        columns=["person_id", "project_id", "week_start_date", "worked_hours", "onsite_hours"],
    )


def planned(*rows: tuple[str, str, int, float, float]) -> list[tuple[str, str, int, bool]]:
    found = present_roster(hours(*rows), NEEDS, FIRST)
    ahead = found[found["week_start_date"] >= FIRST]
    assert ahead["is_tentative"].all()
    weeks = (ahead["week_start_date"] - FIRST).dt.days // 7
    return list(zip(ahead["person_id"], ahead["project_id"], weeks, ahead["is_onsite"].astype(bool), strict=True))


def test_somebody_stays_where_they_have_worked_most_lately() -> None:
    rows = [("ana", "a", -1, 16.0, 16.0), ("ana", "b", -2, 30.0, 0.0), ("ana", "b", -3, 30.0, 0.0)]
    assert planned(*rows) == [("ana", "b", 0, False), ("ana", "b", 1, False)]


def test_somebody_stays_on_site_who_was_there_mostly() -> None:
    assert {where for *_, where in planned(("bo", "a", -1, 40.0, 32.0))} == {True}


def test_nobody_stays_with_a_project_that_is_over_nor_by_hours_of_long_ago_nor_by_an_hour() -> None:
    assert planned(("ana", "over", -1, 40.0, 0.0), ("bo", "a", -9, 40.0, 0.0), ("cem", "a", -1, 1.0, 0.0)) == []


def test_the_weeks_that_were_worked_stand_in_the_roster_too() -> None:
    found = present_roster(hours(("ana", "a", -2, 24.0, 0.0)), NEEDS, FIRST)
    past = found[found["week_start_date"] < FIRST]
    assert past[["person_id", "planned_hours", "is_tentative"]].to_numpy().tolist() == [["ana", 24.0, False]]


def test_people_know_the_products_for_which_they_worked_a_week() -> None:
    projects = pd.DataFrame({"project_id": ["a", "b", "c"], "product": ["erp", "erp", None]})
    rows = hours(
        ("ana", "a", -30, 20.0, 0.0),
        ("ana", "b", -20, 20.0, 0.0),
        ("bo", "a", -1, 39.0, 0.0),
        ("bo", "c", -1, 40.0, 0.0),
    )
    found = skills_from_hours(rows, projects)
    assert found.to_numpy().tolist() == [["ana", "erp"], ["bo", ANY_SKILL]]
