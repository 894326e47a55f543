"""The rows that open behind a figure were known on the day that is shown, and they add up to it."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest

from dashboard.answers import anomalies, days, door, project, rows_behind
from dashboard.answers import everything as answers
from dashboard.answers.strain_frames import strain_frames
from dashboard.answers.viewers import Viewer
from data.home import HOME_VARIABLE
from data.publishing import published_file
from tests.data.firm import Firm

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

VIEWER = Viewer("ana", "local")
FIRST = date(2026, 1, 5)
PEOPLE, PROJECTS = ("ana", "bo"), ("p1", "p2")
DAYS = [FIRST + timedelta(days=step) for step in (9, 20, 34, 35, 41, 50, 57, 63, 76, 90, 111)]


def timesheets(draw: random.Random, week: int) -> str:
    """Return the hours of a week; the same day comes again later with other hours, or not at all."""
    rows = ["person_id,project_id,work_date,worked_hours,activity,is_onsite"]
    for person in PEOPLE:
        for weekday in range(5):
            day = FIRST + timedelta(weeks=week, days=weekday)
            if draw.random() < 0.85:
                rows.append(f"{person},{draw.choice(PROJECTS)},{day},{draw.randint(4, 10)},training,yes")
    return "\n".join(rows)


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Return a firm whose past was corrected again and again, each time some weeks later."""
    draw, patch = random.Random(11), pytest.MonkeyPatch()  # noqa: S311 - a test, no secret
    firm = Firm.at(tmp_path_factory.mktemp("known"))
    patch.setenv(HOME_VARIABLE, str(firm.home.path))
    firm.take_in_text(
        "people.csv", "person_id,team_name,weekly_hours\nana,North,40\nbo,North,40", now=f"{FIRST}", is_history=True
    )
    firm.take_in_text(
        "projects.csv",
        "project_id,start_date,baseline_finish_date,budget_hours\np1,2026-01-05,2026-06-30,900\np2,2026-01-05,2026-07-31,900",
        now=f"{FIRST}",
    )
    for step in range(10):
        arrival = FIRST + timedelta(weeks=step + 1, days=draw.randint(0, 3))
        firm.take_in_text(f"hours{step}.csv", timesheets(draw, step), now=f"{arrival}T09:00")
        if step in (3, 6, 9):
            past = draw.randrange(step)
            firm.take_in_text(f"again{step}.csv", timesheets(draw, past), now=f"{arrival}T15:00")
            state = draw.choice(["approved", "rejected", "pending"])
            firm.take_in_text(
                f"requests{step}.csv",
                "change_request_id,project_id,raised_at,decided_at,status,estimated_hours\n"
                f"c1,p1,2026-01-12,2026-02-{draw.randint(1, 25):02},{state},{draw.randint(10, 60)}\n"
                f"c2,p1,2026-01-{20 + step},,{state},{draw.randint(10, 60)}",
                now=f"{arrival}T16:00",
            )
            firm.take_in_text(
                f"reports{step}.csv",
                "project_id,as_of_date,planned_finish_date,progress_ratio,note\n"
                f"p1,2026-01-16,2026-07-{step + 1:02},0.{step + 1},said {step}\n"
                f"p1,{arrival - timedelta(days=1)},2026-08-{step + 1:02},0.{step + 2},said {step}",
                now=f"{arrival}T17:00",
            )
            firm.take_in_text(
                f"trips{step}.csv",
                "trip_id,person_id,project_id,departed_at,returned_at\n"
                f"t{step},ana,p1,2026-01-{12 + step},2026-01-{15 + step}\n"
                f"t,ana,p1,2026-02-02,2026-02-0{3 + step // 3}",
                now=f"{arrival}T18:00",
            )
    found = published_file(firm.home)
    assert found is not None
    yield found
    door.close_all()
    patch.undo()


def known(rows: pd.DataFrame, day: date) -> pd.DataFrame:
    """Return opened rows, all of which were known by the end of the week of a day."""
    after = pd.Timestamp(rows_behind.after_week(day))
    assert (rows["known_at"] < after).all()
    return rows


@pytest.mark.parametrize("day", DAYS)
def test_the_rows_of_a_project_add_up_to_its_booked_hours(file: Path, day: date) -> None:
    for name in PROJECTS:
        states = project.project_weeks(file, VIEWER, day, name)
        rows = known(rows_behind.timesheet_rows(file, VIEWER, day, project_id=name), day)
        assert rows["worked_hours"].sum() == pytest.approx(states["booked_hours"].iloc[-1])


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("weeks_count", [4, 12])
def test_the_rows_of_a_person_add_up_to_the_weeks_that_are_shown(file: Path, day: date, weeks_count: int) -> None:
    for name in PEOPLE:
        weeks = answers.weeks(file, VIEWER, day, (name,), weeks_count)
        rows = known(rows_behind.timesheet_rows(file, VIEWER, day, person_id=name, weeks_count=weeks_count), day)
        assert rows["worked_hours"].sum() == pytest.approx(weeks["worked_hours"].sum())
        week = pd.to_datetime(rows["work_date"]).dt.to_period("W-SUN").dt.start_time
        own = rows.groupby(week.to_numpy())["worked_hours"].sum()
        shown = weeks.dropna(subset=["worked_hours"]).set_index("week_start_date")["worked_hours"]
        assert own.to_dict() == pytest.approx(shown[shown > 0].to_dict())


