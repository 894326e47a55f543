"""What is usual for speed and availability at each point of a project, and how far single projects stray from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from analytics.delay.progress_model.level_filter import Level, LevelVariances, filter_levels, likelihoods

if TYPE_CHECKING:
    import numpy.typing as npt

    from analytics.evaluation.scores import Floats

#: Ends of the parts of a project, in shares of the work done: people start slowly, and the end drags on.
PARTS: Final = np.array([0.0, 0.06, 0.12, 0.2, 0.35, 0.5, 0.65, 0.8, 0.9, 1.0])
#: Where little is known, levels are taken from elsewhere; the data overwrite them. They are those of a prototype on
#: made-up portfolios, see docs/forecast.md.
SPEED_START: Final = LevelVariances(0.025, 0.90, 0.0014, 0.60, 0.048, 0.051)
AVAILABILITY_START: Final = LevelVariances(0.0037, 0.87, 0.0025, 0.73, 0.0054, 0.0034)
#: Speed of each part against the whole where nothing is known: people start slowly, and the last tenth drags on. In 19
#: open projects with weekly earned value the pace below 5 % and in the last tenth was far below that of the middle.
USUAL_SPEED_PARTS: Final = (-0.35, -0.15, 0.0, 0.10, 0.10, 0.10, 0.05, -0.10, -0.40)
EVEN_PARTS: Final = (0.0,) * 9
#: A part of the project or a product says n / (n + this) itself, the rest is said by all.
_PART_WEIGHT: Final = 4.0
_PRODUCT_WEIGHT: Final = 12.0
#: Below this, project effects and variances can't be told apart.
_FEWEST_FOR_FIT: Final = 8
#: Variances are learnt from at most so many projects; more hardly change them.
_MOST_FOR_VARIANCES: Final = 60
_VARIANCE_WEEKS: Final = 60
#: How far the logarithm of a variance may stray from its start: one standard deviation of what is believed before.
_PRIOR_SPREAD: Final = 1.0
_STEP: Final = 1e-4
_NOISE_BOUNDS: Final = (1e-4, 4.0)


@dataclass(frozen=True)
class LevelModel:
    """The usual level of each part of a project, what products differ, and the variances of single projects."""

    parts: tuple[float, ...]
    products: dict[str, float]
    variances: LevelVariances
    smearing: float
    project_count: int

    def usual(self, progress: Floats, product: npt.NDArray[np.object_]) -> Floats:
        """Return the usual level at each progress (one row per project)."""
        part = np.clip(np.searchsorted(PARTS, progress, side="right") - 1, 0, len(self.parts) - 1)
        return np.asarray(np.asarray(self.parts)[part] + self.of_product(product)[:, None])

    def of_product(self, product: npt.NDArray[np.object_]) -> Floats:
        """Return what each product differs from the usual."""
        return np.array([self.products.get(str(name), 0.0) for name in product], dtype=np.float64)

    def level(
        self,
        seen: Floats,
        progress: Floats,
        span_weeks: Floats,
        product: npt.NDArray[np.object_],
        at_most: npt.NDArray[np.bool_] | None = None,
    ) -> Level:
        """Return what the weeks so far say about each project's own level; see ``filter_levels``."""
        return filter_levels(seen - self.usual(progress, product), span_weeks, self.variances, at_most=at_most)[0]


def unknown_level(start: LevelVariances, parts: tuple[float, ...]) -> LevelModel:
    """Return the level of a firm that nothing is known of: as planned, give or take."""
    return LevelModel(parts, {}, start, 0.0, 0)


def fit_level(
    seen: Floats,
    progress: Floats,
    span_weeks: Floats,
    product: npt.NDArray[np.object_],
    start: LevelVariances,
    shape: tuple[float, ...] = EVEN_PARTS,
    known: LevelVariances | None = None,
) -> LevelModel:
    """Learn usual levels and variances from the weeks of past projects (one row per project).

    Parameters
    ----------
    shape
        What is usual for the parts against the whole.
    known
        Variances that were learnt elsewhere and are taken as they are.
    """
    has_any = (~np.isnan(seen)).any(axis=1)
    seen, progress, span_weeks, product = seen[has_any], progress[has_any], span_weeks[has_any], product[has_any]
    if len(seen) == 0:
        return unknown_level(start, shape)
    table = _part_means(seen, progress, span_weeks)
    parts = _part_effects(table, np.asarray(shape))
    residual = seen - parts[np.clip(np.searchsorted(PARTS, progress, side="right") - 1, 0, len(parts) - 1)]
    own = _weighted_mean(residual, span_weeks)
    products = _product_effects(own, product)
    centred = residual - np.array([products[str(name)] for name in product])[:, None]
    return LevelModel(
        parts=tuple(parts.tolist()),
        products=products,
        variances=known or fit_variances(centred, span_weeks, start),
        smearing=_smearing(centred, span_weeks),
        project_count=len(seen),
    )


def _part_means(seen: Floats, progress: Floats, span_weeks: Floats) -> pd.DataFrame:
    project, week = np.nonzero(~np.isnan(seen))
    part = np.clip(np.searchsorted(PARTS, progress[project, week], side="right") - 1, 0, len(PARTS) - 2)
    weight = span_weeks[project, week]
    rows = pd.DataFrame({"project": project, "part": part, "weight": weight, "sum": weight * seen[project, week]})
    table = rows.groupby(["project", "part"], as_index=False)[["weight", "sum"]].sum()
    return table.assign(level=table["sum"] / table["weight"])


