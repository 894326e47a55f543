from __future__ import annotations

import subprocess
import sys
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest

from data.contracts import TABLES
from tests.portfolios import WORLDS, firm_tables, play_firm

if TYPE_CHECKING:
    from pathlib import Path

NAMES = sorted(WORLDS)


@cache
def tables(world: str) -> dict[str, pd.DataFrame]:
    return firm_tables(play_firm(WORLDS[world], 120, seed=3))


@cache
def finished(world: str) -> pd.DataFrame:
    projects = tables(world)["projects"].query("status == 'finished'")
    dates = {name: pd.to_datetime(projects[name]) for name in projects.columns if name.endswith("_date")}
    done = projects.assign(**dates)
    first_plan = (done["baseline_finish_date"] - done["start_date"]).dt.days
    return done.assign(ratio=(done["actual_finish_date"] - done["start_date"]).dt.days / first_plan).set_index(
        "project_id"
    )


def hours_by(world: str, column: str) -> pd.Series[float]:
    return tables(world)["timesheets"].groupby(column)["worked_hours"].sum()


def reports(world: str) -> pd.DataFrame:
    """Each report of a finished project with the share of its hours that were booked by then."""
    sheets = tables(world)["timesheets"].sort_values("work_date")
    sheets = sheets.assign(booked=sheets.groupby("project_id")["worked_hours"].cumsum())
    told = tables(world)["status_reports"].sort_values("as_of_date")
    told = told[told["project_id"].isin(finished(world).index)]
    both = pd.merge_asof(
        told.assign(day=pd.to_datetime(told["as_of_date"])),
        sheets.assign(day=pd.to_datetime(sheets["work_date"]))[["day", "project_id", "booked"]],
        on="day",
        by="project_id",
    )
    whole = sheets.groupby("project_id")["booked"].max()
    return both.assign(spent_share=both["booked"] / both["project_id"].map(whole))


def test_the_same_seed_writes_the_same_firm_and_another_seed_another() -> None:
    first, again, other = (firm_tables(play_firm(WORLDS["base"], 12, seed)) for seed in (5, 5, 6))
    assert all(first[name].equals(again[name]) for name in first)
    assert not first["timesheets"].equals(other["timesheets"])


@pytest.mark.parametrize("world", NAMES)
def test_every_column_stands_in_the_contract_and_none_that_is_required_is_missing(world: str) -> None:
    for name, table in tables(world).items():
        contract = {column.name: column for column in TABLES[name].columns}
        assert set(table.columns) <= set(contract)
        assert {column.name for column in contract.values() if column.is_required} <= set(table.columns)


@pytest.mark.parametrize("world", NAMES)
def test_most_projects_have_finished_and_some_run_or_were_cancelled(world: str) -> None:
    counts = tables(world)["projects"]["status"].value_counts()
    assert counts["finished"] > 80
    assert counts["active"] > 3
    assert counts["cancelled"] > 0


@pytest.mark.parametrize("world", NAMES)
def test_nobody_works_on_a_day_of_leave_or_more_than_a_day_has(world: str) -> None:
    sheets, leave = tables(world)["timesheets"], tables(world)["leave"]
    both = sheets.merge(leave, left_on=["person_id", "work_date"], right_on=["person_id", "leave_date"])
    assert both.empty
    assert sheets.groupby(["person_id", "work_date"])["worked_hours"].sum().max() <= 24


def test_people_are_shared_between_projects_and_the_firm_closes_together() -> None:
    sheets = tables("base")["timesheets"]
    weeks = pd.to_datetime(sheets["work_date"]).dt.to_period("W-SUN")
    per_week = sheets.groupby(["person_id", weeks])["project_id"].nunique()
    assert (per_week > 1).mean() > 0.1
    assert not pd.to_datetime(sheets["work_date"]).dt.strftime("%m-%d").isin(["12-25", "12-28", "01-01"]).any()


def test_requests_come_late_and_testing_brings_rework() -> None:
    requests = tables("base")["change_requests"]
    assert requests["phase_at_arrival"].isin(["testing", "training", "cut_over"]).mean() > 0.25
    assert requests["status"].isin(["approved", "done"]).mean() > 0.5
    assert (requests["estimated_hours"] < 0).any()
    sheets = tables("base")["timesheets"]
    is_rework = sheets["activity"].eq("rework")
    assert 0.04 < sheets.loc[is_rework, "worked_hours"].sum() / sheets["worked_hours"].sum() < 0.2


