"""Files of other systems come in as they are: through the recipe that was recognised, versioned like any other."""

from __future__ import annotations

import pyarrow.parquet as pq
import pytest

from data.problems import GoliveError
from data.rebuilding import redo, undo
from tests.data.firm import Firm, counts_of

KIMAI = """
    Datum;Von;Bis;Dauer;Benutzername;Kunde;Projekt;Tätigkeit;Preis;Interner Preis;category
    02.03.2026;09:00;17:30;8:30;anna;Klinik Nord;HIS Nord;Schulung;0;0;work
    13.03.2026;08:00;12:00;4:00;bert;Klinik Nord;HIS Nord;Entwicklung;0;0;work
"""
GRID = """
    Stundenzettel März 2026
    Mitarbeiter;Projekt;01.03.2026;02.03.2026;03.03.2026;04.03.2026
    Anna Berg;HIS Nord;;8;7,5;6
    Bert Cole;CRM Süd;;8;8;8
    Summe;;;16;15,5;14
"""


@pytest.fixture
def firm(tmp_path) -> Firm:  # type: ignore[no-untyped-def]
    return Firm.at(tmp_path)


def hours(firm: Firm) -> list[tuple[str, str, float]]:
    return firm.rows(
        "select person_id, work_date::varchar, sum(worked_hours) from staging.timesheets group by all order by all"
    )


def test_a_german_export_comes_in_under_the_name_of_its_system(firm: Firm) -> None:
    report = firm.take_in_text("export.csv", KIMAI)
    assert counts_of(report) == (2, 2, 0, 0, 0)
    assert (report.table, report.source_name) == ("timesheets", "Kimai")
    assert report.mapping["Datum"] == "work_date"
    assert hours(firm) == [("anna", "2026-03-02", 8.5), ("bert", "2026-03-13", 4.0)]
    assert not firm.differences()


def test_the_same_export_again_adds_nothing_and_a_changed_cell_is_a_correction(firm: Firm) -> None:
    firm.take_in_text("export.csv", KIMAI)
    assert counts_of(firm.take_in_text("again.csv", KIMAI)) == (2, 0, 2, 0, 0)
    changed = firm.take_in_text("changed.csv", KIMAI.replace("12:00;4:00", "13:00;5:00"))
    assert counts_of(changed) == (2, 0, 1, 1, 0)
    assert hours(firm) == [("anna", "2026-03-02", 8.5), ("bert", "2026-03-13", 5.0)]
    assert not firm.differences()


def test_every_day_of_a_grid_is_an_entry_and_can_be_corrected_alone(firm: Firm) -> None:
    first = firm.take_in_text("march.csv", GRID)
    assert counts_of(first) == (6, 6, 0, 0, 0)
    assert first.left_out_count == 1, "the sums are no entries"
    changed = firm.take_in_text("march2.csv", GRID.replace("8;7,5;6", "8;9;6"))
    assert counts_of(changed) == (6, 0, 5, 1, 0)
    assert ("Anna Berg", "2026-03-03", 9.0) in hours(firm)
    assert firm.rows("select count(*), count(distinct row_id), max(line_number) from raw.timesheets") == [(7, 7, 4)]
    assert not firm.differences()


def test_a_recognised_batch_is_undone_and_redone_like_any_other(firm: Firm) -> None:
    firm.take_in_text("march.csv", GRID)
    second = firm.take_in_text("march2.csv", GRID.replace("8;7,5;6", "8;9;6"))
    assert second.batch_id is not None
    undo(firm.home, second.batch_id)
    assert ("Anna Berg", "2026-03-03", 7.5) in hours(firm)
    redo(firm.home, second.batch_id)
    assert ("Anna Berg", "2026-03-03", 9.0) in hours(firm)
    assert not firm.differences()


def test_a_row_that_cannot_be_read_is_refused_with_its_line_and_its_used_cells_as_they_stand(firm: Firm) -> None:
    report = firm.take_in_text("export.csv", KIMAI.replace("13.03.2026", "31.02.2026"))
    assert counts_of(report) == (2, 1, 0, 0, 1)
    assert firm.rows("select line_number, column_name, value, row_text from raw.refused_rows") == [
        (
            3,
            "work_date",
            "31.02.2026",
            "31.02.2026 | 08:00 | 12:00 | 4:00 | bert | HIS Nord | Entwicklung",
        )
    ]


def test_a_file_that_can_be_read_in_two_ways_waits_while_the_others_go_in(firm: Firm) -> None:
    unclear = firm.file(
        "unclear.csv", KIMAI.replace(".03.", "/03/").replace("13/03", "03/04").replace("02/03", "01/02")
    )
    good = firm.file("good.csv", KIMAI)
    asked, taken = firm.take_in(unclear, good)
    assert [question.token for question in asked.questions] == ["date_order"]
    assert asked.counts is None
    assert counts_of(taken) == (2, 2, 0, 0, 0)
    (answered,) = firm.take_in(unclear, answers={"date_order": "dmy"})
    assert counts_of(answered)[:2] == (2, 2)
    assert ("anna", "2026-02-01", 8.5) in hours(firm)


