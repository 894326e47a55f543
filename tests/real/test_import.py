"""Real data through the real import: nothing gets lost, nothing is mended in silence, hours add up to the minute."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import pytest

from data.contracts import ACTIVITIES
from tests.real import source as expected
from tests.real.converting import MAINTAINED_PRODUCT
from tests.real.running import read

if TYPE_CHECKING:
    from pathlib import Path

    from tests.real.running import Imported
    from tests.real.source import Source

TABLES = ("people", "projects", "status_reports", "timesheets", "trips", "change_requests")
#: The one reason of a refusal whose value is the empty cell itself.
IS_EMPTY = "is empty, but a row can't do without it"


def warnings_of(home: Path, imported: Imported, check: str) -> pd.DataFrame:
    """Return the warnings that the first import was given by one check."""
    found = read(home, "from checks.warnings where check_name = $check", check=check)
    return found[found["batch_id"].isin(imported.batch_ids)]


def refused_rows(home: Path, imported: Imported) -> pd.DataFrame:
    """Return what the first import refused."""
    found = read(home, "from raw.refused_rows order by batch_id, line_number")
    return found[found["batch_id"].isin(imported.batch_ids)]


def test_each_table_is_recognised_and_each_of_its_rows_is_read(imported: Imported, source: Source) -> None:
    rows = {file["table"]: file["rows_read"] for file in imported.files}
    assert rows == {
        "people": source.tasks["person_key"].nunique(),
        "projects": len(source.status_panel.drop_duplicates(["source", "project_id"])),
        "status_reports": len(source.status_panel),
        "timesheets": len(source.time_log),
        "trips": len(source.permits),
        "change_requests": len(source.requests),
    }
    assert [(file["problem"], file["ignored_columns"], file["dropped_columns"]) for file in imported.files] == [
        ("", [], []) for _ in TABLES
    ]


@pytest.mark.parametrize("table", TABLES)
def test_what_is_read_is_accepted_or_refused(imported: Imported, table: str) -> None:
    file = imported[table]
    assert (file["rows_unchanged"], file["rows_corrected"], file["rows_superseded"]) == (0, 0, 0)
    assert file["rows_read"] == file["rows_accepted"] + file["rows_refused"]


def test_each_line_of_the_time_log_is_in_force_or_refused_and_never_both(
    imported: Imported, home: Path, source: Source
) -> None:
    batch_id = imported["timesheets"]["batch_id"]
    lines = read(
        home,
        "select line_number from staging.timesheets where batch_id = $batch_id"
        " union all select line_number from raw.refused_rows where batch_id = $batch_id",
        batch_id=batch_id,
    )
    assert sorted(lines["line_number"]) == list(range(2, len(source.time_log) + 2))


def test_entries_are_refused_for_the_reasons_of_the_contract_alone(
    imported: Imported, home: Path, source: Source
) -> None:
    refused = refused_rows(home, imported).query("table_name == 'timesheets'")
    assert refused.groupby(["column_name", "reason"]).size().to_dict() == expected.refused_entries(source.time_log)


def test_each_refused_row_names_column_value_and_reason_and_the_line_where_it_stands(
    imported: Imported, home: Path, files: Path
) -> None:
    refused = refused_rows(home, imported)
    assert len(refused) == sum(file["rows_refused"] for file in imported.files)
    assert refused[["file_name", "line_number", "column_name", "reason", "row_text"]].notna().all(axis=None)
    assert refused["value"].isna().equals(refused["reason"].eq(IS_EMPTY))
    lines = {name: (files / name).read_text("utf-8").splitlines() for name in refused["file_name"].unique()}
    for row in refused.itertuples():
        cells = [cell for cell in lines[str(row.file_name)][int(str(row.line_number)) - 1].split(",") if cell]
        assert " | ".join(cells) == row.row_text


def test_minutes_are_net_of_interruptions_but_where_the_clocks_went_back(source: Source) -> None:
    odd = expected.unexplained_minutes(source.time_log)
    went_back = pd.Timestamp("2014-11-02 01:00")
    assert odd["unexplained_minutes"].tolist() == [-60, -60]
    assert (odd["started_at"] < went_back + pd.Timedelta(hours=1)).all()
    assert (odd["ended_at"] >= went_back).all()


def test_hours_add_up_to_the_minute(imported: Imported, home: Path, source: Source) -> None:
    file = imported["timesheets"]
    minutes = int(source.time_log["minutes"].sum())
    taken_in = int(expected.usable_entries(source.time_log)["minutes"].sum())
    assert file["hours_read"] * 60 == pytest.approx(minutes, abs=0.001)
    assert file["hours_accepted"] * 60 == pytest.approx(taken_in, abs=0.001)
    assert (file["hours_accepted"] + file["hours_refused"]) * 60 == pytest.approx(minutes, abs=0.001)
    for table in ("staging.timesheets", "marts.person_weeks", "marts.person_project_weeks", "marts.project_weeks"):
        found = read(home, f"select sum(worked_hours) * 60 as minutes from {table}")
        assert found["minutes"].tolist() == [pytest.approx(taken_in, abs=0.001)], table


def test_each_persons_day_adds_up_to_the_minute(imported: Imported, home: Path, source: Source) -> None:
    del imported
    found = read(
        home,
        "select person_id, work_date, sum(worked_hours) * 60 as minutes, sum(entry_count) as entry_count"
        " from marts.person_days group by person_id, work_date order by person_id, work_date",
    )
    days = expected.person_days(source.time_log)
    wanted = days.assign(person_id=days["organization"] + days["person_key"].astype(str))
    wanted = wanted.sort_values(["person_id", "work_date"])
    assert found["person_id"].tolist() == wanted["person_id"].tolist()
    assert found["work_date"].tolist() == wanted["work_date"].tolist()
    assert found["entry_count"].tolist() == wanted["entry_count"].tolist()
    assert (found["minutes"].to_numpy() - wanted["minutes"].to_numpy()).round(6).tolist() == [0] * len(wanted)


def test_overlapping_entries_go_in_and_are_warned_about(imported: Imported, home: Path, source: Source) -> None:
    found = warnings_of(home, imported, "overlapping_clock_times")
    assert len(found) == expected.overlapping_entries_count(source.time_log) > 0
    assert found["value"].gt(0).all()


def test_days_over_24_hours_go_in_and_are_warned_about(imported: Imported, home: Path, source: Source) -> None:
    days = expected.person_days(source.time_log).query("minutes > 1440")
    found = warnings_of(home, imported, "days_over_24_hours")
    assert len(found.drop_duplicates(["person_id", "happened_date"])) == len(days) > 0
    assert len(found) == days["entry_count"].sum()


def test_words_for_activities_that_are_not_ours_are_warned_about_and_cost_no_hours(
    imported: Imported, home: Path, source: Source
) -> None:
    usable = expected.usable_entries(source.time_log)
    words = usable["phase_short_name"].str.lower()
    # Files with our own columns are read with the words of any file: design is configuration, say.
    strange = usable[~words.isin({*ACTIVITIES, "design", "test", "planning", "misc"})]
    wanted = {f"activity: {word}": count for word, count in strange["phase_short_name"].value_counts().items()}
    found = warnings_of(home, imported, "unread_values")
    assert dict(zip(found["detail"], found["value"], strict=True)) == wanted
    others = read(home, "select count(*) as n from staging.timesheets where activity = 'other'")
    assert others["n"].tolist() == [len(strange) + int(words.isin({"other", "misc"}).sum())]


def test_each_hour_says_that_we_only_assume_when_it_was_known(imported: Imported, home: Path) -> None:
    del imported
    found = read(home, "select bool_and(is_assumed) as is_assumed from marts.person_days")
    assert found["is_assumed"].tolist() == [True]


def test_trips_keep_their_nights_and_tell_who_and_what_is_on_no_list(
    imported: Imported, home: Path, source: Source
) -> None:
    found = read(home, "select trip_id, nights_count from marts.trips")
    wanted = source.permits.set_index("permit_id")["nights"]
    assert found.set_index("trip_id")["nights_count"].to_dict() == wanted.to_dict()
    travellers = warnings_of(home, imported, "unknown_people")
    assert len(travellers) == len(source.permits)
    unknown = warnings_of(home, imported, "unknown_projects").query("table_name == 'trips'")
    assert unknown.set_index("project_id")["value"].to_dict() == source.permits["project"].value_counts().to_dict()


def test_requests_go_in_with_the_dates_that_they_have(imported: Imported, home: Path, source: Source) -> None:
    assert imported["change_requests"]["rows_refused"] == 0
    columns = ["raised_at", "decided_at", "completed_at"]
    found = read(home, f"select change_request_id::bigint as id, {', '.join(columns)} from staging.change_requests")
    wanted = source.requests.set_index("issue_id")[["report_date", "answer_date", "verify_date"]]
    difference = found.set_index("id").sort_index().astype("datetime64[us]")
    pd.testing.assert_frame_equal(
        difference, wanted.sort_index().set_axis(columns, axis=1), check_names=False, check_freq=False
    )
    (unlisted,) = warnings_of(home, imported, "unknown_projects").query("table_name == 'change_requests'").itertuples()
    assert (unlisted.project_id, unlisted.value) == (MAINTAINED_PRODUCT, len(source.requests))


def test_requests_done_before_they_were_decided_are_warned_about(
    imported: Imported, home: Path, source: Source
) -> None:
    found = warnings_of(home, imported, "requests_out_of_order")
    wanted = expected.requests_out_of_order(source.requests)
    assert sorted(found["detail"].astype(int)) == sorted(wanted["issue_id"]) != []


def test_a_request_that_was_not_accepted_is_not_approved(imported: Imported, home: Path) -> None:
    del imported
    found = read(
        home, "select distinct is_approved, is_rejected from marts.change_requests where status = 'NotAccepted'"
    )
    assert found.to_dict("records") == [{"is_approved": False, "is_rejected": True}]


def test_a_project_without_a_first_day_is_refused_and_its_reports_are_warned_about(
    imported: Imported, home: Path, source: Source
) -> None:
    panel = source.status_panel
    dated = panel.groupby(["source", "project_id"])["start_date"].count()
    wanted = {f"{name}-{project}" for name, project in dated[dated == 0].index}
    refused = refused_rows(home, imported).query("table_name == 'projects'")
    assert len(refused) == len(wanted) > 0
    assert set(refused["column_name"]) == {"start_date"}
    unknown = warnings_of(home, imported, "unknown_projects").query("table_name == 'status_reports'")
    assert set(unknown["project_id"]) == wanted


@pytest.mark.parametrize("table", TABLES)
def test_a_second_import_adds_nothing(imported: Imported, imported_again: Imported, home: Path, table: str) -> None:
    first, again = imported[table], imported_again[table]
    assert (again["rows_accepted"], again["rows_corrected"], again["rows_superseded"]) == (0, 0, 0)
    assert again["rows_unchanged"] == first["rows_accepted"]
    assert (again["rows_refused"], again["rows_read"]) == (first["rows_refused"], first["rows_read"])
    assert again["hours_unchanged"] == pytest.approx(first["hours_accepted"], abs=1e-6)
    found = read(home, f"select count(*) as n, count(distinct batch_id) as batches from raw.{table}")
    assert found.to_dict("records") == [{"n": first["rows_accepted"], "batches": 1}]


def test_a_second_import_finds_nothing_new_to_warn_about(imported_again: Imported) -> None:
    assert {file["table"]: file["warnings"] for file in imported_again.files} == dict.fromkeys(TABLES, 0)