@pytest.mark.parametrize("day", DAYS)
def test_the_rows_of_requests_are_the_requests_that_are_counted(file: Path, day: date) -> None:
    shown = project.change_requests(file, VIEWER, day, "p1").sort_values("change_request_id")
    rows = known(rows_behind.change_rows(file, VIEWER, day, "p1"), day).sort_values("change_request_id")
    for name in ("change_request_id", "status", "estimated_hours"):
        assert _plain(rows[name]) == _plain(shown[name])
    assert not (pd.to_datetime(rows["decided_at"]) >= pd.Timestamp(day) + pd.Timedelta(days=1)).any()
    # Of a decision that lies ahead nothing is told, and the request is still pending.
    ahead = shown["decided_at"].isna() & shown["status"].isna()
    assert shown.loc[ahead, "is_pending"].all()
    assert rows["estimated_hours"].sum() == pytest.approx(shown["estimated_hours"].sum())


@pytest.mark.parametrize("day", DAYS)
def test_the_rows_of_reports_hold_the_progress_and_the_plan_that_are_shown(file: Path, day: date) -> None:
    rows = known(rows_behind.status_rows(file, VIEWER, day, "p1"), day)
    last = project.project_weeks(file, VIEWER, day, "p1").iloc[-1]
    listed = project.latest_reports(file, VIEWER, day, "p1")
    assert _plain(listed["progress_ratio"]) == _plain(rows["progress_ratio"].head(6))
    assert _plain(listed["note"]) == _plain(rows["note"].head(6))
    if len(rows):
        assert rows["progress_ratio"].iloc[0] == pytest.approx(last["progress_ratio"])
        assert pd.Timestamp(rows["planned_finish_date"].iloc[0]) == last["planned_finish_date"]
    else:
        assert pd.isna(last["progress_ratio"])


@pytest.mark.parametrize("day", DAYS)
def test_the_rows_of_trips_are_the_trips_that_are_listed(file: Path, day: date) -> None:
    shown = answers.trips(file, VIEWER, day, ("ana",))
    rows = known(rows_behind.trip_rows(file, VIEWER, day, "ana"), day)
    assert len(rows) == len(shown)
    assert sorted(map(str, rows["departed_at"])) == sorted(map(str, shown["departed_at"]))


def test_a_trip_that_is_corrected_or_withdrawn_later_stays_as_it_was_on_past_days(tmp_path: Path) -> None:
    firm = Firm.at(tmp_path)
    firm.take_in_text("people.csv", "person_id,weekly_hours,home_country\nana,40,DE", now="2026-01-05", is_history=True)
    head, stay = "trip_id,person_id,departed_at,returned_at,destination_country", "t1,ana,2026-01-05,2026-01-09,CN"
    seen: dict[date, Any] = {}
    for now, rows in (
        ("2026-01-12", (stay, "t2,ana,2026-01-12,2026-01-15,CN")),
        ("2026-02-03", (stay, "t2,ana,2026-01-12,2026-01-19,CN")),
        ("2026-02-17", ("t2,ana,2026-01-12,2026-01-19,CN",)),
        ("2026-03-03", ("t3,ana,2026-02-02,2026-02-05,CN",)),
    ):
        firm.take_in_text("trips.csv", "\n".join([head, *rows]), now=f"{now}T09:00", is_full=True)
        found = published_file(firm.home)
        assert found is not None
        day = date.fromisoformat(now) + timedelta(days=5)
        for past, told in seen.items():
            assert told_of_trips(found, past) == told
        seen[day] = told_of_trips(found, day)
    assert [told["listed"] for told in seen.values()] == [
        [("t2", 3, 0, 2), ("t1", 4, 0, 1)],
        [("t2", 7, 1, 2), ("t1", 4, 0, 1)],
        [("t2", 7, 1, 1)],
        [("t3", 3, 0, 1)],
    ]
    assert [told["opened"] for told in seen.values()] == [2, 2, 1, 1]
    # Nights of 28 days, weekends away, weeks in a row on site at the end of the reporting week.
    # The only trip of the last state came in four weeks after it: newer weeks can't be known to be without nights.
    assert [told["travel"] for told in seen.values()] == [[4, 0, 1], [7, 1, 0], [0, 0, 0], [None, None, None]]
    door.close_all()


