"""The same cells give the same rows, the same refusals or the same question, whatever the headers are called."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.data.one_reading import HEADERS, outcome
from tests.laws import examples

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tests.data.one_reading import Outcome

HOURS: Final = ("person_id", "project_id", "work_date", "worked_hours", "is_onsite")
MOMENTS: Final = ("person_id", "project_id", "work_date", "worked_hours", "started_at", "ended_at")
FOREIGN: Final = tuple(name for name in HEADERS if name != "contract")
GERMAN_MONTHS: Final = (
    "Januar",
    "Februar",
    "März",
    "April",
    "Mai",
    "Juni",
    "Juli",
    "August",
    "Sept.",
    "Okt.",
    "Nov.",
    "Dez.",
)
ARABIC: Final = str.maketrans("0123456789.", "٠١٢٣٤٥٦٧٨٩٫")
WIDE: Final = str.maketrans("0123456789:", "０１２３４５６７８９：")

DAYS: Final[dict[str, Callable[[date], str]]] = {
    "ISO": date.isoformat,
    "short": lambda day: f"{day.year}-{day.month}-{day.day}",
    "slashes, year first": lambda day: f"{day:%Y/%m/%d}",
    "Chinese": lambda day: f"{day.year}年{day.month}月{day.day}日",
    "compact": lambda day: f"{day:%Y%m%d}",
    "dots": lambda day: f"{day:%d.%m.%Y}",
    "slashes": lambda day: f"{day:%d/%m/%Y}",
    "month first": lambda day: f"{day:%m/%d/%Y}",
    "German month": lambda day: f"{day.day}. {GERMAN_MONTHS[day.month - 1]} {day.year}",
    "English month": lambda day: f"{day:%d %b %Y}",
    "American": lambda day: f"{day:%b} {day.day}, {day.year}",
    "weekday before": lambda day: f"{day:%a} {day:%d.%m.%Y}",
    "weekday behind": lambda day: f"{day.isoformat()} {day:%A}",
    "with midnight": lambda day: f"{day.isoformat()} 00:00:00",
    "in UTC": lambda day: f"{day.isoformat()}T22:30:00Z",
    "with an offset": lambda day: f"{day.isoformat()} 08:00:00+08:00",
    "wide": lambda day: day.isoformat().translate(WIDE),
    "guarded": lambda day: f'="{day.isoformat()}"',
}
DURATIONS: Final[dict[str, Callable[[int], str]]] = {
    "point": lambda minutes: f"{minutes / 60:g}",
    "comma": lambda minutes: f"{minutes / 60:.2f}".replace(".", ","),
    "clock": lambda minutes: f"{minutes // 60}:{minutes % 60:02d}",
    "seconds": lambda minutes: f"{minutes // 60}:{minutes % 60:02d}:00",
    "h between": lambda minutes: f"{minutes // 60}h{minutes % 60:02d}",
    "unit behind": lambda minutes: f"{minutes / 60:g} h",
    "two units": lambda minutes: f"{minutes // 60} h {minutes % 60} min",
    "minutes": lambda minutes: f"{minutes} min",
    "Chinese": lambda minutes: f"{minutes / 60:g}小时",
    "Arabic": lambda minutes: f"{minutes / 60:g}".translate(ARABIC),
    "wide": lambda minutes: f"{minutes // 60}:{minutes % 60:02d}".translate(WIDE),
}
FLAGS: Final = ("ja", "nein", "yes", "no", "是", "否", "x", "-", "1", "0", "TRUE", "", "vielleicht", "não")
NOTHING: Final = ("", "-", "N/A")
ODD: Final = ("soon", "2026-02-30", "31.02.2026", "8,5,5", "7:75", "--5", "infinity", "1e3", "0x1f")


def compare(columns: Sequence[str], rows: Sequence[Sequence[str]], *languages: str, **answers: str) -> Outcome:
    """Hold what comes of rows under foreign headers against what comes of them under our own; return the latter."""
    own = outcome("contract", columns, rows, answers)
    for language in languages or FOREIGN:
        assert outcome(language, columns, rows, answers) == own, language
    return own


def rows_of(days: Sequence[str], hours: Sequence[str], flags: Sequence[str]) -> list[list[str]]:
    """Return rows of one day each, of persons and projects that change."""
    cells = zip(days, hours, flags, strict=True)
    return [[f"P{n % 3 + 1}", f"X{n % 2 + 1}", *one] for n, one in enumerate(cells)]


def language_of(style: str) -> str:
    """Return one of the foreign languages, always the same for a style."""
    return FOREIGN[len(style) % len(FOREIGN)]


def test_the_file_that_was_read_in_two_ways_is_read_in_one() -> None:
    rows = rows_of(["2. März 2026", "13. März 2026"], ["7h30", "8h"], ["ja", "nein"])
    kind, typed, refused = compare(HOURS, rows)
    assert (kind, refused) == ("reads", [])
    assert [row[2:5] for row in typed] == [("2026-03-02", 7.5, True), ("2026-03-13", 8.0, False)]


def test_a_refused_cell_is_shown_as_it_stands_in_the_file() -> None:
    rows = rows_of(
        ["02.03.2026", "31.02.2026", "03.03.2026", "04.03.2026"],
        ["7,5", "8", "24,5", "6"],
        ["ja", "ja", "ja", "perhaps"],
    )
    assert compare(HOURS, rows) == (
        "reads",
        [("P1", "X1", "2026-03-02", 7.5, True, None, None, None, None)],
        [
            (3, "work_date", "31.02.2026", "is not a date"),
            (4, "worked_hours", "24,5", "must be at most 24 hours"),
            (5, "is_onsite", "perhaps", "is neither yes nor no"),
        ],
    )


def test_what_fits_two_readings_is_asked_in_both_ways() -> None:
    days = rows_of(["01/02/2026", "02/03/2026"], ["8", "7"], ["ja", "nein"])
    assert compare(HOURS, days) == ("asks", ("date_order",), ())
    assert compare(HOURS, days, date_order="mdy")[0] == "reads"
    hours = rows_of(["2026-03-02", "2026-03-03"], ["1,125", "1,250"], ["ja", "nein"])
    assert compare(HOURS, hours) == ("asks", ("decimal_mark",), ())
    assert compare(HOURS, hours, decimal_mark="comma")[0] == "reads"


@pytest.mark.parametrize("style", DAYS)
def test_a_day_is_the_same_day_under_any_header(style: str) -> None:
    days = [DAYS[style](date(2026, 1, 12) + timedelta(days=8 * n)) for n in range(6)]
    kind, typed, refused = compare(HOURS, rows_of(days, ["7.5"] * 6, ["ja"] * 6), language_of(style))
    assert (kind, len(typed), refused) == ("reads", 6, [])
    assert typed[0][2] == "2026-01-12"


@pytest.mark.parametrize("style", DURATIONS)
def test_hours_are_the_same_hours_under_any_header(style: str) -> None:
    hours = [DURATIONS[style](minutes) for minutes in (450, 75, 480, 435)]
    days = ["2026-03-02", "2026-03-03", "2026-03-04", "2026-03-05"]
    kind, typed, refused = compare(HOURS, rows_of(days, hours, ["ja"] * 4), language_of(style))
    assert (kind, refused) == ("reads", [])
    assert [row[3] for row in typed] == [7.5, 1.25, 8.0, 7.25]


@pytest.mark.parametrize(
    "moments",
    [
        ["2026-03-02 08:00", "2026-03-03 08:00:00"],
        ["2026-03-02T08:00:00.250+08:00", "2026-03-03T08:00:00Z"],
        ["02.03.2026 08:00", "13.03.2026 17:30:10"],
        ["3/2/2026 8:05 AM", "3/13/2026 8:05 PM"],
        ["2026/3/2 上午 8:05", "2026/3/3 下午 8:05"],
        ["2026-03-02 08:00 CET", "2026-03-03 25:00"],
        ["2 Mar 2026 08:00 GMT+0100", "3. März 2026 08:00"],
    ],
)
def test_a_moment_is_the_same_moment_under_any_header(moments: list[str]) -> None:
    rows = [["P1", "X1", f"2026-03-0{n + 2}", "1", moment, ""] for n, moment in enumerate(moments)]
    assert compare(MOMENTS, rows, language_of(moments[0]))[0] == "reads"


@st.composite
def files(draw: st.DrawFn) -> list[list[str]]:
    """Draw a file whose columns are written in one way each, but for some cells in another way or in none."""
    style, unit = draw(st.sampled_from(sorted(DAYS))), draw(st.sampled_from(sorted(DURATIONS)))
    count = draw(st.integers(5, 12))
    first = date(2025, 12, 1) + timedelta(days=draw(st.integers(0, 60)))
    days = [DAYS[style](first + timedelta(days=n)) for n in range(count)]
    hours = [
        DURATIONS[unit](minutes)
        for minutes in draw(st.lists(st.sampled_from([15, 75, 240, 450, 465]), min_size=count, max_size=count))
    ]
    if draw(st.booleans()):  # a row without a day may be a sum of others: days are never left empty
        days[draw(st.integers(0, count - 1))] = draw(
            st.sampled_from([*ODD, *(write(first) for write in DAYS.values())])
        )
    if draw(st.booleans()):
        others = [*NOTHING, *ODD, *(write(450) for write in DURATIONS.values())]
        hours[draw(st.integers(0, count - 1))] = draw(st.sampled_from(others))
    return rows_of(days, hours, draw(st.lists(st.sampled_from(FLAGS), min_size=count, max_size=count)))


@examples(20)
@given(files(), st.sampled_from(FOREIGN))
def test_any_cells_give_the_same_under_any_header(rows: list[list[str]], language: str) -> None:
    compare(HOURS, rows, language)
