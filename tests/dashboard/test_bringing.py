"""Files brought to the page: looked at, asked about, decided on, tried, taken in and taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.answers import intake
from dashboard.answers.viewers import Viewer
from data.home import HOME_VARIABLE, Home
from data.import_reports import ImportOptions
from data.importing import import_files
from data.inbox import read_batches, read_undone
from data.problems import GoliveError
from data.profiles import read_profiles
from data.warehouse import open_for_reading, published_file
from tests.dashboard.conftest import APP_FILE

if TYPE_CHECKING:
    from pathlib import Path

GERMAN: Final = """Mitarbeiter;Projekt;Datum;Stunden;Tätigkeit;Telefon
Anna Müller;P-100;03/04/2026;7,5;Schulung;0123
Jonas Becker;P-100;05/04/2026;2,25;Tests;0456
Summe;;;9,75;;
"""
OURS: Final = "person_id,project_id,work_date,worked_hours\nU1,P-1,2026-03-02,7.5\n"


@pytest.fixture
def home(tmp_path: Path, loopback: None, monkeypatch: pytest.MonkeyPatch) -> Home:
    del loopback
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path / "home"))
    return Home(tmp_path / "home")


@pytest.fixture
def opened(home: Home) -> AppTest:
    del home
    app = AppTest.from_file(str(APP_FILE), default_timeout=60).run()
    return app.switch_page("app_pages/data.py").run()


def bring(app: AppTest, *files: tuple[str, str]) -> AppTest:
    app.file_uploader[0].set_value([(name, text.encode(), "text/csv") for name, text in files])
    return app.run()


def press(app: AppTest, label: str) -> AppTest:
    next(button for button in app.button if button.label == label).click()
    return app.run()


def said(app: AppTest) -> str:
    parts = [*app.title, *app.subheader, *app.markdown, *app.text, *app.caption, *app.info, *app.error, *app.warning]
    return "\n".join(str(part.value) for part in parts)


def is_disabled(app: AppTest, label: str) -> bool:
    return bool(next(button for button in app.button if button.label == label).disabled)


def answer(app: AppTest, text: str) -> AppTest:
    next(box for box in app.selectbox if box.label == "Answer").set_value(text)
    return app.run()


def hours_in_force(home: Home) -> float:
    file = published_file(home)
    assert file is not None
    with open_for_reading(file) as connection:
        found = connection.execute("select coalesce(sum(worked_hours), 0) from marts.person_days").fetchone()
    assert found is not None
    return float(found[0])


def first_days(app: AppTest) -> list[str]:
    return list(app.dataframe[0].value["Work date"])


def test_an_answer_stays_in_the_form_and_another_one_shows_at_once_what_would_come_in(opened: AppTest) -> None:
    app = bring(opened, ("zeiten.csv", GERMAN))
    assert first_days(app) == ["2026-04-03", "2026-04-05"], "the first answer, before any is given"
    app = answer(app, "mdy")
    assert first_days(app) == ["2026-03-04", "2026-05-04"]
    assert next(box for box in app.selectbox if box.label == "Answer").value == "mdy"
    assert not is_disabled(app, "Import")
    app = answer(app, "dmy")
    assert first_days(app) == ["2026-04-03", "2026-04-05"]
    assert not app.exception


def test_days_of_presence_are_shown_on_the_page_beside_the_hours(home: Home, opened: AppTest, tmp_path: Path) -> None:
    for name, text in (
        ("timesheets.csv", OURS),
        ("attendance.csv", "person_id,work_date,present_hours\nU1,2026-03-02,9:30\nU1,2026-03-03,8\n"),
    ):
        (tmp_path / name).write_text(text, encoding="utf-8")
    import_files(home, [tmp_path / "timesheets.csv", tmp_path / "attendance.csv"], ImportOptions())
    app = opened.run()
    assert not app.exception
    assert "Presence" in [heading.value for heading in app.subheader]
    assert "2 days of presence are kept beside the hours. On 1 of them hours are booked, 2.00 h less" in said(app)


def test_a_file_is_shown_with_its_meaning_and_waits_for_the_answer(opened: AppTest) -> None:
    app = bring(opened, ("zeiten.csv", GERMAN))
    assert not app.exception
    text = said(app)
    assert "Read as timesheets" in text
    assert "Telefon" in text
    assert "day/month/year or as month/day/year" in text
    assert is_disabled(app, "Import")
    assert is_disabled(app, "Dry run")
    shown = [table.value for table in app.dataframe]
    assert not any("0123" in str(table.to_dict()) for table in shown), "a telephone number is not even shown"


def test_after_the_answer_the_rows_are_shown_as_they_would_be_imported(opened: AppTest) -> None:
    app = answer(bring(opened, ("zeiten.csv", GERMAN)), "dmy")
    first = app.dataframe[0].value
    assert first["Work date"].tolist() == ["2026-04-03", "2026-04-05"]
    assert not is_disabled(app, "Import")


def test_a_dry_run_shows_the_report_and_keeps_nothing(opened: AppTest, home: Home) -> None:
    app = press(answer(bring(opened, ("zeiten.csv", GERMAN)), "dmy"), "Dry run")
    assert "Dry run: nothing was kept" in said(app)
    assert "+9.75 h" in said(app)
    assert published_file(home) is None
    assert read_profiles(home) == []


def test_an_import_is_told_and_can_be_taken_back_and_put_back(opened: AppTest, home: Home) -> None:
    app = press(answer(bring(opened, ("zeiten.csv", GERMAN)), "dmy"), "Import")
    assert not app.exception
    assert [batch.file_name for batch in read_batches(home)] == ["zeiten.csv"]
    assert hours_in_force(home) == 9.75
    app = app.switch_page("app_pages/data.py").run()
    app.segmented_control(key="part").set_value("batches").run()
    press(app, "Take this batch back")
    assert hours_in_force(home) == 0
    assert [batch.batch_id for batch in read_undone(home)] == [1]
    press(app, "Put this batch back")
    assert hours_in_force(home) == 9.75


def test_the_next_file_of_the_kind_asks_nothing_until_the_decision_is_forgotten(opened: AppTest, home: Home) -> None:
    app = press(answer(bring(opened, ("zeiten.csv", GERMAN)), "dmy"), "Import")
    app = app.switch_page("app_pages/data.py").run()
    app.segmented_control(key="part").set_value("bring").run()
    april = GERMAN.replace("/04/", "/05/")
    app = bring(app, ("april.csv", april))
    assert "as decided earlier" in said(app)
    assert not is_disabled(app, "Import")
    app.segmented_control(key="part").set_value("decisions").run()
    press(app, "Forget this decision")
    assert read_profiles(home) == []


def test_a_rule_that_is_ticked_off_is_not_applied(opened: AppTest, home: Home) -> None:
    app = answer(bring(opened, ("zeiten.csv", GERMAN)), "dmy")
    next(box for box in app.checkbox if "Translate labels" in box.label).uncheck()
    app.run()
    app = press(app, "Import")
    assert not app.exception
    file = published_file(home)
    assert file is not None
    with open_for_reading(file) as connection:
        found = connection.execute("select distinct activity from raw.timesheets").fetchall()
    assert ("training",) not in found


def test_a_columns_meaning_can_be_changed(opened: AppTest) -> None:
    app = answer(bring(opened, ("zeiten.csv", GERMAN)), "dmy")
    next(box for box in app.selectbox if box.label == "Column of the file").set_value("Tätigkeit")
    app.run()
    next(box for box in app.selectbox if box.label == "Means").set_value("package_id")
    app.run()
    app = press(app, "Change")
    assert not app.exception
    meanings = next(table.value for table in app.dataframe if "Because" in table.value.columns)
    found = meanings.set_index("Column of the file")["Means"].to_dict()
    assert found["Tätigkeit"] == "Package id"


def test_our_own_columns_need_no_decision(opened: AppTest, home: Home) -> None:
    app = bring(opened, ("hours.csv", OURS))
    assert "nothing has to be decided" in said(app)
    press(app, "Import")
    assert hours_in_force(home) == 7.5


def test_a_file_that_is_no_table_is_said_and_stops_no_other(opened: AppTest, home: Home) -> None:
    app = bring(opened, ("letter.csv", "Dear client\nthank you\n"), ("hours.csv", OURS))
    assert not app.exception
    press(app, "Import")
    assert hours_in_force(home) == 7.5


def test_an_empty_file_is_explained(opened: AppTest) -> None:
    app = bring(opened, ("nothing.csv", ""))
    assert not app.exception
    assert "nothing.csv" in said(app)
    assert is_disabled(app, "Import")


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\x\\march.csv", "march.csv"),
        ("a\x00b\x1b[31m.csv", "a b [31m.csv"),
        ("...", "file"),
        ("", "file"),
        ("考勤 2026年4月.xlsx", "考勤 2026年4月.xlsx"),
        (".hidden.csv", "hidden.csv"),
    ],
)
def test_names_of_files_stay_in_their_folder(name: str, safe: str) -> None:
    assert intake.safe_name(name) == safe


def test_a_long_name_keeps_its_ending() -> None:
    found = intake.safe_name("x" * 400 + ".csv")
    assert len(found) <= 121
    assert found.endswith(".csv")


def test_who_may_see_some_teams_only_takes_nothing_in(home: Home) -> None:
    del home
    viewer = Viewer("lead", "lead", ("North",))
    assert not intake.may_take_in(viewer)
    with pytest.raises(GoliveError, match="all teams"):
        intake.undo_batch(viewer, 1, lambda _words, _share: None)


def test_what_only_the_import_finds_out_is_asked_on_the_page_and_answered_there(opened: AppTest, home: Home) -> None:
    head = "person_id,project_id,work_date,worked_hours\n"
    app = press(bring(opened, ("one.csv", f"{head}ina,P1,2026-03-02,4\n")), "Import")
    app = press(bring(app, ("other.csv", f"{head}ina,P2,2026-03-02,4\n")), "Import")
    assert "Is this file filtered by project" in said(app)
    assert len(read_batches(home)) == 1, "nothing came in before the answer"
    asked = next(box for box in app.selectbox if box.label == "Answer")
    app = asked.set_value("project").run()
    assert "other.csv" in said(app)
    press(app, "Import")
    file = published_file(home)
    assert file is not None
    with open_for_reading(file) as connection:
        found = connection.execute("select project_id, worked_hours from staging.timesheets order by all").fetchall()
    assert found == [("P1", 4.0), ("P2", 4.0)]
