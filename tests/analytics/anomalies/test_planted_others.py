from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest

from analytics.anomalies.find import find_anomalies
from tests.analytics.anomalies.test_planted import keys_of, only
from tests.analytics.anomalies.world import PEOPLE, WEEKS, Firm, entry, firm, monday, ordinary_entries


def away(person: str, week: int, days: int = 4) -> tuple[str, pd.Timestamp, pd.Timestamp, str]:
    return person, monday(week), monday(week) + pd.Timedelta(days=days), "DE"


def test_a_trip_over_a_week_without_hours_is_told() -> None:
    given = firm().without("ana", 20).with_trips(away("ana", 20), away("ben", 21))
    found = only(given)
    assert found["anomaly_key"] == "trip_without_hours|person:ana|2024-05-20"
    assert (found["value"], found["likely_cause"]) == (5, "hours_not_filed")


def test_a_trip_on_leave_or_of_a_weekend_or_of_one_day_needs_no_hours() -> None:
    leave = pd.DataFrame(
        {
            "person_id": "ana",
            "leave_date": [monday(20) + pd.Timedelta(days=day) for day in range(5)],
            "leave_hours": np.nan,
        }
    )
    assert keys_of(replace(firm().without("ana", 20).with_trips(away("ana", 20)), leave_days=leave)) == []
    saturday = monday(20) + pd.Timedelta(days=5)
    assert keys_of(firm().with_trips(("ana", saturday, saturday + pd.Timedelta(days=1), "DE"))) == []
    assert keys_of(firm().without("ana", 20).with_trips(away("ana", 20, days=0))) == []


def on_site(project: str, weeks: range, *, with_trip: bool) -> tuple[pd.DataFrame, list[object]]:
    rows = ordinary_entries(people=("ana",))
    week = (rows["work_date"] - monday(0)).dt.days // 7
    is_there = week.isin(weeks)
    rows = rows.assign(
        project_id=rows["project_id"].where(~is_there, project), onsite_hours=rows["worked_hours"].where(is_there, 0.0)
    )
    return rows, [away("ana", week) for week in weeks] if with_trip else []


def site_firm(project: str, missing: tuple[int, ...]) -> Firm:
    rows, _ = on_site(project, range(10, 40), with_trip=True)
    others = ordinary_entries(people=PEOPLE[1:])
    given = firm(pd.concat([others, rows], ignore_index=True))
    return given.with_trips(*(away("ana", week) for week in (*range(10, 40), 50) if week not in missing))


def test_weeks_on_site_elsewhere_without_the_usual_trip_are_one_anomaly() -> None:
    found = only(site_firm("p1", missing=(30, 31)))
    assert found["anomaly_key"] == "onsite_without_trip|person:ana/project:p1|2024-07-29"
    assert (found["person_weeks_count"], found["remedy"]) == (2, "add_trip")


def test_work_on_site_in_the_home_city_needs_no_trip() -> None:
    assert keys_of(site_firm("p2", missing=(30, 31))) == []


def test_whoever_never_has_a_trip_to_a_site_works_around_the_corner() -> None:
    assert keys_of(site_firm("p1", missing=tuple(range(10, 40)))) == []


def requests(*rows: tuple[str, str, str]) -> Firm:
    frame = pd.DataFrame(rows, columns=["change_request_id", "raised_at", "decided_at"]).assign(
        project_id="p1", is_assumed=False
    )
    frame = frame.assign(**{name: pd.to_datetime(frame[name]) for name in ("raised_at", "decided_at")})
    return replace(firm(), change_requests=frame.assign(known_date=frame["raised_at"].dt.normalize()))


def test_a_request_decided_before_it_was_raised_is_told() -> None:
    found = only(
        requests(("r1", "2024-05-14 09:00", "2024-05-03 16:00"), ("r2", "2024-05-14 09:00", "2024-05-20 09:00"))
    )
    assert found["anomaly_key"] == "request_decided_before_raised|project:p1/request:r1|2024-05-03"
    assert (found["change_request_id"], found["likely_cause"]) == ("r1", "raised_after_the_fact")


@pytest.mark.parametrize(
    ("raised", "decided", "cause"),
    [
        ("2024-05-14", "2024-06-05", None),
        ("2024-05-14", "2024-05-14", None),
        ("2024-05-14 08:00", "2024-05-14", None),
        ("2024-05-14 08:00", "2024-05-13 22:00", None),
        ("2024-05-14", "2024-05-13", "raised_after_the_fact"),
        ("2024-05-14", "2024-02-06", "day_and_month_swapped"),
        ("2024-12-20", "2024-01-08", "wrong_year"),
    ],
)
def test_clocks_and_dates_decide_what_is_before(raised: str, decided: str, cause: str | None) -> None:
    found = requests(("r1", raised, decided)).found()
    assert found["likely_cause"].tolist() == ([] if cause is None else [cause])


