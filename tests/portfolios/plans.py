"""How a made-up project is sold and planned: packages, people, and the date that the client is promised."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from tests.portfolios.worlds import World

#: Phase, share of the budget, packages, activity of its hours, how often its packages prove hard (times the firm's).
PHASES: Final = (
    ("analysis", 0.14, 2, "workshop", 0.6),
    ("configuration", 0.32, 6, "configuration", 0.7),
    ("data_migration", 0.13, 2, "data_migration", 1.7),
    ("integration", 0.15, 3, "integration", 1.9),
    ("testing", 0.14, 2, "testing", 0.8),
    ("training", 0.08, 2, "training", 0.8),
    ("cut_over", 0.04, 1, "support", 0.5),
)
#: What takes longest in hospitals is not what takes longest in a sales office.
PRODUCTS: Final = ("erp", "crm", "hospital", "warehouse")
_TROUBLE: Final = {"erp": 1.0, "crm": 0.6, "hospital": 1.35, "warehouse": 0.9}
_WINDOWS: Final = ("any_week", "fortnight", "month")
_PLANNED_SHARE_OF_WEEK: Final = 0.74


@dataclass(eq=False)
class Package:
    """A piece of work. ``needed_hours`` is what it takes from somebody of usual speed; only the play knows it."""

    package_id: str
    phase: str
    activity: str
    planned_hours: float
    needed_hours: float
    done_hours: float = 0.0
    blocked_weeks: int = 0
    #: Counts in the scope that reports speak about; rework doesn't.
    is_scope: bool = True
    is_optional: bool = False
    was_dropped: bool = False
    #: Called "as good as done" and left, until testing shows what is missing.
    is_set_aside: bool = False
    request_id: str = ""
    spent_hours: float = 0.0
    done_week: int | None = None

    @property
    def is_done(self) -> bool:
        """Whether nothing is left to do."""
        return self.done_hours >= self.needed_hours - 1e-9

    @property
    def true_share(self) -> float:
        """Share of the work that is done."""
        return min(self.done_hours / self.needed_hours, 1.0) if self.needed_hours > 0 else 1.0


@dataclass(eq=False)
class Plan:
    """What was agreed when the project was sold."""

    number: int
    product: str
    client_name: str
    start_week: int
    planned_weeks: int
    budget_hours: float
    head_count: int
    share: float
    late_start_weeks: int
    window: str
    report_every_weeks: int
    #: How a client asks for changes: most rarely, some all the time.
    unrest: float
    manager_optimism: float
    packages: list[Package] = field(default_factory=list)

    @property
    def project_id(self) -> str:
        """Name in all files."""
        return f"p{self.number:04}"


def make_plan(number: int, start_week: int, world: World, draw: np.random.Generator) -> Plan:
    """Sell one project."""
    product = PRODUCTS[int(draw.choice(4, p=[0.35, 0.25, 0.25, 0.15]))]
    size = int(draw.choice(3, p=[0.45, 0.4, 0.15]))
    budget = round(float(draw.triangular(*((400, 900, 1600), (1200, 2000, 3400), (2800, 4200, 8000))[size])), -1)
    heads = (2, 3, 5)[size] + int(draw.integers(0, 2))
    share = float(draw.choice([0.5, 0.7, 1.0], p=[0.4, 0.4, 0.2]))
    hours_a_week = heads * share * 40 * _PLANNED_SHARE_OF_WEEK
    contingency = draw.uniform(1.0, 1.12)
    weeks = int(np.clip(round(budget / hours_a_week * contingency) + 2, 8, 75))
    plan = Plan(
        number=number,
        product=product,
        client_name=f"client {int(draw.integers(1, 40)):02}",
        start_week=start_week,
        planned_weeks=weeks,
        budget_hours=budget,
        head_count=heads,
        share=share,
        late_start_weeks=int(draw.integers(1, 7)) if draw.random() < 0.3 else 0,
        window=_WINDOWS[int(draw.choice(3, p=[0.35, 0.3, 0.35]))],
        report_every_weeks=int(draw.choice([1, 2, 4], p=[0.3, 0.45, 0.25])),
        unrest=float(draw.choice([0.3, 1.0, 2.6], p=[0.35, 0.4, 0.25])),
        manager_optimism=float(draw.uniform(0.35, 1.0)),
    )
    plan.packages = _packages(plan, world, draw)
    return plan


def _packages(plan: Plan, world: World, draw: np.random.Generator) -> list[Package]:
    optimism = draw.uniform(0.6, 1.08)
    found = []
    for phase, budget_share, count, activity, trouble in PHASES:
        parts = draw.dirichlet(np.full(count, 4.0)) * budget_share * plan.budget_hours
        for place, hours in enumerate(parts):
            needed = float(hours) * optimism * hardness(world, trouble * _TROUBLE[plan.product], draw)
            is_optional = phase in {"configuration", "integration", "training"} and draw.random() < 0.4
            name = f"{plan.project_id}-{phase}-{place + 1}"
            found.append(Package(name, phase, activity, round(float(hours), 1), needed, is_optional=is_optional))
    return found


def hardness(world: World, trouble: float, draw: np.random.Generator) -> float:
    """Return how many times the planned hours a package really needs."""
    if draw.random() >= world.hard_share * trouble:
        return float(draw.triangular(0.7, 0.95, 1.2))
    if world.tail_power:
        return float(min(1.2 * (1 + draw.pareto(world.tail_power)), 14.0))
    return float(draw.uniform(1.2, world.hard_factor_most))
