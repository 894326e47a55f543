"""Why, what moved and what if, on the project's page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from analytics.delay.scenario_steps import KINDS, Step
from dashboard.views import scenarios as views
from dashboard.views.typed import texts_of
from dashboard.views.words import signed_weeks_text
from data.journal import delete_scenario, read_decisions, read_scenarios, save_scenario, withdraw_decision
from tests.dashboard.company import LAST_DAY

if TYPE_CHECKING:
    from streamlit.testing.v1 import AppTest

    from data.home import Home

PROJECT = "his-1"
FOUND = pd.DataFrame(
    {
        "scenario": ["", "more people", "leave"],
        "finish_p50_date": pd.to_datetime(["2027-03-01", "2027-02-01", "2027-03-15"]),
        "finish_p80_date": pd.to_datetime(["2027-06-01", "2027-05-01", "2027-06-15"]),
        "late_probability": [0.8, 0.6, 0.85],
        "p50_weeks": [0.0, -4.0, 2.0],
        "p80_weeks": [0.0, -4.4, 2.0],
        "late_points": [0.0, -0.2, 0.05],
        "slip_weeks_p50": [8.0, 4.0, 10.0],
    }
)


def opened(app: AppTest, part: str) -> AppTest:
    app.query_params.update(project=PROJECT, part=part)
    return app.switch_page("app_pages/project.py").run()


def said(app: AppTest) -> str:
    return "\n".join(str(part.value) for part in [*app.text, *app.markdown, *app.caption, *app.info, *app.success])


def press(app: AppTest, label: str) -> AppTest:
    next(button for button in app.button if button.label == label).click()
    return app.run()


def test_the_page_says_what_the_forecast_is_made_of_and_what_moved_it(app: AppTest) -> None:
    page = opened(app, "why")
    assert not page.exception
    assert "by the median" in said(page)
    assert "The median finish" in said(page)
    assert "no proof of a cause" in said(page)
    assert "best case" in said(opened(app, "what_if")), "a what-if says what it can't know"


def test_a_scenario_is_put_together_compared_kept_and_adopted(app: AppTest, company_home: Home) -> None:
    page = press(opened(app, "what_if"), "Add this step")
    assert not page.exception
    assert "40 h a week more" in said(page)
    tables = [table.value for table in page.dataframe if "Scenario" in table.value.columns]
    assert tables[0]["Scenario"].tolist() == ["as it is", "scenario 1"]
    assert tables[0]["Change of P50"].iloc[1] < 0
    page = press(page, "Keep this scenario")
    (kept,) = read_scenarios(company_home, PROJECT)
    assert kept.result["p50_weeks"] < 0
    assert f"Kept as scenario {kept.scenario_id}: the address of this page finds it again." in said(page)
    assert page.query_params["scenario"] == str(kept.scenario_id)
    next(box for box in page.text_input if box.label == "Who does it").set_value("Ana Moreno")
    page = press(page, "Decide")
    assert not page.exception
    assert "is recorded" in said(page)
    next(box for box in page.text_input if box.label == "Who does it").set_value("Ana Moreno")
    page = press(page, "Decide")
    assert "decided already" in said(page)
    assert [one.owner_name for one in read_decisions(company_home, PROJECT)] == ["Ana Moreno"]

    page = press(page, "Yes, delete it")
    assert "Withdraw the decision first." in "\n".join(box.value for box in page.error)
    page = press(page, "Yes, withdraw it")
    assert not page.exception
    assert read_decisions(company_home, PROJECT) == []
    next(box for box in page.text_input if box.label == "New name").set_value("One person more")
    page = press(page, "Rename")
    assert [one.title for one in read_scenarios(company_home, PROJECT)] == ["One person more"]
    page = press(page, "Yes, delete it")
    assert not page.exception
    assert read_scenarios(company_home, PROJECT) == []
    assert "scenario=" in said(page) or page.query_params == {"project": PROJECT, "part": "what_if"}


def test_a_lever_is_tried_where_scenarios_are_compared(app: AppTest) -> None:
    page = opened(app, "overview")
    assert "What would help" in [one.value for one in page.subheader]
    assert "Strongest lever: " in said(page)
    title = next(one.value for one in page.markdown if one.value.startswith("**One person more"))[2:-2]
    weeks = [one.value for one in page.markdown if one.value.startswith(":green-badge[")]
    page.button(key="try_person").click().run()
    assert not page.exception
    assert page.query_params == {"project": PROJECT, "part": "what_if", "lever": "person"}
    tables = [table.value for table in page.dataframe if "Scenario" in table.value.columns]
    assert tables[0]["Scenario"].tolist() == ["as it is", title]
    assert f":green-badge[{signed_weeks_text(tables[0]['Change of P50'].iloc[1])}]" in weeks


def test_levers_are_tried_together_by_a_link_and_kept(app: AppTest, company_home: Home) -> None:
    app.query_params["lever"] = ["person", "freeze"]
    page = opened(app, "what_if")
    assert not page.exception
    (table,) = [table.value for table in page.dataframe if "Scenario" in table.value.columns]
    assert len(table) == 4, "as it is, each lever alone, and both together"
    assert table["Scenario"].iloc[-1] == "all of these together"
    assert table["Change of P50"].iloc[-1] < table["Change of P50"].iloc[1:-1].min()
    next(box for box in page.selectbox if box.label == "Keep").select("all of these together")
    page = press(page, "Keep this scenario")
    (kept,) = read_scenarios(company_home, PROJECT)
    assert {step["kind"] for step in kept.steps} == {"add_hours", "freeze_date"}
    assert "lever" not in page.query_params, "what is kept stands in its own list"
    delete_scenario(company_home, "ana", kept.scenario_id)


def test_of_two_levers_the_one_that_is_not_kept_is_tried_on(app: AppTest, company_home: Home) -> None:
    app.query_params["lever"] = ["person", "freeze"]
    page = opened(app, "what_if")
    keep = next(box for box in page.selectbox if box.label == "Keep")
    keep.select(next(one for one in keep.options if one.startswith("One person more")))
    page = press(page, "Keep this scenario")
    assert not page.exception
    assert page.query_params["lever"] == "freeze"
    (kept,) = read_scenarios(company_home, PROJECT)
    delete_scenario(company_home, "ana", kept.scenario_id)


def test_start_over_forgets_the_levers_and_the_steps(app: AppTest) -> None:
    app.query_params["lever"] = "person"
    page = press(opened(app, "what_if"), "Add this step")
    assert len(next(table.value for table in page.dataframe if "Scenario" in table.value.columns)) == 3
    page = press(page, "Start over")
    assert not page.exception
    assert page.query_params == {"project": PROJECT, "part": "what_if"}
    assert not [table for table in page.dataframe if "Scenario" in table.value.columns]


def test_a_lever_that_is_decided_twice_is_one_decision(app: AppTest, company_home: Home) -> None:
    page = opened(app, "overview")
    for words in ("is recorded", "decided already"):
        next(box for box in page.text_input if box.label == "Who does it").set_value("Ana Moreno")
        page = press(page, "Decide")
        assert not page.exception
        assert words in said(page)
    (decision,) = read_decisions(company_home, PROJECT)
    assert (decision.owner_name, decision.prediction["p50_weeks"] < 0) == ("Ana Moreno", True)
    withdraw_decision(company_home, "ana", decision.decision_id)
    for one in read_scenarios(company_home, PROJECT):
        delete_scenario(company_home, "ana", one.scenario_id)


def test_a_link_to_a_kept_scenario_shows_it_beside_the_forecast(app: AppTest, company_home: Home) -> None:
    step = Step("add_hours", hours=40, from_date="2026-06-08")
    number = save_scenario(
        company_home, "ana", PROJECT, LAST_DAY, title="Linked", steps=[step.as_plain()], result={"p50_weeks": -1.0}
    )
    app.query_params.update(project=PROJECT, scenario=str(number))
    page = app.switch_page("app_pages/project.py").run()
    assert not page.exception
    tables = [table.value for table in page.dataframe if "Scenario" in table.value.columns]
    assert tables[0]["Scenario"].tolist() == ["as it is", f"{number}: Linked"]
    delete_scenario(company_home, "ana", number)


def test_every_kind_of_step_has_a_name_and_a_sentence() -> None:
    steps = [
        Step(kind, hours=40, weeks=2, share=0.7, from_date="2026-12-07", request_id="CR-1", to_date="2026-12-20")
        for kind in KINDS
    ]
    assert len({views.kind_words(kind) for kind in KINDS}) == len(KINDS)
    texts = [views.step_text(step) for step in steps]
    assert len(set(texts)) == len(KINDS)
    assert "no new change requests once 70 % of the work is done" in texts
    assert views.steps_text([]) == "nothing changes"


def test_the_best_scenario_is_named_and_differences_bear_their_unit() -> None:
    assert views.scenario_sentence(FOUND).startswith("“more people” brings the median finish forward most: −4.0")
    assert "None of them" in views.scenario_sentence(FOUND.drop(index=1))
    assert views.scenario_sentence(FOUND.iloc[:1]) == ""
    table = texts_of(views.scenario_table(FOUND))
    assert table["Change of the chance"].tolist() == ["–", "−20 points", "+5 points"]
