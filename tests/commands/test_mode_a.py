"""``golive backtest --mode-a``: a folder of a firm's files, read by the real import and judged."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pandas as pd
import pytest

from tests.portfolios import WORLDS, firm_tables, play_firm

if TYPE_CHECKING:
    from pathlib import Path

    from tests.commands.running import Golive

KEYS = {
    "source",
    "method",
    "stage",
    "n_projects",
    "crps_pct",
    "mape_p50",
    "coverage_p80",
    "brier_late",
    "auc_late",
    "skill",
}


def write(folder: Path, *, project_count: int = 30) -> Path:
    folder.mkdir()
    for name, table in firm_tables(play_firm(WORLDS["calm"], project_count, seed=2)).items():
        if name not in {"timesheets", "leave", "assignments"}:
            table.to_csv(folder / f"{name}.csv", index=False)
    return folder


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("firm") / "calm")


def finished(folder: Path) -> list[str]:
    projects = pd.read_csv(folder / "projects.csv")
    return sorted(projects.loc[projects["status"] == "finished", "project_id"])


def test_a_folder_gives_the_table_of_every_method_and_leaves_ones_own_home_alone(
    golive: Golive, folder: Path, tmp_path: Path
) -> None:
    ended = golive("backtest", "--mode-a", folder, "--json")
    assert ended.code == 0, ended
    rows = json.loads(ended.out)["rows"]
    assert set(rows[0]) >= KEYS
    assert {row["method"] for row in rows} >= {
        "golive",
        "earned_schedule",
        "earned_schedule_dressed",
        "xsm_dressed",
        "linear_burn_dressed",
        "plan_of_record",
        "plan_of_record_dressed",
        "throughput_monte_carlo",
        "reference_class",
        "landmark_regression",
    }
    assert {row["source"] for row in rows} == {"calm"}
    assert not (tmp_path / "home").exists()


def test_the_projects_of_the_list_are_forecast_and_no_others(golive: Golive, folder: Path) -> None:
    chosen = finished(folder)[:7]
    listed = folder / "test_projects.csv"
    pd.DataFrame({"project_id": chosen}).to_csv(listed, index=False)
    try:
        rows = json.loads(golive("backtest", "--mode-a", folder, "--json").out)["rows"]
    finally:
        listed.unlink()
    assert {row["n_projects"] for row in rows if row["stage"] == "all"} == {7}


def test_the_table_on_the_screen_shows_intervals(golive: Golive, folder: Path) -> None:
    ended = golive("backtest", "--mode-a", folder)
    assert ended.code == 0
    assert "landmark" in ended.out
    assert "–" in ended.out


@pytest.mark.parametrize(
    ("listed", "words"),
    [
        ("project_id\np0001\nnobody\n", "nobody"),
        ("name\np0001\n", "lacks the column project_id"),
        ("project_id\n", "None of the projects"),
    ],
)
def test_a_list_that_does_not_fit_is_refused_in_words(golive: Golive, tmp_path: Path, listed: str, words: str) -> None:
    folder = write(tmp_path / "firm", project_count=12)
    (folder / "test_projects.csv").write_text(listed, encoding="utf-8")
    ended = golive("backtest", "--mode-a", folder)
    assert ended.code == 1, ended
    assert words in ended.err
    assert "Traceback" not in ended.words


def test_a_folder_that_is_not_there_or_empty_is_refused_in_words(golive: Golive, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    for name, words in (("nowhere", "is no folder"), ("empty", "can't be read")):
        ended = golive("backtest", "--mode-a", tmp_path / name)
        assert ended.code == 1, ended
        assert words in ended.err


def test_a_file_that_is_no_table_is_left_out_and_named(golive: Golive, tmp_path: Path) -> None:
    folder = write(tmp_path / "firm", project_count=24)
    (folder / "readme.md").write_text("Exported on Monday.", encoding="utf-8")
    (folder / ".hidden").write_text("x", encoding="utf-8")
    ended = golive("backtest", "--mode-a", folder, "--json")
    assert ended.code == 0, ended
    assert json.loads(ended.out)["rows"]
    assert "readme.md" in ended.err
    assert "hidden" not in ended.err


def test_without_finished_projects_or_with_too_few_nothing_is_scored(golive: Golive, tmp_path: Path) -> None:
    heading = "project_id,start_date,baseline_finish_date,status,actual_finish_date"
    running, few = tmp_path / "running", tmp_path / "few"
    for place, rows in (
        (running, ["p1,2025-01-06,2025-06-30,active,"]),
        (few, ["p1,2025-01-06,2025-06-30,finished,2025-08-01", "p2,2025-01-06,2025-06-30,finished,2025-07-01"]),
    ):
        place.mkdir()
        (place / "projects.csv").write_text("\n".join([heading, *rows]), encoding="utf-8")
        (place / "status_reports.csv").write_text(
            "project_id,as_of_date,progress_ratio\n" + "\n".join(f"p{n},2025-02-14,0.2" for n in (1, 2)),
            encoding="utf-8",
        )
    ended = golive("backtest", "--mode-a", running)
    assert ended.code == 1, ended
    assert "no finished project" in ended.err
    ended = golive("backtest", "--mode-a", few)
    assert ended.code == 1, ended
    assert "too few finished projects" in ended.err


def test_a_folder_and_a_panel_together_are_an_error_of_usage(golive: Golive, folder: Path) -> None:
    assert golive("backtest", "--mode-a", folder, "--train", folder / "x.parquet").code == 2
