"""When projects will finish, as ranges, from what was known on a day."""

from analytics.delay.analogues import PlanAnalogues, fit_plan_analogues
from analytics.delay.backtest import rolling_origin_backtest, rolling_origin_scores, summarise
from analytics.delay.committed import COMMITTED_BY, CommittedBy
from analytics.delay.earned_schedule import with_earned_schedule, with_first_plan
from analytics.delay.explaining import (
    SHOWN_DRIVERS,
    Movement,
    drivers_on,
    moved_between,
    new_rows,
)
from analytics.delay.known import Histories, prepare_histories
from analytics.delay.panel_backtest import (
    cross_validated_panel_backtest,
    cross_validated_panel_scores,
    panel_backtest,
    panel_scores,
    panel_skill,
    summarise_panel,
)
from analytics.delay.portfolio import forecast_history, forecast_history_on, forecast_on, forecast_portfolio
from analytics.delay.progress_model import FitStore
from analytics.delay.reference_class import ReferenceClass, fit_reference_class
from analytics.delay.scenarios import HoursChange, Scenario, ScenarioError, compare_scenarios
from analytics.delay.stage_errors import StageErrors, fit_stage_errors
from analytics.delay.together import (
    JointStatement,
    WarningRecord,
    firm_correlation,
    joint_finishes,
    joint_on,
    joint_statement,
    team_free_dates,
    warning_record,
    with_warning,
)

__all__ = [
    "COMMITTED_BY",
    "SHOWN_DRIVERS",
    "CommittedBy",
    "FitStore",
    "Histories",
    "HoursChange",
    "JointStatement",
    "Movement",
    "PlanAnalogues",
    "ReferenceClass",
    "Scenario",
    "ScenarioError",
    "StageErrors",
    "WarningRecord",
    "compare_scenarios",
    "cross_validated_panel_backtest",
    "cross_validated_panel_scores",
    "drivers_on",
    "firm_correlation",
    "fit_plan_analogues",
    "fit_reference_class",
    "fit_stage_errors",
    "forecast_history",
    "forecast_history_on",
    "forecast_on",
    "forecast_portfolio",
    "joint_finishes",
    "joint_on",
    "joint_statement",
    "moved_between",
    "new_rows",
    "panel_backtest",
    "panel_scores",
    "panel_skill",
    "prepare_histories",
    "rolling_origin_backtest",
    "rolling_origin_scores",
    "summarise",
    "summarise_panel",
    "team_free_dates",
    "warning_record",
    "with_earned_schedule",
    "with_first_plan",
    "with_warning",
]
