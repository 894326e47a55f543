"""Load and signs of overload: what the work of implementation engineers asks of them, read from logs. Facts only.

The functions take the marts as frames and ``as_of_date``; nothing here says how a person feels or works.
"""

from analytics.workload.days import day_states, days_as_known, days_in_a_row
from analytics.workload.fragmentation import project_fragmentation
from analytics.workload.limit_rules import LIMIT_RULES, LimitRule, PolicyError, jurisdiction_of, policy_rules
from analytics.workload.limits import limit_facts
from analytics.workload.load import with_load
from analytics.workload.overview import travel_now, workload_overview
from analytics.workload.travel import with_travel
from analytics.workload.travel_log import trips_told_until
from analytics.workload.weeks import weeks_as_known

__all__ = [
    "LIMIT_RULES",
    "LimitRule",
    "PolicyError",
    "day_states",
    "days_as_known",
    "days_in_a_row",
    "jurisdiction_of",
    "limit_facts",
    "policy_rules",
    "project_fragmentation",
    "travel_now",
    "trips_told_until",
    "weeks_as_known",
    "with_load",
    "with_travel",
    "workload_overview",
]
