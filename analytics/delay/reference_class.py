"""How much longer than first planned projects of this firm take, running ones counted as censored."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import numpy as np

from analytics.delay.distribution import (
    DEFAULT_CLASS_WEIGHT,
    DEFAULT_LOG_RATIOS,
    ENOUGH_FINISHED_COUNT,
    averaged,
    censored_quantiles,
    default_finish,
    later_than,
    outlived_weight,
)
from analytics.evaluation.scores import LEVELS

if TYPE_CHECKING:
    import numpy.typing as npt

    from analytics.evaluation.scores import Floats

#: A product's own curve needs this many finished projects and weighs n / (n + 20) against the firm's.
_ENOUGH_FOR_PRODUCT_COUNT: Final = 5
_POOLING_WEIGHT: Final = 20.0


@dataclass(frozen=True)
class ReferenceClass:
    """Quantiles of duration over first planned duration; one row for the firm, one for each product.

    ``product_log_ratios`` are already pooled with the firm's curve.
    """

    log_ratios: tuple[float, ...]
    finished_count: int
    product_log_ratios: dict[str, tuple[float, ...]] = field(default_factory=dict)

    @property
    def is_default_class(self) -> bool:
        """Whether the default class takes part because too few projects have finished."""
        return self.finished_count < ENOUGH_FINISHED_COUNT

    def quantiles(self, products: npt.ArrayLike) -> Floats:
        """Return one row of 199 log ratios per product; an unknown product gets the firm's curve."""
        names = [str(name) for name in np.asarray(products, dtype=object)]
        rows = [self.product_log_ratios.get(name, self.log_ratios) for name in names]
        return np.asarray(rows, dtype=np.float64).reshape(len(names), len(LEVELS))

    def forecast(self, planned_weeks: Floats, elapsed_weeks: Floats, products: npt.ArrayLike) -> Floats:
        """Return 199 quantiles of the duration in weeks, all later than today."""
        experience = planned_weeks[:, None] * np.exp(self.quantiles(products))
        remaining = np.maximum(planned_weeks, elapsed_weeks * 1.15)
        plain = default_finish(remaining, elapsed_weeks)
        weight = outlived_weight(experience, elapsed_weeks)
        return np.maximum(averaged(later_than(experience, elapsed_weeks), plain, weight), elapsed_weeks[:, None])


#: What is said when nothing has finished yet.
DEFAULT_CLASS: Final = ReferenceClass(tuple(DEFAULT_LOG_RATIOS.tolist()), 0)


def fit_reference_class(ratio: npt.ArrayLike, is_finished: npt.ArrayLike, products: npt.ArrayLike) -> ReferenceClass:
    """Learn the reference class from finished projects and, as censored, running ones.

    Parameters
    ----------
    ratio
        Duration over first planned duration; for a running project how far it has got.
    products
        What goes live; similar projects are better references but fewer, so each product's curve is pooled with
        the firm's (Servranckx, Vanhoucke and Aouam 2021, EJOR 295:1161-1175).
    """
    reached = np.maximum(np.asarray(ratio, dtype=np.float64), 0.01)
    finished = np.asarray(is_finished, dtype=bool)
    names = np.asarray([str(name) for name in np.asarray(products, dtype=object)], dtype=object)
    count = int(finished.sum())
    firm = _curve(reached, finished, with_default_class=count < ENOUGH_FINISHED_COUNT)
    by_product = {}
    for name in sorted(set(names)):
        is_own = names == name
        own_count = int((finished & is_own).sum())
        if own_count < _ENOUGH_FOR_PRODUCT_COUNT or own_count == count:
            continue
        own = _curve(reached[is_own], finished[is_own], with_default_class=False)
        part = own_count / (own_count + _POOLING_WEIGHT)
        by_product[str(name)] = tuple((part * own + (1 - part) * firm).tolist())
    return ReferenceClass(tuple(firm.tolist()), count, by_product)


def _curve(ratio: Floats, is_finished: npt.NDArray[np.bool_], *, with_default_class: bool) -> Floats:
    """Return the curve, with the default class as pseudo-projects when there are few finished ones."""
    if not with_default_class:
        return np.asarray(censored_quantiles(np.log(ratio), is_finished, np.ones((1, len(ratio))))[0])
    count = len(DEFAULT_LOG_RATIOS)
    weights = np.concatenate((np.ones_like(ratio), np.full(count, DEFAULT_CLASS_WEIGHT / count)))
    curves = censored_quantiles(
        np.concatenate((np.log(ratio), DEFAULT_LOG_RATIOS)),
        np.concatenate((is_finished, np.ones(count, dtype=bool))),
        weights[None, :],
    )
    return np.asarray(curves[0])
