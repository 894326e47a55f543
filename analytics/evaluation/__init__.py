"""How good forecasts were: scores, calibration and skill against rivals."""

from analytics.evaluation.calibration import (
    area_under_curve,
    brier_score,
    coverage,
    is_covered,
    pit_deviation,
    pit_histogram,
    pit_values,
    reliability_bins,
    wilson_interval,
)
from analytics.evaluation.early_warnings import (
    WarningRecord,
    first_warnings,
    record_at_false_alarm_share,
    warning_record,
)
from analytics.evaluation.scores import (
    LEVELS,
    crps,
    interpolated_quantile,
    pinball_loss,
    probability_above,
    provisional_crps,
)
from analytics.evaluation.skill import Skill, mean_by_stage, skill_by_project, skill_by_stage

__all__ = [
    "LEVELS",
    "Skill",
    "WarningRecord",
    "area_under_curve",
    "brier_score",
    "coverage",
    "crps",
    "first_warnings",
    "interpolated_quantile",
    "is_covered",
    "mean_by_stage",
    "pinball_loss",
    "pit_deviation",
    "pit_histogram",
    "pit_values",
    "probability_above",
    "provisional_crps",
    "record_at_false_alarm_share",
    "reliability_bins",
    "skill_by_project",
    "skill_by_stage",
    "warning_record",
    "wilson_interval",
]
