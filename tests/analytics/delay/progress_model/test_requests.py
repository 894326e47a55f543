from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analytics.delay.progress_model.cases import RequestCounts, cases_of
from analytics.delay.progress_model.draws import request_sums
from analytics.delay.progress_model.scope_process import GRID, USUAL_WISHES, Asked, fit_scope
from tests.analytics.delay.works import Works, make_works

WORKS = make_works(30, seed=2, years=3)


def on(works: Works, day: str) -> RequestCounts:
    histories = works.histories()
    assert histories.evidence is not None
    rows = pd.DataFrame({"project_id": ["w010"], "as_of_date": [pd.Timestamp(day)], "elapsed_weeks": [1.0]})
    return cases_of(histories.evidence, rows)[0].wishes


def with_requests(*rows: tuple[str, str | None, float, bool]) -> Works:
    asked = pd.DataFrame(
        {
            "change_request_id": [f"r{place}" for place in range(len(rows))],
            "project_id": "w010",
            "raised_at": [pd.Timestamp(row[0]) for row in rows],
            "known_date": [pd.Timestamp(row[0]) for row in rows],
            "decided_at": pd.Series([row[1] for row in rows], dtype="datetime64[us]"),
            "estimated_hours": [row[2] for row in rows],
            "is_approved": [row[3] for row in rows],
            "is_rejected": [not row[3] and row[1] is not None for row in rows],
            "cause": "new_need",
        }
    )
    return Works(WORKS.states, WORKS.projects, asked)


BUDGET = float(WORKS.states.loc[WORKS.states["project_id"] == "w010", "budget_hours"].iloc[0])


def test_a_request_is_pending_until_it_is_decided() -> None:
    works = with_requests(("2020-03-02", "2020-03-20", 100.0, True))
    before, after = on(works, "2020-03-10"), on(works, "2020-03-25")
    assert before.pending_share[0] == pytest.approx(100 / BUDGET)
    assert before.approved_share[0] == 0
    assert after.pending_share[0] == 0
    assert after.approved_share[0] == pytest.approx(100 / BUDGET)


def test_a_request_is_unknown_before_it_is_raised() -> None:
    assert on(with_requests(("2020-03-02", None, 100.0, False)), "2020-03-01").raised_count[0] == 0


def test_a_refused_request_asks_for_nothing() -> None:
    counts = on(with_requests(("2020-03-02", "2020-03-05", 100.0, False)), "2020-03-25")
    assert counts.pending_share[0] == counts.approved_share[0] == 0
    assert counts.raised_count[0] == 1


def test_without_a_log_the_steps_of_the_scope_are_requests() -> None:
    works = Works(WORKS.states, WORKS.projects, WORKS.change_requests.iloc[:0])
    logged = on(WORKS, "2020-12-01").approved_share[0]
    assert on(works, "2020-12-06").approved_share[0] == pytest.approx(logged, abs=0.03)


def asked_of(rate: float, count: int = 300, seed: int = 1) -> Asked:
    draw = np.random.default_rng(seed)
    planned = draw.uniform(15, 45, size=count)
    pace = draw.gamma(2.0, 0.5, size=count)
    counts = draw.poisson(rate * pace * planned / 30).astype(float)
    owner = np.repeat(np.arange(count), counts.astype(int))
    return Asked(
        counts=counts,
        planned_weeks=planned,
        reached=np.ones(count),
        owner=owner,
        progress=draw.beta(2, 3, size=len(owner)),
        share=np.exp(draw.normal(-3.5, 0.8, size=len(owner))),
        budget_hours=np.full(len(owner), 1000.0),
        taken=7.0,
        decided=10.0,
    )


def test_rate_size_and_timing_are_found_again() -> None:
    model = fit_scope(asked_of(6.0), USUAL_WISHES)
    assert model.count == pytest.approx(6.0, rel=0.1)
    assert model.length_power == pytest.approx(1.0, abs=0.25)
    assert 1 / model.dispersion == pytest.approx(2.0, rel=0.4)
    assert model.size_mean == pytest.approx(-3.5, abs=0.05)
    assert model.size_spread == pytest.approx(0.8, abs=0.05)
    assert model.came_by(np.array([0.38]))[0] == pytest.approx(0.5, abs=0.05)
    assert model.taken_share == pytest.approx(0.7, abs=0.02)


def test_nobody_asked_yet_gives_what_is_usual() -> None:
    nothing = np.empty(0)
    asked = Asked(nothing, nothing, nothing, nothing.astype(int), nothing, nothing, nothing, 0.0, 0.0)
    assert fit_scope(asked, USUAL_WISHES) == USUAL_WISHES


def test_a_firm_whose_clients_never_ask_is_believed() -> None:
    nothing = np.empty(0)
    asked = Asked(
        np.zeros(40), np.full(40, 30.0), np.ones(40), nothing.astype(int), nothing, nothing, nothing, 0.0, 0.0
    )
    assert fit_scope(asked, USUAL_WISHES).count < 0.25


def test_scope_taken_out_is_counted_as_less() -> None:
    asked = asked_of(4.0)
    sign = np.where(np.arange(len(asked.share)) % 5 == 0, -1.0, 1.0)
    turned = Asked(**{**vars(asked), "share": asked.share * sign})
    assert fit_scope(turned, USUAL_WISHES).negative_share == pytest.approx(0.2, abs=0.01)


def test_requests_on_paths_come_to_what_is_expected() -> None:
    sums = request_sums(1, 4096, 1, 0.5, 0.0)
    for count in (0.5, 4.0, 30.0):
        found = sums.after(np.full(4096, count))
        assert found.mean() == pytest.approx(count * np.exp(0.125), rel=0.06)
        assert found.var() == pytest.approx(count * np.exp(0.5), rel=0.15)


def test_more_requests_never_come_to_less() -> None:
    sums = request_sums(1, 512, 1, 1.0, 0.0)
    steps = [sums.after(np.full(512, count)) for count in (0.0, 0.3, 1.0, 5.0, 70.0, 200.0)]
    assert (np.diff(steps, axis=0) >= 0).all()


def test_the_grid_begins_and_ends_with_the_project() -> None:
    assert (GRID[0], GRID[-1]) == (0.0, 1.0)
