from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.anomalies.checks import CHECKS
from analytics.anomalies.find import find_anomalies
from analytics.anomalies.frames import AnomalyFrames
from analytics.anomalies.rates import check_rates, with_rates
from tests.analytics.anomalies.world import AS_OF, PEOPLE, Firm, entry, firm, monday
from tests.laws import examples

NEW_NAMES = {person: f"{9 - place}|{person[::-1]}:%/" for place, person in enumerate(PEOPLE)}
NEW_PROJECTS = {"p1": "z:1", "p2": "a|2"}


def odd_firm() -> Firm:
    """Return a firm in which most checks have something to say."""
    odd = firm().without("eva", 30, 31, 32, 33)
    for person in ("ana", "ben", "cho"):
        odd = odd.without(person, *range(50, 60))
    copied = [
        entry("eva", week, day, 6 + day, project_id=f"p{1 + day % 2}") for week in range(30, 34) for day in range(5)
    ]
    more = [entry("fei", 20, 1, 12.0), entry("dan", 20, 2, 30.0, known_week_date=monday(29))]
    leave = pd.DataFrame({"person_id": ["fei"], "leave_date": [monday(40)], "leave_hours": [np.nan]})
    trips = odd.without("dan", 25).with_trips(("dan", monday(25), monday(25) + pd.Timedelta(days=4), "FR"))
    finish = pd.to_datetime(pd.Series([None, "2024-09-30"])).astype("datetime64[us]")
    ended = odd.projects.assign(status=["active", "finished"], actual_finish_date=finish)
    return replace(trips, leave_days=leave, projects=ended, holidays=(("DE", "2024-05-22"),)).plus(*copied, *more)


ODD = odd_firm().frames()
FOUND = find_anomalies(ODD, AS_OF)


def each(frames: AnomalyFrames, change: object) -> AnomalyFrames:
    return AnomalyFrames(**{name: change(rows) for name, rows in vars(frames).items()})  # type: ignore[operator]  # a function


def test_the_odd_firm_is_odd_in_many_ways_and_every_key_is_its_own() -> None:
    assert FOUND["check"].nunique() >= 7
    assert FOUND["anomaly_key"].is_unique
    assert set(FOUND["check"]) <= {check.token for check in CHECKS}


@examples(8)
@given(st.integers(0, 2**32 - 1))
def test_the_order_of_rows_changes_nothing(seed: int) -> None:
    shuffled = each(ODD, lambda rows: rows.sample(frac=1, random_state=seed))
    pd.testing.assert_frame_equal(find_anomalies(shuffled, AS_OF), FOUND)


def test_a_second_run_finds_the_same_and_leaves_the_frames_alone() -> None:
    before = each(ODD, lambda rows: rows.copy())
    pd.testing.assert_frame_equal(find_anomalies(ODD, AS_OF), FOUND)
    for name, rows in vars(before).items():
        pd.testing.assert_frame_equal(getattr(ODD, name), rows)


def renamed(rows: pd.DataFrame) -> pd.DataFrame:
    names = {"person_id": NEW_NAMES, "project_id": NEW_PROJECTS}
    return rows.assign(**{name: rows[name].map(new).astype("str") for name, new in names.items() if name in rows})


def test_other_names_change_only_the_names() -> None:
    found = find_anomalies(each(ODD, renamed), AS_OF)
    facts = [name for name in FOUND.columns if name != "anomaly_key"]
    by = ["check", "first_date", "team_name", "person_id", "project_id"]
    expected = renamed(FOUND)[facts].sort_values(by, ignore_index=True)
    pd.testing.assert_frame_equal(found[facts].sort_values(by, ignore_index=True), expected)
    assert found["anomaly_key"].is_unique


@examples(12)
@given(
    who=st.sampled_from(PEOPLE),
    week=st.integers(0, 59),
    weekday=st.integers(0, 6),
    hours=st.floats(-8, 24).map(lambda hours: round(hours, 2)),
    known=st.integers(31, 70),
    asked=st.integers(10, 30),
)
def test_what_becomes_known_later_changes_no_earlier_answer(
    who: str, week: int, weekday: int, hours: float, known: int, asked: int
) -> None:
    as_of_date = (monday(asked) + pd.Timedelta(days=3)).date()
    later = entry(who, week, weekday, hours, known_week_date=monday(max(known, asked + 1)))
    found = find_anomalies(odd_firm().plus(later).frames(), as_of_date)
    pd.testing.assert_frame_equal(found, find_anomalies(ODD, as_of_date))


def test_a_key_stays_while_a_run_grows() -> None:
    early, late = (find_anomalies(ODD, day) for day in (date(2024, 8, 21), date(2024, 8, 28)))
    copied = [found.loc[found["check"].eq("copied_weeks")] for found in (early, late)]
    assert [rows["value"].tolist() for rows in copied] == [[3.0], [4.0]]
    assert copied[0]["anomaly_key"].tolist() == copied[1]["anomaly_key"].tolist()


def test_empty_marts_hold_no_anomalies() -> None:
    empty = each(ODD, lambda rows: rows.iloc[:0])
    found = find_anomalies(empty, AS_OF)
    assert found.empty
    rates = check_rates(found, empty.person_weeks, AS_OF)
    assert rates["check"].tolist() == [check.token for check in CHECKS]
    assert rates["touched_share"].isna().all()
    assert not rates["is_too_loud"].any()


@pytest.mark.parametrize("name", ["trips", "change_requests", "leave_days", "calendar_days", "projects", "people"])
def test_any_list_may_be_missing(name: str) -> None:
    found = find_anomalies(replace(ODD, **{name: getattr(ODD, name).iloc[:0]}), AS_OF)
    assert found["check"].eq("long_day").any()


def test_a_check_that_touches_more_than_two_in_a_hundred_person_weeks_is_too_loud() -> None:
    rates = check_rates(FOUND, ODD.person_weeks, AS_OF).set_index("check")
    assert rates.loc["long_day", "person_weeks_count"] == 6 * 60 - 31
    assert rates.loc["long_day", "per_100_person_weeks"] == pytest.approx(100 * 2 / 329)
    told = with_rates(FOUND, ODD.person_weeks, AS_OF)
    assert told.loc[told["check"].eq("team_silence"), "is_too_loud"].tolist() == [True]
    assert not told.loc[told["check"].eq("long_day"), "is_too_loud"].any()


def test_every_check_says_why_and_from_where() -> None:
    for check in CHECKS:
        assert all((check.token, check.meaning, check.unit, check.why, check.source))
    assert len({check.token for check in CHECKS}) == len(CHECKS)
