"""Where people live and where clients are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class City:
    """A city with its country and time zone."""

    name: str
    country: str
    time_zone: str


CITIES: Final = (
    City("Shanghai", "CN", "Asia/Shanghai"),
    City("Chengdu", "CN", "Asia/Shanghai"),
    City("Munich", "DE", "Europe/Berlin"),
    City("Hamburg", "DE", "Europe/Berlin"),
    City("Osaka", "JP", "Asia/Tokyo"),
    City("Singapore", "SG", "Asia/Singapore"),
    City("Sao Paulo", "BR", "America/Sao_Paulo"),
    City("Suzhou", "CN", "Asia/Shanghai"),
    City("Wuhan", "CN", "Asia/Shanghai"),
    City("Shenzhen", "CN", "Asia/Shanghai"),
    City("Xi'an", "CN", "Asia/Shanghai"),
    City("Changsha", "CN", "Asia/Shanghai"),
    City("Leipzig", "DE", "Europe/Berlin"),
    City("Stuttgart", "DE", "Europe/Berlin"),
    City("Linz", "AT", "Europe/Vienna"),
    City("Nagoya", "JP", "Asia/Tokyo"),
    City("Fukuoka", "JP", "Asia/Tokyo"),
    City("Penang", "MY", "Asia/Kuala_Lumpur"),
    City("Haiphong", "VN", "Asia/Ho_Chi_Minh"),
    City("Campinas", "BR", "America/Sao_Paulo"),
    City("Recife", "BR", "America/Recife"),
)

#: Offices of each home country and how many of its teams sit there (weights).
HOME_CITIES: Final = {"CN": (0, 1), "DE": (2, 3), "JP": (4,), "SG": (5,), "BR": (6,)}
#: Client cities that a country's teams serve; some lie abroad.
SITE_CITIES: Final = {
    "CN": (0, 1, 7, 8, 9, 10, 11),
    "DE": (2, 3, 12, 13, 14, 7),
    "JP": (4, 15, 16),
    "SG": (5, 17, 18, 9),
    "BR": (6, 19, 20),
}
#: Share of the firm's people.
COUNTRY_SHARES: Final = {"CN": 0.5, "DE": 0.18, "JP": 0.12, "SG": 0.1, "BR": 0.1}
CONTRACT_HOURS: Final = {"CN": 40.0, "DE": 38.5, "JP": 40.0, "SG": 44.0, "BR": 44.0}
#: How readily people there work longer before a go-live.
OVERTIME_CULTURE: Final = {"CN": 1.15, "DE": 0.6, "JP": 1.2, "SG": 0.95, "BR": 0.9}
CURRENCIES: Final = {"CN": "CNY", "DE": "EUR", "JP": "JPY", "SG": "SGD", "BR": "BRL"}
#: Rough price of a night and of a short journey in that currency.
NIGHT_PRICES: Final = {"CN": 450.0, "DE": 110.0, "JP": 12_000.0, "SG": 180.0, "BR": 380.0}
