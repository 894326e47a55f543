"""The people of the made-up company."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeVar

import numpy as np

from data.demo import names
from data.demo.places import (
    CITIES,
    CONTRACT_HOURS,
    COUNTRY_SHARES,
    HOME_CITIES,
    OVERTIME_CULTURE,
)
from data.demo.timeline import COUNTRIES, Floats, Ints, Timeline, stream

if TYPE_CHECKING:
    from collections.abc import Sequence

_Option = TypeVar("_Option")

JUNIOR, MID, SENIOR, CONSULTANT = range(4)
SENIORITY_SHARES: Final = (0.3, 0.4, 0.22, 0.08)
TEAM_SIZE: Final = 7


@dataclass(frozen=True)
class Staff:
    """One array element per person."""

    ids: tuple[str, ...]
    full_names: tuple[str, ...]
    team: Ints
    team_names: tuple[str, ...]
    lead: Ints
    country: Ints
    city: Ints
    seniority: Ints
    weekly_hours: Floats
    hired_week: Ints
    #: Usual days between the end of a week and the filing of its timesheet.
    filing_lag_days: Floats
    #: Share of weeks that are never filed.
    missing_share: Floats
    #: How strongly the person answers to pressure with longer hours.
    overtime_taste: Floats

    @property
    def count(self) -> int:
        """Number of people."""
        return len(self.ids)

    @property
    def team_count(self) -> int:
        """Number of teams."""
        return len(self.team_names)


def make_staff(people: int, timeline: Timeline, seed: int) -> Staff:
    """Hire ``people`` engineers in teams; six of ten from the first week on, the others as the firm grows."""
    random = stream(seed, "staff")
    team, team_country, team_city, team_names = _teams(people)
    country = team_country[team]
    seniority = _seniorities(team, len(team_names), random)
    ids, full_names = _names(country, random)
    leads = _leads(team, seniority, len(team_names))
    growth = np.sort(random.integers(1, max(2, int(timeline.week_count * 0.8)), people))
    hired_week = np.where(random.random(people) < 0.62, 0, random.permutation(growth))
    hired_week = np.where(np.isin(np.arange(people), leads), 0, hired_week)
    weekly = np.array([CONTRACT_HOURS[COUNTRIES[c]] for c in country])
    part_time = (country == COUNTRIES.index("DE")) & (random.random(people) < 0.2)
    culture = np.array([OVERTIME_CULTURE[COUNTRIES[c]] for c in country])
    is_late = random.random(people) < 0.15
    return Staff(
        ids=ids,
        full_names=full_names,
        team=team,
        team_names=team_names,
        lead=leads[team],
        country=country,
        city=team_city[team],
        seniority=seniority,
        weekly_hours=np.where(part_time, 30.0, weekly),
        hired_week=hired_week,
        filing_lag_days=np.where(is_late, random.uniform(6, 18, people), random.gamma(1.6, 1.1, people)),
        missing_share=np.where(random.random(people) < 0.12, random.uniform(0.05, 0.15, people), 0.012),
        overtime_taste=culture * random.uniform(0.6, 1.4, people),
    )


def _teams(people: int) -> tuple[Ints, Ints, Ints, tuple[str, ...]]:
    """Spread people over teams and teams over countries; the large country gets what rounding leaves."""
    heads = {c: max(3, round(people * COUNTRY_SHARES[c])) for c in COUNTRIES[1:]}
    heads["CN"] = people - sum(heads.values())
    team: list[int] = []
    countries: list[int] = []
    cities: list[int] = []
    labels: list[str] = []
    for number, code in enumerate(COUNTRIES):
        team_count = max(2 if code == "CN" else 1, round(heads[code] / TEAM_SIZE))
        for k in range(team_count):
            home = HOME_CITIES[code][k % len(HOME_CITIES[code])]
            product = names.PRODUCTS[(k // len(HOME_CITIES[code])) % len(names.PRODUCTS)]
            circle = k // (len(HOME_CITIES[code]) * len(names.PRODUCTS))
            label = f"{CITIES[home].name} {product if product == 'hospital' else product.upper()}"
            labels.append(label if circle == 0 else f"{label} {circle + 1}")
            countries.append(number)
            cities.append(home)
        first = len(labels) - team_count
        team += [first + k % team_count for k in range(heads[code])]
    return np.array(team), np.array(countries), np.array(cities), tuple(labels)


def _seniorities(team: Ints, team_count: int, random: np.random.Generator) -> Ints:
    """Draw seniorities; each team has at least one senior, who leads it, and one junior if it has three people."""
    drawn = random.choice(4, size=len(team), p=SENIORITY_SHARES)
    for number in range(team_count):
        members = np.flatnonzero(team == number)
        drawn[members[0]] = SENIOR
        if len(members) >= 3:
            drawn[members[-1]] = JUNIOR
    return drawn.astype(np.int64)


def _leads(team: Ints, seniority: Ints, team_count: int) -> Ints:
    """Name the lead of each team: its first senior or consultant."""
    return np.array([np.flatnonzero((team == t) & (seniority >= SENIOR))[0] for t in range(team_count)])


def _names(country: Ints, random: np.random.Generator) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Make unique ids (pinyin for China) and the names that people use (characters for China)."""
    ids: list[str] = []
    full: list[str] = []
    seen: dict[str, int] = {}
    for number in country:
        code = COUNTRIES[number]
        if code == "CN":
            family, given = _pick(names.CN_FAMILY, random), _pick(names.CN_GIVEN, random)
            stem, name = f"{family[0]}.{given[0]}", family[1] + given[1]
        else:
            last, first = _pick(names.FAMILY[code], random), _pick(names.GIVEN[code], random)
            stem, name = f"{first[0]}.{last}".lower(), f"{first} {last}"
        seen[stem] = seen.get(stem, 0) + 1
        ids.append(stem if seen[stem] == 1 else f"{stem}{seen[stem]}")
        full.append(name)
    return tuple(ids), tuple(full)


def _pick(options: Sequence[_Option], random: np.random.Generator) -> _Option:
    return options[int(random.integers(len(options)))]
