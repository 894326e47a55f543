"""From indicators to the index: anchors, domains, the cubic mean and its exact shares."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.workload.strain.score import domain_scores, index_of, indicator_shares, lasting_parts, scaled
from tests.analytics.workload.strain.helpers import SETTINGS


def values(**given_values: float) -> dict[str, np.ndarray]:
    return {i.name: np.array([given_values.get(i.name, 0.0)]) for i in SETTINGS.indicators}


def index(**given_values: float) -> float:
    return float(index_of(values(**given_values), SETTINGS)[0])


@pytest.mark.parametrize("indicator", SETTINGS.indicators, ids=lambda i: i.code)
def test_an_indicator_is_0_50_and_100_at_its_anchors(indicator) -> None:  # type: ignore[no-untyped-def] # an Indicator
    points = np.array([indicator.zero, indicator.watch, indicator.high, indicator.high * 3 + 1])
    assert scaled(indicator, points).tolist() == pytest.approx([0, 50, 100, 100])


def test_no_demand_gives_an_index_of_0() -> None:
    assert index() == 0


def test_all_indicators_at_watch_give_50() -> None:
    counted = {i.name: i.watch for i in SETTINGS.indicators if i.weight == 1}
    halves = {
        i.name: i.watch + (i.high - i.watch) * (1 / i.weight - 1) for i in SETTINGS.indicators if 0 < i.weight < 1
    }
    assert index(**counted, **halves) == pytest.approx(50)


def test_a_high_domain_is_made_up_for_only_in_part() -> None:
    alone = index(hours_4_weeks=55, hours_peak_week=72, overtime_month=80)
    assert alone == pytest.approx(100 * 0.30 ** (1 / 3), abs=0.1)
    assert alone > 30  # the mean would be 30


def lasting(weeks: int, **given_values: float) -> list[float]:
    """Return the index of weeks that are all alike."""
    rows = {name: np.repeat(value[None, :], weeks, axis=1) for name, value in values(**given_values).items()}
    found: list[float] = index_of(rows, SETTINGS)[0].tolist()
    return found


@pytest.mark.parametrize(
    "signs",
    [
        {"effective_projects": 6, "projects_a_week": 6},
        {"above_own_week": 15, "lasting_rise": 7, "hours_4_weeks": 46},
        {"late_requests": 10, "go_live_weeks": 8, "difficult_client_weeks": 26, "escalations": 4},
        {"travel_days": 12, "nights_away": 21},
    ],
    ids=["projects", "change", "client", "travel"],
)
def test_a_part_alone_reaches_watch_where_it_is_strong_and_lasts_and_never_high(signs: dict[str, float]) -> None:
    weeks = lasting(6, **signs)
    assert weeks[0] < SETTINGS["watch_twice"] <= weeks[-1] < SETTINGS["high_twice"]


def test_a_part_alone_that_is_half_high_stays_quiet_however_long_it_lasts() -> None:
    assert lasting(20, effective_projects=3.5, projects_a_week=5)[-1] < SETTINGS["leave_watch"]


def test_a_rise_of_short_weeks_stays_quiet_however_long_it_lasts() -> None:
    assert lasting(20, above_own_week=15, lasting_rise=7, hours_4_weeks=30)[-1] < SETTINGS["watch_twice"]


def test_the_shares_tell_of_the_part_that_lasts() -> None:
    rows = {n: np.repeat(v[None, :], 6, axis=1) for n, v in values(effective_projects=6, hours_4_weeks=48).items()}
    scores = domain_scores(rows, SETTINGS)
    last = {name: parts[:, -1] for name, parts in lasting_parts(rows, SETTINGS).items()}
    shares = indicator_shares({name: value[:, -1] for name, value in rows.items()}, SETTINGS, last)
    assert sum(share[0] for share in shares.values()) == pytest.approx(1)
    mean_of_hours = 0.3 * scores["hours"][0, -1] ** 3
    assert shares["hours_4_weeks"][0] == pytest.approx(mean_of_hours / index_of(rows, SETTINGS)[0, -1] ** 3)


@given(
    st.dictionaries(
        st.sampled_from([i.name for i in SETTINGS.indicators]), st.integers(0, 400).map(lambda n: n / 4), max_size=8
    )
)
def test_the_shares_sum_to_one_exactly(found: dict[str, float]) -> None:
    shares = indicator_shares(values(**found), SETTINGS)
    total = float(sum(share[0] for share in shares.values()))
    assert total == pytest.approx(1 if index(**found) > 0 else 0, abs=1e-9)


def test_the_share_of_a_domain_is_its_weight_times_its_cube() -> None:
    found = values(nights_away=21, hours_4_weeks=55)
    scores = domain_scores(found, SETTINGS)
    weight = {d.name: d.weight for d in SETTINGS.domains}
    cubes = {name: weight[name] * float(scores[name][0]) ** 3 for name in weight}
    shares = indicator_shares(found, SETTINGS)
    assert float(shares["nights_away"][0]) == pytest.approx(cubes["travel"] / sum(cubes.values()))


@given(
    st.sampled_from([i.name for i in SETTINGS.indicators]),
    st.dictionaries(st.sampled_from([i.name for i in SETTINGS.indicators]), st.floats(0, 60), max_size=6),
    st.floats(0, 40),
)
def test_more_of_an_indicator_never_lowers_the_index(name: str, others: dict[str, float], more: float) -> None:
    before = index(**others)
    assert index(**{**others, name: others.get(name, 0.0) + more}) >= before - 1e-9
