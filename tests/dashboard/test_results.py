"""Figures are on record when data is published: pages read them, and what failed is said."""

from __future__ import annotations

import shutil
from dataclasses import fields, is_dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

import dashboard.answers.portfolio as portfolio_answers
from dashboard.answers import everything as answers
from dashboard.answers import keeping, records, results, writing
from dashboard.answers.anomalies import anomalies
from dashboard.answers.door import close_all
from data import publishing
from data.home import HOME_VARIABLE, Home
from data.import_reports import ImportOptions
from data.importing import import_files
from data.journal import read_forecasts
from data.problems import GoliveError
from tests.dashboard.company import LAST_DAY, PEOPLE
from tests.dashboard.conftest import APP_FILE
from tests.data.firm import Firm

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

VIEWER: Final = answers.Viewer("ana", "local")
IDS: Final = tuple(person_id for person_id, _, _ in PEOPLE)
ASKED: Final[dict[str, Callable[[Path, date], Any]]] = {
    "anomalies": lambda file, day: anomalies(file, VIEWER, day),
    "data_state": lambda file, day: answers.data_state(file, VIEWER, day),
    "drivers": lambda file, day: answers.drivers(file, VIEWER, day, ("his-1", "erp-1")),
    "facts": lambda file, day: answers.facts(file, VIEWER, day, _shown(file, day)),
    "forecast": lambda file, day: answers.forecast(file, VIEWER, day),
    "forecast a week ago": lambda file, day: answers.forecast_week_ago(file, VIEWER, day),
    "overview": lambda file, day: answers.overview(file, VIEWER, day, _shown(file, day)),
    "people": lambda file, day: answers.people(file, VIEWER, day),
    "reporting": answers.reporting,
    "strain": lambda file, day: answers.strain(file, VIEWER, day),
    "strain costs": lambda file, day: answers.strain_costs(file, VIEWER, day),
    "together": lambda file, day: answers.together(file, VIEWER, day, _running(file, day)),
    "travel": lambda file, day: answers.travel(file, VIEWER, day, _shown(file, day)),
    "trips": lambda file, day: answers.trips(file, VIEWER, day, _shown(file, day)),
    "weeks": lambda file, day: answers.weeks(file, VIEWER, day, _shown(file, day), 12),
}


def _shown(file: Path, day: date) -> tuple[str, ...]:
    return tuple(answers.people(file, VIEWER, day)["person_id"])


def _running(file: Path, day: date) -> tuple[str, ...]:
    return tuple(answers.forecast(file, VIEWER, day)["project_id"])


def assert_same(left: Any, right: Any) -> None:
    """Compare answers of every depth; tables with the types of their columns."""
    assert type(left) is type(right)
    if isinstance(left, pd.DataFrame):
        pd.testing.assert_frame_equal(left, right)
    elif is_dataclass(left):
        for field in fields(left):
            assert_same(getattr(left, field.name), getattr(right, field.name))
    elif isinstance(left, (tuple, list)):
        assert len(left) == len(right)
        for one, other in zip(left, right, strict=True):
            assert_same(one, other)
    else:
        assert left == right or (pd.isna(left) and pd.isna(right))