def test_attendance_days_carry_hours_and_trips(firm: Firm) -> None:
    text = """
        姓名,工号,日期,班次,上班1打卡时间,下班1打卡时间,工作时长(小时),出差时长
        王伟,A01,2026-04-01,班次A,09:00,次日 00:30,14.5,0
        王伟,A01,2026-04-02,班次A,--,--,--,8
    """
    reports = firm.take_in(
        firm.file("每日统计.csv", text), now="2026-04-10", answers={"project_id": "P1", "trips.project_id": "P1"}
    )
    assert {report.table: counts_of(report)[1] for report in reports} == {"timesheets": 1, "trips": 1}
    assert len({report.batch_id for report in reports}) == 2
    assert not firm.differences()


def test_a_file_with_our_own_columns_is_read_as_ever(firm: Firm) -> None:
    report = firm.take_in_text("x.csv", "person_id,project_id,work_date,worked_hours\nana,p1,2026-03-02,8")
    assert report.understanding is None
    assert report.source_name == "files"


def test_our_own_columns_below_a_title_are_found(firm: Firm) -> None:
    text = "Hours of March\n\nperson_id,project_id,work_date,worked_hours\nana,p1,2026-03-02,8"
    assert counts_of(firm.take_in_text("timesheets.csv", text)) == (1, 1, 0, 0, 0)


def test_what_was_answered_once_is_not_asked_again_for_files_of_the_kind(firm: Firm) -> None:
    header = "User;Project;Date;Hours"
    first = firm.file("march.csv", f"{header}\nana;p;03/04/2026;1")
    (taken,) = firm.take_in(first, answers={"date_order": "dmy"})
    assert counts_of(taken)[1] == 1
    (saved,) = firm.home.profiles.glob("*.toml")
    assert 'date_order = "dmy"' in saved.read_text(encoding="utf-8")
    (next_one,) = firm.take_in(firm.file("april.csv", f"{header}\nana;p;05/04/2026;2"))
    assert counts_of(next_one)[1] == 1
    assert next_one.understanding is not None
    assert next_one.understanding.profile == "files timesheets"
    assert ("ana", "2026-04-05", 2.0) in hours(firm)
    (changed,) = firm.take_in(firm.file("may.csv", f"{header};Kind\nana;p;05/06/2026;2;x"))
    assert [question.token for question in changed.questions] == ["date_order"], "a changed header is asked again"


def test_a_dry_run_saves_no_decisions(firm: Firm) -> None:
    firm.take_in(firm.file("x.csv", KIMAI), is_dry_run=True)
    assert not firm.home.profiles.exists()


def test_a_damaged_profile_is_told_with_its_file(firm: Firm) -> None:
    firm.home.profiles.mkdir(parents=True)
    (firm.home.profiles / "x.toml").write_text("name = [", encoding="utf-8")
    with pytest.raises(GoliveError, match=r"x\.toml"):
        firm.take_in(firm.file("x.csv", KIMAI))


def test_a_misspelt_answer_imports_nothing(firm: Firm) -> None:
    path = firm.file("x.csv", KIMAI)
    with pytest.raises(GoliveError, match="projekt_id"):
        firm.take_in(path, answers={"projekt_id": "P1"})


def test_a_list_of_leave_below_hours_keeps_its_people_and_none_of_its_reasons(firm: Firm) -> None:
    days = "\n".join(
        f"2026-03-0{day};{who};{project};{hours}"
        for day in (2, 3, 4, 5)
        for who, project, hours in (("Luc Morel", "Stocks", 8), ("Inès Petit", "Hôpital Est", 7.5))
    )
    below = "Collaborateur;Type d'absence;Début;Fin\nLuc Morel;Congés payés;2026-03-16;2026-03-17"
    file = firm.file(
        "heures.csv",
        f"Date;Collaborateur;Projet;Heures\n{days}\n;;;\n;;;\n{below}\nInès Petit;Maladie;2026-03-19;2026-03-19",
    )
    firm.take_in(file)
    assert firm.rows("select person_id, leave_date::varchar from staging.leave order by all") == [
        ("Inès Petit", "2026-03-19"),
        ("Luc Morel", "2026-03-16"),
        ("Luc Morel", "2026-03-17"),
    ]
    assert firm.rows("select count(distinct person_id), sum(worked_hours) from staging.timesheets") == [(2, 62.0)]
    kept = [path.read_bytes() for path in firm.home.path.rglob("*") if path.is_file()]
    contents = [pq.read_table(path).to_pydict() for path in firm.home.path.rglob("*.parquet")]
    assert not any(b"Maladie" in content for content in kept)
    assert "Maladie" not in str(contents)