def told_of_trips(file: Path, day: date) -> dict[str, Any]:
    """Return what the pages tell of the trips of a person on a day."""
    listed = answers.trips(file, VIEWER, day, ("ana",))
    columns = ["trip_id", "nights_count", "weekends_away_count", "weeks_on_site_count"]
    reporting = answers.told_day(file, day)
    return {
        "people": answers.people(file, VIEWER, day)["person_id"].tolist(),
        "listed": list(listed[columns].itertuples(index=False, name=None)),
        "opened": len(known(rows_behind.trip_rows(file, VIEWER, day, "ana"), day)),
        "travel": [None if pd.isna(one) else one for one in answers.travel(file, VIEWER, day, ("ana",)).iloc[0, 1:4]],
        "strain": sorted(map(str, strain_frames(file, VIEWER, reporting).trips["row_id"])),
    }


@pytest.mark.parametrize("day", DAYS)
def test_the_rows_of_an_anomaly_are_those_that_were_known(file: Path, day: date) -> None:
    week = {
        "first_date": pd.Timestamp(FIRST + timedelta(weeks=3)),
        "last_date": pd.Timestamp(FIRST + timedelta(days=27)),
    }
    hours = anomalies.anomaly_rows(file, VIEWER, day, {"check": "long_week", "person_id": "ana", **week})
    (booked,) = door.read_firm_one(
        file,
        "select coalesce(sum(worked_hours), 0) from marts.person_days"
        " where person_id = 'ana' and work_date between $first and $last and known_week_date <= $week",
        first=week["first_date"],
        last=week["last_date"],
        week=days.known_week(day),
    )
    assert hours["worked_hours"].sum() == booked
    trip = {
        "check": "trip_without_hours",
        "person_id": "ana",
        "first_date": date(2026, 2, 1),
        "last_date": date(2026, 2, 9),
    }
    trips = anomalies.anomaly_rows(file, VIEWER, day, trip)
    listed = rows_behind.trip_rows(file, VIEWER, day, "ana")
    if "departed_at" in trips:
        assert set(trips["line_number"]) <= set(listed["line_number"])
    request = {"check": "request_decided_before_raised", "project_id": "p1", "change_request_id": "c1"}
    requests = anomalies.anomaly_rows(file, VIEWER, day, {**request, "first_date": None, "last_date": None})
    assert len(requests) == (rows_behind.change_rows(file, VIEWER, day, "p1")["change_request_id"] == "c1").sum()


def test_the_trips_of_today_are_listed_as_the_mart_counts_them(file: Path) -> None:
    columns = ["trip_id", "nights_count", "weekend_days_count", "weekends_away_count", "weeks_on_site_count"]
    shown = answers.trips(file, VIEWER, date(2026, 12, 31), PEOPLE)[columns].sort_values("trip_id", ignore_index=True)
    counted = door.read_firm(file, f"select {', '.join(columns)} from marts.trips order by trip_id")
    assert len(shown) == 4
    pd.testing.assert_frame_equal(shown, counted)


@pytest.mark.parametrize("day", DAYS)
def test_the_rows_of_a_fact_lie_in_its_window_and_were_known(file: Path, day: date) -> None:
    first, last = day - timedelta(days=27), day
    rows = known(rows_behind.fact_rows(file, VIEWER, day, "ana", first, last), day)
    assert pd.to_datetime(rows["work_date"]).between(pd.Timestamp(first), pd.Timestamp(last)).all()


def test_a_correction_that_came_two_months_later_changes_no_opened_row_of_the_past(tmp_path: Path) -> None:
    firm = Firm.at(tmp_path)
    firm.take_in_text("projects.csv", "project_id,start_date\np1,2026-01-05", now="2026-01-05")
    head = "person_id,project_id,work_date,worked_hours"
    firm.take_in_text("a.csv", f"{head}\nana,p1,2026-01-05,8\nana,p1,2026-01-06,8", now="2026-01-12")
    firm.take_in_text("a.csv", f"{head}\nana,p1,2026-01-06,3\nana,p1,2026-01-07,2", now="2026-03-12")
    found = published_file(firm.home)
    assert found is not None
    for day, hours in ((date(2026, 1, 18), 16), (date(2026, 3, 8), 16), (date(2026, 3, 15), 13)):
        rows = rows_behind.timesheet_rows(found, VIEWER, day, project_id="p1")
        assert rows["worked_hours"].sum() == hours
        assert project.project_weeks(found, VIEWER, day, "p1")["booked_hours"].iloc[-1] == hours


def _plain(values: pd.Series[Any]) -> list[Any]:
    return [None if pd.isna(value) else value for value in values]
