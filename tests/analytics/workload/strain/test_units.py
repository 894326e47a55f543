"""Findings about teams, what projects cost, and what would have been flagged on the own history."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analytics.workload.strain.history import case_crossover, flagged_shares
from analytics.workload.strain.units import project_costs, projects_behind, projects_behind_units, unit_findings
from tests.analytics.workload.strain.helpers import SETTINGS

MONDAY = pd.Timestamp("2026-05-04")


def team(*levels: str, name: str = "North", reason: str = "coverage") -> tuple[pd.DataFrame, pd.DataFrame]:
    ids = [f"{name}{n}" for n in range(len(levels))]
    reasons = [reason if level == "NO DATA" else "" for level in levels]
    return (
        pd.DataFrame({"person_id": ids, "level": levels, "reason": reasons}),
        pd.DataFrame({"person_id": ids, "team_name": name}),
    )


def findings(*levels: str, **more: str) -> pd.DataFrame:
    return unit_findings(*team(*levels, **more), SETTINGS)


def test_more_than_fifteen_percent_on_watch_are_a_finding_about_the_team() -> None:
    found = findings("WATCH", "HIGH", *["OK"] * 8)
    assert found["finding"].tolist() == ["strain"]
    assert found["finding_count"].tolist() == [2]
    assert found["finding_share"].tolist() == [0.2]


def test_fifteen_percent_and_less_are_told_person_by_person() -> None:
    assert findings("WATCH", "WATCH", "WATCH", *["OK"] * 17).empty


def test_one_person_is_no_team() -> None:
    assert findings("WATCH", *["OK"] * 4).empty


def test_a_silent_team_is_a_finding_about_data() -> None:
    found = findings(*["NO DATA"] * 6, "OK")
    assert found["finding"].tolist() == ["silent"]


def test_newcomers_do_not_make_a_team_silent() -> None:
    assert findings(*["NO DATA"] * 6, reason="new").empty


def test_a_team_of_four_gets_a_finding_without_figures() -> None:
    found = findings("WATCH", "WATCH", "OK", "OK")
    assert found["finding"].tolist() == ["strain"]
    assert found[["people_count", "finding_count", "finding_share"]].isna().all(axis=None)


def watched(*rows: tuple[str, int, str]) -> pd.DataFrame:
    return pd.DataFrame(
        [(person, MONDAY + pd.Timedelta(weeks=week), level) for person, week, level in rows],
        columns=["person_id", "week_start_date", "level"],
    )


def booked(*rows: tuple[str, str, int, float]) -> pd.DataFrame:
    return pd.DataFrame(
        [(person, project, MONDAY + pd.Timedelta(weeks=week), hours) for person, project, week, hours in rows],
        columns=["person_id", "project_id", "week_start_date", "worked_hours"],
    )


def test_what_projects_cost_sums_up_to_the_weeks_on_watch() -> None:
    weeks = watched(("ana", 0, "WATCH"), ("ana", 1, "HIGH"), ("ben", 1, "WATCH"), ("cem", 1, "OK"))
    hours = booked(
        ("ana", "p1", 0, 30), ("ana", "p2", 0, 10), ("ana", "p1", 1, 50), ("ben", "p2", 1, 60), ("cem", "p2", 1, 9)
    )
    costs = project_costs(weeks, hours).set_index("project_id")
    assert costs["watch_weeks"].to_dict() == {"p1": 1.75, "p2": 1.25}
    assert costs["watch_weeks"].sum() == 3
    assert costs["people_count"].to_dict() == {"p1": 1, "p2": 2}


def test_every_strained_person_shows_the_projects_behind_it() -> None:
    weeks = watched(("ana", 0, "WATCH"))
    found = projects_behind(weeks, booked(("ana", "p1", 0, 10), ("ana", "p2", 0, 30)))
    assert found["project_id"].tolist() == ["p2", "p1"]


def test_a_team_s_finding_shows_the_projects_behind_its_people() -> None:
    units, people = findings("WATCH", "WATCH", *["OK"] * 4), team(*["OK"] * 6)[1]
    weeks = watched(("North0", 0, "WATCH"), ("North1", 0, "WATCH"), ("other", 0, "WATCH"))
    hours = booked(("North0", "p1", 0, 40), ("North1", "p1", 0, 30), ("North1", "p2", 0, 10), ("other", "p9", 0, 40))
    found = projects_behind_units(units, projects_behind(weeks, hours), people)
    assert found["project_id"].tolist() == ["p1", "p2"]
    assert found["watch_weeks"].tolist() == [1.75, 0.25]


def test_weeks_of_more_than_twelve_weeks_ago_cost_nothing_now() -> None:
    weeks = watched(("ana", 0, "WATCH"), ("ana", 12, "OK"))
    assert project_costs(weeks, booked(("ana", "p1", 0, 40))).empty


def test_the_share_that_would_have_been_flagged_leaves_small_teams_out() -> None:
    rows = [
        (f"{name}{n}", week, "WATCH" if n == 0 and week else "OK")
        for name, size in (("n", 5), ("s", 4))
        for n in range(size)
        for week in range(2)
    ]
    people = pd.DataFrame({"person_id": [f"n{n}" for n in range(5)] + [f"s{n}" for n in range(4)]})
    people = people.assign(team_name=people["person_id"].str[0])
    found = flagged_shares(watched(*rows), people, SETTINGS).set_index("team_name")
    assert found.index.tolist() == ["", "n"]
    assert found.loc["n", "watch_share"] == pytest.approx(0.1)
    assert found.loc["", "watch_share"] == pytest.approx(2 / 18)
    assert found.loc["n", "changes_a_year"] == pytest.approx(1 / 10 * 52)


def with_absences(effect: float, people: int = 150) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Make up absences whose odds rise by ``effect`` per ten points, in people who differ much in their level."""
    random = np.random.default_rng(5)
    weeks, starts = [], []
    for person in range(people):
        index = np.clip(random.uniform(5, 60) + random.normal(0, 12, 60), 0, 100)
        odds = 0.02 * np.exp(effect * index / 10)
        for week in range(60):
            weeks.append((f"p{person}", week, index[week]))
            if 6 < week < 59 and random.random() < odds[week] / (1 + odds[week]):
                starts.append((f"p{person}", MONDAY + pd.Timedelta(weeks=week + 1, days=2)))
    frame = pd.DataFrame(weeks, columns=["person_id", "week", "index"])
    dated = MONDAY + pd.to_timedelta(7 * frame["week"], unit="D")
    told = frame.assign(week_start_date=dated.astype("datetime64[us]"), level="OK")
    return told, pd.DataFrame(starts, columns=["person_id", "start_date"])


def test_a_planted_relation_with_absences_is_found_within_people() -> None:
    found = case_crossover(*with_absences(0.25)).iloc[0]
    assert found["low"] < np.exp(0.25) < found["high"]
    assert found["low"] > 1


def test_without_a_relation_the_interval_holds_one() -> None:
    found = case_crossover(*with_absences(0.0)).iloc[0]
    assert found["low"] < 1 < found["high"]


def test_a_few_absences_say_nothing() -> None:
    weeks, starts = with_absences(0.2)
    assert case_crossover(weeks, starts.head(20)).empty
