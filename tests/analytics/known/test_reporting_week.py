"""The reporting week: the last full week that enough people have filed, whatever day it is."""

from __future__ import annotations

import pickle
from datetime import date, timedelta

import pandas as pd
import pytest

from analytics.known import ReportingWeek, last_full_week, plain_day, reporting_day, reporting_week
from analytics.workload.grid import last_complete_sunday

FIRST = date(2026, 9, 7)
#: (person, week, days, days after the week's end until it was filed)
Filed = tuple[str, int, int, int]


def monday(week: int) -> date:
    return FIRST + timedelta(weeks=week)


def asked(
    filed: list[Filed], day: date, share: float = 0.5, off: dict[tuple[str, int], str] | None = None
) -> ReportingWeek:
    """Return the reporting week as known on ``day``: rows filed later than that are not known."""
    rows = [
        (person, monday(week), days, monday(week) + timedelta(days=7 + lag))
        for person, week, days, lag in filed
        if monday(week) + timedelta(days=7 + lag) <= day
    ]
    filings = pd.DataFrame(rows, columns=["person_id", "week_start_date", "days_count", "filed_date"])
    people = {person for person, *_ in filed} | {person for person, _ in off or {}}
    plans = [
        (person, monday(week), (off or {}).get((person, week), "missing"), 5.0)
        for person in sorted(people)
        for week in range(80)
    ]
    weeks = pd.DataFrame(plans, columns=["person_id", "week_start_date", "state", "expected_days"])
    for name in ("week_start_date", "filed_date"):
        filings = filings.assign(**{name: pd.to_datetime(filings[name])})
    return reporting_week(filings, weeks.assign(week_start_date=pd.to_datetime(weeks["week_start_date"])), day, share)


def firm(people: int, weeks: range, lag: int = 2) -> list[Filed]:
    return [(f"p{number}", week, 5, lag) for number in range(people) for week in weeks]


def told(found: ReportingWeek) -> int:
    return (found.week_start_date - FIRST).days // 7


@pytest.mark.parametrize("days_after", range(14))
def test_on_every_day_the_week_told_is_one_that_is_filed(days_after: int) -> None:
    day = monday(10) + timedelta(days=6 + days_after)  # from the Sunday that ends week 10
    found = asked(firm(8, range(12)), day)
    assert told(found) == (9 if days_after < 3 else 10 if days_after < 10 else 11)
    assert found.week.filed_count == found.week.expected_count == 8


def test_a_few_who_file_early_do_not_make_the_week_and_are_counted() -> None:
    early = [("p0", 10, 5, 0), ("p1", 10, 5, 0), ("p2", 10, 5, 0)]
    found = asked([*firm(8, range(10)), *early], monday(11))
    assert told(found) == 9
    assert [(one.week_start_date, one.filed_count, one.expected_count) for one in found.later] == [(monday(10), 3, 8)]


def test_half_of_those_who_usually_file_make_the_week_and_the_share_can_be_set() -> None:
    rows = [*firm(8, range(10)), *[(f"p{number}", 10, 5, 0) for number in range(4)]]
    assert told(asked(rows, monday(11))) == 10
    assert told(asked(rows, monday(11), share=0.75)) == 9


def test_one_entry_of_the_newest_week_hides_nothing() -> None:
    found = asked([*firm(6, range(10)), ("p3", 10, 1, -4)], monday(10) + timedelta(days=6))
    assert told(found) == 9
    assert found.later[0].filed_count == 0  # one day of five is no filed week


@pytest.mark.parametrize("weeks_ago", [1, 2, 9, 30])
def test_data_that_end_weeks_ago_are_told_from_their_last_week(weeks_ago: int) -> None:
    found = asked(firm(5, range(10), lag=-1), monday(10 + weeks_ago) - timedelta(days=1))
    assert told(found) == 9
    assert len(found.later) == weeks_ago
    assert all((one.filed_count, one.expected_count) == (0, 5) for one in found.later)


def test_one_entry_after_a_gap_of_nine_weeks_hides_nothing() -> None:
    assert told(asked([*firm(20, range(10)), ("p3", 19, 5, 0)], monday(21))) == 9


def test_a_firm_that_lost_most_of_its_people_is_told_again_after_some_weeks() -> None:
    rows = [*firm(40, range(10)), *firm(8, range(10, 20))]
    assert told(asked(rows, monday(13))) == 9
    assert told(asked(rows, monday(20) + timedelta(days=3))) == 19


