"""What differs between the made-up firms. All else is the same in each."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final


@dataclass(frozen=True)
class World:
    """What happens to the projects of a firm; shares are of projects or packages, paces are multiples of "base"."""

    name: str
    #: Packages that prove harder than planned, and up to how many times.
    hard_share: float = 0.14
    hard_factor_most: float = 2.2
    #: Exponent of a Pareto tail of the hardest packages; 0 is none. The lower, the fatter.
    tail_power: float = 0.0
    request_pace: float = 1.0
    block_pace: float = 1.0
    #: Hours of rework that testing brings up, as a share of the hours built.
    defect_share: float = 0.13
    #: How far the reports say what was hoped for (1) and not what is (0), until testing shows.
    over_reporting: float = 0.0
    #: Managers of late projects drop optional work without a change request, and borrow people.
    drops_scope: bool = False
    borrows_people: bool = False
    #: Weeks in which a product's flaw slows all its projects, per year.
    slow_weeks_a_year: float = 5.0
    sick_days_a_year: float = 7.0
    #: Projects that an interface stops as a whole: for weeks nothing gets done, while people book their hours.
    stopper_share: float = 0.0
    hold_share: float = 0.04
    cancelled_share: float = 0.04


_BASE: Final = World("base")

WORLDS: Final = {
    world.name: world
    for world in (
        _BASE,
        replace(_BASE, name="reacting", drops_scope=True, borrows_people=True),
        replace(_BASE, name="ninety", hard_share=0.17, over_reporting=0.9, defect_share=0.22),
        replace(
            _BASE,
            name="calm",
            hard_share=0.07,
            hard_factor_most=1.5,
            request_pace=0.3,
            block_pace=0.3,
            defect_share=0.08,
            slow_weeks_a_year=1.0,
            sick_days_a_year=4.0,
            hold_share=0.01,
        ),
        replace(_BASE, name="fat_tails", hard_share=0.10, tail_power=1.1, block_pace=1.2),
        replace(_BASE, name="interfaces", stopper_share=0.45, hard_share=0.10),
    )
}
