"""The product on any day: before last week is filed, and when the data end weeks ago, nothing is emptied."""

from __future__ import annotations

import csv
import json
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Final

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.answers import everything as answers
from data import clock
from data.home import HOME_VARIABLE, Home
from data.import_reports import ImportOptions
from data.importing import import_files
from data.publishing import published_file
from tests.commands.running import Golive
from tests.dashboard.company import PEOPLE, write_company
from tests.dashboard.conftest import APP_FILE

if TYPE_CHECKING:
    from pathlib import Path

#: The newest week that people have filed; of the next one, one person has written one day.
NEWEST: Final = date(2026, 5, 18)
ARRIVED: Final = datetime(2026, 5, 25, 1, tzinfo=UTC)
FIRST_DAY: Final = date(2026, 5, 25)
FORTNIGHT: Final = [FIRST_DAY + timedelta(days=days) for days in range(14)]
#: Data that end one, two and nine weeks ago.
LATER: Final = [NEWEST + timedelta(days=6, weeks=weeks) for weeks in (1, 2, 9)]
PAGES: Final = ("portfolio", "project", "people", "change_requests", "data", "method")
EVERYBODY: Final = answers.Viewer("ana", "local")
IDS: Final = tuple(person_id for person_id, _, _ in PEOPLE)


@pytest.fixture(scope="session")
def monday_home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """Return the tiny firm as it is on a Monday morning: last week is filed, of this week one entry."""
    folder = tmp_path_factory.mktemp("monday")
    files = write_company(folder / "files")
    sheets = files / "timesheets.csv"
    with sheets.open(encoding="utf-8", newline="") as source:
        rows = [row for row in csv.DictReader(source) if row["work_date"] < str(NEWEST + timedelta(weeks=1))]
    rows.append({**rows[-1], "work_date": str(NEWEST + timedelta(weeks=1)), "worked_hours": "2"})
    with sheets.open("w", encoding="utf-8", newline="") as target:
        writer = csv.DictWriter(target, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    home = Home(folder / "home")
    import_files(home, [files], ImportOptions(is_history=True), now=ARRIVED)
    return home


@pytest.fixture
def monday_file(monday_home: Home, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(HOME_VARIABLE, str(monday_home.path))
    file = published_file(monday_home)
    assert file is not None
    return file


@pytest.mark.parametrize("offset", ["+08:00", "-08:00"])
@pytest.mark.parametrize("hour", ["00:30", "09:00", "23:30"])
@pytest.mark.parametrize("days", range(14))
def test_at_any_hour_the_pages_open_on_a_day_with_a_filed_week(
    monday_file: Path, monkeypatch: pytest.MonkeyPatch, days: int, hour: str, offset: str
) -> None:
    monkeypatch.setenv(clock.NOW_VARIABLE, f"{FORTNIGHT[days]}T{hour}{offset}")
    day = answers.as_of_date(monday_file)
    assert day <= FORTNIGHT[days] + timedelta(days=1)
    found = answers.reporting(monday_file, day)
    assert found.week_start_date == NEWEST
    assert found.week.filed_count > 0


@pytest.mark.parametrize("day", [FORTNIGHT[2], FORTNIGHT[6], *LATER[1:]], ids=str)
def test_every_figure_of_people_is_that_of_the_last_filed_week(monday_file: Path, day: date) -> None:
    first, now = ((monday_file, EVERYBODY, one) for one in (FIRST_DAY, day))
    assert answers.people(*now)["person_id"].tolist() == answers.people(*first)["person_id"].tolist()
    overview = answers.overview(*now, IDS)
    assert overview.equals(answers.overview(*first, IDS))
    assert overview["load_ratio_last_week"].notna().any()
    levels = answers.strain(*now).levels
    assert levels[["person_id", "level", "index"]].equals(
        answers.strain(*first).levels[["person_id", "level", "index"]]
    )
    assert (levels["level"].astype("str") != "NO DATA").any()
    assert answers.data_state(*now).filed_count == answers.data_state(*first).filed_count > 0


@pytest.mark.parametrize("day", [FORTNIGHT[0], FORTNIGHT[6], LATER[2]], ids=str)
@pytest.mark.parametrize("name", PAGES)
def test_every_page_is_whole_and_says_its_week(
    monday_file: Path, loopback: None, monkeypatch: pytest.MonkeyPatch, day: date, name: str
) -> None:
    del loopback, monday_file
    monkeypatch.setattr(answers, "as_of_date", lambda _file: day)
    app = AppTest.from_file(str(APP_FILE), default_timeout=60).run()
    app = app.switch_page(f"app_pages/{name}.py").run()
    assert not app.exception
    said = "\n".join(str(part.value) for part in [*app.caption, *app.markdown, *app.info])
    assert "Week of 18 May 2026" in said
    assert "Nobody is known" not in said


@pytest.mark.parametrize("day", [FORTNIGHT[0], FORTNIGHT[6], LATER[2]], ids=str)
@pytest.mark.parametrize("command", ["strain", "workload", "anomalies", "forecast"])
def test_every_command_names_its_week(
    monday_home: Home,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    command: str,
    day: date,
) -> None:
    golive = Golive(monkeypatch, capsys)
    ended = golive(command, "--as-of", day, "--home", monday_home.path, "--json")
    assert ended.code == 0
    found = json.loads(ended.out)
    assert found["reporting_week"]["week_start_date"] == str(NEWEST)
    assert len(found["reporting_week"]["weeks_not_filed_yet"]) == (day - NEWEST).days // 7 - (day.weekday() < 6)
    if command in {"strain", "workload"}:
        assert len(found["rows"]) == len(PEOPLE)
    worded = golive(command, "--as-of", day, "--home", monday_home.path)
    assert "Week of 18 May 2026" in worded.out


def test_status_names_the_week_and_counts_no_later_one_as_missing(
    monday_home: Home, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    golive = Golive(monkeypatch, capsys)
    found = json.loads(golive("status", "--home", monday_home.path, "--json").out)
    assert found["reporting_week"]["week_start_date"] == str(NEWEST)
    assert found["missing_weeks_share_last_8_weeks"] < 0.5


@pytest.mark.parametrize(
    ("day", "before"),
    [
        (date(2026, 11, 29), date(2026, 11, 22)),  # Sunday
        (date(2026, 11, 30), date(2026, 11, 22)),  # Monday: the 23rd would know all that came in since
        (date(2026, 12, 2), date(2026, 11, 22)),
        (date(2026, 12, 3), date(2026, 11, 29)),
        (date(2026, 12, 5), date(2026, 11, 29)),
    ],
)
def test_what_changed_is_told_since_the_sunday_nearest_to_a_week_before(day: date, before: date) -> None:
    assert answers.week_before(day) == before
    assert before.isoweekday() == 7
    assert 4 <= (day - before).days <= 10
