"""Each page on a tiny real firm, opened from ``app.py`` as a reader opens it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from streamlit import config
from streamlit.testing.v1 import AppTest

from dashboard.views.words import date_text
from data.home import HOME_VARIABLE, Home
from data.identities.names import latin_text
from data.journal import read_access
from tests.dashboard.company import LAST_DAY, PROJECTS
from tests.dashboard.conftest import APP_FILE

if TYPE_CHECKING:
    from pathlib import Path

PAGES = ("portfolio", "review", "project", "people", "rotations", "change_requests", "post_mortem", "data", "method")
RUNNING = [project_id for project_id, *_, delay in PROJECTS if delay is None]


def page(app: AppTest, name: str) -> AppTest:
    return app.switch_page(f"app_pages/{name}.py").run()


def said(app: AppTest) -> str:
    """Return what stands on the page in words."""
    parts = [*app.title, *app.subheader, *app.markdown, *app.caption, *app.info, *app.error]
    return "\n".join(str(part.value) for part in parts)


@pytest.mark.parametrize("name", PAGES)
def test_every_page_opens_and_says_as_of_when(app: AppTest, name: str) -> None:
    opened = page(app, name)
    assert not opened.exception
    assert "As known on 31 May 2026" in said(opened)


@pytest.mark.parametrize("name", PAGES)
def test_every_page_opens_on_an_empty_home_and_says_what_to_do(empty_app: AppTest, name: str) -> None:
    opened = page(empty_app, name)
    assert not opened.exception
    assert "golive import FOLDER" in said(opened)
    assert "golive demo" in said(opened)


def test_nothing_is_shown_when_other_machines_could_reach_the_server(
    company_home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(HOME_VARIABLE, str(company_home.path))
    config.set_option("server.address", "0.0.0.0")  # noqa: S104 - the case that must be refused
    opened = AppTest.from_file(str(APP_FILE), default_timeout=60).run()
    config.set_option("server.address", None)
    assert "no sign-in" in said(opened)
    assert not opened.title
    assert not opened.dataframe


def test_a_broken_pointer_is_explained(tmp_path: Path, loopback: None, monkeypatch: pytest.MonkeyPatch) -> None:
    del loopback
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path))
    (tmp_path / "warehouse").mkdir()
    (tmp_path / "warehouse" / "current").write_text("golive-9.duckdb", encoding="utf-8")
    opened = AppTest.from_file(str(APP_FILE), default_timeout=60).run()
    assert not opened.exception
    assert "golive rebuild" in said(opened)


def test_the_portfolio_lists_the_running_projects(app: AppTest) -> None:
    listed = app.dataframe[0].value
    assert sorted(listed["project_id"]) == sorted(RUNNING)
    assert "3 projects run" in said(app)


def test_the_portfolio_and_the_project_page_show_the_same_middle(app: AppTest) -> None:
    listed = app.dataframe[0].value.set_index("project_id")["Median finish (P50)"].to_dict()
    opened = page(app, "project")
    for project_id, shown in listed.items():
        opened.selectbox(key="project").set_value(project_id).run()
        assert not opened.exception
        assert opened.metric[0].value == date_text(shown)


def test_a_filter_keeps_the_chosen_client(app: AppTest) -> None:
    app.multiselect(key="client").set_value(["Cedar Textiles"]).run()
    assert app.dataframe[0].value["project_id"].tolist() == ["erp-4"]


def test_without_a_choice_the_project_with_most_harm_is_shown(app: AppTest) -> None:
    worst = app.dataframe[0].value["Project"].iloc[0]
    assert worst in [heading.value for heading in page(app, "project").subheader]


def test_the_neighbours_of_a_project_are_those_of_the_portfolio(app: AppTest) -> None:
    ranked = app.dataframe[0].value["project_id"].tolist()
    opened = page(app, "project")
    for place, project_id in enumerate(ranked):
        assert opened.selectbox(key="project").value == project_id
        assert f"{place + 1} of {len(ranked)} by expected delay" in said(opened)
        assert opened.button(key="next_project").disabled == (place == len(ranked) - 1)
        if place < len(ranked) - 1:
            opened.button(key="next_project").click().run()
    opened.button(key="previous_project").click().run()
    assert opened.selectbox(key="project").value == ranked[-2]


def test_a_finished_project_shows_its_end(app: AppTest) -> None:
    opened = page(app, "project")
    opened.selectbox(key="project").set_value("erp-1").run()
    assert not opened.exception
    assert (opened.metric[0].label, opened.metric[0].value) == ("Finished", "17 Nov 2025")


def test_the_past_can_be_asked_for_and_is_marked(app: AppTest) -> None:
    app.date_input(key="as_of").set_value(LAST_DAY - timedelta(weeks=28)).run()
    assert not app.exception
    assert "You are looking at the past" in said(app)
    assert "erp-3" in app.dataframe[0].value["project_id"].tolist()


@pytest.mark.parametrize("name", PAGES)
def test_every_page_opens_on_the_first_day(app: AppTest, name: str) -> None:
    opened = page(app, name)
    opened.date_input(key="as_of").set_value(opened.date_input(key="as_of").min).run()
    assert not opened.exception


def teams_of_board(app: AppTest) -> dict[str, list[str]]:
    """Return the people of each team as the board shows them."""
    teams: dict[str, list[str]] = {}
    for name in app.dataframe[0].value["Person"]:
        if name.startswith("\u2003"):
            teams[list(teams)[-1]].append(name.strip())
        else:
            teams[name] = []
    return teams


def test_people_stand_by_team_and_name(app: AppTest) -> None:
    teams = teams_of_board(page(app, "people"))
    assert list(teams) == sorted(teams, key=str.casefold)
    assert all(names == sorted(names, key=latin_text) for names in teams.values())
    assert any(len(names) > 1 for names in teams.values())


def test_people_can_be_sorted_by_load(app: AppTest) -> None:
    opened = page(app, "people")
    by_name = teams_of_board(opened)
    opened.segmented_control(key="order").set_value("load").run()
    assert not opened.exception
    by_load = teams_of_board(opened)
    assert by_load != by_name
    assert {team: sorted(names) for team, names in by_load.items()} == {
        team: sorted(names) for team, names in by_name.items()
    }


@pytest.mark.parametrize("part", ["signs", "load", "limits", "trips", "sites"])
def test_every_part_about_everybody_opens(app: AppTest, part: str) -> None:
    app.query_params.update(part=part)
    assert not page(app, "people").exception


@pytest.mark.parametrize("part", ["days", "projects", "indicators", "limits", "trips"])
def test_every_part_about_one_person_opens(app: AppTest, part: str) -> None:
    app.query_params.update(person="p03", part=part)
    opened = page(app, "people")
    assert not opened.exception
    assert opened.segmented_control(key="part").value == part


def test_a_page_of_one_person_is_logged_once_for_a_session(app: AppTest, company_home: Home) -> None:
    before = len(read_access(company_home, "p03"))
    opened = page(app, "people")
    opened.selectbox(key="person").set_value("p03").run()
    opened.segmented_control(key="weeks").set_value(26).run()
    assert not opened.exception
    assert "Signs of overload are facts" in said(opened)
    assert len(read_access(company_home, "p03")) == before + 1


@pytest.mark.parametrize("measure", ["nights", "strain"])
def test_the_heat_map_of_people_shows_other_measures(app: AppTest, measure: str) -> None:
    opened = page(app, "people")
    opened.segmented_control(key="measure").set_value(measure).run()
    assert not opened.exception
    opened.segmented_control(key="form").set_value("picture").run()
    assert not opened.exception


def test_a_person_s_page_says_the_level_and_what_it_does_not_say(app: AppTest) -> None:
    opened = page(app, "people")
    opened.selectbox(key="person").set_value("p03").run()
    assert not opened.exception
    assert "Strain: **" in said(opened)
    assert "Ask, don't assume" in said(opened)


def test_a_fact_about_limits_opens_the_rows_that_make_it(app: AppTest) -> None:
    app.query_params.update(part="limits")
    opened = page(app, "people")
    ids = opened.selectbox(key="person").options
    for place in range(len(ids)):
        opened.selectbox(key="person").select_index(place).run()
        if any(box.key == "fact" for box in opened.selectbox):
            break
    opened.session_state["open_fact"] = True
    opened.selectbox(key="fact").select_index(0).run()
    assert not opened.exception
    behind = [table.value for table in opened.dataframe if "line_number" in table.value.columns]
    assert set(behind[0]["file_name"]) == {"timesheets.csv"}


def test_newcomers_single_points_and_activities_open_when_asked_for(app: AppTest) -> None:
    app.query_params.update(part="sites")
    opened = page(app, "people")
    assert not opened.exception
    assert {"Newcomers, and juniors alone on site", "Projects that rest on one person"} <= {
        str(heading.value) for heading in opened.subheader
    }


def test_the_method_page_says_that_nothing_measures_burn_out_and_shows_every_source(app: AppTest) -> None:
    opened = page(app, "method")
    assert "Nothing here measures burn-out" in said(opened)
    (shown,) = [table.value for table in opened.dataframe if "Indicator" in table.value.columns]
    assert "nights away, 28 days" in shown["Indicator"].tolist()
    assert shown["Source"].ne("").all()


def test_the_method_page_shows_how_much_would_be_flagged_on_the_own_history(app: AppTest) -> None:
    opened = page(app, "method")
    opened.toggle(key="flagged").set_value(True).run()
    assert not opened.exception
    assert any("Person-weeks with a level" in table.value.columns for table in opened.dataframe)


def test_a_missing_week_stands_on_the_people_page(app: AppTest) -> None:
    assert "marked and never counted as zero" in said(page(app, "people"))


def test_the_rows_behind_a_figure_open_with_file_and_line(app: AppTest) -> None:
    app.query_params.update(part="hours")
    opened = page(app, "project")
    opened.session_state["open_timesheets"] = True
    opened.run()
    assert not opened.exception
    behind = [table.value for table in opened.dataframe if "line_number" in table.value.columns]
    assert set(behind[0]["file_name"]) == {"timesheets.csv"}


def test_the_data_page_words_its_warnings(app: AppTest) -> None:
    opened = page(app, "data")
    assert "A person's day adds up to more than 24 hours." in opened.dataframe[0].value["Warning"].tolist()


def test_the_change_page_filters_by_time(app: AppTest) -> None:
    opened = page(app, "change_requests")
    before = int(opened.metric[0].value)
    opened.segmented_control(key="months").set_value(6).run()
    assert not opened.exception
    assert int(opened.metric[0].value) < before


def test_the_backtest_runs_when_it_is_asked_for(app: AppTest) -> None:
    opened = page(app, "method")
    opened.toggle(key="backtest").set_value(True).run()
    assert not opened.exception
    assert "finished projects" in said(opened)
    assert "Do stated chances come true?" in said(opened)
    assert "What was said, and what came" in said(opened)


def test_the_replay_judges_running_projects_too(app: AppTest) -> None:
    opened = page(app, "method")
    opened.toggle(key="replay").set_value(True).run()
    assert not opened.exception
    assert "have not finished" in said(opened) or "Too few projects have finished" in said(opened)
