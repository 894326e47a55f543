"""When projects will finish, as ranges, from what was known on a day."""

from analytics.delay.earned_schedule import with_earned_schedule, with_first_plan
from analytics.delay.portfolio import forecast_history, forecast_portfolio

__all__ = ["forecast_history", "forecast_portfolio", "with_earned_schedule", "with_first_plan"]
