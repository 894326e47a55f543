"""The weights of rosters and the presence counters: the files that come with Golive, or the home's own."""

from __future__ import annotations

import csv
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from data.cities.table import cities_named
from data.strain_method import MethodFileError, method_table

if TYPE_CHECKING:
    from data.home import Home

WEIGHTS_FILE: Final = Path(__file__).with_name("rotation.toml")
PRESENCE_FILE: Final = Path(__file__).with_name("presence.toml")
#: The home's own places: city, country, latitude, longitude.
CITIES_FILE: Final = "cities.csv"


def weights_table() -> dict[str, Any]:
    """Return the weights and rules that come with Golive."""
    return method_table(WEIGHTS_FILE, None)


def weights_changes(home: Home | None, file: Path | None) -> dict[str, Any]:
    """Return what the home's ``rotation.toml`` changes, and over it what a file given with ``--weights`` changes."""
    changes: dict[str, Any] = {}
    own = None if home is None else home.path / WEIGHTS_FILE.name
    for one in (own, file):
        if one is None or (one is own and not one.is_file()):
            continue
        try:
            table = tomllib.loads(one.read_text(encoding="utf-8-sig"))
        except (OSError, ValueError) as error:
            raise MethodFileError(
                f"{one} can't be read: {error}", "It is a TOML file like data/rotation.toml."
            ) from error
        for section, part in table.items():
            changes[section] = {**changes.get(section, {}), **part} if isinstance(part, dict) else part
    return changes


def presence_table(home: Home | None = None) -> dict[str, Any]:
    """Return the presence counters: the home's own ``presence.toml``, or those that come with Golive."""
    return method_table(PRESENCE_FILE, home)


def own_places(home: Home) -> dict[tuple[str, str], tuple[float, float]]:
    """Return latitude and longitude of the home's own places by city and country (empty: any), in lower case.

    Raises
    ------
    MethodFileError
        A line can't be read.
    """
    file = home.path / CITIES_FILE
    if not file.is_file():
        return {}
    found = {}
    try:
        for row in csv.DictReader(file.read_text(encoding="utf-8-sig").splitlines()):
            key = (row["city"].strip().casefold(), (row.get("country") or "").strip().casefold())
            found[key] = (float(row["latitude"]), float(row["longitude"]))
    except (OSError, KeyError, TypeError, ValueError) as error:
        raise MethodFileError(
            f"{file} can't be read ({error}).", "It has the columns city, country, latitude and longitude."
        ) from error
    return found


def place_of(city: str, country: str, own: dict[tuple[str, str], tuple[float, float]]) -> tuple[float, float] | None:
    """Return latitude and longitude of a city; the home's own places win. Nothing where none is known."""
    for key in ((city.casefold(), country.casefold()), (city.casefold(), "")):
        if key in own:
            return own[key]
    known = cities_named(city, country) if city else ()
    return (known[0].latitude, known[0].longitude) if known else None
