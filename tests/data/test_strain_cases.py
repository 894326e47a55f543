"""The planted teams: reproducible, in the shape of the marts, and telling the truth about themselves."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from data.strain_cases import KINDS, CasesSize, planted_teams
from data.strain_cases.teams import FIRST_MONDAY, PLAIN

SMALL = CasesSize(people=len(KINDS) + 4, weeks=60, of_each_kind=1)


@pytest.fixture(scope="module")
def frames() -> dict[str, pd.DataFrame]:
    return planted_teams(7, SMALL).frames


def person_of(kind: str) -> str:
    truth = planted_teams(7, SMALL).truth
    return str(truth.loc[truth["kind"].eq(kind), "person_id"].iloc[0])


def test_the_same_seed_makes_the_same_teams_and_another_one_others() -> None:
    first, again, other = (planted_teams(seed, SMALL) for seed in (7, 7, 8))
    pd.testing.assert_frame_equal(first.frames["person_days"], again.frames["person_days"])
    assert not first.frames["person_days"].equals(other.frames["person_days"])


def test_sixteen_kinds_should_be_found_and_twelve_should_not() -> None:
    assert sum(kind.is_planted for kind in KINDS) == 16
    assert sum(not kind.is_planted for kind in KINDS) == 12
    truth = planted_teams(7, SMALL).truth
    assert set(truth["kind"]) == {PLAIN, *(kind.name for kind in KINDS)}
    assert truth.loc[truth["is_planted"], "within_weeks"].gt(0).all()


def test_hours_by_day_week_and_project_are_the_same_hours(frames: dict[str, pd.DataFrame]) -> None:
    days, weeks, projects = (frames[name] for name in ("person_days", "person_weeks", "person_project_weeks"))
    assert days["worked_hours"].sum() == pytest.approx(weeks["worked_hours"].sum())
    assert days["worked_hours"].sum() == pytest.approx(projects["worked_hours"].sum())
    assert days["worked_hours"].between(0, 24).all()


def test_nothing_is_known_before_it_happened(frames: dict[str, pd.DataFrame]) -> None:
    days = frames["person_days"]
    monday = days["work_date"] - pd.to_timedelta(days["work_date"].dt.day_of_week, unit="D")
    assert days["known_week_date"].ge(monday).all()
    weeks = frames["person_weeks"]
    assert weeks["known_week_date"].ge(weeks["week_start_date"]).all()


def test_the_late_filer_files_at_least_two_weeks_late(frames: dict[str, pd.DataFrame]) -> None:
    weeks = frames["person_weeks"]
    own = weeks.loc[weeks["person_id"].eq(person_of("late_filer")) & weeks["state"].eq("filed")]
    assert (own["known_week_date"] - own["week_start_date"]).dt.days.ge(14).all()


def test_the_back_from_leave_has_five_weeks_of_recorded_leave(frames: dict[str, pd.DataFrame]) -> None:
    weeks = frames["person_weeks"]
    own = weeks.loc[weeks["person_id"].eq(person_of("back_from_leave"))]
    runs = own["state"].eq("on_leave").astype("int64").rolling(5).sum()
    assert runs.max() >= 4  # a holiday week among them has no workdays


def test_calls_at_night_are_entries_of_their_own_within_the_hours_of_their_day(frames: dict[str, pd.DataFrame]) -> None:
    person = person_of("standby_nights")
    clocks = frames["clock_times"].loc[frames["clock_times"]["person_id"].eq(person)]
    local = clocks["started_at"] + pd.Timedelta(hours=8)
    calls = clocks.loc[local.dt.hour.lt(5)]
    assert 10 <= len(calls) <= 30
    days = frames["person_days"].loc[frames["person_days"]["person_id"].eq(person)].set_index("work_date")
    entered = (
        (clocks["ended_at"] - clocks["started_at"]).dt.total_seconds().div(3600).groupby(clocks["work_date"]).sum()
    )
    breaks = entered - days["worked_hours"].reindex(entered.index)
    assert breaks.between(0.9, 1.1).all()  # minutes are whole, and so is the break of an hour


def test_weeks_that_nobody_files_are_missing_and_not_rest() -> None:
    sparse = planted_teams(7, CasesSize(people=len(KINDS), weeks=60, of_each_kind=1, missing_share=0.3)).frames
    share = sparse["person_weeks"]["state"].eq("missing").mean()
    assert 0.2 < share < 0.35


def test_frames_have_the_columns_and_dates_that_marts_have(frames: dict[str, pd.DataFrame]) -> None:
    for name, column in (("person_days", "work_date"), ("person_weeks", "week_start_date"), ("trips", "departed_date")):
        assert pd.api.types.is_datetime64_any_dtype(frames[name][column])
    assert frames["person_weeks"]["week_start_date"].min().date() == FIRST_MONDAY == date(2025, 5, 5)
    assert not frames["calendar_days"]["is_provisional"].any()
