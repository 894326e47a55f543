"""As known on a past day never changes: whatever is imported later, in whatever order, of whatever table."""

from __future__ import annotations

import contextlib
import tempfile
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.workload.days import days_as_known
from analytics.workload.weeks import weeks_as_known
from data.clock import NOW_VARIABLE
from data.home import Home
from data.person_answers import read_answers
from data.problems import GoliveError
from data.publishing import published_file
from data.silences import say_of_people
from data.warehouse import open_for_reading
from tests.data.firm import Firm
from tests.laws import examples

if TYPE_CHECKING:
    from collections.abc import Callable

#: A Monday; histories run over twelve weeks from there.
FIRST: Final = date(2026, 1, 5)
PEOPLE: Final = ("ana", "bo", "cy")
KINDS: Final = ("timesheets", "timesheets", "numbered", "full", "people", "leave", "trips", "all_trips", "answers")

#: Knowledge is by the week: these hold rows that never change once the week is over.
LOGS: Final = {
    "marts.person_weeks": "known_week_date <= $week",
    "marts.person_days": "known_week_date <= $week",
    "marts.person_project_weeks": "known_week_date <= $week",
    "marts.assignment_weeks": "known_week_date <= $week",
    "marts.person_spans": "from_week_date <= $week",
    "marts.people_versions": "told_week_date <= $week and from_week_date <= $week",
}
#: Trips are known by days. Weekends are counted by the home that is known now; a list of a past day counts them anew.
_TRIPS: Final = """
    select * exclude (superseded_date, weekend_days_count, weekends_away_count)
    from marts.trip_versions
    where known_date <= $day and (superseded_date is null or superseded_date > $day)
    order by all
"""
#: Until when something held is known only when it ends; how a day is stored is no figure.
_ENDS: Final = ("until_week_date", "is_split")

person = st.sampled_from(PEOPLE)
week = st.integers(0, 12)
event = st.tuples(
    st.sampled_from(KINDS),
    st.integers(0, 14),  # days after the event before
    st.lists(st.tuples(person, week, st.integers(0, 6), st.sampled_from([4, 8])), min_size=1, max_size=5),
)


def monday(number: int) -> date:
    return FIRST + timedelta(weeks=number)


def _timesheets(rows: list[tuple[str, int, int, int]], *, numbered: bool = False) -> str:
    lines = [
        (f"e{place}," if numbered else "") + f"{who},p{hours},{monday(week) + timedelta(days=day)},{hours}"
        for place, (who, week, day, hours) in enumerate(rows)
    ]
    return "\n".join([("entry_id," if numbered else "") + "person_id,project_id,work_date,worked_hours", *lines])


def _people(rows: list[tuple[str, int, int, int]]) -> str:
    by_person = {who: (week, day, hours) for who, week, day, hours in rows}
    lines = [
        f"{who},{hours * 5},{'DE' if day % 2 else 'CN'},{monday(week) + timedelta(days=day) if day > 3 else ''}"
        for who, (week, day, hours) in by_person.items()
    ]
    return "\n".join(["person_id,weekly_hours,home_country,left_date", *lines])


def _leave(rows: list[tuple[str, int, int, int]]) -> str:
    days = {(who, monday(week) + timedelta(days=day)): hours for who, week, day, hours in rows}
    return "\n".join(
        ["person_id,leave_date,leave_hours", *(f"{who},{day},{hours}" for (who, day), hours in days.items())]
    )


def _trips(rows: list[tuple[str, int, int, int]]) -> str:
    lines = [
        f"t{place},{who},{monday(week) + timedelta(days=day)},{monday(week) + timedelta(days=day + hours)},DE"
        for place, (who, week, day, hours) in enumerate(rows)
    ]
    return "\n".join(["trip_id,person_id,departed_at,returned_at,destination_country", *lines])


MAKERS: Final[dict[str, tuple[str, Callable[[list[tuple[str, int, int, int]]], str], dict[str, object]]]] = {
    "timesheets": ("timesheets.csv", _timesheets, {}),
    "numbered": ("numbered.csv", lambda rows: _timesheets(rows, numbered=True), {}),
    "full": ("timesheets.csv", _timesheets, {"is_full": True}),
    "people": ("people.csv", _people, {}),
    "leave": ("leave.csv", _leave, {}),
    "trips": ("trips.csv", _trips, {}),
    "all_trips": ("trips.csv", _trips, {"is_full": True}),
}


def snapshot(firm: Firm, day: date) -> dict[str, pd.DataFrame]:
    """Return everything that is known on a day."""
    file = published_file(firm.home)
    assert file is not None
    monday_of_day = day - timedelta(days=day.weekday())
    with open_for_reading(file) as connection:
        marts = {
            name: connection.execute(f"select * from marts.{name}").df() for name in ("person_weeks", "person_days")
        }
        logs = {
            name: connection.execute(f"select * from {name} where {known} order by all", {"week": monday_of_day}).df()
            for name, known in LOGS.items()
        }
        trips = connection.execute(_TRIPS, {"day": day}).df()
    return {
        "trips": trips,
        "weeks": weeks_as_known(marts["person_weeks"], day),
        "days": days_as_known(marts["person_days"], day),
        **{name: log.drop(columns=[*_ENDS], errors="ignore") for name, log in logs.items()},
    }


