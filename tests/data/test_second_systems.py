"""The same hours from a second system are told before they count, with the choice what they are."""

from __future__ import annotations

import datetime as dt

import duckdb
import pytest

from data import publishing
from tests.data.firm import Firm

DAYS = [dt.date(2024, 3, 4) + dt.timedelta(days=number) for number in (*range(5), *range(7, 12))]


@pytest.fixture
def firm(tmp_path) -> Firm:  # type: ignore[no-untyped-def]
    found = Firm.at(tmp_path)
    sheet = ["Datum;Mitarbeiter;Projekt;Stunden"]
    sheet += [f"{day:%d.%m.%Y};{person};Nordklinik;7,5" for day in DAYS for person in ("Jana Wolf", "Uwe Kern")]
    report = found.take_in_text("projektzeiten.csv", "\n".join(sheet))
    assert report.counts is not None
    return found


def presence() -> str:
    lines = ["Mitarbeiter;Tag;Projekt;Anwesenheit (h)"]
    lines += [f"{person};{day:%d.%m.%Y};Betrieb;8,25" for day in DAYS for person in ("Jana Wolf", "Uwe Kern")]
    return "\n".join(lines)


def asked_of(firm: Firm, **options: object) -> dict[str, tuple[str, ...]]:
    report = firm.take_in_text("anwesenheit.csv", presence(), source_name="gate", **options)
    return {question.token: question.options for question in report.questions}


def in_force(firm: Firm, sql: str) -> list[tuple[object, ...]]:
    file = publishing.published_file(firm.home)
    assert file is not None
    with duckdb.connect(str(file), read_only=True) as connection:
        return connection.execute(sql).fetchall()


def hours_of(firm: Firm) -> float:
    return float(str(in_force(firm, "select sum(worked_hours) from staging.timesheets")[0][0]))


def test_hours_that_another_source_has_are_asked_about_in_the_dry_run_with_every_choice(firm: Firm) -> None:
    asked = asked_of(firm, answers={"worked_hours": "Anwesenheit (h)"}, is_dry_run=True)
    assert asked == {"doubt.booked_twice": ("out", "presence", "take", "replace:files")}
    assert hours_of(firm) == 150


@pytest.mark.parametrize(("answer", "hours"), [("out", 150), ("presence", 150), ("take", 315), ("replace:files", 165)])
def test_each_choice_does_what_it_says(firm: Firm, answer: str, hours: float) -> None:
    said = {"worked_hours": "Anwesenheit (h)", "doubt.booked_twice": answer}
    assert asked_of(firm, answers=said) == {}
    assert hours_of(firm) == hours


def test_presence_is_a_fact_of_its_own_beside_the_hours_of_the_day(firm: Firm) -> None:
    asked_of(firm, answers={"worked_hours": "Anwesenheit (h)", "doubt.booked_twice": "presence"})
    rows = in_force(firm, "select count(*), sum(present_hours), sum(gap_hours) from marts.attendance_days")
    assert rows == [(20, 165.0, 15.0)]
