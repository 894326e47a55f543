"""The table of cities, read when the first city is asked for, and found by a name in English, Chinese or locally."""

from __future__ import annotations

import csv
import gzip
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Final

_FILE: Final = "cities.tsv.gz"
#: Words around the name of a city that say no more than that it is one.
_AROUND: Final = re.compile(r"(?i)^(?:city of|stadt|中国)\s*|\s*(?:city|shi|市)$")
#: 江苏省苏州市, 广西壮族自治区南宁市, 上海市浦东新区: the city stands after its province and before its district.
_CHINESE_ADDRESS: Final = re.compile(r"^(?:中国)?(?:[^省]{2,8}省|.{2,8}自治区)?(.{2,8}?)市")
_PARTS: Final = re.compile(r"\s*[,，;/()（）]\s*")


@dataclass(frozen=True)
class City:
    """One city; ``region`` is GeoNames' first administrative level (a state of the USA has its two letters)."""

    name: str
    chinese_name: str
    country: str
    region: str
    time_zone: str
    latitude: float
    longitude: float
    population: int


def cities_named(name: str, country: str = "") -> tuple[City, ...]:
    """Return the cities that a text may mean, the largest first; nothing when none is known.

    ``Springfield, IL`` and ``Valencia (ES)`` narrow the choice themselves. A city whose own name it is comes before
    cities that are also called so.

    Parameters
    ----------
    country
        Two letters (ISO 3166); where it is given, only cities of that country are meant.
    """
    whole = name.strip()
    found = _narrowed(_matching(whole), country)
    if found or not whole:
        return found
    address = _CHINESE_ADDRESS.match(whole)
    if address:
        return _narrowed(_matching(address.group(1)), country)
    head, *rest = [part for part in _PARTS.split(whole) if part] or [""]
    found = _narrowed(_matching(head), country)
    told = {part.upper() for part in rest}
    narrower = tuple(city for city in found if city.region in told or city.country in told)
    return narrower or found


def zone_of_city(name: str, country: str = "") -> str:
    """Return the time zone of a city; nothing when none is known, or when the name fits cities of several zones."""
    return city_zone(cities_named(name, country))


def city_zone(cities: tuple[City, ...]) -> str:
    """Return the one time zone that all of these cities share, else nothing."""
    zones = {city.time_zone for city in cities}
    return zones.pop() if len(zones) == 1 else ""


def _narrowed(cities: tuple[City, ...], country: str) -> tuple[City, ...]:
    return tuple(city for city in cities if city.country == country) if country else cities


def _matching(name: str) -> tuple[City, ...]:
    own, other = _index()
    key = _key(name)
    return own.get(key) or other.get(key) or ()


def _key(name: str) -> str:
    """Return a name without case, accents, spaces and words such as “City” or 市."""
    bare = _AROUND.sub("", name.strip()) or name
    plain = bare if bare.isascii() else unicodedata.normalize("NFKD", bare.replace("ß", "ss"))
    return "".join(sign for sign in plain.casefold() if sign.isalnum())


@lru_cache(maxsize=1)
def _index() -> tuple[dict[str, tuple[City, ...]], dict[str, tuple[City, ...]]]:
    """Return cities by their own names (English and Chinese), and by all other names."""
    own: dict[str, dict[City, None]] = {}
    other: dict[str, dict[City, None]] = {}
    for city, chinese, others in _rows():
        for text in (city.name, *chinese):
            own.setdefault(_key(text), {})[city] = None
        for text in others:
            other.setdefault(_key(text), {})[city] = None
    return _sorted(own), _sorted(other)


def _sorted(found: dict[str, dict[City, None]]) -> dict[str, tuple[City, ...]]:
    return {key: tuple(sorted(cities, key=lambda city: -city.population)) for key, cities in found.items()}


def _rows() -> list[tuple[City, list[str], list[str]]]:
    packed = files("data.cities").joinpath(_FILE).read_bytes()
    lines = gzip.decompress(packed).decode("utf-8").splitlines()
    found = []
    for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
        chinese = [name for name in row["chinese_names"].split("|") if name]
        city = City(
            row["name"],
            chinese[0] if chinese else "",
            row["country"],
            row["region"],
            row["time_zone"],
            float(row["latitude"]),
            float(row["longitude"]),
            int(row["population"]),
        )
        found.append((city, chinese, [name for name in row["other_names"].split("|") if name]))
    return found
