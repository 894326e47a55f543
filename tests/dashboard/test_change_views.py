"""What the page on change requests says."""

from __future__ import annotations

import pandas as pd

from dashboard.views import everything as views
from dashboard.views.changes import client_rows, month_rows, prototype_sentence, with_lateness
from tests.dashboard.frames import request_of


def requests(*rows: dict[str, object]) -> pd.DataFrame:
    return pd.DataFrame(list(rows))


def test_a_request_is_late_within_eight_weeks_of_go_live_or_in_a_last_phase() -> None:
    marked = with_lateness(
        requests(
            request_of(1),
            request_of(2, raised_at=pd.Timestamp("2026-07-08")),
            request_of(3, phase_at_arrival="User acceptance test"),
            request_of(4, raised_at=pd.Timestamp("2026-07-06")),
            request_of(5, phase_at_arrival=None, go_live_date=pd.NaT),
        )
    )
    assert marked["is_late"].tolist() == [False, True, True, False, False]


def test_a_request_after_go_live_is_late() -> None:
    assert with_lateness(requests(request_of(1, raised_at=pd.Timestamp("2026-10-01"))))["is_late"].tolist() == [True]


def test_clients_show_early_and_late_requests() -> None:
    marked = with_lateness(
        requests(request_of(1), request_of(2, phase_at_arrival="go_live"), request_of(3, client_name=""))
    )
    found = client_rows(marked)[["client", "early_count", "late_count"]]
    assert found.to_numpy().tolist() == [["Lotus", 1, 1], ["not recorded", 1, 0]]


def test_phases_stand_in_the_order_of_a_projects_life() -> None:
    marked = with_lateness(
        requests(
            request_of(1, phase_at_arrival="test", raised_at=pd.Timestamp("2026-06-01")),
            request_of(2, phase_at_arrival="analysis"),
            request_of(3, phase_at_arrival="build", raised_at=pd.Timestamp("2026-03-01")),
        )
    )
    assert month_rows(marked)["phase"].tolist() == ["Analysis", "Build", "Test"]


def test_few_finished_requests_are_not_compared() -> None:
    assert prototype_sentence(with_lateness(requests(request_of(1)))).startswith("Too few")


def test_a_comparison_does_not_claim_a_cause() -> None:
    rows = [
        request_of(number, is_confirmed_by_prototype=number % 2 == 0, actual_hours=10 + number % 2 * 5)
        for number in range(40)
    ]
    said = prototype_sentence(with_lateness(requests(*rows)))
    assert "1.00 times" in said
    assert "1.50 times" in said
    assert "proves no cause" in said


def test_the_time_filter_keeps_the_last_months() -> None:
    rows = requests(request_of(1), request_of(2, raised_at=pd.Timestamp("2025-01-07")))
    assert len(views.raised_within(rows, pd.Timestamp("2026-05-31"), 6)) == 1
    assert len(views.raised_within(rows, pd.Timestamp("2026-05-31"), 0)) == 2
    assert views.period_words(0) == "all"


def test_effort_is_compared_on_finished_requests_only() -> None:
    view = views.changes_view(
        requests(request_of(1, actual_hours=15.0), request_of(2, actual_hours=None, estimated_hours=90.0))
    )
    figures = {label: (value, remark) for label, value, remark in view.metrics}
    assert figures["Actual for each estimated hour"] == ("1.50", "1 finished request")
    assert figures["Estimated effort"][0] == "100 h"


def test_a_choice_without_requests_is_empty_and_not_an_error() -> None:
    assert views.changes_view(requests(request_of(1)).head(0)).is_empty
