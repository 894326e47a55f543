"""The two kinds of histories that a panel can hold: with plan dates, and with progress alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

from analytics.delay.plan_history import METHODS, fit_plan_models, panel_landmarks, plan_forecasts
from analytics.delay.progress_history import (
    PROGRESS_METHODS,
    fit_progress_models,
    progress_forecasts,
    progress_landmarks,
)

if TYPE_CHECKING:
    import pandas as pd

    from analytics.evaluation.scores import Floats

#: All methods of a panel, in the order of the table.
PANEL_METHODS: Final = (*METHODS, *PROGRESS_METHODS[1:])


class PanelKind(Protocol):
    """Projects of one kind as they looked at each stage, and how to forecast them from other projects."""

    landmarks: pd.DataFrame

    def forecasts(self, known: pd.DataFrame, asked: pd.DataFrame) -> dict[str, Floats]:
        """Learn from the landmarks ``known`` and return the quantiles of ``asked`` by every method."""


class PlanKind:
    """Projects with a first plan."""

    def __init__(self, panel: pd.DataFrame) -> None:
        self.landmarks = panel_landmarks(panel)

    def forecasts(self, known: pd.DataFrame, asked: pd.DataFrame) -> dict[str, Floats]:
        """Learn from the landmarks ``known`` and return the quantiles of ``asked`` by every method."""
        return plan_forecasts(fit_plan_models(known), asked)


class ProgressKind:
    """Projects with progress and no plan date."""

    def __init__(self, panel: pd.DataFrame) -> None:
        self._panel = panel
        self.landmarks = progress_landmarks(panel)

    def forecasts(self, known: pd.DataFrame, asked: pd.DataFrame) -> dict[str, Floats]:
        """Learn from the landmarks ``known`` and return the quantiles of ``asked`` by every method."""
        return progress_forecasts(fit_progress_models(known), asked, self._panel)


def kinds_of(panel: pd.DataFrame) -> tuple[PanelKind, PanelKind]:
    """Return the panel's histories by kind; a project belongs to one of them or to none."""
    return PlanKind(panel), ProgressKind(panel)