def test_blocked_spells_leave_weeks_with_little_progress_amid_the_work() -> None:
    hours = hours_by("base", "activity")
    assert hours["other"] / hours.sum() > 0.002
    steps = reports("base").groupby("project_id")["progress_ratio"].diff()
    assert steps.abs().lt(0.004).mean() > 0.05


def test_go_live_waits_for_windows_and_none_lies_around_the_turn_of_the_year() -> None:
    days = finished("base")["actual_finish_date"]
    is_closed = ((days.dt.month == 12) & (days.dt.day >= 19)) | ((days.dt.month == 1) & (days.dt.day <= 6))
    assert not is_closed.any()
    last_work = pd.to_datetime(tables("base")["timesheets"].groupby("project_id")["work_date"].max())
    waits = (days - last_work.reindex(days.index)).dt.days / 7
    assert waits.median() > 1
    assert waits.max() > 5


def test_plans_of_record_move_and_the_first_plan_stays() -> None:
    told = tables("base")["status_reports"].groupby("project_id")["planned_finish_date"].nunique()
    assert (told > 1).mean() > 0.4


def test_most_projects_of_the_base_firm_are_late_and_the_calm_firm_is_not() -> None:
    late = {world: (finished(world)["ratio"] > 1.08).mean() for world in NAMES}
    assert 0.4 < late["base"] < 0.85
    assert late["calm"] < 0.4


def test_the_calm_firm_has_few_requests_and_little_rework() -> None:
    counts = {world: len(tables(world)["change_requests"]) for world in ("base", "calm")}
    assert counts["calm"] < 0.4 * counts["base"]
    rework = {world: hours_by(world, "activity")["rework"] for world in ("base", "calm")}
    assert rework["calm"] < 0.7 * rework["base"]


def test_managers_who_react_drop_planned_work_without_a_request_and_borrow_people() -> None:
    unbooked = {}
    for world in ("base", "reacting"):
        packages = tables(world)["work_packages"]
        of_finished = packages[packages["project_id"].isin(finished(world).index)]
        unbooked[world] = (~of_finished["package_id"].isin(tables(world)["timesheets"]["package_id"])).mean()
    assert unbooked["reacting"] > unbooked["base"] + 0.03
    unplanned = {}
    for world in ("base", "reacting"):
        planned = tables(world)["assignments"].groupby("project_id")["person_id"].unique().explode()
        pairs = set(planned.items())
        booked = tables(world)["timesheets"][["project_id", "person_id"]].drop_duplicates()
        unplanned[world] = np.mean([pair not in pairs for pair in booked.itertuples(index=False, name=None)])
    assert unplanned["reacting"] > unplanned["base"] + 0.05


def test_progress_that_is_over_reported_runs_ahead_of_the_hours_and_then_stands_still() -> None:
    ahead, stuck = {}, {}
    for world in ("base", "ninety"):
        told = reports(world)
        early = told[told["phase"].isin(["configuration", "data_migration", "integration"])]
        ahead[world] = (early["progress_ratio"] - early["spent_share"]).mean()
        near = told[told["progress_ratio"].between(0.8, 0.99)]
        stuck[world] = near.groupby("project_id").size().mean() / told.groupby("project_id").size().mean()
    assert ahead["ninety"] > ahead["base"] + 0.05
    assert stuck["ninety"] > stuck["base"]


def test_fat_tails_let_some_projects_take_several_times_the_plan() -> None:
    spread = {world: np.log(finished(world)["ratio"]).quantile([0.5, 0.97]).diff().iloc[-1] for world in NAMES}
    assert spread["fat_tails"] > 1.2 * spread["base"]


def test_the_command_writes_a_folder_of_files(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.portfolios", "--world", "calm", "--projects", "5", "--out", str(tmp_path)]
    subprocess.run(command, check=True, capture_output=True)
    assert sorted(file.stem for file in tmp_path.glob("*.csv")) == sorted(tables("calm"))
