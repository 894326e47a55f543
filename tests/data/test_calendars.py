"""Working days: China's make-up workdays typed by hand, provisional years, overrides, names of countries."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.calendars import (
    CalendarOverrideError,
    UnknownCountryError,
    country_code,
    known_country,
    latest_official_year,
    read_overrides,
    working_days,
)

if TYPE_CHECKING:
    from pathlib import Path

# Typed by hand from the State Council notices 国办发明电〔2023〕7号, 〔2024〕12号 and 〔2025〕7号.
MAKEUP_DAYS = {
    2024: "02-04 02-18 04-07 04-28 05-11 09-14 09-29 10-12",
    2025: "01-26 02-08 04-27 09-28 10-11",
    2026: "01-04 02-14 02-28 05-09 09-20 10-10",
}
WORKDAYS = {2024: 251, 2025: 248, 2026: 248}


def year_of(country: str, year: int) -> pd.DataFrame:
    return working_days([country], date(year, 1, 1), date(year, 12, 31))


def kind_on(days: pd.DataFrame, day: str) -> str:
    return str(days.loc[days["calendar_date"].eq(pd.Timestamp(day)), "day_kind"].item())


def overrides(*rows: tuple[str, str, str]) -> pd.DataFrame:
    return pd.DataFrame(
        [(*row, "notice", "ana") for row in rows], columns=["region", "date", "kind", "source", "entered_by"]
    )


@pytest.mark.parametrize("year", [2024, 2025, 2026])
def test_china_has_as_many_workdays_as_the_notice_says(year: int) -> None:
    days = year_of("CN", year)
    assert days["is_workday"].sum() == WORKDAYS[year]
    assert not days["is_provisional"].any()


@pytest.mark.parametrize("year", [2024, 2025, 2026])
def test_china_works_on_exactly_the_announced_weekend_days(year: int) -> None:
    days = year_of("CN", year)
    made_up = days.loc[days["day_kind"].eq("makeup_work")]
    assert " ".join(made_up["calendar_date"].dt.strftime("%m-%d")) == MAKEUP_DAYS[year]
    assert made_up["is_workday"].all()
    assert made_up["calendar_date"].dt.day_of_week.ge(5).all()
    assert made_up["holiday_name"].isna().all()


def test_china_has_thirteen_statutory_days_since_2025() -> None:
    assert year_of("CN", 2026)["is_statutory"].sum() == 13
    assert year_of("CN", 2025)["is_statutory"].sum() == 13


def test_a_day_off_that_was_moved_is_a_holiday_but_not_statutory() -> None:
    day = year_of("CN", 2026).set_index("calendar_date").loc[pd.Timestamp("2026-02-20")]
    assert (day["day_kind"], bool(day["is_workday"]), bool(day["is_statutory"])) == ("holiday", False, False)


def test_a_year_without_a_notice_is_provisional() -> None:
    official = latest_official_year("CN")
    assert official is not None
    assert official >= 2026
    assert year_of("CN", official + 1)["is_provisional"].all()
    assert not year_of("CN", official)["is_provisional"].any()


def test_a_country_whose_holidays_follow_a_rule_is_never_provisional() -> None:
    assert latest_official_year("DE") is None
    assert not year_of("DE", 2035)["is_provisional"].any()


def test_an_unknown_country_is_refused_by_name() -> None:
    assert not known_country("XX")
    with pytest.raises(UnknownCountryError, match="XX"):
        year_of("XX", 2026)


def test_weekends_are_those_of_the_country() -> None:
    assert kind_on(year_of("SA", 2026), "2026-06-12") == "weekend"  # a Friday
    assert kind_on(year_of("SA", 2026), "2026-06-14") == "work"  # a Sunday
    assert kind_on(year_of("AE", 2026), "2026-06-14") == "weekend"


def test_japan_has_its_substitute_and_sandwiched_holidays() -> None:
    days = year_of("JP", 2026)
    assert kind_on(days, "2026-05-06") == "holiday"
    assert kind_on(days, "2026-09-22") == "holiday"


def test_no_country_gives_no_rows_but_all_columns() -> None:
    days = working_days([], date(2026, 1, 1), date(2026, 1, 2))
    assert days.empty
    assert list(days.columns) == list(year_of("DE", 2026).columns)


def test_an_override_wins_over_the_library() -> None:
    said = overrides(("CN", "2026-11-24", "holiday"), ("CN", "2026-11-28", "makeup_work"))
    days = working_days(["CN", "DE"], date(2026, 11, 23), date(2026, 11, 29), said)
    china = days.loc[days["country"].eq("CN")]
    assert list(china["is_workday"]) == [True, False, True, True, True, True, False]
    assert set(china.loc[china["calendar_date"].eq(pd.Timestamp("2026-11-24")), "source"]) == {"notice"}
    assert days.loc[days["country"].eq("DE"), "is_workday"].sum() == 5


def test_an_override_of_one_holiday_leaves_the_rest_of_the_year_provisional() -> None:
    official = latest_official_year("CN")
    assert official is not None
    year = official + 1
    said = overrides(("CN", f"{year}-03-03", "holiday"))
    days = working_days(["CN"], date(year, 3, 2), date(year, 3, 4), said)
    assert list(days["is_provisional"]) == [True, False, True]


def test_a_makeup_workday_among_the_overrides_makes_the_year_official() -> None:
    official = latest_official_year("CN")
    assert official is not None
    year = official + 1
    said = overrides(("CN", f"{year}-02-20", "makeup_work"))
    assert not working_days(["CN"], date(year, 1, 1), date(year, 12, 31), said)["is_provisional"].any()


def test_overrides_are_read_from_a_file_with_country_names(tmp_path: Path) -> None:
    path = tmp_path / "calendar_overrides.csv"
    path.write_text(
        "region,date,kind,source,entered_by\n越南,2026-01-10,makeup_work,decree,ana\n", encoding="utf-8-sig"
    )
    said = read_overrides(path)
    assert kind_on(working_days(["VN"], date(2026, 1, 9), date(2026, 1, 11), said), "2026-01-10") == "makeup_work"


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("Atlantis,2026-01-10,holiday,x,y", "Atlantis"),
        ("CN,10/01/2026,holiday,x,y", "not a date"),
        ("CN,2026-01-10,party,x,y", "party"),
    ],
)
def test_a_bad_override_is_refused_with_its_line(tmp_path: Path, line: str, reason: str) -> None:
    path = tmp_path / "calendar_overrides.csv"
    path.write_text(f"region,date,kind,source,entered_by\nCN,2026-01-09,work,x,y\n{line}\n", encoding="utf-8")
    with pytest.raises(CalendarOverrideError, match=f"line 3.*{reason}"):
        read_overrides(path)


def test_an_override_file_without_a_column_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "calendar_overrides.csv"
    path.write_text("region,date\nCN,2026-01-09\n", encoding="utf-8")
    with pytest.raises(CalendarOverrideError, match="kind"):
        read_overrides(path)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("China", "CN"),
        ("中国", "CN"),
        ("中國", "CN"),
        ("CN", "CN"),
        (" cn ", "CN"),
        ("CHN", "CN"),
        ("Deutschland", "DE"),
        ("德国", "DE"),
        ("Allemagne", "DE"),
        ("Германия", "DE"),
        ("Japan", "JP"),
        ("日本", "JP"),
        ("UK", "GB"),
        ("United  States", "US"),
        ("", None),
        ("Shanghai", None),
        ("World", None),
    ],
)
def test_a_country_is_understood_in_several_languages(text: str, code: str | None) -> None:
    assert country_code(text) == code


def test_every_calendar_can_be_built() -> None:
    codes = {code for name in ("CN", "DE", "FR", "IN", "IR", "TW", "RU", "HK", "GB", "BR") if (code := name)}
    days = working_days(codes, date(2019, 1, 1), date(2028, 12, 31))
    assert len(days) == len(codes) * 3653


@given(
    st.sampled_from(["CN", "DE", "SA", "TW", "VN"]),
    st.dates(date(2018, 1, 1), date(2028, 1, 1)),
    st.integers(0, 40),
)
def test_each_day_stands_once_and_its_kind_agrees_with_its_flag(country: str, first: date, more_days: int) -> None:
    days = working_days([country], first, first + timedelta(days=more_days))
    assert list(days["calendar_date"]) == [pd.Timestamp(first) + pd.Timedelta(days=n) for n in range(more_days + 1)]
    assert days["is_workday"].eq(days["day_kind"].isin(["work", "makeup_work"])).all()
    assert days["holiday_name"].notna().eq(days["day_kind"].eq("holiday")).all()
