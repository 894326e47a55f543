"""Which days are workdays in which country, with China's make-up workdays and the overrides of the firm.

The days come from the ``holidays`` library. Where a government moves workdays by a notice each year, the library
knows a year only once the notice is out; later years are marked provisional instead of guessed in silence.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from importlib.metadata import version
from typing import TYPE_CHECKING, Final

import holidays
import numpy as np
import pandas as pd
from babel import Locale
from holidays.registry import COUNTRIES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    import numpy.typing as npt

#: Countries whose government moves workdays by a notice each year (China's 调休 is the best known).
#: Taiwan is not among them: it gave make-up workdays up in 2025.
YEARLY_NOTICE_COUNTRIES: Final = frozenset({"AZ", "BY", "CN", "HU", "KG", "KZ", "LV", "MM", "RU", "UZ", "VN"})

#: Years that are searched for announced make-up workdays; the library can't know later ones.
_SEARCHED_YEARS: Final = range(2015, 2051)

#: A day off whose name carries one of these words was moved there, so it is no statutory (in China 300 % pay) day.
_MOVED_WORDS: Final = ("observed", "substitut")

#: What an override may say, and whether that is a workday.
OVERRIDE_KINDS: Final = {"work": True, "makeup_work": True, "holiday": False, "weekend": False}

OVERRIDE_COLUMNS: Final = ("region", "date", "kind", "source", "entered_by")

_SOURCE: Final = f"holidays {version('holidays')}"

#: Languages in which the name of a country is understood.
_NAME_LANGUAGES: Final = ("en", "zh", "zh_Hant", "de", "fr", "ja", "ru")

#: Names in daily use that are no ISO code and no territory name.
_OTHER_NAMES: Final = {
    "uk": "GB",
    "great britain": "GB",
    "england": "GB",
    "usa": "US",
    "u.s.a.": "US",
    "prc": "CN",
    "p.r. china": "CN",
    "mainland china": "CN",
    "people's republic of china": "CN",
    "中华人民共和国": "CN",
    "中国大陆": "CN",
    "中國大陸": "CN",
    "hong kong": "HK",
    "香港": "HK",
    "macau": "MO",
    "macao": "MO",
    "澳门": "MO",
    "澳門": "MO",
    "台湾": "TW",
    "korea": "KR",
    "czech republic": "CZ",
    "turkey": "TR",
    "uae": "AE",
    "阿联酋": "AE",
}


class UnknownCountryError(ValueError):
    """No calendar is known for this country."""

    def __init__(self, code: str) -> None:
        super().__init__(
            f"No calendar is known for the country “{code}”. Use a code of two letters such as CN, DE or JP."
        )
        self.code = code


class CalendarOverrideError(ValueError):
    """A line of calendar_overrides.csv can't be used."""


def known_country(code: str) -> bool:
    """Tell whether there is a calendar for this code of two letters (ISO 3166)."""
    return code in _calendar_codes()


def country_code(text: str) -> str | None:
    """Return the code of two letters for a code or a name in English, Chinese, German, French, Japanese or Russian.

    ``None`` when the text names no country. A country may have a code and yet no calendar: ask ``known_country``.
    """
    return _country_names().get(" ".join(text.split()).casefold())


@lru_cache(maxsize=256)
def latest_official_year(country: str) -> int | None:
    """Return the last year whose make-up workdays were announced; ``None`` where no notice is needed."""
    if country not in YEARLY_NOTICE_COUNTRIES:
        return None
    return max((day.year for day in _library(country, _SEARCHED_YEARS).weekend_workdays), default=0)


