"""Clients who ask for changes: more in workshops, tests and trainings, and some clients all the time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tests.portfolios.life import Request
from tests.portfolios.plans import Package, hardness

if TYPE_CHECKING:
    import numpy as np

    from tests.portfolios.life import Life
    from tests.portfolios.worlds import World

_REQUESTS_A_WEEK: Final = 0.11
_PHASE_WEIGHTS: Final = {
    "analysis": 0.5,
    "configuration": 0.9,
    "data_migration": 0.7,
    "integration": 0.9,
    "testing": 1.7,
    "training": 1.9,
    "cut_over": 0.8,
}
_DEPARTMENTS: Final = {
    "erp": ("finance", "purchasing", "production"),
    "crm": ("sales", "marketing", "service"),
    "hospital": ("radiology", "nursing", "admissions", "laboratory"),
    "warehouse": ("logistics", "returns"),
}
_KINDS: Final = ("report", "interface", "workflow", "field")
_CAUSES: Final = ("expectation", "legacy_integration", "regulation", "defect", "new_need")


def ask(life: Life, week: int, world: World, draw: np.random.Generator) -> None:
    """Raise this week's requests and decide on older ones."""
    pace = _REQUESTS_A_WEEK * life.plan.unrest * world.request_pace * (life.plan.budget_hours / 2000) ** 0.7
    for _ in range(int(draw.poisson(pace * _PHASE_WEIGHTS[life.phase]))):
        life.requests.append(_raise(life, week, draw))
    for request in life.requests:
        if request.decided_week == week and request.is_approved:
            _take_in(life, request, world, draw)


def _raise(life: Life, week: int, draw: np.random.Generator) -> Request:
    hours, approval = _size(life.plan.budget_hours, draw)
    out = None
    if draw.random() < 0.07:
        optional = [one for one in life.open_packages if one.is_optional and one.done_hours == 0]
        out = optional[int(draw.integers(len(optional)))] if optional else None
    departments = _DEPARTMENTS[life.plan.product]
    # One department asks most; which one is the client's own.
    place = 0 if draw.random() < 0.5 else int(draw.integers(len(departments)))
    wait = int(draw.geometric(0.35))
    return Request(
        request_id=f"{life.plan.project_id}-cr-{len(life.requests) + 1}",
        raised_week=week,
        decided_week=week + wait if draw.random() < 0.97 else None,
        is_approved=out is not None or draw.random() < approval,
        estimated_hours=-out.planned_hours if out is not None else round(hours, 1),
        department=departments[(place + life.plan.number) % len(departments)],
        kind=_KINDS[int(draw.integers(4))],
        cause=_CAUSES[int(draw.choice(5, p=[0.35, 0.2, 0.1, 0.15, 0.2]))],
        phase=life.phase,
        is_confirmed=bool(draw.random() < 0.5),
        takes_out=out,
    )


def _size(budget: float, draw: np.random.Generator) -> tuple[float, float]:
    """Return the estimated hours and how likely it is that the request is approved."""
    kind = draw.random()
    if kind < 0.62:
        return float(draw.triangular(4, 12, 40)), 0.8
    if kind < 0.95:
        return float(draw.triangular(40, 70, 180)), 0.7
    return float(draw.uniform(0.03, 0.12) * budget), 0.5


def _take_in(life: Life, request: Request, world: World, draw: np.random.Generator) -> None:
    if request.takes_out is not None:
        is_untouched = request.takes_out in life.packages and request.takes_out.done_hours == 0
        if is_untouched and not request.takes_out.was_dropped:
            life.packages.remove(request.takes_out)
        else:
            request.is_approved = False
        return
    phase = "integration" if request.kind == "interface" else "configuration"
    needed = request.estimated_hours * hardness(world, 1.0, draw)
    package = Package(
        f"{request.request_id}-work",
        phase,
        "configuration",
        request.estimated_hours,
        needed,
        request_id=request.request_id,
    )
    request.package = package
    life.insert(package, ("testing", "cut_over"))