def test_a_source_whose_columns_are_swapped_is_one_question() -> None:
    rows = [(f"r{number}", "2024-05-14", "2024-05-04") for number in range(30)]
    found = only(requests(*rows))
    assert (found["anomaly_key"], found["remedy"]) == ("request_decided_before_raised|firm|2024-05-14", "check_mapping")


def test_a_week_that_was_imported_twice_leaves_the_range() -> None:
    given = firm()
    week = (given.entries["work_date"] - monday(0)).dt.days // 7
    again = given.entries.loc[week.eq(45) & given.entries["person_id"].isin(["ana", "ben", "cho", "dan"])]
    anomalies = given.plus(again).found()
    # Doubled days of nine hours are told by themselves, too.
    assert set(anomalies["check"]) == {"total_left_range", "long_day"}
    found = anomalies.loc[anomalies["check"].eq("total_left_range")].iloc[0]
    assert found["anomaly_key"] == "total_left_range|team:north|2024-11-11"
    assert (found["likely_cause"], found["remedy"]) == ("imported_twice", "undo_import")
    assert found["value"] > found["usual_high"]


def test_a_week_in_which_all_teams_book_half_as_much_is_one_of_the_firm() -> None:
    given = firm(people=(*PEOPLE, "gil"))
    week = (given.entries["work_date"] - monday(0)).dt.days // 7
    halved = given.entries["worked_hours"].where(~week.isin([45, 46]), given.entries["worked_hours"] / 2)
    found = replace(given, entries=given.entries.assign(worked_hours=halved)).found()
    assert "total_left_range|firm|2024-11-11" in found["anomaly_key"].tolist()
    assert found.loc[found["team_name"].isna(), "likely_cause"].tolist() == ["less_work"]


def test_a_team_that_grows_by_a_person_does_not_leave_its_range() -> None:
    rows = ordinary_entries(people=(*PEOPLE, "gil", "hua"))
    week = (rows["work_date"] - monday(0)).dt.days // 7
    joined = rows.loc[~(rows["person_id"].isin(["gil", "hua"]) & week.lt(40))]
    assert keys_of(firm(joined, people=(*PEOPLE, "gil", "hua"))) == []


def test_a_week_of_leave_for_half_the_firm_is_no_anomaly() -> None:
    given = firm()
    days = [(who, monday(45) + pd.Timedelta(days=day)) for who in PEOPLE[:3] for day in range(5)]
    for person in PEOPLE[:3]:
        given = given.without(person, 45)
    leave = pd.DataFrame(days, columns=["person_id", "leave_date"]).assign(leave_hours=np.nan)
    assert keys_of(replace(given, leave_days=leave)) == []


def changed(weeks_later: int, hours: float) -> Firm:
    return firm().plus(entry("ana", 20, 1, hours, known_week_date=monday(21 + weeks_later)))


def test_a_week_restated_by_more_than_a_tenth_when_it_is_old_is_told() -> None:
    found = only(changed(6, 6.0))
    assert found["anomaly_key"] == "week_restated|person:ana|2024-05-20"
    assert (found["likely_cause"], found["value"] > found["usual_high"]) == ("hours_added_late", True)


@pytest.mark.parametrize(("weeks_later", "hours"), [(2, 6.0), (4, 6.0), (6, 1.5)])
def test_a_correction_inside_the_lag_or_a_small_one_is_no_anomaly(weeks_later: int, hours: float) -> None:
    assert keys_of(changed(weeks_later, hours)) == []


def test_a_week_filed_late_as_a_whole_is_not_restated() -> None:
    given = firm().without("ana", 20)
    assert keys_of(given.plus(*(entry("ana", 20, day, 8.0, known_week_date=monday(40)) for day in range(5)))) == []


def test_what_an_import_restates_for_all_is_one_question() -> None:
    found = only(firm().plus(*(entry(who, 20, 1, 5.0, known_week_date=monday(30)) for who in PEOPLE)))
    assert (found["anomaly_key"], found["remedy"]) == ("week_restated|firm|2024-05-20", "undo_import")


def test_only_what_lasts_until_the_asked_day_is_returned() -> None:
    given = firm().plus(entry("ana", 20, 1, 19.0), entry("ana", 40, 1, 19.0))

    found = find_anomalies(given.frames(), date(2025, 3, 12), since_date=date(2024, 9, 1))
    assert found["anomaly_key"].tolist() == ["long_day|person:ana|2024-10-08"]
    assert WEEKS > 40
