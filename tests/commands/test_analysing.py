"""``golive forecast``, ``workload`` and ``backtest``: the promised JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

import pytest

from tests.analytics.delay.test_panel_backtest import some_panel

if TYPE_CHECKING:
    from pathlib import Path

    from tests.commands.running import Golive
    from tests.data.firm import Firm

BACKTEST_KEYS: Final = {
    "source",
    "method",
    "stage",
    "n_projects",
    "crps_pct",
    "mape_p50",
    "coverage_p50",
    "coverage_p80",
    "coverage_p90",
}
METHODS: Final = {"golive", "plan_of_record", "plan_of_record_dressed", "reference_class"}


@pytest.fixture(scope="module")
def panels(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("panels")
    train, test = folder / "train.parquet", folder / "test.parquet"
    some_panel(seed=1).to_parquet(train)
    some_panel(seed=2, prefix="q").to_parquet(test)
    return train, test


@pytest.mark.parametrize("has_test", [True, False])
def test_backtest_prints_the_promised_rows(golive: Golive, panels: tuple[Path, Path], has_test: bool) -> None:
    train, test = panels
    ended = golive("backtest", "--train", train, *(["--test", test] if has_test else []), "--json")
    assert ended.code == 0, ended
    rows = json.loads(ended.out)["rows"]
    assert rows
    assert {frozenset(row) for row in rows} == {frozenset(BACKTEST_KEYS)}
    assert {row["method"] for row in rows} >= METHODS
    assert {row["stage"] for row in rows} == {"25", "50", "75", "100", "all"}
    for row in rows:
        for key in ("coverage_p50", "coverage_p80", "coverage_p90"):
            assert row[key] is None or 0 <= row[key] <= 1


def test_backtest_without_json_is_a_table(golive: Golive, panels: tuple[Path, Path]) -> None:
    ended = golive("backtest", "--train", panels[0], "--test", panels[1])
    assert ended.code == 0
    assert "plan_of_record_dressed" in ended.out


def test_a_panel_without_its_columns_is_refused_in_words(
    golive: Golive, panels: tuple[Path, Path], tmp_path: Path
) -> None:
    poor = tmp_path / "poor.parquet"
    some_panel().drop(columns=["as_of", "planned_finish"]).to_parquet(poor)
    for arguments in (["--train", poor], ["--train", panels[0], "--test", poor]):
        ended = golive("backtest", *arguments)
        assert ended.code == 1, ended
        assert "as_of, planned_finish" in ended.err
        assert "Traceback" not in ended.words


def begin(firm: Firm) -> None:
    firm.take_in_text(
        "people.csv", "person_id,person_name,team_name,weekly_hours\nana,Ana [x],North,40\nbo,Bo,North,40"
    )
    firm.take_in_text(
        "projects.csv", "project_id,start_date,baseline_finish_date,status\np1,2026-01-05,2026-06-30,active"
    )
    rows = [f"{who},p1,2026-0{m}-{d:02d},9" for m in (1, 2, 3) for d in (5, 12, 19, 26) for who in ("ana", "bo")]
    firm.take_in_text(
        "timesheets.csv", "\n".join(["person_id,project_id,work_date,worked_hours", *rows]), is_history=True
    )


def test_forecast_and_workload_name_the_day_and_hold_one_row_each(golive: Golive, firm: Firm) -> None:
    begin(firm)
    forecast = json.loads(golive("forecast", "--as-of", "2026-03-29", "--json").out)
    assert forecast["as_of_date"] == "2026-03-29"
    assert [row["project_id"] for row in forecast["rows"]] == ["p1"]
    workload = json.loads(golive("workload", "--as-of", "2026-03-29", "--json").out)
    assert workload["as_of_date"] == "2026-03-29"
    assert sorted(row["person_id"] for row in workload["rows"]) == ["ana", "bo"]


def test_forecast_and_workload_are_tables_for_people(golive: Golive, firm: Firm) -> None:
    begin(firm)
    assert "p1" in golive("forecast").out
    ended = golive("workload")
    assert ended.code == 0
    assert "Ana [x]" in ended.out


def test_what_was_known_on_an_earlier_day_does_not_change_with_a_later_import(golive: Golive, firm: Firm) -> None:
    begin(firm)
    before = [golive(command, "--as-of", "2026-02-15", "--json").out for command in ("forecast", "workload")]
    late = "person_id,project_id,work_date,worked_hours\nana,p1,2026-02-05,1\nana,p1,2026-04-07,8\nbo,p1,2026-02-05,2"
    firm.take_in_text("timesheets late.csv", late, now="2026-04-13")
    after = [golive(command, "--as-of", "2026-02-15", "--json").out for command in ("forecast", "workload")]
    assert after == before


def test_status_counts_what_is_there(golive: Golive, firm: Firm) -> None:
    begin(firm)
    found = json.loads(golive("status", "--json").out)
    assert found["imports_count"] == 3
    assert found["assumed_rows_share"] == 1
    assert {row["table_name"]: row["rows_count"] for row in found["tables"]} == {
        "people": 2,
        "projects": 1,
        "timesheets": 24,
    }
    assert "assume" in golive("status").out


def test_a_replay_of_ones_own_history_counts_running_projects(golive: Golive, firm: Firm) -> None:
    rows = [f"p{n},2025-0{n}-06,2025-1{n % 3}-01,finished,2025-1{n % 3}-20" for n in range(1, 8)]
    rows.append("r1,2025-06-02,2026-06-01,active,")
    firm.take_in_text(
        "projects.csv", "\n".join(["project_id,start_date,baseline_finish_date,status,actual_finish_date", *rows])
    )
    firm.take_in_text("status_reports.csv", "project_id,as_of_date,progress_ratio\nr1,2026-03-06,0.5", is_history=True)
    ended = golive("backtest", "--replay", "--home", firm.home.path, "--json")
    assert ended.code == 0, ended
    found = {row["method"]: row for row in json.loads(ended.out)["rows"]}
    assert found["golive"]["n_unfinished"] == 1
    assert found["golive"]["provisional_crps_pct"] >= 0
    assert golive("backtest", "--replay", "--train", "x.parquet").code == 2


@pytest.mark.parametrize("command", ["forecast", "backtest"])
def test_where_there_is_nothing_to_tell_the_command_says_what_to_do(golive: Golive, firm: Firm, command: str) -> None:
    path = firm.file("timesheets.csv", "person_id,project_id,work_date,worked_hours\nana,p1,2026-03-02,8")
    golive("import", path)
    ended = golive(command)
    assert ended.code == 0
    assert "Import" in ended.out


@pytest.mark.parametrize("command", ["forecast", "workload"])
def test_a_wrong_day_is_an_error_of_usage_even_in_an_empty_home(golive: Golive, firm: Firm, command: str) -> None:
    ended = golive(command, "--as-of", "nope", "--home", firm.home.path)
    assert ended.code == 2, ended
    assert "nope" in ended.words
