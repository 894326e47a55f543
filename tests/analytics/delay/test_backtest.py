from __future__ import annotations

import pandas as pd
import pytest

from analytics.delay.backtest import BACKTEST_METHODS, rolling_origin_backtest, rolling_origin_scores, summarise
from analytics.delay.known import prepare_histories
from tests.analytics.delay.firm import FITS, Firm, make_firm

FIRM = make_firm(80)
SCORES = rolling_origin_scores(prepare_histories(FIRM.states, FIRM.projects, fits=FITS))


def test_every_method_is_judged_on_the_same_projects() -> None:
    counts = summarise(SCORES).pivot_table(index="stage", columns="method", values="n_projects")
    assert set(counts.columns) == set(BACKTEST_METHODS)
    assert counts.nunique(axis=1).eq(1).all()


def test_the_table_has_every_stage_and_their_mean() -> None:
    table = summarise(SCORES).set_index(["method", "stage"])["crps_pct"]
    own = table["golive"]
    assert list(own.index) == ["25", "50", "75", "100", "all"]
    assert own["all"] == pytest.approx(own.drop("all").mean())


def test_golive_beats_plan_and_reference_class_where_progress_is_honest() -> None:
    crps = summarise(SCORES).query("stage == 'all'").set_index("method")["crps_pct"]
    assert crps["golive"] < crps["reference_class"]
    assert crps["golive"] < crps["plan_of_record_dressed"]


def test_a_forecast_in_the_backtest_knows_nothing_later() -> None:
    day = pd.Timestamp("2024-10-31")
    cut = FIRM.known_by(day)
    earlier = rolling_origin_scores(prepare_histories(cut.states, cut.projects, fits=FITS))
    keys = ["method", "project_id", "stage"]
    both = earlier.merge(SCORES, on=keys, how="left", suffixes=("", "_whole"), validate="one_to_one")
    assert len(both) > 0
    assert both["weeks_p50"].to_numpy() == pytest.approx(both["weeks_p50_whole"].to_numpy())
    assert both["late_probability"].to_numpy() == pytest.approx(both["late_probability_whole"].to_numpy())


def test_without_finished_projects_the_table_is_empty() -> None:
    nobody = Firm(FIRM.states.iloc[:0], FIRM.projects.iloc[:0])
    assert rolling_origin_backtest(nobody.states, nobody.projects).empty
