"""Help, exit codes and wrong usage: words, never a traceback."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

import pytest

from dashboard.cli import COMMANDS, real_command
from tests.commands.running import finish, start

if TYPE_CHECKING:
    from pathlib import Path

    from tests.commands.running import Golive
    from tests.data.firm import Firm

READERS: Final = ("status", "forecast", "workload", "backtest")
HOURS: Final = "person_id,project_id,work_date,worked_hours"


def test_help_lists_every_command(golive: Golive) -> None:
    ended = golive("--help")
    assert ended.code == 0
    for command in COMMANDS:
        assert command in ended.out


def test_golive_tells_its_version(golive: Golive) -> None:
    ended = golive("--version")
    assert ended.code == 0
    assert ended.out.split()[0] == "golive"
    assert ended.out.split()[1][0].isdigit()


@pytest.mark.parametrize(("words", "offered"), [("golive ", "forecast"), ("golive forecast --as", "--as-of")])
def test_a_shell_completes_commands_and_their_options(
    golive: Golive, monkeypatch: pytest.MonkeyPatch, words: str, offered: str
) -> None:
    monkeypatch.setenv("_GOLIVE_COMPLETE", "complete_bash")
    monkeypatch.setenv("COMP_WORDS", words)
    monkeypatch.setenv("COMP_CWORD", str(words.count(" ")))
    assert offered in golive().out.split()


@pytest.mark.parametrize(
    "command", [name for name in COMMANDS if name not in ("evaluate", "rotation", "review", "alerts")]
)
def test_the_help_of_every_command_has_an_example_and_the_home(golive: Golive, command: str) -> None:
    ended = golive(command, "--help")
    assert ended.code == 0
    assert f"golive {command}" in ended.out.split("Examples")[1]
    assert "--home" in ended.out
    if command != "dashboard":
        assert "--json" in ended.out


def test_no_command_is_without_an_example(golive: Golive) -> None:
    for name in COMMANDS:
        for called in [[name, below] for below in getattr(real_command(name), "commands", ())] or [[name]]:
            assert f"golive {' '.join(called)}" in golive(*called, "--help").out.split("Examples")[1]


@pytest.mark.parametrize(
    "arguments",
    [
        ["no-such-command"],
        ["import"],
        ["import", "x.csv", "--as", "no_table"],
        ["import", "x.csv", "--date-order", "ymd"],
        ["import", "x.csv", "--decimal", "dot"],
        ["import", "x.csv", "--no-such-option"],
        ["forecast", "--as-of", "yesterday"],
        ["forecast", "--as-of", "2026-02-30"],
        ["forecast", "--as-of", "2099-01-01"],
        ["workload", "--as-of", "2099-01-01"],
        ["strain", "--as-of", "2099-01-01"],
        ["anomalies", "--as-of", "2099-01-01"],
        ["postmortem", "--as-of", "2099-01-01"],
        ["review", "open", "--as-of", "2099-01-01"],
        ["rotation", "propose", "--as-of", "2099-01-01"],
        ["workload", "--as-of", "30.06.2026"],
        ["backtest", "--test", "x.parquet"],
        ["undo", "first"],
        ["names", "--kind", "city"],
        ["names", "--same", "no pair"],
        ["people", "--left", "no pair"],
        ["demo", "--people", "3"],
        ["dashboard", "--port", "99999"],
        ["dashboard", "--host", "0.0.0.0"],  # noqa: S104 - that is what must be refused
        ["dashboard", "--host", "192.168.1.7"],
        ["dashboard", "--host", "::"],
    ],
)
def test_wrong_usage_ends_with_2(golive: Golive, firm: Firm, arguments: list[str]) -> None:
    firm.take_in_text("timesheets.csv", f"{HOURS}\nana,p1,2026-03-02,8")
    ended = golive(*arguments)
    assert ended.code == 2
    assert "Traceback" not in ended.words
    assert ended.err.strip()


def test_why_the_network_is_refused_is_said(golive: Golive) -> None:
    ended = golive("dashboard", "--host", "0.0.0.0")  # noqa: S104 - that is what must be refused
    assert "sign-in" in " ".join(ended.err.replace("│", " ").split())


@pytest.mark.parametrize("command", READERS)
def test_a_home_without_an_import_says_what_to_do(golive: Golive, command: str) -> None:
    ended = golive(command)
    assert ended.code == 1
    assert "golive import" in ended.err
    assert "Traceback" not in ended.words


def test_the_status_of_an_empty_home_is_no_error_for_a_machine(golive: Golive) -> None:
    ended = golive("status", "--json")
    assert ended.code == 0
    assert json.loads(ended.out)["imports_count"] == 0


@pytest.mark.parametrize("command", [*READERS, "rebuild", "import"])
def test_a_broken_pointer_says_what_to_do(golive: Golive, firm: Firm, command: str) -> None:
    file = firm.file("timesheets.csv", f"{HOURS}\nana,p1,2026-03-02,8")
    firm.take_in(file)
    (firm.home.warehouse / "current").write_bytes(b"\xff\xfe gone")
    ended = golive(command, *([file] if command == "import" else ["--verify"] if command == "rebuild" else []))
    assert ended.code == 1
    assert "golive rebuild" in ended.err
    assert "Traceback" not in ended.words


@pytest.mark.parametrize("command", [*READERS, "rebuild", "import", "undo"])
def test_a_home_that_is_a_file_is_refused_in_words(golive: Golive, firm: Firm, command: str) -> None:
    file = firm.file("timesheets.csv", f"{HOURS}\nana,p1,2026-03-02,8")
    extra = {"import": [str(file)], "undo": ["1"]}.get(command, [])
    for home in (file, file / "below"):
        ended = golive(command, *extra, "--home", home)
        assert ended.code == 1
        assert str(file) in ended.err.replace("\n", "")
        assert "Traceback" not in ended.words


@pytest.mark.parametrize("command", READERS)
@pytest.mark.parametrize(
    "text",
    [
        f"{HOURS}\nana,p1,2026-03-02,8",
        "project_id,start_date\np1,2026-01-05",
        "person_id,weekly_hours\nana,40",
        "person_id,departed_at,returned_at\nana,2026-03-01,2026-03-05",
        "change_request_id,project_id,raised_at\nc1,p1,2026-03-01",
        "project_id,as_of_date,progress_ratio\np1,2026-03-01,0.5",
        "person_id,leave_date\nana,2026-03-02",
        "person_id,skill\nana,sql",
    ],
)
def test_every_command_works_on_a_home_with_one_table_only(golive: Golive, firm: Firm, command: str, text: str) -> None:
    firm.take_in_text("file.csv", text)
    ended = golive(command, "--json")
    assert "Traceback" not in ended.words
    assert ended.code in (0, 1), ended
    if ended.code == 0:
        json.loads(ended.out)
    else:
        assert ended.err.strip()


@pytest.mark.parametrize("day", ["1990-01-01", "0001-01-01", "9999-12-31"])
@pytest.mark.parametrize("command", ["forecast", "workload"])
def test_a_day_far_away_from_all_data_gives_an_answer(golive: Golive, firm: Firm, command: str, day: str) -> None:
    firm.take_in_text("projects.csv", "project_id,start_date,planned_finish_date\np1,2026-01-05,2026-06-30")
    firm.take_in_text("timesheets.csv", f"{HOURS}\nana,p1,2026-03-02,8")
    ended = golive(command, "--as-of", day, "--json")
    assert "Traceback" not in ended.words
    assert ended.code in (0, 1, 2)


@pytest.mark.parametrize("content", [b"", b"no parquet", b"PAR1PAR1"])
def test_a_panel_that_is_no_parquet_is_refused_in_words(golive: Golive, firm: Firm, content: bytes) -> None:
    path = firm.folder / "panel.parquet"
    path.write_bytes(content)
    for given in (path, firm.folder / "missing.parquet", firm.folder):
        ended = golive("backtest", "--train", given)
        assert ended.code == 1, ended
        assert "Traceback" not in ended.words


def test_an_option_wins_over_the_variable(golive: Golive, tmp_path: Path, firm: Firm) -> None:
    file = firm.file("timesheets.csv", f"{HOURS}\nana,p1,2026-03-02,8")
    other = tmp_path / "other home"
    assert golive("import", file, "--home", other).code == 0
    assert json.loads(golive("status", "--json").out)["imports_count"] == 0
    found = json.loads(golive("status", "--json", "--home", other).out)
    assert (found["home"], found["imports_count"], found["newest_work_date"]) == (str(other), 1, "2026-03-02")


def test_the_module_is_the_command_and_a_closed_pipe_is_no_fault(firm: Firm) -> None:
    firm.take_in_text("timesheets.csv", f"{HOURS}\nana,p1,2026-03-02,8")
    process = start("status", "--home", firm.home.path)
    assert process.stdout is not None
    process.stdout.close()
    process.stdout = None
    ended = finish(process)
    assert "Traceback" not in (ended.err or "")
