from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from data.contracts import TABLES
from data.demo import DemoCompany, write_company
from tests.data.demo.conftest import TODAY
from tests.data.demo.reading import day, encoding, rows_of, sheets

if TYPE_CHECKING:
    from pathlib import Path


def test_the_same_seed_gives_the_same_bytes(small: DemoCompany, tmp_path: Path) -> None:
    again = write_company(tmp_path, people=24, years=1, seed=7, today=TODAY)
    assert [file.name for file in again.files] == [file.name for file in small.files]
    for one, other in zip(small.files, again.files, strict=True):
        assert one.read_bytes() == other.read_bytes(), one.name
    assert (again.folder / "README.md").read_bytes() == (small.folder / "README.md").read_bytes()


def test_another_seed_gives_another_company(small: DemoCompany, tmp_path: Path) -> None:
    other = write_company(tmp_path, people=24, years=1, seed=8, today=TODAY)
    assert (other.folder / "people.csv").read_bytes() != (small.folder / "people.csv").read_bytes()


@pytest.mark.parametrize("today", [date(2026, 11, 16), date(2026, 11, 21), date(2027, 1, 1)])
def test_data_end_with_the_last_full_week_before_today(tmp_path: Path, today: date) -> None:
    other = write_company(tmp_path, people=24, years=1, seed=3, today=today)
    this_monday = today - timedelta(days=today.weekday())
    last = max(day(row["work_date"]) for row in rows_of(other, "timesheets") if row["work_date"][5:] != "02-30")
    assert this_monday - timedelta(days=7) <= last < this_monday


def test_too_few_people_for_the_stories_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="at least 24 people"):
        write_company(tmp_path, people=10, today=TODAY)


def test_every_column_of_every_file_is_in_the_contract(company: DemoCompany) -> None:
    for sheet in sheets(company):
        table = TABLES[sheet.table]
        assert set(sheet.columns) <= set(table.by_name), sheet.file
        assert set(table.required) <= set(sheet.columns), sheet.file
        assert len(set(sheet.columns)) == len(sheet.columns), sheet.file


def test_files_come_in_the_ways_in_which_users_have_them(company: DemoCompany) -> None:
    kinds = {(file.suffix, encoding(file)) for file in company.files if file.suffix != ".xlsx"}
    assert {".xlsx", ".csv", ".tsv"} == {file.suffix for file in company.files}
    assert {"utf-8", "utf-8-sig", "utf-16", "gb18030"} == {name for _, name in kinds}


def test_file_names_say_what_is_in_them_and_corrections_come_last(company: DemoCompany) -> None:
    names = [file.name for file in company.files]
    assert all(name.startswith(tuple(TABLES)) for name in names)
    assert names[:2] == ["people.csv", "projects.xlsx"]
    assert all("corrections" in name for name in names[-2:])
    assert sum("corrections" in name for name in names) == 2


def test_chinese_colleagues_have_pinyin_ids_and_names_in_characters(company: DemoCompany) -> None:
    chinese = [row for row in rows_of(company, "people") if row["home_country"] == "CN"]
    assert chinese
    assert all(row["person_id"].isascii() and not row["person_name"].isascii() for row in chinese)


def test_people_come_from_china_and_four_other_countries(company: DemoCompany) -> None:
    people = rows_of(company, "people")
    countries = Counter(row["home_country"] for row in people)
    assert len(people) == 80
    assert set(countries) == {"CN", "DE", "JP", "SG", "BR"}
    assert countries.most_common(1)[0][0] == "CN"


@pytest.mark.parametrize(
    ("table", "key"),
    [
        ("people", "person_id"),
        ("projects", "project_id"),
        ("work_packages", "package_id"),
        ("trips", "trip_id"),
        ("change_requests", "change_request_id"),
        ("timesheets", "entry_id"),
    ],
)
def test_numbers_of_rows_are_unique(company: DemoCompany, table: str, key: str) -> None:
    numbers = Counter(row[key] for row in rows_of(company, table) if row.get(key))
    assert numbers.most_common(1)[0][1] == 1


