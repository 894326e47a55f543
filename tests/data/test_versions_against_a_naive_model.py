"""Whatever files arrive in whatever order: the marts, built in steps, say what a naive model says."""

from __future__ import annotations

import copy
import shutil
import tempfile
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.home import Home
from tests.data.firm import Firm
from tests.data.naive import Entry, NaiveWarehouse, monday
from tests.laws import examples

FIRST = date(2025, 12, 1)
WEEKS_COUNT = 16
START = datetime.fromisoformat("2026-03-30T09:00")
STAMPS = [datetime.fromisoformat(text) for text in ("2026-01-14T08:00", "2026-03-31", "2027-01-01")]
PEOPLE = ("ana", "bo", "cy")


@dataclass(frozen=True)
class File:
    """One import command with one timesheet file."""

    entries: tuple[Entry, ...]
    days_later: int
    source_name: str
    is_full: bool
    is_history: bool
    filtered_by: str = "nothing"


def base_entries(*, is_numbered: bool) -> tuple[Entry, ...]:
    """Return one entry for each person and week, except some weeks that are missing."""
    found = []
    for week in range(WEEKS_COUNT):
        for number, person in enumerate(PEOPLE):
            if (week + number) % 5 == 4:
                continue
            day = FIRST + timedelta(weeks=week, days=number)
            filed = datetime.combine(monday(day) + timedelta(days=5 + week % 3), datetime.min.time())
            found.append(Entry(f"b{week}-{number}" if is_numbered else None, person, "p1", day, 8.0, filed))
    return tuple(found)


def entries() -> st.SearchStrategy[Entry]:
    days = st.sampled_from([FIRST + timedelta(weeks=w, days=d) for w in (2, 3, 9, 15, 16) for d in (0, 1, 2)])
    numbers = st.sampled_from([None, None, "b2-0", "b3-1", "b9-2", "n1", "n2"])
    stamps = st.sampled_from([None, *STAMPS])
    return st.builds(
        Entry,
        entry_id=numbers,
        person_id=st.sampled_from(PEOPLE),
        project_id=st.sampled_from(["p1", "p2"]),
        work_date=days,
        worked_hours=st.sampled_from([2.0, 6.0, 8.0]),
        submitted_at=stamps,
    )


FILES = st.builds(
    File,
    entries=st.lists(entries(), min_size=1, max_size=6).map(tuple),
    days_later=st.sampled_from([0, 1, 8]),
    source_name=st.sampled_from(["files", "files", "files", "jira"]),
    is_full=st.sampled_from([False, False, False, False, True]),
    is_history=st.sampled_from([False, False, True]),
    filtered_by=st.sampled_from(["nothing", "nothing", "project"]),
)


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> dict[bool, tuple[Path, NaiveWarehouse]]:
    """Homes that hold a first file, with numbers and without; each example works on a copy."""
    found = {}
    for is_numbered in (False, True):
        firm, naive = Firm.at(tmp_path_factory.mktemp("begun")), NaiveWarehouse()
        firm.take_in_text("people.csv", "person_id,weekly_hours\nana,40\nbo,40", now=START.isoformat())
        take_in(firm, naive, File(base_entries(is_numbered=is_numbered), 0, "files", False, False), START, 0)
        compare(firm, naive)
        found[is_numbered] = (firm.folder.parent, naive)
    return found


@examples(5)
@given(is_numbered=st.booleans(), files=st.lists(FILES, min_size=2, max_size=4))
@pytest.mark.slow
def test_the_marts_say_at_every_past_week_what_a_naive_model_says(
    begun: dict[bool, tuple[Path, NaiveWarehouse]], is_numbered: bool, files: list[File]
) -> None:
    begun_folder, begun_naive = begun[is_numbered]
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(begun_folder, folder, dirs_exist_ok=True)
        firm, naive = Firm(Home(Path(folder) / "home"), Path(folder) / "files"), copy.deepcopy(begun_naive)
        moment = START
        for number, file in enumerate(files, 1):
            moment += timedelta(days=file.days_later)
            take_in(firm, naive, file, moment, number)
            assert firm.differences() == {}, "built in steps differs from built anew"
            compare(firm, naive)


def take_in(firm: Firm, naive: NaiveWarehouse, file: File, moment: datetime, number: int) -> None:
    names = list(Entry.__dataclass_fields__)
    lines = [",".join(str(getattr(e, n) if getattr(e, n) is not None else "") for n in names) for e in file.entries]
    (report,) = firm.take_in(
        firm.file(f"timesheets {number}.csv", "\n".join([",".join(names), *lines])),
        now=moment.isoformat(),
        source_name=file.source_name,
        is_full=file.is_full,
        is_history=file.is_history,
        answers={"filtered_by": file.filtered_by},
    )
    assert not report.problem
    assert not report.questions
    naive.take_in(
        list(file.entries),
        moment,
        file.source_name,
        is_full=file.is_full,
        is_history=file.is_history,
        is_by_project=file.filtered_by == "project",
    )


def compare(firm: Firm, naive: NaiveWarehouse) -> None:
    moments = [v.known_at for v in naive.versions] + [v.superseded_at for v in naive.versions if v.superseded_at]
    columns = "week_start_date, known_week_date, worked_hours, entry_count"
    projects = firm.rows(f"select project_id, {columns} from marts.project_weeks")
    persons = firm.rows(f"select person_id, {columns} from marts.person_weeks where state = 'filed'")
    days = firm.rows("select person_id, work_date, known_week_date, worked_hours, entry_count from marts.person_days")
    for week in sorted({monday(moment.date()) for moment in moments}):
        assert as_known(projects, week) == naive.hours_known(week, "project_id"), f"project_weeks as known in {week}"
        assert as_known(days, week) == naive.days_known(week), f"person_days as known in {week}"
        # Hours that were taken out later are still what was known then.
        assert as_known(persons, week) == naive.hours_known(week, "person_id"), f"person_weeks as known in {week}"


def as_known(rows: list[tuple[Any, ...]], week: date) -> dict[tuple[str, date], tuple[float, int]]:
    """Return the sums over what became known until a week; what adds up to no entry is gone."""
    sums: dict[tuple[str, date], tuple[float, int]] = defaultdict(lambda: (0.0, 0))
    for name, when, known_week, hours, count in rows:
        if known_week <= week:
            sums[name, when] = (sums[name, when][0] + hours, sums[name, when][1] + count)
    for hours, count in sums.values():
        assert count > 0 or (count == 0 and hours == 0)
    return {key: value for key, value in sums.items() if value[1]}
