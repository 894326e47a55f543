"""What is known, of which week and on which day: one definition each, for every page, command and replay."""

from analytics.known.reporting_week import (
    DEFAULT_FILED_SHARE,
    FiledWeek,
    ReportingDay,
    ReportingWeek,
    filings_in,
    last_full_week,
    plain_day,
    reporting_day,
    reporting_week,
)

__all__ = [
    "DEFAULT_FILED_SHARE",
    "FiledWeek",
    "ReportingDay",
    "ReportingWeek",
    "filings_in",
    "last_full_week",
    "plain_day",
    "reporting_day",
    "reporting_week",
]