@pytest.fixture(scope="module")
def published(company_home: Home, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a warehouse file of the tiny firm with its results beside it."""
    home = Home(shutil.copytree(company_home.path, tmp_path_factory.mktemp("published") / "home"))
    assert writing.make_results(home)
    file = publishing.published_file(home)
    assert file is not None
    return file


@pytest.mark.parametrize("name", ASKED)
def test_what_is_on_record_is_what_would_be_reckoned(published: Path, company_file: Path, name: str) -> None:
    close_all()
    recalled = ASKED[name](published, LAST_DAY)
    close_all()
    assert_same(recalled, ASKED[name](company_file, LAST_DAY))


def test_a_second_process_reckons_the_same(company_home: Home, published: Path, tmp_path: Path) -> None:
    home = Home(shutil.copytree(company_home.path, tmp_path / "home"))
    file = publishing.published_file(home)
    assert file is not None
    assert results.publish_results(file, is_shared=True) == ()
    alone, shared = keeping.results_of(published), keeping.results_of(file)
    assert {*alone} == {*shared}
    for name, question in alone:
        assert_same(shared.recall(name, question), alone.recall(name, question))
    assert list(home.scratch.iterdir()) == []


def test_what_a_second_process_fails_at_is_reckoned_all_the_same(
    company_home: Home, published: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = Home(shutil.copytree(company_home.path, tmp_path / "home"))
    file = publishing.published_file(home)
    assert file is not None
    monkeypatch.setattr("dashboard.answers.second_process.sys.executable", shutil.which("false"))
    assert results.publish_results(file, is_shared=True) == ()
    assert {*keeping.results_of(published)} == {*keeping.results_of(file)}


def test_a_page_that_is_opened_first_reckons_nothing_that_is_on_record(
    published: Path, loopback: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    del loopback
    close_all()
    monkeypatch.setenv(HOME_VARIABLE, str(published.parent.parent))
    reckoned: list[str] = []

    def refuse(name: str) -> Callable[..., Any]:
        def reckon(*_args: object, **_more: object) -> Any:
            reckoned.append(name)
            raise AssertionError(name)

        return reckon

    for place, name in (
        ("portfolio", "forecast_on"),
        ("portfolio", "joint_on"),
        ("scenarios", "drivers_on"),
        ("strain", "strain_now"),
        ("people", "workload_overview"),
        ("people", "limit_facts"),
        ("people", "weeks_as_known"),
        ("reporting", "reporting_week"),
    ):
        monkeypatch.setattr(f"dashboard.answers.{place}.{name}", refuse(name))
    app = AppTest.from_file(str(APP_FILE), default_timeout=60).run()
    assert not app.exception
    assert not app.error
    for page in ("people", "portfolio"):
        opened = app.switch_page(f"app_pages/{page}.py").run()
        assert not opened.exception
        assert not opened.error
    assert reckoned == []


def test_an_import_keeps_the_forecast_of_its_day_although_nobody_looks(tmp_path: Path) -> None:
    firm = Firm.at(tmp_path)
    projects = firm.file(
        "projects.csv",
        """
        project_id,start_date,planned_finish_date,baseline_finish_date,status
        p1,2026-01-05,2026-09-25,2026-09-25,active
        """,
    )
    hours = firm.file("hours.csv", "person_id,project_id,work_date,worked_hours\nana,p1,2026-03-24,8")
    writing.import_files(firm.home, [projects, hours], ImportOptions())
    said = read_forecasts(firm.home, "p1")
    assert len(said) == 1
    file = publishing.published_file(firm.home)
    assert file is not None
    assert said[0].run.data_stamp == file.name
    assert results.has_results(file)
    assert not writing.make_results(firm.home), "it is on record"


@pytest.mark.breaks
def test_results_that_fail_keep_no_data_from_being_published(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def break_down(*_args: object) -> None:
        raise ZeroDivisionError

    def refuse(*_args: object) -> None:
        raise GoliveError("strain.toml names no domain.", "Mend it.")

    monkeypatch.setattr(portfolio_answers, "forecast_on", break_down)
    monkeypatch.setattr(results, "strain", refuse)
    firm = Firm.at(tmp_path)
    projects = "project_id,start_date,planned_finish_date,baseline_finish_date,status\np1,2026-01-05,2026-09-25,,active"
    hours = "person_id,project_id,work_date,worked_hours\nana,p1,2026-03-24,8"
    files = [firm.file("projects.csv", projects), firm.file("hours.csv", hours)]
    reports = writing.import_files(firm.home, files, ImportOptions())
    assert [report.problem for report in reports] == ["", ""]
    file = publishing.published_file(firm.home)
    assert file is not None
    missing = {one.what: one.why for one in results.missing_results(file)}
    assert set(missing) == {"forecasts", "strain"}
    assert "strain.toml names no domain." in missing["strain"]
    assert "logs/errors.log" in missing["forecasts"]
    assert not results.has_results(file)


def test_the_pages_say_what_is_missing_and_why(
    published: Path, loopback: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    del loopback
    home = Home(shutil.copytree(published.parent.parent, tmp_path / "home"))
    file = publishing.published_file(home)
    assert file is not None
    record = records.new_record(LAST_DAY)
    record.missing.append(records.Missing("strain", "The disk was full: <b>*bold*</b>"))
    records.write_record(records.results_file(file), record)
    monkeypatch.setenv(HOME_VARIABLE, str(home.path))
    app = AppTest.from_file(str(APP_FILE), default_timeout=60).run()
    assert not app.exception
    (warning, *_) = [str(one.value) for one in app.warning]
    assert "Signs of overload" in warning
    assert "golive publish" in warning
    assert "*bold*" not in warning.replace(r"\*", "")


def test_who_sees_some_teams_only_gets_nothing_from_the_record(published: Path) -> None:
    lead = answers.Viewer("bo", "lead", ("North",))
    close_all()
    north = {person_id for person_id, _, team in PEOPLE if team == "North"}
    assert set(answers.weeks(published, lead, LAST_DAY, IDS, 12)["person_id"]) == north
    assert set(answers.strain(published, lead, LAST_DAY).levels["person_id"]) == north


def test_other_methods_and_damaged_files_are_not_believed(
    published: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = Home(shutil.copytree(published.parent.parent, tmp_path / "home"))
    file = publishing.published_file(home)
    assert file is not None
    assert keeping.results_of(file).day == LAST_DAY
    for content in (b"", b"PK\x03\x04 half of it", records.results_file(published).read_bytes()[:-500]):
        records.results_file(file).write_bytes(content)
        assert keeping.results_of(file).day is None
        assert len(answers.forecast(file, VIEWER, LAST_DAY))
    shutil.copyfile(records.results_file(published), records.results_file(file))
    monkeypatch.setattr(records, "methods_stamp", lambda: "another version")
    close_all()
    assert keeping.results_of(file).day is None


def test_a_day_that_is_not_on_record_is_reckoned(published: Path) -> None:
    earlier = LAST_DAY - timedelta(weeks=10)
    close_all()
    assert len(answers.forecast(published, VIEWER, earlier))


def test_a_writer_that_is_killed_while_results_are_reckoned_leaves_the_old_state(tmp_path: Path) -> None:
    firm = Firm.at(tmp_path)
    first = "person_id,project_id,work_date,worked_hours\nana,p1,2026-03-24,8"
    writing.import_files(firm.home, [firm.file("a.csv", first)], ImportOptions())
    before = publishing.published_file(firm.home)
    seen: list[Path] = []

    def killed(file: Path) -> None:
        records.write_record(records.results_file(file), records.new_record(LAST_DAY))
        seen.append(file)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        import_files(firm.home, [firm.file("b.csv", first.replace("24", "25"))], ImportOptions(), reckon=killed)
    assert publishing.published_file(firm.home) == before
    assert [file.exists() for file in seen] == [True]
    writing.import_files(firm.home, [firm.file("b.csv", first.replace("24", "25"))], ImportOptions())
    after = publishing.published_file(firm.home)
    assert after is not None
    assert results.has_results(after)
    names = {file.name for file in firm.home.warehouse.iterdir()}
    assert names == {
        "current",
        *(f"{file.stem}{suffix}" for file in (before, after) if file for suffix in (".duckdb", ".results")),
    }


def test_results_go_with_their_file(tmp_path: Path) -> None:
    firm = Firm.at(tmp_path)
    for day in range(1, 7):
        hours = f"person_id,project_id,work_date,worked_hours\nana,p1,2026-03-{day:02d},8"
        writing.import_files(firm.home, [firm.file(f"{day}.csv", hours)], ImportOptions())
    stems = [sorted(file.stem for file in firm.home.warehouse.glob(f"*{suffix}")) for suffix in (".duckdb", ".results")]
    assert stems[0] == stems[1]
    assert len(stems[0]) == publishing.KEPT_FILES_COUNT
