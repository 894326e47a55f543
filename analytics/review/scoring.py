"""How predictions fared: never people, and nothing before there are enough of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

#: With fewer predictions a score says more of chance than of the predictions.
LEAST_SCORED_COUNT: Final = 10
#: P10 to P90 shall hold so many.
AIMED_COVERAGE: Final = 0.8


@dataclass(frozen=True)
class Prediction:
    """What was predicted of a finish once: a range, and the chance that it comes on or before a day."""

    low_date: pd.Timestamp
    high_date: pd.Timestamp
    by_date: pd.Timestamp | None = None
    by_probability: float | None = None


@dataclass(frozen=True)
class Score:
    """``held_count`` of ``scored_count`` finishes lay in the range; ``brier`` and ``coverage`` only of enough."""

    scored_count: int
    held_count: int
    chance_count: int
    coverage: float | None
    brier: float | None

    @property
    def is_shown(self) -> bool:
        """Tell whether there are enough predictions for a score."""
        return self.coverage is not None


def is_held(prediction: Prediction, finish: pd.Timestamp) -> bool:
    """Tell whether a finish lies in the predicted range, both ends in."""
    return bool(prediction.low_date <= finish <= prediction.high_date)


def score(pairs: Sequence[tuple[Prediction, pd.Timestamp]]) -> Score:
    """Score predictions whose finish is known.

    The Brier score (Brier 1950) is the mean square of chance minus what came; 0 is perfect, 0.25 is tossing a coin.
    """
    held = [is_held(prediction, finish) for prediction, finish in pairs]
    squares = [
        (prediction.by_probability - float(finish <= prediction.by_date)) ** 2
        for prediction, finish in pairs
        if prediction.by_date is not None and prediction.by_probability is not None
    ]
    is_enough, has_chances = len(held) >= LEAST_SCORED_COUNT, len(squares) >= LEAST_SCORED_COUNT
    return Score(
        scored_count=len(held),
        held_count=sum(held),
        chance_count=len(squares),
        coverage=float(np.mean(held)) if is_enough else None,
        brier=float(np.mean(squares)) if has_chances else None,
    )
