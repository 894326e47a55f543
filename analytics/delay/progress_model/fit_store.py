"""Fits that were learnt once: handed in by whoever asks for forecasts, so that two homes never share one."""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from analytics.delay.progress_model.lesson import ProgressModel

_MOST_KEPT: Final = 256

#: Two threads that ask for the same fit shall not both learn it, and what a fit silences is silenced for the process.
_ONE_AT_A_TIME: Final = Lock()


class FitStore:
    """Fitted models by fingerprint. It belongs to one caller; the same fingerprint always is the same model."""

    def __init__(self) -> None:
        self._models: dict[str, ProgressModel] = {}
        self._fresh: dict[str, ProgressModel] = {}

    def __contains__(self, fingerprint: str) -> bool:
        return fingerprint in self._models

    def __len__(self) -> int:
        return len(self._models)

    def learnt(self, fingerprint: str, learn: Callable[[], ProgressModel]) -> ProgressModel:
        """Return the model of a fingerprint; ``learn`` is called only where nobody learnt it before."""
        with _ONE_AT_A_TIME:
            known = self._models.get(fingerprint)
            if known is None:
                known = self._models[fingerprint] = self._fresh[fingerprint] = learn()
                for oldest in list(self._models)[:-_MOST_KEPT]:
                    del self._models[oldest]
            return known

    def remember(self, models: Iterable[ProgressModel]) -> None:
        """Take models that were learnt before, so that nobody learns them again."""
        with _ONE_AT_A_TIME:
            for model in models:
                self._models.setdefault(model.fingerprint, model)

    def fresh(self) -> list[ProgressModel]:
        """Return what was learnt here and not yet ``saved``, the oldest first."""
        with _ONE_AT_A_TIME:
            return list(self._fresh.values())

    def saved(self, model: ProgressModel) -> None:
        """Note that a model is kept elsewhere now."""
        with _ONE_AT_A_TIME:
            self._fresh.pop(model.fingerprint, None)
