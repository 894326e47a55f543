"""How much longer than first planned projects of this firm take, running ones counted as censored."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import numpy as np

from analytics.delay.distribution import (
    DEFAULT_CLASS_WEIGHT,
    DEFAULT_LOG_RATIOS,
    DEFAULT_LOG_SPREAD,
    ENOUGH_FINISHED_COUNT,
    NORMAL_SCORES,
    averaged,
    default_finish,
    later_than,
    outlived_weight,
)
from analytics.evaluation import LEVELS

if TYPE_CHECKING:
    import numpy.typing as npt

    from analytics.evaluation.scores import Floats

#: A product's own curve needs this many finished projects and weighs n / (n + 20) against the firm's.
_ENOUGH_FOR_PRODUCT_COUNT: Final = 5
_POOLING_WEIGHT: Final = 20.0
#: Slope of the tail in log ratios where no project has yet got, at least and at most.
_TAIL_SPREADS: Final = (0.10, 0.80)


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


def kaplan_meier_quantiles(ratio: Floats, is_finished: npt.NDArray[np.bool_], weight: Floats) -> Floats:
    """Return the 199 quantiles of ln ratio by the product limit (Kaplan and Meier 1958, JASA 53:457-481).

    Running projects stay in the count of those at risk up to where they have got to. Levels that no finished
    project reaches are continued as a log-normal tail with the slope of the upper half.
    """
    order = np.lexsort((~is_finished, ratio))
    ratio, is_finished, weight = ratio[order], is_finished[order], weight[order]
    at_risk = np.cumsum(weight[::-1])[::-1]
    survival = np.cumprod(np.where(is_finished, 1 - weight / (at_risk + 1e-12), 1.0))
    events = np.flatnonzero(is_finished)
    if len(events) == 0:
        return np.asarray(DEFAULT_LOG_RATIOS, dtype=np.float64)
    usual = np.square(weight).sum() / weight.sum()
    before = np.concatenate(([1.0], survival[events[:-1]]))
    middle = 1 - (before + survival[events]) / 2
    places = (middle + usual / weight.sum() / 2) / (1 + usual / weight.sum())
    logs = np.log(ratio[events])
    curve = np.interp(LEVELS, places, logs)
    return _with_tail(curve, float(places[-1]))


def _with_tail(curve: Floats, reached: float) -> Floats:
    """Continue the curve beyond the last level that the data reach."""
    is_beyond = reached < LEVELS
    if not is_beyond.any():
        return curve
    last = max(int(np.flatnonzero(~is_beyond)[-1]) if (~is_beyond).any() else 0, 1)
    half = last // 2
    slope = (curve[last] - curve[half]) / (NORMAL_SCORES[last] - NORMAL_SCORES[half])
    slope = float(np.clip(slope, *_TAIL_SPREADS)) if last > 20 else DEFAULT_LOG_SPREAD
    tail = curve[last] + slope * (NORMAL_SCORES - NORMAL_SCORES[last])
    return np.asarray(np.where(is_beyond, tail, curve))


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
        return kaplan_meier_quantiles(ratio, is_finished, np.ones_like(ratio))
    pseudo = np.exp(DEFAULT_LOG_RATIOS)
    return kaplan_meier_quantiles(
        np.concatenate((ratio, pseudo)),
        np.concatenate((is_finished, np.ones(len(pseudo), dtype=bool))),
        np.concatenate((np.ones_like(ratio), np.full(len(pseudo), DEFAULT_CLASS_WEIGHT / len(pseudo)))),
    )
