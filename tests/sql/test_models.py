"""Four rules for every model, and the door to a cluster."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Final

import duckdb
import pytest
import sqlglot
from sqlglot import ErrorLevel, exp

from data.demo import write_company
from data.home import Home
from data.import_reports import ImportOptions
from data.importing import import_files
from data.models import CHECKS, MARTS, MODELS, STAGING, WEEKLY_MODELS, model_sql, sql_folder
from data.publishing import published_file

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_MOST_LINES: Final = 126
#: What makes a row of each mart one row.
GRAINS: Final = {
    "marts.calendar_days": "country, calendar_date",
    "marts.people": "person_id",
    "marts.projects": "project_id",
    "marts.leave_days": "person_id, leave_date",
    "marts.attendance_days": "person_id, work_date",
    "marts.trip_versions": "row_id",
    "marts.trips": "trip_id",
    "marts.people_versions": "person_id, from_week_date",
    "marts.filed_spells": "person_id, week_start_date, from_week_date",
    "marts.people_filing": "person_id",
    "marts.filing_reach": "person_id, week_start_date, from_week_date",
    "marts.open_weeks": "week_start_date, from_week_date",
    "marts.person_spans": "person_id, week_start_date, from_week_date",
    "marts.person_days": "person_id, work_date, known_week_date",
    "marts.clock_times": "row_id",
    "marts.person_project_weeks": "person_id, project_id, week_start_date, known_week_date",
    "marts.person_request_days": "person_id, project_id, change_request_id, work_date, known_week_date",
    "marts.site_days": "row_id, calendar_date",
    "marts.person_plans": "person_id, week_start_date, plan_from_week_date",
    "marts.abroad_days": "person_id, week_start_date, plan_from_week_date, site_country, calendar_date",
    "marts.own_days": "person_id, week_start_date, plan_from_week_date, calendar_date",
    "marts.leave_weeks": "person_id, week_start_date, plan_from_week_date",
    "marts.person_capacity": "person_id, week_start_date, plan_from_week_date",
    "marts.filed_weeks": "person_id, week_start_date, known_week_date",
    "marts.person_weeks": "person_id, week_start_date, known_week_date",
    "marts.project_weeks": "project_id, week_start_date, known_week_date",
    "marts.assignment_weeks": "person_id, project_id, week_start_date, known_week_date",
    "marts.change_request_versions": "row_id",
    "marts.change_requests": "source_name, change_request_id",
    "marts.status_reports": "project_id, as_of_date",
    "marts.project_calendar": "project_id, week_start_date",
    "marts.listed_plans": "project_id, week_start_date",
    "marts.reported_progress": "project_id, week_start_date",
    "marts.package_progress": "project_id, week_start_date",
    "marts.approved_hours": "project_id, week_start_date",
    "marts.project_states": "project_id, week_start_date",
}


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    """Return a connection to a small made-up company; nothing that is written there stays."""
    folder: Path = tmp_path_factory.mktemp("company")
    (folder / "files").mkdir()
    made = write_company(folder / "files", people=24, years=1, seed=7, today=date(2026, 6, 30))
    home = Home(folder / "home")
    # The made-up company has no time clock, and nobody in it works on some weekdays only.
    presence = folder / "files" / "attendance.csv"
    presence.write_text("person_id,work_date,present_hours\nx1,2026-03-02,8.5\nx1,2026-03-03,9\n", encoding="utf-8")
    part_time = folder / "files" / "part_time.csv"
    part_time.write_text("person_id,home_country,weekly_hours,working_days\nx1,DE,16,Mo–Di\n", encoding="utf-8")
    hours = folder / "files" / "part_time_hours.csv"
    hours.write_text("person_id,work_date,project_id,worked_hours\nx1,2026-03-02,p1,8\n", encoding="utf-8")
    options = ImportOptions(is_history=True)
    reports = import_files(
        home, [*made.files, presence, part_time, hours], options, now=datetime(2026, 7, 1, tzinfo=UTC)
    )
    assert [report.problem for report in reports if report.problem] == []
    file = published_file(home)
    assert file is not None
    with duckdb.connect(file) as connection:
        yield connection


def files_of(schema: str) -> set[str]:
    return {f"{schema}.{path.stem}" for path in (sql_folder() / schema).glob("*.sql")}


def test_every_sql_file_is_listed_and_every_listed_model_has_a_file() -> None:
    assert files_of("staging") == set(STAGING)
    assert files_of("marts") == set(MARTS)
    assert files_of("checks") == set(CHECKS)
    assert {path.parent.name for path in sql_folder().rglob("*.sql")} == {"staging", "marts", "checks"}
    assert len(set(MODELS)) == len(MODELS)
    assert set(WEEKLY_MODELS) <= {*MARTS, *CHECKS}


@pytest.mark.parametrize("name", MODELS)
def test_a_model_is_one_select_that_begins_with_what_one_row_is(name: str) -> None:
    sql = model_sql(name)
    assert sql.startswith("-- One row per ")
    statements = sqlglot.parse(sql, read="duckdb")
    assert len(statements) == 1
    assert isinstance(statements[0], exp.Query)


@pytest.mark.parametrize("name", MODELS)
def test_a_model_reads_only_the_layer_below_or_what_is_built_before(name: str) -> None:
    found = duckdb.get_table_names(model_sql(name), qualified=True)
    sources = {source.split(" AS ")[0].replace('"', "") for source in found}
    before = set(MODELS[: MODELS.index(name)])
    for source in sources:
        schema = source.split(".")[0]
        if name.startswith("staging."):
            # Rows in force are read from their versions; nothing else in staging reads staging.
            is_of_versions = source.endswith("_versions") and source in before
            assert schema == "raw" or is_of_versions, f"{name} reads {source}"
        else:
            assert source in before, f"{name} reads {source}, which is not built before it"


@pytest.mark.parametrize("name", MODELS)
def test_a_model_is_short_enough_to_be_read_at_once(name: str) -> None:
    assert model_sql(name).count("\n") <= _MOST_LINES


@pytest.mark.parametrize("name", MODELS)
def test_a_model_casts_each_decimal_that_it_writes(name: str) -> None:
    """DuckDB 2.0 reads 2/3.0 as DOUBLE, other engines as a decimal of four digits: the same model, other numbers."""
    numbers = list(sqlglot.parse_one(model_sql(name), read="duckdb").find_all(exp.Literal))
    bare = [
        str(one) for one in numbers if not one.is_string and not one.is_int and not isinstance(one.parent, exp.Cast)
    ]
    assert bare == []


@pytest.mark.parametrize("name", MARTS)
def test_no_mart_has_two_rows_of_one_grain(company: duckdb.DuckDBPyConnection, name: str) -> None:
    total = company.execute(f"select count(*) from {name}").fetchone()
    assert total is not None
    assert total[0] > 0
    twice = company.execute(f"select {GRAINS[name]} from {name} group by all having count(*) > 1").fetchall()
    assert twice == []


@pytest.mark.parametrize("name", MARTS)
def test_counts_are_never_null_and_flags_are_yes_or_no(company: duckdb.DuckDBPyConnection, name: str) -> None:
    told_by_the_source = {"has_opted_out", "is_confirmed_by_prototype"}
    columns = [row[0] for row in company.execute(f"describe {name}").fetchall()]
    for column in columns:
        if column.endswith("_count") or (column.startswith(("is_", "has_")) and column not in told_by_the_source):
            found = company.execute(f"select count(*) from {name} where {column} is null").fetchone()
            assert found == (0,), f"{name}.{column}"


@pytest.mark.parametrize("name", MODELS)
def test_a_model_passes_to_spark_without_anything_unsupported(name: str) -> None:
    (spark,) = sqlglot.transpile(model_sql(name), read="duckdb", write="spark", unsupported_level=ErrorLevel.RAISE)
    unknown = [function.name for function in sqlglot.parse_one(spark, read="spark").find_all(exp.Anonymous)]
    assert unknown == [], "functions that only DuckDB knows"


@pytest.mark.parametrize("name", MARTS)
def test_what_spark_would_be_told_means_the_same(company: duckdb.DuckDBPyConnection, name: str) -> None:
    """There is no Spark here, so its statement is read back: a function whose meaning gets lost on the way shows."""
    (spark,) = sqlglot.transpile(model_sql(name), read="duckdb", write="spark", unsupported_level=ErrorLevel.RAISE)
    (back,) = sqlglot.transpile(spark, read="spark", write="duckdb", unsupported_level=ErrorLevel.RAISE)
    kinds = [(row[0], row[1]) for row in company.execute(f"describe {name}").fetchall()]
    columns = ", ".join(f'round("{c}", 6)' if kind == "DOUBLE" else f'cast("{c}" as varchar)' for c, kind in kinds)
    told, built = f"select {columns} from ({back})", f"select {columns} from {name}"
    for one, other in ((told, built), (built, told)):
        assert company.execute(f"{one} except all {other}").fetchall() == []
