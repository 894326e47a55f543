"""Anomalies of a warehouse without a screen: the marts that the checks read, and which of them a batch brought."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from analytics.anomalies.find import find_anomalies
from analytics.anomalies.frames import AnomalyFrames
from analytics.anomalies.rates import check_rates

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    import duckdb
    import pandas as pd


@dataclass(frozen=True)
class Found:
    """Anomalies as of ``analytics.anomalies.find_anomalies``, and how loud each check is."""

    anomalies: pd.DataFrame
    rates: pd.DataFrame


def find_in(connection: duckdb.DuckDBPyConnection, as_of_date: date, since_date: date | None = None) -> Found:
    """Return what is unlike its own past, as known on a day."""
    frames = AnomalyFrames(
        **{one.name: connection.execute(f"from marts.{one.name}").df() for one in fields(AnomalyFrames)}
    )
    found = find_anomalies(frames, as_of_date, since_date=since_date)
    return Found(found, check_rates(found, frames.person_weeks, as_of_date, since_date=since_date))


def of_batches(
    connection: duckdb.DuckDBPyConnection, anomalies: pd.DataFrame, batch_ids: Sequence[int]
) -> pd.DataFrame:
    """Return the anomalies that rows of some batches touch: the same person, request, or days."""
    connection.register("anomalies_", anomalies)
    try:
        keys = connection.execute(
            """
            with rows_ as (
                select person_id, null as change_request_id, work_date as first_date, work_date as last_date
                from staging.timesheets
                where list_contains($batch_ids, batch_id)
                union all
                select person_id, null, departed_date, returned_date
                from staging.trips
                where list_contains($batch_ids, batch_id)
                union all
                select null, change_request_id, raised_date, raised_date
                from staging.change_requests
                where list_contains($batch_ids, batch_id)
            ),

            spans as (
                select person_id, change_request_id, min(first_date) as first_date, max(last_date) as last_date
                from rows_
                group by all
            )

            select distinct anomalies_.anomaly_key
            from anomalies_
            inner join spans
                on case
                    when anomalies_.change_request_id is not null
                        then anomalies_.change_request_id = spans.change_request_id
                    when anomalies_.person_id is not null
                        then anomalies_.person_id = spans.person_id
                            and anomalies_.first_date <= spans.last_date
                            and anomalies_.last_date >= spans.first_date
                    else anomalies_.first_date <= spans.last_date and anomalies_.last_date >= spans.first_date
                end
            """,
            {"batch_ids": list(batch_ids)},
        ).fetchall()
    finally:
        connection.unregister("anomalies_")
    return anomalies[anomalies["anomaly_key"].isin([key for (key,) in keys])].reset_index(drop=True)
