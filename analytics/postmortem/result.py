"""What a post-mortem and a pool of them hold, as pages, commands and packs read it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

    from analytics.postmortem.account import Account
    from analytics.postmortem.case import Case, Gap
    from analytics.postmortem.comparables import Comparables
    from analytics.postmortem.knowable import Knowable
    from analytics.postmortem.requirements import Requirements
    from analytics.postmortem.turning_points import TurningPoints


@dataclass(frozen=True, eq=False)
class Hindsight:
    """When it could have been known: weekly forecasts, signs with their record, and what was done.

    ``signs``: ``sign``, ``first_week_date`` (in this project, else missing) and the columns of ``record_of``.
    ``reported``: what the newest report said in the first knowable week, as it was filed then; no row where none was.
    """

    forecasts: pd.DataFrame
    signs: pd.DataFrame
    knowable: Knowable | None
    turning: TurningPoints
    reported: pd.DataFrame


@dataclass(frozen=True, eq=False)
class Costs:
    """``beside``: see ``beside_usual``. ``left_count`` is missing below five people, and while the half year runs."""

    beside: pd.DataFrame
    people_count: int
    left_count: int | None
    is_half_year_over: bool


@dataclass(frozen=True, eq=False)
class PostMortem:
    """Everything that is told of one project. ``account`` is missing where ``gaps`` says what is lacking."""

    project_id: str
    project: dict[str, object]
    case: Case
    gaps: tuple[Gap, ...]
    account: Account | None
    but_for: pd.DataFrame
    hindsight: Hindsight
    costs: Costs
    outcomes: pd.DataFrame
    support_hours: float
    requirements: Requirements
    comparables: Comparables | None


@dataclass(frozen=True, eq=False)
class Pool:
    """``accounts``: one row per finished project with ``late_weeks``, ``replay_error_weeks`` and a column per cause.

    ``pooled``: ``by`` and the columns of ``pooled_accounts``. ``signs``: see ``record_of``. ``refused``: projects
    without an account, by what they lack.
    """

    accounts: pd.DataFrame
    pooled: pd.DataFrame
    signs: pd.DataFrame
    refused: dict[str, int]

    @property
    def mean_error_weeks(self) -> float:
        """Return the mean absolute replay error."""
        errors = self.accounts["replay_error_weeks"]
        return float(errors.abs().mean()) if len(errors) else float("nan")
