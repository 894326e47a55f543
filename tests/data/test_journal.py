"""The journal: who looked at whom, and the reports of imports."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine, text

from data.home import Home
from data.journal import (
    JournalError,
    Run,
    adopt,
    delete_scenario,
    keep_forecasts,
    read_access,
    read_answers,
    read_decisions,
    read_forecasts,
    read_scenario,
    read_scenarios,
    record_access,
    record_answer,
    record_import,
    rename_scenario,
    save_scenario,
    withdraw_decision,
)
from data.journal import engine as store
from data.journal.tables import AccessRow
from data.problems import GoliveError

#: Opens a journal that may be empty and writes into it, as one of several processes at once.
WRITER = """
import sys
from pathlib import Path
from data.home import Home
from data.journal import record_access
home = Home(Path(sys.argv[1]))
for number in range(20):
    record_access(home, sys.argv[2], "person", "ana", f"look {number}")
"""


@pytest.fixture
def home(tmp_path: Path) -> Home:
    store._engine.cache_clear()
    made = Home(tmp_path / "home")
    made.path.mkdir()
    return made


def rows(home: Home, query: str) -> list[tuple[object, ...]]:
    engine = create_engine(f"sqlite:///{home.journal_file}")
    with engine.connect() as connection:
        found = [tuple(row) for row in connection.execute(text(query))]
    engine.dispose()
    return found


def test_a_person_may_see_who_looked_newest_first(home: Home) -> None:
    record_access(home, "lead", "person", "ana", "weekly review")
    record_access(home, "lead", "person", "bo", "weekly review")
    record_access(home, "chief", "rotation", "ana", "relief")
    found = read_access(home, "ana")
    assert [(row.viewer_name, row.view_name, row.purpose) for row in found] == [
        ("chief", "rotation", "relief"),
        ("lead", "person", "weekly review"),
    ]
    assert found[0].seen_at >= found[1].seen_at
    assert read_access(home, "'; drop table access_log; --") == []


def test_an_empty_journal_is_made_by_the_migrations(home: Home) -> None:
    assert read_access(home, "ana") == []
    assert rows(home, "select version_num from alembic_version") == [("0010",)]
    assert rows(home, "pragma journal_mode") == [("wal",)]


def test_the_tables_of_the_migrations_are_the_tables_of_the_code(home: Home) -> None:
    read_access(home, "ana")
    tables = AccessRow.metadata.tables
    for name, table in tables.items():
        found = {(column[1], bool(column[3])) for column in rows(home, f"pragma table_info({name})")}
        assert found == {(column.name, not column.nullable) for column in table.columns}


def test_every_import_is_noted_with_its_whole_report(home: Home) -> None:
    record_import(home, [{"file": "工时.csv", "problem": "empty"}], is_dry_run=True)
    ((is_dry_run, report),) = rows(home, "select is_dry_run, report_json from import_log")
    assert is_dry_run == 1
    assert "工时.csv" in str(report)


def test_several_processes_may_begin_and_write_an_empty_journal_at_once(home: Home) -> None:
    command = [sys.executable, "-c", WRITER, str(home.path)]
    root = Path(__file__).parents[2]
    writers = [subprocess.Popen([*command, f"w{n}"], cwd=root, stderr=subprocess.PIPE, text=True) for n in range(3)]
    for writer in writers:
        _, complaint = writer.communicate(timeout=60)
        assert writer.returncode == 0, complaint
    assert len(read_access(home, "ana")) == 60


def test_a_journal_that_can_not_be_opened_says_so(tmp_path: Path) -> None:
    store._engine.cache_clear()
    (tmp_path / "file").write_text("x", encoding="utf-8")
    home = Home(tmp_path / "file")
    with pytest.raises(JournalError, match="can't be written"):
        record_access(home, "lead", "person", "ana", "x")
    with pytest.raises(JournalError, match="can't be read"):
        read_access(home, "ana")


def test_a_journal_that_is_no_journal_says_so(home: Home) -> None:
    home.journal_file.write_bytes(b"no database" * 1000)
    with pytest.raises(JournalError):
        record_access(home, "lead", "person", "ana", "x")
    with pytest.raises(JournalError):
        read_access(home, "ana")


def test_a_journal_of_a_newer_golive_says_so(home: Home) -> None:
    read_access(home, "ana")
    store._engine.cache_clear()
    engine = create_engine(f"sqlite:///{home.journal_file}")
    with engine.begin() as connection:
        connection.execute(text("update alembic_version set version_num = '9999'"))
    engine.dispose()
    with pytest.raises(JournalError, match="newer"):
        read_access(home, "ana")


def test_a_wrong_address_of_the_journal_says_so(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    store._engine.cache_clear()
    for address in ("no address", "postgresql+nodriver://x/y", "postgresql://127.0.0.1:1/x"):
        monkeypatch.setenv("GOLIVE_JOURNAL_URL", address)
        with pytest.raises(JournalError):
            record_access(home, "lead", "person", "ana", "x")


def test_the_newest_answer_to_an_anomaly_counts(home: Home) -> None:
    assert read_answers(home) == {}
    record_answer(home, "lead", "long_day|person:ana|2026-03-02", is_right=True, note=" go-live night ")
    record_answer(home, "lead", "long_day|person:bo|2026-03-02", is_right=True)
    record_answer(home, "chief", "long_day|person:bo|2026-03-02", is_right=False, note="'; drop table anomaly_answers;")
    found = read_answers(home)
    assert found["long_day|person:ana|2026-03-02"].is_right
    assert found["long_day|person:ana|2026-03-02"].note == "go-live night"
    assert not found["long_day|person:bo|2026-03-02"].is_right
    assert found["long_day|person:bo|2026-03-02"].viewer_name == "chief"


def test_a_journal_of_the_first_version_is_brought_up_to_date_and_keeps_its_rows(home: Home) -> None:
    record_access(home, "lead", "person", "ana", "weekly review")
    engine = create_engine(f"sqlite:///{home.journal_file}")
    with engine.begin() as connection:
        for table in [name for name in AccessRow.metadata.tables if name not in {"access_log", "import_log"}]:
            connection.execute(text(f"drop table {table}"))
        connection.execute(text("update alembic_version set version_num = '0001'"))
    engine.dispose()
    store._engine.cache_clear()
    record_answer(home, "lead", "key", is_right=True)
    assert len(read_access(home, "ana")) == 1
    assert list(read_answers(home)) == ["key"]


def test_a_scenario_is_kept_with_its_steps_and_found_by_its_number(home: Home) -> None:
    steps = [{"kind": "add_person", "week": "2026-12-07", "hours": 40}]
    number = save_scenario(
        home, "ana", "P-1", date(2026, 11, 27), title=" One more\nperson ", steps=steps, result={"p50_days": -12}
    )
    found = read_scenario(home, number)
    assert (found.title, found.steps, found.result) == ("One more person", tuple(steps), {"p50_days": -12})
    assert [one.scenario_id for one in read_scenarios(home, "P-1")] == [number]
    assert read_scenarios(home, "P-2") == []


def test_an_adopted_scenario_is_a_decision_with_what_was_predicted_then(home: Home) -> None:
    number = save_scenario(home, "ana", "P-1", date(2026, 11, 27), title="Freeze", steps=[], result={"p50_days": -3})
    decision = adopt(home, "ben", number, owner_name="Cleo", due_date=date(2026, 12, 18), note=" agreed ")
    (found,) = read_decisions(home)
    assert (found.decision_id, found.scenario_id, found.owner_name) == (decision, number, "Cleo")
    assert (found.due_date, found.note) == (date(2026, 12, 18), "agreed")
    assert found.prediction == {"p50_days": -3, "as_of_date": "2026-11-27"}


def test_a_scenario_that_is_not_there_is_told_in_words(home: Home) -> None:
    with pytest.raises(GoliveError, match="number 7"):
        adopt(home, "ben", 7, owner_name="Cleo")
    assert read_decisions(home) == []


def test_a_forecast_is_kept_once_for_each_state_of_the_data(home: Home) -> None:
    run = Run(date(2026, 11, 27), "warehouse-7", "1", 4, {"tau": 0.5})
    said = {
        "project_id": "P-1",
        "mode": "A",
        "finish_p10_date": date(2027, 1, 4),
        "finish_p50_date": date(2027, 2, 1),
        "finish_p80_date": date(2027, 3, 1),
        "finish_p90_date": None,
        "planned_finish_date": date(2027, 1, 15),
        "baseline_finish_date": date(2026, 12, 1),
        "committed_date": date(2026, 12, 1),
        "late_probability": 0.61,
    }
    assert keep_forecasts(home, run, [said])
    assert not keep_forecasts(home, run, [{**said, "late_probability": 0.2}]), "what was said is not said anew"
    assert keep_forecasts(home, replace(run, data_stamp="warehouse-8"), [said, {**said, "project_id": "P-2"}])
    first, second = read_forecasts(home, "P-1")
    assert (first.run, first.late_probability, first.finish_p90_date) == (run, 0.61, None)
    assert second.run.data_stamp == "warehouse-8"
    assert len(read_forecasts(home)) == 3
    by_plan = {**said, "committed_date": date(2027, 1, 15), "late_probability": 0.4}
    assert keep_forecasts(home, replace(run, committed_by="current_plan"), [by_plan])
    last = read_forecasts(home, "P-1")[-1]
    assert (last.run.committed_by, last.committed_date) == ("current_plan", date(2027, 1, 15))
    assert (first.run.committed_by, first.committed_date) == ("baseline", date(2026, 12, 1))


def test_a_journal_of_an_older_version_keeps_its_forecasts(home: Home) -> None:
    home.path.mkdir(parents=True, exist_ok=True)
    older = Config()
    older.set_main_option("script_location", str(Path(store.__file__).with_name("migrations")))
    engine = create_engine(f"sqlite:///{home.journal_file}")
    with engine.begin() as connection:
        older.attributes["connection"] = connection
        command.upgrade(older, "0004")
        connection.exec_driver_sql(
            "insert into forecast_runs (run_id, made_at, as_of_date, data_stamp, model_version, seed, parameters_json)"
            " values (1, '2026-11-01 10:00:00', '2026-11-01', 'w1', '1', 4, '{}')"
        )
        connection.exec_driver_sql(
            "insert into forecasts (run_id, project_id, mode, late_probability) values (1, 'P-1', 'A', 0.5)"
        )
    (found,) = read_forecasts(home)
    assert (found.run.committed_by, found.committed_date, found.late_probability) == ("baseline", None, 0.5)
    run = Run(date(2026, 11, 1), "w1", "1", 4, {})
    assert not keep_forecasts(home, run, [])
    assert keep_forecasts(home, replace(run, committed_by="current_plan"), [])


def test_deciding_the_same_twice_makes_one_decision_and_another_word_is_refused(home: Home) -> None:
    number = save_scenario(home, "ana", "P-1", date(2026, 11, 27), title="Freeze", steps=[], result={})
    first = adopt(home, "ben", number, owner_name="Cleo", due_date=date(2026, 12, 18), note="agreed")
    assert adopt(home, "ben", number, owner_name=" Cleo ", due_date=date(2026, 12, 18), note="agreed") == first
    with pytest.raises(GoliveError, match="decided already"):
        adopt(home, "ben", number, owner_name="Dan")
    assert [one.decision_id for one in read_decisions(home)] == [first]


def test_a_withdrawn_decision_is_gone_and_the_scenario_may_be_decided_anew(home: Home) -> None:
    number = save_scenario(home, "ana", "P-1", date(2026, 11, 27), title="Freeze", steps=[], result={})
    first = adopt(home, "ben", number, owner_name="Cleo")
    withdraw_decision(home, "ben", first)
    assert read_decisions(home) == []
    with pytest.raises(GoliveError, match=f"number {first}"):
        withdraw_decision(home, "ben", first)
    assert adopt(home, "ben", number, owner_name="Dan") != first
    assert [one.owner_name for one in read_decisions(home, "P-1")] == ["Dan"]


def test_a_scenario_is_renamed_and_deleted_and_its_number_never_comes_back(home: Home) -> None:
    number = save_scenario(home, "ana", "P-1", date(2026, 11, 27), title="Freeze", steps=[], result={})
    rename_scenario(home, "ben", number, "  No new  requests ")
    rename_scenario(home, "ben", number, "No requests at all")
    assert read_scenario(home, number).title == "No requests at all"
    assert [one.title for one in read_scenarios(home, "P-1")] == ["No requests at all"]
    with pytest.raises(GoliveError, match="needs a name"):
        rename_scenario(home, "ben", number, "  ")
    decision = adopt(home, "ben", number, owner_name="Cleo")
    with pytest.raises(GoliveError, match="came of scenario"):
        delete_scenario(home, "ben", number)
    withdraw_decision(home, "ben", decision)
    delete_scenario(home, "ben", number)
    assert read_scenarios(home) == []
    with pytest.raises(GoliveError, match=f"number {number}"):
        read_scenario(home, number)
    assert save_scenario(home, "ana", "P-1", date(2026, 11, 27), title="Next", steps=[], result={}) != number
