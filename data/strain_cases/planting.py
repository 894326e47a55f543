"""What a kind of case is, and the tools to plant it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from data.strain_cases.diary import rounded

if TYPE_CHECKING:
    from collections.abc import Callable

    from data.strain_cases.diary import Diary, Flags

    Plant = Callable[["Diary", np.random.Generator, Flags, int], None]


@dataclass(frozen=True)
class Kind:
    """One kind of case.

    Parameters
    ----------
    within_weeks
        A planted kind must be on watch within so many weeks after its begin; 0 for kinds that must not be found.
    lasts_weeks
        How long the pattern lasts.
    """

    name: str
    plant: Plant
    within_weeks: int = 0
    lasts_weeks: int = 16

    @property
    def is_planted(self) -> bool:
        """Tell whether the kind should be found."""
        return self.within_weeks > 0


def set_weeks(diary: Diary, weeks: range, hours: tuple[float, ...], random: np.random.Generator) -> None:
    """Let the weeks have these hours from Monday to Sunday, give or take a little; leave is cancelled."""
    for week in weeks:
        days = diary.week(week)
        target = np.array(hours) * random.normal(1, 0.03, 7)
        diary.leave[days] = False
        diary.hours[days] = rounded(target)
        diary.missing[week] = False


def weeks_of(diary: Diary, onset: int, count: int) -> range:
    """Return the weeks of a pattern, as far as the diary goes."""
    return range(onset, min(onset + count, diary.weeks))