def _part_effects(table: pd.DataFrame, shape: Floats) -> Floats:
    """Return the usual level of each part; a few projects say little about a part of their own."""
    part, level = table["part"].to_numpy(), table["level"].to_numpy(dtype=np.float64)
    count = np.bincount(part, minlength=len(PARTS) - 1)
    whole = float((level - shape[part]).mean())
    rough = np.bincount(part, level, minlength=len(PARTS) - 1) / np.maximum(count, 1)
    if table["project"].nunique() >= _FEWEST_FOR_FIT:
        rough = _effects_within(table["project"].to_numpy(), part, level, rough)
    weight = count / (count + _PART_WEIGHT)
    return np.asarray(weight * rough + (1 - weight) * (whole + shape))


def _effects_within(
    project: npt.NDArray[np.int64], part: npt.NDArray[np.int64], level: Floats, rough: Floats
) -> Floats:
    """Estimate the parts with a random effect for each project: not all projects reach all parts.

    Generalised least squares after taking from each project's rows their share of its mean (Fuller and Battese 1974);
    the variances come from moments. statsmodels' MixedLM gives the same in a hundred times the time.
    """
    number = np.unique(project, return_inverse=True)[1]
    count = np.bincount(number)
    design = (part[:, None] == np.arange(len(rough))).astype(np.float64)
    rest = level - rough[part]
    own = np.bincount(number, rest) / count
    within = float(np.square(rest - own[number]).sum() / max(len(rest) - len(count), 1))
    between = max(float(np.square(own).mean()) - within * float((1 / count).mean()), 1e-4 + 0.01 * within)
    taken = (1 - np.sqrt(within / (within + count * between)))[number]

    def lessened(values: Floats) -> Floats:
        return np.asarray(values - taken * (np.bincount(number, values) / count)[number])

    columns = np.column_stack([lessened(design[:, place]) for place in range(len(rough))])
    # Parts that nobody reached keep what they have.
    ridge = 1e-6 * np.eye(len(rough))
    return np.asarray(np.linalg.solve(columns.T @ columns + ridge, columns.T @ lessened(level) + ridge @ rough))


def _weighted_mean(values: Floats, weights: Floats) -> Floats:
    mass = np.where(np.isnan(values), 0.0, weights)
    return np.asarray((np.nan_to_num(values) * mass).sum(axis=1) / np.maximum(mass.sum(axis=1), 1e-9))


def _product_effects(own: Floats, product: npt.NDArray[np.object_]) -> dict[str, float]:
    names = product.astype(str)
    result = {}
    for name in sorted(set(names.tolist())):
        mine = own[names == name]
        others = float(own.mean())
        result[name] = float((mine.mean() - others) * len(mine) / (len(mine) + _PRODUCT_WEIGHT))
    return result


def _smearing(centred: Floats, span_weeks: Floats) -> float:
    """Return how far the mean of a log-level lies below the log of the mean, within projects."""
    own = _weighted_mean(centred, span_weeks)
    inner = np.where(np.isnan(centred), 0.0, centred - own[:, None])
    mass = np.where(np.isnan(centred), 0.0, span_weeks)
    return float(np.clip(np.log((np.exp(np.clip(inner, -2, 2)) * mass).sum() / mass.sum()), 0.0, 0.3))


def fit_variances(centred: Floats, span_weeks: Floats, start: LevelVariances) -> LevelVariances:
    """Estimate the variances by maximum likelihood of all projects together, held near their start while few.

    A random intercept alone would take the drift for differences between projects, and forecast too wide.
    """
    if len(centred) < _FEWEST_FOR_FIT:
        return start
    chosen = np.unique(np.linspace(0, len(centred) - 1, _MOST_FOR_VARIANCES).round().astype(int))
    seen, span = centred[chosen, -_VARIANCE_WEEKS:], span_weeks[chosen, -_VARIANCE_WEEKS:]
    bound = 4 * np.nanstd(seen)
    seen = np.clip(seen, -bound, bound)
    begin = _to_free(start)

    def cost(free: Floats) -> tuple[float, Floats]:
        """Return the cost and its slopes, by differences that are filtered together."""
        tried = [free, *(free + _STEP * row for row in np.eye(len(free)))]
        away = np.array([np.square((place - begin) / _PRIOR_SPREAD).sum() / 2 for place in tried])
        value = away - likelihoods(seen, span, [_from_free(place) for place in tried])
        return float(value[0]), np.asarray((value[1:] - value[0]) / _STEP)

    from scipy.optimize import minimize  # noqa: PLC0415 - a quarter of a second; most processes read what is on record

    found = minimize(cost, begin, jac=True, method="L-BFGS-B", options={"maxiter": 20, "ftol": 1e-5})
    return _from_free(np.asarray(found.x, dtype=np.float64))


def _to_free(variances: LevelVariances) -> Floats:
    left = np.array([variances.drift_left, variances.spell_left])
    return np.concatenate(
        (np.log([variances.own, variances.drift, variances.spell, variances.noise]), np.log(left / (1 - left)))
    )


def _from_free(free: Floats) -> LevelVariances:
    own, drift, spell, noise = np.clip(np.exp(np.clip(free[:4], -12, 4)), *_NOISE_BOUNDS)
    left = 1 / (1 + np.exp(-free[4:]))
    return LevelVariances(
        float(own),
        float(np.clip(left[0], 0.80, 0.985)),
        float(drift),
        float(np.clip(left[1], 0.10, 0.79)),
        float(spell),
        float(noise),
    )
