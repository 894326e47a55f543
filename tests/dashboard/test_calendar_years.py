"""Both the Data page and `golive status` say up to which year holidays are known, and never two different years."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.answers.data_state import calendar_years
from dashboard.answers.door import read_firm

if TYPE_CHECKING:
    from pathlib import Path


def test_holidays_are_known_up_to_the_year_before_the_first_provisional_one(company_file: Path) -> None:
    known: dict[object, int] = dict(calendar_years(company_file)[["country", "known_year"]].itertuples(index=False))
    first = read_firm(
        company_file,
        "select country, min(year(calendar_date)) as first_year from marts.calendar_days"
        " where is_provisional group by country",
    )
    assert len(known) > 0
    for country, year in first.itertuples(index=False):
        assert known[country] == year - 1