def test_firms_whose_people_come_and_go_every_few_weeks_are_not_held_back() -> None:
    rows = [(f"c{week // 3}-{number}", week, 5, 1) for week in range(20) for number in range(10)]
    assert told(asked(rows, monday(20) + timedelta(days=3))) == 19


def test_who_files_by_the_month_holds_nobody_back_for_longer_than_a_week() -> None:
    monthly = [(f"m{n}", week, 5, 7 * (3 - week % 4)) for n in range(6) for week in range(20)]
    weekly = firm(4, range(20), lag=1)
    found = asked([*monthly, *weekly], monday(18) + timedelta(days=1))
    assert told(found) == 16
    only_monthly = asked(monthly, monday(18) + timedelta(days=1))
    assert told(only_monthly) == 15


def test_slow_filers_are_waited_for_within_the_first_week() -> None:
    quick, slow = firm(4, range(20), lag=1), [(f"s{n}", week, 5, 6) for n in range(6) for week in range(20)]
    assert told(asked([*quick, *slow], monday(15) + timedelta(days=2))) == 13


def test_first_import_of_all_files_at_once_is_told_from_its_newest_week() -> None:
    late = [(f"p{n}", week, 5, 7 * (19 - week)) for n in range(9) for week in range(20)]
    assert told(asked(late, monday(20))) == 19
    assert told(asked(late, monday(21))) == 19


def test_leave_and_weeks_without_workdays_are_no_missing_timesheets() -> None:
    rows = [*firm(10, range(10)), ("p0", 10, 5, 0), ("p1", 10, 5, 0)]
    on_leave = {(f"p{number}", 10): "on_leave" for number in range(4, 10)}
    found = asked(rows, monday(11), off=on_leave)
    assert told(found) == 10
    assert (found.week.filed_count, found.week.expected_count) == (2, 4)


def test_a_week_that_nobody_works_is_not_told_and_the_next_one_is() -> None:
    rows = [*firm(10, range(10)), *firm(10, range(11, 12))]
    holiday = {(f"p{number}", 10): "no_workdays" for number in range(10)}
    assert told(asked(rows, monday(11) + timedelta(days=3), off=holiday)) == 9
    assert told(asked(rows, monday(12) + timedelta(days=3), off=holiday)) == 11


def test_a_thin_christmas_week_is_passed_over_until_people_are_back() -> None:
    rows = [*firm(20, range(10)), *firm(6, range(10, 12)), *firm(20, range(12, 14))]
    assert told(asked(rows, monday(12))) == 9
    assert told(asked(rows, monday(12) + timedelta(days=10))) == 12


def test_one_person_alone_has_a_reporting_week() -> None:
    found = asked([("p0", week, 5, 0) for week in range(10)], monday(10) + timedelta(days=6))
    assert told(found) == 9
    assert (found.later[0].filed_count, found.later[0].expected_count) == (0, 1)


@pytest.mark.parametrize("days", [1, 2, 4])
def test_who_writes_a_week_as_one_sum_or_works_few_days_has_filed_it(days: int) -> None:
    assert told(asked([(f"p{n}", week, days, 0) for n in range(5) for week in range(6)], monday(6))) == 5


def test_nobody_filed_means_the_last_full_week() -> None:
    found = asked([], date(2026, 11, 30))
    assert found.week_start_date == date(2026, 11, 23)
    assert not found.has_hours


def test_the_running_week_is_never_told() -> None:
    found = asked([("p0", 10, 5, -6)], monday(10) + timedelta(days=3))
    assert not found.has_hours
    assert found.week_start_date == monday(9)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 11, 28), date(2026, 11, 16)),
        (date(2026, 11, 29), date(2026, 11, 23)),
        (date(2026, 11, 30), date(2026, 11, 23)),
    ],
)
def test_a_week_is_full_on_its_sunday(day: date, expected: date) -> None:
    assert last_full_week(day) == expected


def test_a_reporting_day_is_a_day_and_keeps_its_week_when_copied() -> None:
    day = reporting_day(date(2026, 11, 30), date(2026, 11, 22))
    assert day == date(2026, 11, 30)
    assert plain_day(day).__class__ is date
    assert last_complete_sunday(day) == pd.Timestamp("2026-11-22")
    assert last_complete_sunday(pickle.loads(pickle.dumps(day))) == pd.Timestamp("2026-11-22")  # noqa: S301 - our own
    # A week earlier is another day, whose reporting week has to be asked for.
    assert last_complete_sunday(day - timedelta(weeks=1)) == pd.Timestamp("2026-11-22")
    assert last_complete_sunday(date(2026, 11, 30)) == pd.Timestamp("2026-11-29")
