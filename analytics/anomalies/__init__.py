"""What in the imported rows is unlike their own past: pure functions on the marts, as known on a day.

An anomaly is a question about rows, never a statement about a person.
"""

from analytics.anomalies.checks import CHECKS, TOO_LOUD_SHARE, Check
from analytics.anomalies.find import find_anomalies
from analytics.anomalies.frames import AnomalyFrames
from analytics.anomalies.rates import check_rates, with_rates

__all__ = ["CHECKS", "TOO_LOUD_SHARE", "AnomalyFrames", "Check", "check_rates", "find_anomalies", "with_rates"]