def _answer(firm: Firm, now: date, rows: list[tuple[str, int, int, int]]) -> None:
    """Say that people have left, or take it back; what makes no sense is refused and changes nothing."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(NOW_VARIABLE, f"{now}T12:00+00:00")
        for who, week, day, hours in rows:
            said = {"left": {who: monday(week) + timedelta(days=day)}} if hours == 8 else {"forget": [who]}
            with contextlib.suppress(GoliveError):
                say_of_people(firm.home, **said)


def _looked_at(firm: Firm, now: date, seen: dict[date, dict[str, pd.DataFrame]]) -> dict[date, dict[str, pd.DataFrame]]:
    """Return what is known on each day that was looked at and on the newest; no day before this week has changed."""
    if published_file(firm.home) is None:
        return seen
    this_monday = now - timedelta(days=now.weekday())
    looked_at = {}
    for day in {*seen, now, this_monday + timedelta(days=6), this_monday + timedelta(days=7)}:
        found = snapshot(firm, day)
        if day < this_monday and day in seen:
            for table, after in found.items():
                pd.testing.assert_frame_equal(seen[day][table], after, check_dtype=False, obj=f"{table} on {day}")
        looked_at[day] = found
    return looked_at


def unchanged(firm: Firm, events: list[tuple[str, int, list[tuple[str, int, int, int]]]]) -> None:
    """Play a history; after each import look back at every day that was looked at before."""
    now = FIRST + timedelta(weeks=4)
    seen: dict[date, dict[str, pd.DataFrame]] = {}
    for kind, days, rows in events:
        now += timedelta(days=days)
        if kind == "answers":
            _answer(firm, now, rows)
            seen = _looked_at(firm, now, seen)
            continue
        name, make, options = MAKERS[kind]
        report = firm.take_in_text(name, make(rows), now=now.isoformat(), **options)
        if report.counts is None:
            continue
        seen = _looked_at(firm, now, seen)
    assert not seen or firm.differences() == {}, "weeks that were built alone differ from all built anew"


@examples(4)
@given(st.lists(event, min_size=2, max_size=4))
def test_no_later_import_changes_what_was_known(events: list[tuple[str, int, list[tuple[str, int, int, int]]]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        unchanged(Firm.at(Path(folder)), events)


def test_no_answer_about_people_changes_an_earlier_week(tmp_path: Path) -> None:
    later: list[tuple[str, int, list[tuple[str, int, int, int]]]] = [
        ("people", 0, [("ana", 1, 0, 8), ("bo", 3, 1, 8), ("cy", 0, 0, 8)]),
        ("timesheets", 0, [("ana", 1, 0, 8), ("bo", 3, 1, 8)]),
        ("answers", 14, [("ana", 2, 4, 8), ("bo", 4, 1, 8), ("cy", 1, 1, 8)]),
        ("numbered", 14, [("ana", 6, 0, 8)]),
        ("answers", 7, [("bo", 0, 0, 4)]),
        ("people", 7, [("bo", 3, 5, 8)]),
        ("full", 14, [("bo", 3, 1, 8)]),
    ]
    unchanged(Firm.at(tmp_path), later)
    assert [one.word for one in read_answers(Home(tmp_path / "home"))] == [
        *("left", "left", "left", "taken_back"),
    ]


def test_a_stay_abroad_that_is_told_later_changes_what_is_expected_from_then_on_only(tmp_path: Path) -> None:
    # In the week of 16 February nobody works in China; in Germany everybody does.
    later: list[tuple[str, int, list[tuple[str, int, int, int]]]] = [
        ("people", 0, [("ana", 0, 0, 8)]),
        ("timesheets", 0, [("ana", 1, 0, 8), ("ana", 3, 0, 8)]),
        ("timesheets", 21, [("ana", 6, 0, 8)]),
        ("all_trips", 7, [("ana", 5, 6, 8)]),
        ("timesheets", 7, [("ana", 7, 0, 8)]),
        ("all_trips", 7, [("ana", 8, 0, 4)]),
    ]
    firm = Firm.at(tmp_path)
    unchanged(firm, later)
    spring = pd.Timestamp(monday(6))

    def expected(week: int) -> float:
        weeks = snapshot(firm, monday(week) + timedelta(days=6))["weeks"]
        return float(weeks.loc[weeks["week_start_date"] == spring, "expected_hours"].sum())

    # As known when the week was filed, when the trip was told, and when it was withdrawn.
    assert [expected(week) for week in (7, 8, 10)] == [0.0, 40.0, 0.0]


def test_a_list_of_people_that_comes_after_their_hours_changes_no_earlier_week(tmp_path: Path) -> None:
    later: list[tuple[str, int, list[tuple[str, int, int, int]]]] = [
        ("timesheets", 0, [("ana", 1, 0, 8), ("bo", 3, 1, 8)]),
        ("people", 14, [("ana", 2, 4, 8), ("bo", 0, 1, 4)]),
        ("leave", 14, [("bo", 3, 2, 8)]),
        ("full", 14, [("ana", 1, 0, 8)]),
    ]
    unchanged(Firm.at(tmp_path), later)


def test_a_trip_that_is_corrected_and_withdrawn_later_stays_in_its_past(tmp_path: Path) -> None:
    later: list[tuple[str, int, list[tuple[str, int, int, int]]]] = [
        ("timesheets", 0, [("ana", 1, 0, 8), ("bo", 3, 1, 8)]),
        ("all_trips", 7, [("ana", 2, 0, 4), ("bo", 3, 1, 8)]),
        ("all_trips", 14, [("ana", 2, 0, 8), ("bo", 3, 1, 8)]),
        ("all_trips", 14, [("ana", 2, 0, 8)]),
        ("timesheets", 7, [("cy", 9, 0, 8)]),
    ]
    unchanged(Firm.at(tmp_path), later)
