from __future__ import annotations

import pandas as pd
import pytest

from analytics.delay.forecast_scores import TABLE_COLUMNS, skill_rows
from analytics.delay.held_out_backtest import (
    TooFewProjectsError,
    finished_ids,
    held_out_backtest,
    held_out_ids,
    held_out_scores,
    only_projects,
)
from analytics.delay.known import Histories, prepare_histories
from analytics.delay.rival_forecasts import BACKTEST_METHODS, REGRESSION
from tests.analytics.delay.firm import FITS, Firm, make_firm

FIRM = make_firm(80)


def histories(firm: Firm = FIRM) -> Histories:
    return prepare_histories(firm.states, firm.projects, fits=FITS)


WHOLE = histories()
TEST_IDS = held_out_ids(finished_ids(WHOLE))
SCORES = held_out_scores(WHOLE, TEST_IDS)


def scores_of(firm: Firm) -> pd.Series[float]:
    keys = ["method", "project_id", "stage"]
    return held_out_scores(histories(firm), TEST_IDS).set_index(keys)["crps_pct"]


def test_about_half_is_held_out_and_the_same_half_whoever_else_is_there() -> None:
    ids = [f"project-{number}" for number in range(400)]
    chosen = held_out_ids(ids)
    assert 150 < len(chosen) < 250
    assert held_out_ids(ids[:100]) == chosen & set(ids[:100])


def test_the_table_holds_every_method_at_every_stage_and_their_mean() -> None:
    table = held_out_backtest(WHOLE, TEST_IDS)
    assert list(table.columns) == list(TABLE_COLUMNS)
    assert set(table["method"]) == {*BACKTEST_METHODS, REGRESSION}
    assert set(table["stage"]) == {"25", "50", "75", "all"}
    assert table["n_projects"].max() == len(TEST_IDS)
    assert (table["coverage_p80_low"] <= table["coverage_p80"]).all()
    assert (table["coverage_p80"] <= table["coverage_p80_high"]).all()


def test_the_yardstick_has_no_skill_against_itself() -> None:
    table = held_out_backtest(WHOLE, TEST_IDS).set_index(["method", "stage"])
    assert table["skill"]["earned_schedule_dressed"].to_numpy() == pytest.approx([0.0] * 4)
    assert table["skill"]["golive", "all"] == pytest.approx(
        1 - table["crps_pct"]["golive", "all"] / table["crps_pct"]["earned_schedule_dressed", "all"]
    )


def test_only_held_out_projects_are_forecast() -> None:
    assert set(SCORES["project_id"]) <= TEST_IDS
    assert SCORES.groupby(["method", "stage"])["project_id"].nunique().groupby("stage").nunique().eq(1).all()


def test_what_becomes_known_of_a_test_project_after_the_forecast_changes_no_forecast() -> None:
    name = sorted(TEST_IDS)[0]
    own = SCORES[(SCORES["project_id"] == name) & (SCORES["stage"] == 25)]
    after = own["seen_on"].iloc[0] + pd.Timedelta(weeks=1)
    is_later = (FIRM.states["project_id"] == name) & (FIRM.states["week_start_date"] > after)
    changed = {"progress_ratio": 0.999, "booked_hours": 1e6}
    states = FIRM.states.assign(**{key: FIRM.states[key].mask(is_later, value) for key, value in changed.items()})
    found = scores_of(Firm(states, FIRM.projects))
    assert found.xs((name, 25.0), level=("project_id", "stage")).to_dict() == pytest.approx(
        own.set_index("method")["crps_pct"].to_dict()
    )


def test_other_test_projects_teach_nothing() -> None:
    kept = sorted(TEST_IDS)[0]
    gone = TEST_IDS - {kept}
    alone = Firm(
        FIRM.states[~FIRM.states["project_id"].isin(gone)], FIRM.projects[~FIRM.projects["project_id"].isin(gone)]
    )
    found = scores_of(alone)
    whole = SCORES.set_index(["method", "project_id", "stage"])["crps_pct"]
    assert found.to_dict() == pytest.approx(whole.loc[found.index].to_dict())


def test_the_outcome_of_a_training_project_does_teach() -> None:
    taught = sorted(set(finished_ids(WHOLE)) - TEST_IDS)
    is_taught = FIRM.projects["project_id"].isin(taught)
    later = FIRM.projects["actual_finish_date"] + pd.Timedelta(weeks=30)
    slow = Firm(
        FIRM.states,
        FIRM.projects.assign(actual_finish_date=FIRM.projects["actual_finish_date"].mask(is_taught, later)),
    )
    found = scores_of(slow).reset_index()
    assert (
        found.loc[found["method"] == "golive", "crps_pct"].mean()
        > SCORES.loc[SCORES["method"] == "golive", "crps_pct"].mean()
    )


def test_cutting_to_projects_cuts_every_table() -> None:
    cut = only_projects(WHOLE, {"p001"})
    assert set(cut.states["project_id"]) == {"p001"}
    assert set(cut.projects["project_id"]) == {"p001"}


def test_too_few_projects_are_refused_with_their_numbers() -> None:
    few = make_firm(5)
    ids = finished_ids(histories(few))
    with pytest.raises(TooFewProjectsError) as refused:
        held_out_scores(histories(few), set(ids[1:]))
    assert refused.value.judged_count == len(ids) - 1
    with pytest.raises(TooFewProjectsError):
        held_out_scores(WHOLE, set())


def test_skill_against_each_rival_has_an_interval_around_it() -> None:
    found = skill_rows(SCORES, ["plan_of_record", "reference_class"])
    assert (found["skill_low"] <= found["skill"]).all()
    assert (found["skill"] <= found["skill_high"]).all()
    assert (found["skill_low"] > 0).all()
