"""The projects that the made-up company may sell, with their first plans; the cast of the stories comes first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from data.demo import names
from data.demo.places import CITIES, SITE_CITIES
from data.demo.timeline import COUNTRIES, Floats, Ints, Timeline, stream

if TYPE_CHECKING:
    from data.demo.staff import Staff

#: Hours that one person gives to a project in an average week of the plan (holidays and leave taken out).
PLANNED_WEEK_HOURS: Final = 37.0
#: Work that an hour of the plan is expected to do; 1.0 is what an experienced engineer does.
PLANNED_PRODUCTIVITY: Final = 0.73
#: Fewer running projects than this would leave no room for the stories.
LEAST_RUNNING: Final = 13


@dataclass(frozen=True)
class Role:
    """A part in a story: the project's start (weeks before the last week), its length and its team."""

    key: str
    weeks_before_end: int
    planned_weeks: int
    team_size: int
    country: str
    site: int
    product: int
    #: The plan of some is too small from the start.
    budget_share: float = 1.0


#: Weeks are short enough that all parts fit into a company of one year.
CAST: Final = (
    Role("scope", 34, 44, 3, "CN", 8, 0),
    Role("green", 42, 40, 3, "DE", 13, 0, budget_share=0.84),
    Role("away", 28, 40, 2, "CN", 10, 2),
    Role("alone", 24, 36, 2, "SG", 17, 3),
    Role("legacy", 40, 42, 3, "CN", 7, 2),
    Role("handover", 34, 46, 3, "JP", 16, 0),
    Role("saved", 40, 38, 2, "DE", 12, 3),
    Role("waiting", 26, 38, 2, "BR", 20, 1),
    Role("crunch", 37, 39, 2, "CN", 11, 2),
)


@dataclass(frozen=True)
class Book:
    """One array element per project that may be sold; the first ones belong to :data:`CAST`."""

    names: tuple[str, ...]
    clients: tuple[str, ...]
    country: Ints
    product: Ints
    industries: tuple[str, ...]
    site: Ints
    planned_weeks: Ints
    team_size: Ints
    budget_hours: Floats
    #: What the work truly takes, in hours of an experienced engineer, before changes.
    true_work: Floats
    #: Changes asked for in an average week.
    change_rate: Floats
    client_slowness: Floats
    optimism: Floats
    patience: Ints
    reports_every: Ints
    is_fixed_price: Ints

    @property
    def count(self) -> int:
        """Number of projects that may be sold."""
        return len(self.names)


def running_target(people: int) -> int:
    """How many projects run at the end: 25 for 80 people."""
    return max(LEAST_RUNNING, round(people * 25 / 80))


def make_book(staff: Staff, timeline: Timeline, seed: int) -> Book:
    """Draw more projects than can be sold; those left over never appear."""
    random = stream(seed, "portfolio")
    target = running_target(staff.count)
    count = len(CAST) + int(target * 1.2 + target * 1.2 * timeline.week_count / 40) + 10
    typical_weeks = min(37.0, 0.24 * timeline.week_count)
    country = staff.country[random.integers(0, staff.count, count)]
    size = random.lognormal(0.0, 0.38, count)
    mean_team = 0.98 * staff.count / target
    team_size = np.clip(np.rint(mean_team * size**0.6 * random.uniform(0.8, 1.15, count)), 2, 7).astype(np.int64)
    weeks = np.clip(np.rint(typical_weeks * size * random.uniform(0.85, 1.15, count)), 8, 104).astype(np.int64)
    site = np.array([random.choice(SITE_CITIES[COUNTRIES[c]]) for c in country])
    product = random.integers(0, 4, count)
    for number, role in enumerate(CAST):
        country[number] = COUNTRIES.index(role.country)
        site[number], product[number] = role.site, role.product
        weeks[number], team_size[number] = role.planned_weeks, role.team_size
    budget = np.round(weeks * team_size * PLANNED_WEEK_HOURS * random.uniform(0.94, 1.08, count), -1)
    budget[: len(CAST)] *= [role.budget_share for role in CAST]
    budget = np.round(budget, -1)
    # Plans carry a buffer that half of the projects need; only so some finish as planned and others stand out.
    surprise = random.lognormal(-0.25, 0.4, count)
    surprise[: len(CAST)] = 1.0
    titles, clients, industries = _titles(country, site, product, random)
    return Book(
        names=titles,
        clients=clients,
        country=country,
        product=product,
        industries=industries,
        site=site,
        planned_weeks=weeks,
        team_size=team_size,
        budget_hours=budget,
        true_work=budget * PLANNED_PRODUCTIVITY * surprise,
        change_rate=budget / 4600 * random.lognormal(-1.2, 0.5, count),
        client_slowness=random.gamma(2.0, 0.75, count),
        optimism=_optimism(count, random),
        patience=random.integers(3, 10, count),
        reports_every=random.choice([1, 2], count, p=[0.6, 0.4]),
        is_fixed_price=random.integers(0, 2, count),
    )


def _optimism(count: int, random: np.random.Generator) -> Floats:
    """Draw by how much managers overstate progress before testing: most by little, a quarter by a lot."""
    return np.where(random.random(count) < 0.25, random.uniform(0.12, 0.24, count), random.uniform(0, 0.08, count))


def _titles(
    country: Ints, site: Ints, product: Ints, random: np.random.Generator
) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Invent client and project names, in Chinese where site and team are Chinese."""
    titles: list[str] = []
    clients: list[str] = []
    industries: list[str] = []
    for home, place, kind in zip(country, site, product, strict=True):
        in_chinese = COUNTRIES[home] == "CN" and CITIES[place].country == "CN"
        line = int(random.integers(4))
        stems = names.CLIENT_STEMS_CN if in_chinese else names.CLIENT_STEMS
        ends = names.CLIENT_ENDS_CN if in_chinese else names.CLIENT_ENDS
        stem = stems[int(random.integers(len(stems)))]
        client = f"{stem}{'' if in_chinese else ' '}{ends[kind][line]}"
        title = names.PRODUCT_TITLES_CN[kind] if in_chinese else names.PRODUCT_TITLES[kind]
        clients.append(client)
        titles.append(f"{client}{title}" if in_chinese else f"{title} {client}")
        industries.append(names.INDUSTRIES[kind][line])
    return tuple(titles), tuple(clients), tuple(industries)