@pytest.mark.parametrize("table", ["status_reports", "leave", "assignments", "skills", "site_demand", "outcomes"])
def test_rows_without_a_number_differ_in_their_key(company: DemoCompany, table: str) -> None:
    keys = Counter(tuple(row[name] for name in TABLES[table].key) for row in rows_of(company, table))
    assert keys.most_common(1)[0][1] == 1


def test_one_country_does_not_number_its_entries(company: DemoCompany) -> None:
    without = {sheet.file.split("_")[1] for sheet in sheets(company) if sheet.table == "timesheets"} - {
        sheet.file.split("_")[1]
        for sheet in sheets(company)
        if sheet.table == "timesheets" and "entry_id" in sheet.columns
    }
    assert without == {"japan"}


def test_only_plans_lie_after_today(company: DemoCompany) -> None:
    happened = {
        "timesheets": ("work_date", "submitted_at"),
        "status_reports": ("as_of_date",),
        "change_requests": ("raised_at", "decided_at", "completed_at"),
        "projects": ("actual_finish_date", "go_live_date"),
        "people": ("hired_date",),
        "outcomes": ("measured_date",),
    }
    for table, columns in happened.items():
        for row in rows_of(company, table):
            for column in columns:
                cell = row.get(column, "")
                if cell and not cell.endswith("-02-30"):
                    assert day(cell) <= TODAY, (table, row)


def test_flaws_are_planted(company: DemoCompany) -> None:
    entries = rows_of(company, "timesheets")
    listed = {row["project_id"] for row in rows_of(company, "projects")}
    assert {"0", "26"} <= {row["worked_hours"] for row in entries}
    assert any(row["project_id"] == "" for row in entries)
    assert any(row["work_date"].endswith("-02-30") for row in entries)
    assert any(row["project_id"] not in listed for row in entries if row["project_id"])
    requests = rows_of(company, "change_requests")
    assert any(row["decided_at"] and row["decided_at"] < row["raised_at"] for row in requests)
    trips = rows_of(company, "trips")
    assert any(row["returned_at"] < row["departed_at"] for row in trips)


def test_flaws_are_few(company: DemoCompany) -> None:
    listed = {row["project_id"] for row in rows_of(company, "projects")}
    entries = rows_of(company, "timesheets")
    bad = [row for row in entries if row["project_id"] not in listed or not 0 < float(row["worked_hours"]) <= 24]
    assert 3 <= len(bad) <= 10


def test_corrections_change_hours_of_days_that_were_filed_before(company: DemoCompany) -> None:
    def keyed(*, corrections: bool) -> dict[tuple[str, str], float]:
        rows = rows_of(company, "timesheets", corrections=corrections)
        hours: dict[tuple[str, str], float] = {}
        for row in rows:
            key = (row["person_id"], row["work_date"])
            hours[key] = hours.get(key, 0.0) + float(row["worked_hours"])
        return hours

    before, after = keyed(corrections=False), keyed(corrections=True)
    assert after
    assert set(after) <= set(before)
    assert sum(before[key] != hours for key, hours in after.items()) > 0.5 * len(after)


def test_corrections_are_filed_after_what_they_correct(company: DemoCompany) -> None:
    filed: dict[tuple[str, str], str] = {}
    for row in rows_of(company, "timesheets"):
        key = (row["person_id"], row["work_date"])
        filed[key] = max(filed.get(key, ""), row.get("submitted_at", ""))
    for row in rows_of(company, "timesheets", corrections=True):
        assert row["submitted_at"] > filed[row["person_id"], row["work_date"]]


def test_the_readme_lists_every_story_and_every_file(company: DemoCompany) -> None:
    text = (company.folder / "README.md").read_text(encoding="utf-8")
    assert all(story.title in text for story in company.stories)
    assert all(file.name in text for file in company.files)


def test_progress_is_told(tmp_path: Path) -> None:
    told: list[float] = []
    write_company(tmp_path, people=24, years=1, today=TODAY, on_progress=lambda _text, share: told.append(share))
    assert told == sorted(told)
    assert told[-1] == 1.0
