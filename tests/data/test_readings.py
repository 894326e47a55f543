"""How whole columns of text are read."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.contracts import CHANGE_REQUESTS, PROJECTS, SKILLS, TABLES, TIMESHEETS, TRIPS
from data.problems import ImportRefusedError
from data.readings import readings_of
from data.recognition import identity_recipe, recipe_sql, settled, with_marks
from data.sql_text import literal, quoted
from tests.laws import examples

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from data.contracts import Column

WORK_DATE = TIMESHEETS.by_name["work_date"]
STARTED_AT = TIMESHEETS.by_name["started_at"]
WORKED = TIMESHEETS.by_name["worked_hours"]
ESTIMATED = CHANGE_REQUESTS.by_name["estimated_hours"]
COST = TRIPS.by_name["cost_amount"]
NIGHTS = TRIPS.by_name["nights_count"]
LEVEL = SKILLS.by_name["level"]
ONSITE = TIMESHEETS.by_name["is_onsite"]
ACTIVITY = TIMESHEETS.by_name["activity"]
STATUS = PROJECTS.by_name["status"]


@pytest.fixture(scope="module")
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as made:
        made.execute("set timezone = 'UTC'")
        yield made


def read(
    connection: duckdb.DuckDBPyConnection, column: Column, cells: Sequence[str | None], **choices: str
) -> list[Any]:
    """Return what a column of text cells is read as."""
    header = 'a "hostile" name'
    connection.execute(f"create or replace temp table source_cells (line_number bigint, {quoted(header)} varchar)")
    connection.executemany("insert into source_cells values (?, ?)", list(enumerate(cells)))
    table = next(table for table in TABLES.values() if column in table.columns)
    recipe = with_marks(connection, identity_recipe(table, {header: column.name}, **choices))
    connection.execute(f"create or replace temp view cells as {recipe_sql(recipe, [header])}")
    made = recipe_sql(settled(connection, table, recipe), [header])
    (reading,) = readings_of([column])
    found = connection.execute(f"select {reading.sql} from ({made}) order by line_number").fetchall()
    return [value for (value,) in found]


def days(*isos: str | None) -> list[date | None]:
    return [date.fromisoformat(iso) if iso else None for iso in isos]


def moments(*isos: str | None) -> list[datetime | None]:
    return [datetime.fromisoformat(iso) if iso else None for iso in isos]


@pytest.mark.parametrize(
    "cells",
    [
        ["2026-03-02", "2026-3-2"],
        ["2026/03/02", "2026/3/2"],
        ["2026.03.02", "2026.3.2"],
        ["2026年3月2日", "2026年03月02日"],
        ["20260302", "2026-03-02"],
        ["2 Mar 2026", "02-Mar-26"],
        ["2 March 2026", "02-mar-2026"],
        ["2026-03-02 00:00:00", "2026-03-02T00:00:00"],
    ],
)
def test_a_day_is_read_in_every_style_that_puts_the_year_first_or_names_the_month(
    connection: duckdb.DuckDBPyConnection, cells: list[str]
) -> None:
    assert read(connection, WORK_DATE, cells) == days("2026-03-02", "2026-03-02")


def test_a_day_over_twelve_decides_the_order_for_the_whole_column(connection: duckdb.DuckDBPyConnection) -> None:
    assert read(connection, WORK_DATE, ["03/04/2026", "25/04/2026"]) == days("2026-04-03", "2026-04-25")
    assert read(connection, WORK_DATE, ["03/04/2026", "04/25/2026"]) == days("2026-03-04", "2026-04-25")
    assert read(connection, WORK_DATE, ["3.4.26", "25.4.26"]) == days("2026-04-03", "2026-04-25")


def test_dates_that_can_be_read_both_ways_ask_the_user(connection: duckdb.DuckDBPyConnection) -> None:
    with pytest.raises(ImportRefusedError, match="03/04/2026") as caught:
        read(connection, WORK_DATE, ["03/04/2026", "05/06/2026"])
    assert "--date-order" in caught.value.advice
    assert read(connection, WORK_DATE, ["03/04/2026"], date_order="mdy") == days("2026-03-04")
    assert read(connection, WORK_DATE, ["03/04/2026"], date_order="dmy") == days("2026-04-03")


def test_dates_that_are_the_same_both_ways_need_no_question(connection: duckdb.DuckDBPyConnection) -> None:
    assert read(connection, WORK_DATE, ["03/03/2026", "2026-03-04"]) == days("2026-03-03", "2026-03-04")


def test_evidence_for_both_orders_asks_the_user(connection: duckdb.DuckDBPyConnection) -> None:
    with pytest.raises(ImportRefusedError, match=r"25/04/2026.*04/26/2026") as caught:
        read(connection, WORK_DATE, ["25/04/2026", "04/26/2026"])
    assert "--date-order" in caught.value.advice


@pytest.mark.parametrize("order", ["dmy", "mdy"])
def test_one_bad_row_never_flips_the_column(connection: duckdb.DuckDBPyConnection, order: str) -> None:
    good = [date(2026, 3, 1) + timedelta(days=n) for n in range(60)]
    style, bad = ("%d/%m/%Y", "04/31/2026") if order == "dmy" else ("%m/%d/%Y", "31/04/2026")
    cells = [bad, "tomorrow", *(day.strftime(style) for day in good)]
    assert read(connection, WORK_DATE, cells) == [None, None, *good]


def test_a_day_that_does_not_exist_is_not_moved_to_one_that_does(connection: duckdb.DuckDBPyConnection) -> None:
    cells = ["2026-02-30", "2026-13-01", "30.02.2026", "2026-03-02x", "", "2026-03-02"]
    assert read(connection, WORK_DATE, cells)[-1] == date(2026, 3, 2)
    assert read(connection, WORK_DATE, cells)[:-1] == [None] * 5


def test_a_word_that_a_database_understands_is_still_no_date(connection: duckdb.DuckDBPyConnection) -> None:
    assert read(connection, WORK_DATE, ["epoch", "infinity", "today", "now"]) == [None] * 4
    assert read(connection, STARTED_AT, ["epoch", "infinity", "today", "now"]) == [None] * 4


@pytest.mark.parametrize("cell", ["2026-03-02 08:00:00 XST", "2026-03-02 25:00", "2026-03-02 08:61", "2026-03-02 8"])
def test_a_time_that_can_not_be_placed_is_not_guessed(connection: duckdb.DuckDBPyConnection, cell: str) -> None:
    assert read(connection, STARTED_AT, [cell, "2026-03-02"]) == moments(None, "2026-03-02")


def test_a_short_name_of_a_zone_stands_behind_the_local_time_and_does_not_move_it(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    assert read(connection, STARTED_AT, ["2026-03-02 08:00:00 CST"]) == moments("2026-03-02T08:00")


@pytest.mark.parametrize(
    "cell", ["2026-03-02x", "2026-03-02 - 2026-03-05", "2026-03-02 soon", "02.03.2026 bis 04.03.2026", "2026-03-02 8"]
)
def test_nothing_but_a_weekday_or_a_time_of_day_may_stand_behind_a_day(
    connection: duckdb.DuckDBPyConnection, cell: str
) -> None:
    cells = ["2026-03-02 Mon", "2026-03-02 (星期一)", "02.03.2026 08:30 PM", "2. März 2026", cell]
    assert read(connection, WORK_DATE, cells) == [*days(*["2026-03-02"] * 4), None]


def test_a_moment_with_a_zone_is_brought_to_utc_and_one_without_stays(connection: duckdb.DuckDBPyConnection) -> None:
    cells = ["2026-03-02T08:00:00+08:00", "2026-03-02 08:00:00Z", "2026-03-02 08:00", "2026-03-02"]
    assert read(connection, STARTED_AT, cells) == moments(
        "2026-03-02T00:00", "2026-03-02T08:00", "2026-03-02T08:00", "2026-03-02T00:00"
    )


@pytest.mark.parametrize(
    ("cell", "iso"),
    [
        ("2026/3/2 18:05", "2026-03-02T18:05"),
        ("2026年3月2日 18:05:30", "2026-03-02T18:05:30"),
        ("25/03/2026 6:05 PM", "2026-03-25T18:05"),
        ("3/25/2026 06:05:10 pm", "2026-03-25T18:05:10"),
        ("2 Mar 2026 18:05", "2026-03-02T18:05"),
        ("20260302 18:05", "2026-03-02T18:05"),
        ("2026/03/02 08:00:00+08:00", "2026-03-02T00:00"),
        ("2026-03-02 08:00:00 +0800", "2026-03-02T00:00"),
        ("2026-03-02 08:00:00 UTC", "2026-03-02T08:00"),
        ("2026-3-2 8:00-05:00", "2026-03-02T13:00"),
        ("2026-3-2 8:00 PM", "2026-03-02T20:00"),
        ("2026-03-02T08:00:00.25Z", "2026-03-02T08:00:00.250"),
    ],
)
def test_a_moment_is_read_with_its_time_of_day(connection: duckdb.DuckDBPyConnection, cell: str, iso: str) -> None:
    assert read(connection, STARTED_AT, [cell]) == moments(iso)


@examples(40)
@given(
    days_=st.lists(st.dates(date(1990, 1, 1), date(2036, 12, 31)), min_size=1, max_size=30),
    style=st.sampled_from(["%Y-%m-%d", "%Y/%m/%d", "%Y年%m月%d日", "%d.%m.%Y", "%m/%d/%Y", "%d %b %Y"]),
)
def test_days_that_are_written_in_one_style_come_back(
    connection: duckdb.DuckDBPyConnection, days_: list[date], style: str
) -> None:
    order = {"%d.%m.%Y": "dmy", "%m/%d/%Y": "mdy"}.get(style, "")
    assert read(connection, WORK_DATE, [day.strftime(style) for day in days_], date_order=order) == days_


@examples(40)
@given(st.lists(st.dates(date(1990, 1, 1), date(2036, 12, 31)), min_size=1, max_size=30))
def test_a_day_first_column_is_read_right_or_asks(connection: duckdb.DuckDBPyConnection, days_: list[date]) -> None:
    try:
        found = read(connection, WORK_DATE, [day.strftime("%d/%m/%Y") for day in days_])
    except ImportRefusedError:
        assert all(day.day <= 12 for day in days_)
    else:
        assert found == days_


@pytest.mark.parametrize(
    ("cells", "numbers"),
    [
        (["7.5", "8"], [7.5, 8]),
        (["7,5", "8"], [7.5, 8]),
        (["1.234,5", "7,25"], [1234.5, 7.25]),
        (["1,234.5", "7.25"], [1234.5, 7.25]),
        (["1 234,5", "1\u00a0234,5"], [1234.5, 1234.5]),
        (["1'234,5", "-2,5"], [1234.5, -2.5]),
        (["+7.5", ".5"], [7.5, 0.5]),
        (["1,234", "7.5"], [1234, 7.5]),
        (["1.234", "7,5"], [1234, 7.5]),
    ],
)
def test_one_decimal_mark_is_found_for_the_whole_column(
    connection: duckdb.DuckDBPyConnection, cells: list[str], numbers: list[float]
) -> None:
    assert read(connection, ESTIMATED, cells) == numbers


def test_a_comma_that_may_be_decimal_or_thousands_asks_the_user(connection: duckdb.DuckDBPyConnection) -> None:
    with pytest.raises(ImportRefusedError, match="1,234") as caught:
        read(connection, ESTIMATED, ["1,234", "5"])
    assert "--decimal" in caught.value.advice
    assert read(connection, ESTIMATED, ["1,234", "5"], decimal_mark="comma") == [1.234, 5]
    assert read(connection, ESTIMATED, ["1,234", "5"], decimal_mark="point") == [1234, 5]


def test_an_amount_of_money_has_no_three_decimals(connection: duckdb.DuckDBPyConnection) -> None:
    assert read(connection, COST, ["1,234", "5"]) == [1234, 5]
    assert read(connection, COST, ["25.000,5", "1.234"]) == [25000.5, 1234]


def test_decimal_points_and_commas_in_equal_parts_ask_the_user(connection: duckdb.DuckDBPyConnection) -> None:
    with pytest.raises(ImportRefusedError, match="mixes"):
        read(connection, WORKED, ["7.5", "7,25"])


def test_one_comma_among_many_points_is_refused_and_not_the_column(connection: duckdb.DuckDBPyConnection) -> None:
    cells = ["7,5"] + [f"{n}.25" for n in range(1, 25)]
    assert read(connection, WORKED, cells) == [None] + [n + 0.25 for n in range(1, 25)]


@pytest.mark.parametrize("cell", ["infinity", "nan", "0x1f", "1_000", "8 apples", "1,2,3", "--5", "1e", "八"])
def test_what_no_person_would_call_a_number_is_not_one(connection: duckdb.DuckDBPyConnection, cell: str) -> None:
    assert read(connection, WORKED, [cell, "8"]) == [None, 8]


def test_durations_are_hours_even_beyond_a_day(connection: duckdb.DuckDBPyConnection) -> None:
    cells = ["7:30", "26:30:00", "0:00:36", "-1:30", "7.5", "8"]
    assert read(connection, WORKED, cells) == pytest.approx([7.5, 26.5, 0.01, -1.5, 7.5, 8])


def test_hours_may_carry_their_unit(connection: duckdb.DuckDBPyConnection) -> None:
    cells = ["7h30", "8h", "8 hours", "450 min", "2.5小时", "7 h 30 m", "7:20"]
    assert read(connection, WORKED, cells) == pytest.approx([7.5, 8, 8, 7.5, 2.5, 7.5, 7 + 1 / 3])


def test_digits_of_other_scripts_are_digits(connection: duckdb.DuckDBPyConnection) -> None:
    assert read(connection, WORKED, ["٧٫٥", "７．５", "7.5"]) == [7.5, 7.5, 7.5]
    assert read(connection, WORK_DATE, ["２０２６-０３-０２", "۲۰۲۶/۰۳/۰۲"]) == days("2026-03-02", "2026-03-02")


def test_a_number_that_no_whole_one_can_hold_is_refused(connection: duckdb.DuckDBPyConnection) -> None:
    assert read(connection, NIGHTS, ["100000000000000000000", "3 nights", "3"]) == [None, None, 3]


def test_a_clock_with_seventy_minutes_is_no_duration(connection: duckdb.DuckDBPyConnection) -> None:
    assert read(connection, WORKED, ["7:70", "7:3", "7:30"]) == [None, None, 7.5]


def test_a_clock_is_no_amount_of_money(connection: duckdb.DuckDBPyConnection) -> None:
    assert read(connection, COST, ["7:30", "8"]) == [None, 8]


def test_whole_numbers_are_whole(connection: duckdb.DuckDBPyConnection) -> None:
    assert read(connection, NIGHTS, ["3", "4.0", "2.5", "x", "1e20"]) == [3, 4, None, None, None]
    assert read(connection, NIGHTS, ["1.5"]) == [None]
    assert read(connection, NIGHTS, ["0x1f"]) == [None]


@examples(40)
@given(st.lists(st.integers(1, 24 * 3600 * 30), min_size=1, max_size=20))
def test_seconds_survive_as_clock_times(connection: duckdb.DuckDBPyConnection, seconds: list[int]) -> None:
    cells = [f"{s // 3600}:{s // 60 % 60:02d}:{s % 60:02d}" for s in seconds]
    assert read(connection, WORKED, cells) == pytest.approx([s / 3600 for s in seconds], abs=1e-9)


@examples(40)
@given(st.lists(st.integers(-(10**9), 10**9), min_size=1, max_size=20), st.sampled_from(["point", "comma"]))
def test_hundredths_survive_with_either_decimal_mark(
    connection: duckdb.DuckDBPyConnection, hundredths: list[int], mark: str
) -> None:
    cells = [f"{n / 100:,.2f}" for n in hundredths]
    if mark == "comma":
        cells = [cell.replace(",", " ").replace(".", ",").replace(" ", ".") for cell in cells]
    assert read(connection, ESTIMATED, cells) == [n / 100 for n in hundredths]


def test_yes_and_no_are_understood_in_many_languages(connection: duckdb.DuckDBPyConnection) -> None:
    yes = ["yes", "TRUE", "1", "x", "是", "Ja", "oui", "да", "はい", "Y", "ДА"]
    no = ["no", "False", "0", "否", "nein", "NON", "нет", "いいえ", "-", "n"]
    assert read(connection, ONSITE, yes) == [True] * len(yes)
    assert read(connection, ONSITE, no) == [False] * len(no)
    assert read(connection, ONSITE, ["perhaps", None]) == [None, None]


def test_labels_are_compared_without_case_and_spaces(connection: duckdb.DuckDBPyConnection) -> None:
    assert read(connection, STATUS, ["Active", "ON HOLD", "on-hold"]) == ["active", "on_hold", "on_hold"]
    assert read(connection, ACTIVITY, ["Data Migration", "data_migration"]) == ["data_migration"] * 2


def test_an_unknown_label_is_other_where_there_is_such_a_label_and_unknown_elsewhere(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    assert read(connection, ACTIVITY, ["gardening", None]) == ["other", None]
    assert read(connection, STATUS, ["gardening", None]) == [None, None]


@examples(40)
@given(st.lists(st.one_of(st.none(), st.text(max_size=20)), min_size=1, max_size=10), st.sampled_from([0, 1, 2, 3]))
def test_no_text_at_all_breaks_a_reading(
    connection: duckdb.DuckDBPyConnection, cells: list[str | None], which: int
) -> None:
    column = (WORK_DATE, STARTED_AT, WORKED, LEVEL)[which]
    clean = [None if cell is None else cell.encode("utf-8", "ignore").decode().replace("\0", "") for cell in cells]
    try:
        found = read(connection, column, clean)
    except ImportRefusedError:
        return
    assert len(found) == len(cells)


@examples(40)
@given(st.text(max_size=30))
def test_quoting_keeps_any_name_and_any_text_whole(connection: duckdb.DuckDBPyConnection, text: str) -> None:
    name = text.encode("utf-8", "ignore").decode().replace("\0", "") or "x"
    found = connection.execute(f"select {literal(name)} as {quoted(name)}")
    assert [column[0] for column in found.description] == [name]
    assert found.fetchone() == (name,)
