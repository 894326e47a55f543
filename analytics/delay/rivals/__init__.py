"""Rules from the trade and the literature that the forecast has to beat, each on the same information."""

from analytics.delay.rivals.landmark_regression import regression_quantiles
from analytics.delay.rivals.smoothed_pace import best_smoothing, with_smoothed_points
from analytics.delay.rivals.throughput import throughput_quantiles

__all__ = ["best_smoothing", "regression_quantiles", "throughput_quantiles", "with_smoothed_points"]