def working_days(
    countries: Iterable[str], first: date, last: date, overrides: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Return one row per country and day: is it a workday, of what kind, and how sure are we.

    Parameters
    ----------
    countries
        Codes of two letters (ISO 3166).
    first, last
        Both days are included.
    overrides
        Rows of ``calendar_overrides.csv`` (see ``read_overrides``); they win over the library.

    Returns
    -------
    DataFrame
        ``country``, ``calendar_date``, ``is_workday``, ``day_kind`` (work, weekend, holiday, makeup_work),
        ``is_provisional`` (the year's notice is not out yet, or the day is an estimate of the moon calendar),
        ``holiday_name`` (null on other days), ``is_statutory`` (a holiday on its own day, not one moved there),
        ``is_weekend`` (a day of the country's weekend, holiday or not, that is no make-up workday),
        ``source`` (the library with its version, or the override's source).

    Raises
    ------
    UnknownCountryError
        When there is no calendar for a country.
    """
    wanted = sorted(set(countries))
    parts = [_country_days(country, first, last) for country in wanted]
    days = pd.concat(parts, ignore_index=True) if parts else _country_days("CN", first, first).head(0)
    return days if overrides is None or overrides.empty else _with_overrides(days, overrides)


def read_overrides(path: Path) -> pd.DataFrame:
    """Read ``calendar_overrides.csv``: region, date (2027-02-06), kind, source, entered_by.

    Raises
    ------
    CalendarOverrideError
        When a column is missing or a line can't be understood; the message names the line.
    """
    rows = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    missing = [name for name in OVERRIDE_COLUMNS if name not in rows.columns]
    if missing:
        raise CalendarOverrideError(f"{path.name} has no column {', '.join(missing)}.")
    for offset, (region, day, kind) in enumerate(zip(rows["region"], rows["date"], rows["kind"], strict=True)):
        _check_override(f"{path.name}, line {offset + 2}", region, day, kind)
    return rows.loc[:, list(OVERRIDE_COLUMNS)].assign(
        region=rows["region"].map(country_code), date=pd.to_datetime(rows["date"])
    )


def _check_override(place: str, region: str, day: str, kind: str) -> None:
    if country_code(region) is None:
        raise CalendarOverrideError(f"{place}: “{region}” is not a country.")
    if kind not in OVERRIDE_KINDS:
        raise CalendarOverrideError(f"{place}: kind “{kind}” is none of {', '.join(OVERRIDE_KINDS)}.")
    try:
        date.fromisoformat(day)
    except ValueError as error:
        raise CalendarOverrideError(f"{place}: “{day}” is not a date such as 2027-02-06.") from error


@dataclass(frozen=True)
class _Library:
    """What the library knows of one country over some days."""

    names: dict[date, str]
    weekend_workdays: frozenset[date]
    is_weekend: npt.NDArray[np.bool_]


def _library(country: str, years: Sequence[int], days: Iterable[date] = ()) -> _Library:
    if not known_country(country):
        raise UnknownCountryError(country)
    with warnings.catch_warnings():
        # Some countries warn about years that they don't cover; those days are then plain weekdays.
        warnings.simplefilter("ignore")
        found = holidays.country_holidays(country, years=years, language="en_US")
    asked = set(years)
    # The set also lists stray days of years that nobody asked for.
    moved = frozenset(day for day in found.weekend_workdays if day.year in asked)
    is_weekend = np.array([found.is_weekend(day) for day in days], dtype=bool)
    return _Library(dict(found.items()), moved, is_weekend)


def _country_days(country: str, first: date, last: date) -> pd.DataFrame:
    days = [first + timedelta(days=offset) for offset in range((last - first).days + 1)]
    moments = np.arange(np.datetime64(first), np.datetime64(last) + np.timedelta64(1, "D"))
    library = _library(country, range(first.year, last.year + 1), days)
    names: list[str | None] = [library.names.get(day) for day in days]
    lower = [name.lower() if name else "" for name in names]
    is_named = np.array([name is not None for name in names], dtype=bool)
    is_makeup = np.isin(moments, np.array(sorted(library.weekend_workdays), dtype="datetime64[D]"))
    is_moved = np.array([any(word in name for word in _MOVED_WORDS) for name in lower], dtype=bool)
    is_estimate = np.array(["estimated" in name for name in lower], dtype=bool)
    official = latest_official_year(country)
    is_later = moments > np.datetime64(f"{official if official is not None else 9999}-12-31")
    kinds = np.select([is_makeup, is_named, library.is_weekend], ["makeup_work", "holiday", "weekend"], "work")
    return pd.DataFrame(
        {
            "country": pd.Series(country, index=range(len(days)), dtype="str"),
            "calendar_date": pd.DatetimeIndex(moments).as_unit("us"),
            "is_workday": is_makeup | ~(library.is_weekend | is_named),
            "day_kind": pd.Series(kinds, dtype="str"),
            "is_provisional": is_estimate | is_later,
            "holiday_name": pd.Series(names, dtype="str").mask(is_makeup),
            "is_statutory": is_named & ~is_moved & ~is_makeup,
            "is_weekend": library.is_weekend & ~is_makeup,
            "source": pd.Series(_SOURCE, index=range(len(days)), dtype="str"),
        }
    )


def _with_overrides(days: pd.DataFrame, overrides: pd.DataFrame) -> pd.DataFrame:
    """Let the overrides win; a make-up workday among them also says that the year's notice is out."""
    last = overrides.assign(
        country=overrides["region"].astype("str"), calendar_date=pd.to_datetime(overrides["date"]).dt.as_unit("us")
    ).drop_duplicates(["country", "calendar_date"], keep="last")
    announced = last.loc[last["kind"].eq("makeup_work")]
    years = pd.MultiIndex.from_arrays([announced["country"], announced["calendar_date"].dt.year])
    joined = days.merge(
        last[["country", "calendar_date", "kind", "source"]].rename(columns={"source": "said_by"}),
        on=["country", "calendar_date"],
        how="left",
        validate="many_to_one",
    )
    is_over = joined["kind"].notna()
    is_announced = pd.MultiIndex.from_arrays([joined["country"], joined["calendar_date"].dt.year]).isin(years)
    is_off = is_over & joined["kind"].isin(["holiday"])
    changed = joined.assign(
        is_workday=joined["kind"].map(OVERRIDE_KINDS).where(is_over, joined["is_workday"]).astype(bool),
        day_kind=joined["kind"].where(is_over, joined["day_kind"]),
        is_provisional=joined["is_provisional"] & ~is_over & ~is_announced,
        holiday_name=joined["holiday_name"].where(~is_over | is_off),
        is_statutory=joined["is_statutory"] & (~is_over | is_off),
        is_weekend=(joined["is_weekend"] & ~(is_over & joined["kind"].isin(["work", "makeup_work"])))
        | (is_over & joined["kind"].eq("weekend")),
        source=joined["said_by"].where(is_over, joined["source"]),
    )
    return changed.loc[:, days.columns]


@lru_cache(maxsize=1)
def _calendar_codes() -> frozenset[str]:
    return frozenset(holidays.list_supported_countries(include_aliases=False))


@lru_cache(maxsize=1)
def _country_names() -> dict[str, str]:
    """Every name and code that we understand, in lower case."""
    names: dict[str, str] = {}
    for language in _NAME_LANGUAGES:
        for code, name in Locale.parse(language).territories.items():
            # Codes such as 001 (World), EU or XA are no countries.
            if len(code) == 2 and code.isalpha() and code not in {"EU", "EZ", "UN", "QO", "XA", "XB", "ZZ"}:
                names.setdefault(name.casefold(), code)
                names.setdefault(code.casefold(), code)
    three_letters = {entry[2].casefold(): entry[1] for entry in COUNTRIES.values() if len(entry) > 2}
    return three_letters | names | _OTHER_NAMES
