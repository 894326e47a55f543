"""Facts of a project that can't be true together: they are told, and nothing is forecast from them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt
    import pandas as pd

    from analytics.evaluation.scores import Floats

#: Overruns of cost beyond this many times the budget are known of no project that still reports; a budget with a digit
#: missing is.
MOST_OF_BUDGET: Final = 5.0
#: Nor does anybody get this many budgeted hours out of one booked hour; a budget with a digit too many does.
_MOST_SPEED: Final = 20.0
#: Of fewer booked hours and less progress than this nothing can be said.
_FEWEST_HOURS: Final = 40.0
_LEAST_PROGRESS: Final = 0.05
#: No plan of a go-live reaches over more than this: a year was mistyped.
_LONGEST_PLAN_WEEKS: Final = 20 * 52.0


def is_doubtful_budget(
    budget_hours: Floats, scope_hours: Floats, booked_hours: Floats, progress: Floats
) -> npt.NDArray[np.bool_]:
    """Return where the hours booked can't belong to the budget.

    Parameters
    ----------
    scope_hours
        The budget with what was approved since.
    """
    whole = np.fmax(budget_hours, scope_hours)
    with np.errstate(invalid="ignore"):
        is_too_small = booked_hours > MOST_OF_BUDGET * whole
        is_too_large = (progress * whole > _MOST_SPEED * booked_hours) & (progress >= _LEAST_PROGRESS)
    return np.asarray((booked_hours >= _FEWEST_HOURS) & (is_too_small | is_too_large))


def is_doubtful_plan(rows: pd.DataFrame) -> npt.NDArray[np.bool_]:
    """Return where start and plans lie so far apart that one of the years must be wrong."""
    columns = ("planned_weeks", "plan_finish_weeks", "elapsed_weeks")
    return np.asarray(np.logical_or.reduce([rows[name].to_numpy() > _LONGEST_PLAN_WEEKS for name in columns]))
