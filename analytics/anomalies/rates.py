"""How loud each check is: anomalies and touched person-weeks in a hundred person-weeks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from analytics.anomalies.checks import CHECKS, TOO_LOUD_SHARE
from analytics.workload.grid import last_complete_sunday, monday_of

if TYPE_CHECKING:
    from datetime import date


def check_rates(
    anomalies: pd.DataFrame, person_weeks: pd.DataFrame, as_of_date: date, *, since_date: date | None = None
) -> pd.DataFrame:
    """Return one row per check, also for those that found nothing.

    Parameters
    ----------
    anomalies
        Rows of ``find_anomalies`` for the same days.
    person_weeks
        The mart; filed person-weeks known on ``as_of_date`` are what the rates are shares of.

    Returns
    -------
    DataFrame
        ``check``, ``anomaly_count``, ``touched_count`` (person-weeks; one that two anomalies of a check touch is
        counted twice), ``person_weeks_count``, ``per_100_person_weeks`` (anomalies), ``touched_share`` (0…1, null
        without person-weeks), ``is_too_loud``.
    """
    filed_count = _filed_count(person_weeks, as_of_date, since_date)
    tokens = [check.token for check in CHECKS]
    by_check = anomalies.groupby("check")["person_weeks_count"].agg(["size", "sum"]).reindex(tokens, fill_value=0)
    count, touched = by_check["size"].to_numpy(), by_check["sum"].to_numpy()
    divisor = float(filed_count) if filed_count else float("nan")
    share = pd.Series(touched / divisor).clip(upper=1.0)
    return pd.DataFrame(
        {
            "check": pd.Series(tokens, dtype="str"),
            "anomaly_count": count,
            "touched_count": touched,
            "person_weeks_count": filed_count,
            "per_100_person_weeks": 100 * count / divisor,
            "touched_share": share,
            "is_too_loud": share.gt(TOO_LOUD_SHARE),
        }
    )


def with_rates(
    anomalies: pd.DataFrame, person_weeks: pd.DataFrame, as_of_date: date, *, since_date: date | None = None
) -> pd.DataFrame:
    """Add to each anomaly its check's ``per_100_person_weeks``, ``touched_share`` and ``is_too_loud``."""
    rates = check_rates(anomalies, person_weeks, as_of_date, since_date=since_date)
    columns = ["check", "per_100_person_weeks", "touched_share", "is_too_loud"]
    return anomalies.merge(rates[columns], on="check", how="left", validate="many_to_one")


def _filed_count(person_weeks: pd.DataFrame, as_of_date: date, since_date: date | None) -> int:
    weeks = person_weeks["week_start_date"]
    is_counted = person_weeks["state"].eq("filed") & person_weeks["known_week_date"].le(monday_of(as_of_date))
    is_counted &= weeks.le(last_complete_sunday(as_of_date))
    if since_date is not None:
        is_counted &= weeks.ge(monday_of(since_date))
    known = person_weeks.loc[is_counted].groupby(["person_id", "week_start_date"])["entry_count"].sum()
    return int(known.gt(0).sum())
