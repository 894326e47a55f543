"""The account adds up whatever happened, finds what was planted, and says what it lacks."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.postmortem.account import Account, account_of
from analytics.postmortem.but_for import Removal, weeks_earlier
from analytics.postmortem.case import Case, NoAccountError
from tests.analytics.postmortem.planting import CAUSES, MONDAY, TEAM, planted
from tests.laws import examples

SEEDS = range(2)


@cache
def told(cause: str, seed: int) -> tuple[Case, Account]:
    """A planted project with its account; the figures over many seeds are printed by tests.postmortem_figures."""
    case = planted(cause, seed)
    return case, account_of(case)


def shares(found: Account) -> pd.Series[float]:
    """Weeks by cause, the left-open work aside."""
    return found.lines.groupby("cause")["delay_weeks"].sum().drop("open_work", errors="ignore")


def gaps(case: Case) -> tuple[str, ...]:
    """What a project lacks for an account."""
    with pytest.raises(NoAccountError) as refused:
        account_of(case)
    return refused.value.gaps


@st.composite
def any_case(draw: st.DrawFn) -> Case:
    """A project with arbitrary hours, leave, reports and requests."""
    count = draw(st.integers(2, 60))
    hours = st.floats(0, 300, allow_subnormal=False)
    mondays = [MONDAY + pd.Timedelta(weeks=number) for number in range(count)]
    booked = draw(st.lists(hours, min_size=count, max_size=count))
    rework = draw(st.lists(st.floats(0, 1), min_size=count, max_size=count))
    ratios = draw(st.lists(st.one_of(st.none(), st.floats(0, 1)), min_size=count, max_size=count))
    asked = draw(st.lists(st.tuples(st.integers(-3, count + 3), st.floats(-400, 400)), max_size=12))
    base = planted("none", 0)
    weeks = pd.DataFrame({"week_start_date": mondays, "booked_hours": [booked[0] + 1.0, *booked[1:]]})
    weeks = weeks.assign(rework_hours=weeks["booked_hours"] * np.array(rework))
    reports = pd.DataFrame(
        {
            "as_of_date": [day + pd.Timedelta(days=4) for day in mondays],
            "progress_ratio": [0.01, *ratios[1:]],
            "phase": None,
        }
    )
    moments = [MONDAY + pd.Timedelta(weeks=week, hours=30) for week, _hours in asked]
    requests = pd.DataFrame(
        {
            "change_request_id": [f"r{number}" for number in range(len(asked))],
            "requested_by": [("Sales", None, "IT")[number % 3] for number in range(len(asked))],
            "raised_at": pd.Series(moments, dtype="datetime64[us]"),
            "decided_at": pd.Series(moments, dtype="datetime64[us]"),
            "estimated_hours": pd.Series([hours for _week, hours in asked], dtype="float64"),
            "actual_hours": np.nan,
            "is_approved": True,
            "cause": None,
            "phase_at_arrival": None,
            "is_confirmed_by_prototype": None,
        }
    )
    return replace(
        base,
        weeks=weeks.astype({"week_start_date": "datetime64[us]"}),
        reports=reports.astype({"as_of_date": "datetime64[us]", "progress_ratio": "float64"}),
        requests=requests,
        ending=draw(st.sampled_from(["finished", "cancelled", "running"])),
        end_date=MONDAY + pd.Timedelta(days=draw(st.integers(1, count * 7))),
        budget_hours=draw(st.floats(10, 20_000)),
    )


@examples(40)
@given(any_case())
def test_the_account_adds_up_by_line_by_week_and_by_window(case: Case) -> None:
    found = account_of(case)
    late = found.late_weeks
    scale = max(abs(found.losses.drop(columns="week_start_date")).to_numpy().sum(), 1.0)
    assert found.lines["delay_weeks"].sum() == pytest.approx(late, abs=1e-6 * scale)
    assert found.losses.drop(columns="week_start_date").to_numpy().sum() == pytest.approx(late, abs=1e-6 * scale)
    assert found.windows["delay_weeks"].sum() == pytest.approx(late, abs=1e-6 * scale)
    if case.ending == "finished" and case.planned_finish_date is not None:
        true = (case.end_date - case.planned_finish_date) / pd.Timedelta(weeks=1)
        assert late == pytest.approx(true, abs=1e-9)


def test_the_account_of_planted_projects_adds_up_to_a_millionth_of_a_week() -> None:
    for cause in CAUSES:
        found = told(cause, 1)[1]
        assert found.lines["delay_weeks"].sum() == pytest.approx(found.late_weeks, abs=1e-6)


def test_windows_between_replans_add_up_to_the_same() -> None:
    case = replace(planted("scope", 2), replans=(MONDAY + pd.Timedelta(weeks=15), MONDAY + pd.Timedelta(weeks=31)))
    found = account_of(case, "replan")
    assert found.windows["window_start_date"].nunique() == 3
    assert found.windows["delay_weeks"].sum() == pytest.approx(found.late_weeks, abs=1e-6)


def test_the_planted_cause_has_the_largest_share_in_nearly_all_projects() -> None:
    largest = [shares(told(cause, seed)[1]).idxmax() == cause for cause in CAUSES for seed in SEEDS]
    assert np.mean(largest) >= 0.85


def test_but_for_the_planted_cause_every_project_ends_earlier() -> None:
    for cause in CAUSES:
        for seed in SEEDS:
            assert weeks_earlier(*told(cause, seed), [Removal(cause)]) > 0.5, (cause, seed)


def test_the_replay_meets_the_true_finish_of_planted_projects() -> None:
    errors = [abs(told(cause, seed)[1].replay_error_weeks) for cause in CAUSES for seed in SEEDS]
    assert np.mean(errors) < 0.7


def test_nothing_planted_means_nothing_large_in_the_account_of() -> None:
    assert shares(account_of(planted("none", 3))).abs().max() < 4.0


def test_but_for_one_department_or_request_is_part_of_but_for_the_scope() -> None:
    case = planted("scope", 4)
    found = account_of(case)
    whole = weeks_earlier(case, found, [Removal("scope")])
    sales = weeks_earlier(case, found, [Removal("scope", "Sales")])
    number = str(found.requests.loc[found.requests["department"].eq("Sales"), "change_request_id"].iloc[0])
    one = weeks_earlier(case, found, [Removal("request", number)])
    assert 0 < one < sales <= whole + 1e-9


def test_but_for_an_absence_is_of_the_person_who_was_away() -> None:
    case = planted("leave", 1)
    found = account_of(case)
    assert weeks_earlier(case, found, [Removal("absence", TEAM[1])]) > 1
    assert weeks_earlier(case, found, [Removal("absence", TEAM[0])]) == pytest.approx(0.0, abs=1e-9)


def test_taking_out_nothing_changes_nothing() -> None:
    case = planted("gate", 1)
    assert weeks_earlier(case, account_of(case), []) == 0.0


def test_a_scope_cut_made_the_project_earlier() -> None:
    case = planted("scope", 1)
    cut = case.requests.iloc[[0]].assign(change_request_id="cut", estimated_hours=-400.0)
    case = replace(case, requests=pd.concat([case.requests, cut], ignore_index=True))
    found = account_of(case)
    assert shares(found)["scope_cut"] < 0
    assert weeks_earlier(case, found, [Removal("scope_cut")]) < 0


def test_two_causes_in_the_same_months_share_joint_credit_and_neither_has_it_alone() -> None:
    joint = account_of(planted("scope", 1)).joint
    assert (joint["joint_weeks"] > 0).all()
    assert not ({"owner", "liable"} & set(joint.columns))


@pytest.mark.parametrize(
    ("changes", "gap"),
    [
        ({"planned_finish_date": None}, "no_plan"),
        ({"planned_start_date": None}, "no_plan"),
        ({"budget_hours": float("nan")}, "no_budget"),
        ({"end_date": MONDAY - pd.Timedelta(days=3)}, "finish_before_start"),
        ({"planned_finish_date": MONDAY - pd.Timedelta(days=3)}, "finish_before_start"),
    ],
)
def test_an_account_without_what_it_needs_is_no_account_of(changes: dict[str, object], gap: str) -> None:
    assert gap in gaps(replace(planted("none", 1), **changes))  # type: ignore[arg-type]


def test_a_project_without_progress_or_hours_has_no_account_of() -> None:
    case = planted("none", 1)
    without_progress = replace(case, reports=case.reports.iloc[:0])
    without_hours = replace(case, weeks=case.weeks.iloc[:0], people=case.people.iloc[:0])
    assert gaps(without_progress) == ("no_progress",)
    assert gaps(without_hours) == ("no_hours",)


def test_what_a_reader_has_to_know_stands_beside_the_account_of() -> None:
    case = planted("scope", 1)
    unsized = case.requests.iloc[[0]].assign(change_request_id="unsized", estimated_hours=np.nan)
    after = pd.DataFrame({"week_start_date": [case.end_date + pd.Timedelta(weeks=3)], "booked_hours": [400.0]})
    case = replace(
        case,
        requests=pd.concat([case.requests, unsized], ignore_index=True),
        weeks=pd.concat([case.weeks, after.assign(rework_hours=0.0)], ignore_index=True),
        is_known_at_guessed=True,
        is_reopened=True,
    )
    assert set(account_of(case).remarks) == {
        "known_at_guessed",
        "requests_without_estimate",
        "hours_after_finish",
        "reopened",
    }


def test_a_cancelled_project_is_accounted_for_until_it_was_given_up() -> None:
    case = planted("standstill", 1)
    given_up = replace(case, ending="cancelled", end_date=MONDAY + pd.Timedelta(weeks=30))
    found = account_of(given_up)
    assert "cancelled" in found.remarks
    assert found.replay_error_weeks == 0.0
    assert found.late_weeks > 4
