"""What a journey costs, by a firm's own trips: the median between two cities, else by distance."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    import pandas as pd

#: So many trips with a price make a price by distance.
_LEAST_TRIPS: Final = 5
#: Below this distance a price by kilometres says nothing.
_LEAST_KM: Final = 30.0


@dataclass(frozen=True)
class Journeys:
    """Journeys of a plan: how many, what they cost by currency, and how many of them no fare is known for."""

    count: int
    amounts: dict[str, float]
    unknown_count: int


def fares_of(asked: pd.DataFrame, trips: pd.DataFrame, distances: pd.DataFrame) -> pd.DataFrame:
    """Return ``amount`` and ``currency_code`` of each journey that is asked for; empty where no fare is known.

    Parameters
    ----------
    asked
        ``home_city``, ``site_city``, ``km``.
    trips
        Own trips: ``origin_city``, ``destination_city``, ``cost_amount``, ``currency_code``.
    distances
        ``home_city``, ``site_city``, ``km``; by it the prices by distance are learnt.
    """
    paid = trips[(trips["cost_amount"].astype("float64") > 0) & trips["currency_code"].notna()]
    paid = paid.assign(
        amount=paid["cost_amount"].astype("float64"),
        origin=_plain(paid["origin_city"]),
        destination=_plain(paid["destination_city"]),
    )
    wanted = asked.assign(origin=_plain(asked["home_city"]), destination=_plain(asked["site_city"]))
    own = _usual_currency(paid)
    pairs = own.groupby(["origin", "destination"], as_index=False).agg(
        amount=("amount", "median"), currency_code=("currency_code", "first")
    )
    made = wanted.merge(pairs, on=["origin", "destination"], how="left")
    by_km = _prices_by_km(own, distances)
    far = made["amount"].isna() & made["km"].ge(_LEAST_KM)
    price = made["origin"].map({city: one[0] for city, one in by_km.items()})
    currency = made["origin"].map({city: one[1] for city, one in by_km.items()})
    made["amount"] = made["amount"].mask(far, made["km"] * price.astype("float64"))
    made["currency_code"] = made["currency_code"].astype("object").mask(far, currency.astype("object"))
    return made[["amount", "currency_code"]]


def _plain(cities: pd.Series) -> pd.Series:
    return cities.fillna("").astype(str).str.strip().str.casefold()


def _usual_currency(paid: pd.DataFrame) -> pd.DataFrame:
    """Return the trips of each origin in the currency that most of them have, so that sums are of one currency."""
    counts = paid.groupby(["origin", "currency_code"]).size().reset_index(name="trip_count")
    usual = counts.sort_values(["origin", "trip_count", "currency_code"], ascending=[True, False, True], kind="stable")
    return paid.merge(usual.drop_duplicates("origin")[["origin", "currency_code"]], on=["origin", "currency_code"])


def _prices_by_km(paid: pd.DataFrame, distances: pd.DataFrame) -> dict[str, tuple[float, str]]:
    """Return by origin what a kilometre costs as the median of its trips, with the currency."""
    known = distances.assign(origin=_plain(distances["home_city"]), destination=_plain(distances["site_city"]))
    known = known[known["km"].ge(_LEAST_KM)].drop_duplicates(["origin", "destination"])
    found = paid.merge(known[["origin", "destination", "km"]], on=["origin", "destination"])
    result = {}
    for city, rows in found.groupby("origin"):
        if len(rows) >= _LEAST_TRIPS:
            result[str(city)] = (float(np.median(rows["amount"] / rows["km"])), str(rows["currency_code"].iloc[0]))
    return result
