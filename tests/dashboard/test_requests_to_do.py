"""What to do about change requests comes before what came: whom to talk to, what waits, what late ones cost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import pytest

from dashboard.views import requests_to_do as views
from dashboard.views.opening import opened_at
from dashboard.views.typed import texts_of

if TYPE_CHECKING:
    from streamlit.testing.v1 import AppTest

DAY = pd.Timestamp("2026-11-30")


def request(number: str, project_id: str, client: str, **more: object) -> dict[str, object]:
    return {
        "change_request_id": number,
        "project_id": project_id,
        "project_name": f"Project {project_id}",
        "client_name": client,
        "raised_at": DAY - pd.Timedelta(days=100),
        "go_live_date": DAY + pd.Timedelta(weeks=40),
        "phase_at_arrival": "build",
        "estimated_hours": 100.0,
        "is_approved": False,
        "is_pending": False,
        "requested_by": "Finance",
        "cause": "new_need",
        **more,
    }


REQUESTS = pd.DataFrame(
    [
        request("a1", "a", "Alder", is_approved=True, estimated_hours=300.0),
        request("a2", "a", "Alder", is_approved=True, go_live_date=DAY - pd.Timedelta(days=90)),
        request("a3", "a", "Alder", is_pending=True, raised_at=DAY - pd.Timedelta(days=20), estimated_hours=40.0),
        request("b1", "b", "Birch", is_pending=True, raised_at=DAY - pd.Timedelta(days=50), estimated_hours=None),
        request("c1", "c", "Cedar", is_pending=True, raised_at=DAY - pd.Timedelta(days=300)),
    ]
)
DRIVERS = pd.DataFrame(
    [
        ("a", "scope_approved", 8.0),
        ("a", "scope_pending", 1.0),
        ("a", "scope_expected", 3.0),
        ("a", "speed", 20.0),
        ("b", "scope_pending", 0.5),
    ],
    columns=["project_id", "driver", "weeks"],
)


def rows() -> pd.DataFrame:
    """Return the requests of the projects that run; ``c`` has ended, and nobody decides on its request any more."""
    return views.running_requests(REQUESTS, DRIVERS, ["a", "b"])


def clients() -> pd.DataFrame:
    return views.client_rows(rows(), DRIVERS, DAY)


def test_a_client_has_the_weeks_of_approved_waiting_and_coming_requests() -> None:
    found = clients().set_index("client_name")
    assert found["weeks"].tolist() == [12.0, 0.5]
    assert found["oldest_days"].tolist() == [20.0, 50.0]
    assert found["waiting_count"].tolist() == [1, 1]
    assert found["waiting_hours"].iloc[0] == 40.0
    assert pd.isna(found["waiting_hours"].iloc[1]), "what nobody has estimated is not nothing"


def test_late_requests_cost_their_share_of_the_approved_hours() -> None:
    found = clients().set_index("client_name")
    assert found.loc["Alder", "late_weeks"] == pytest.approx(8.0 * 100 / 400)
    assert found.loc["Birch", "late_weeks"] == 0.0


def test_what_waits_is_counted_with_its_hours_and_its_age() -> None:
    assert views.waiting_sentence(rows(), DAY) == (
        "2 requests wait for a decision, 40 h by estimate; the oldest for 50 days (Project b)."
    )
    assert views.waiting_sentence(rows().query("project_id == 'b'"), DAY) == (
        "1 request waits for a decision, none of them estimated; the oldest for 50 days (Project b)."
    )
    assert views.waiting_sentence(rows().query("not is_waiting"), DAY) == (
        "No request of a running project waits for a decision."
    )


def test_whom_to_talk_to_is_said_with_the_reason() -> None:
    assert views.talk_sentence(clients()) == (
        "Talk to Alder first: requests add 12.0 weeks to Project a, and 1 waits for a decision."
    )
    assert views.talk_sentence(clients().query("client_name == 'Birch'")) == "", "half a week is no reason to call"
    assert views.talk_sentence(clients().head(0)) == ""


def test_the_longest_waiting_stands_first_and_leads_to_its_project() -> None:
    table = views.waiting_table(rows(), DAY)
    assert table["Request"].tolist() == ["b1", "a3"]
    assert texts_of(table)["Estimated"].tolist() == ["–", "40 h"], "no estimate is not nothing"
    assert opened_at(table, 1, "Project") == ("project", "a")
    assert opened_at(views.clients_table(clients()), 0, "Client") == ("client", "Alder")


def test_a_firm_without_forecasts_still_sees_what_waits() -> None:
    none = DRIVERS.head(0)
    found = views.client_rows(views.running_requests(REQUESTS, none, ["a", "b"]), none, DAY)
    assert found["weeks"].tolist() == [0.0, 0.0]
    assert len(views.clients_table(found)) == 2
    assert views.talk_sentence(found) == ""


def test_the_page_begins_with_what_to_do(app: AppTest) -> None:
    page = app.switch_page("app_pages/change_requests.py").run()
    assert not page.exception
    heads = [one.value for one in page.subheader]
    assert heads[:3] == ["Whom to talk to", "What waits longest", "What came"]
    assert "wait for a decision" in page.markdown[0].value


def test_a_filter_keeps_what_waits_of_one_client(app: AppTest) -> None:
    app.query_params["client"] = "City Hospital"
    page = app.switch_page("app_pages/change_requests.py").run()
    assert not page.exception
    tables = [one.value for one in page.dataframe if "Client" in one.value.columns]
    assert {name for table in tables for name in table["Client"]} == {"City Hospital"}
