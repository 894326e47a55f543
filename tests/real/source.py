"""The real data as it lies in ../shared, and what the import must find in it, worked out with pandas alone.

Nothing here uses the product: these are the figures that its own are compared with.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pandas as pd

if TYPE_CHECKING:
    from pathlib import Path

MINUTES_A_DAY: Final = 24 * 60


@dataclass(frozen=True)
class Source:
    """The tables that are taken in, untouched."""

    time_log: pd.DataFrame
    tasks: pd.DataFrame
    permits: pd.DataFrame
    requests: pd.DataFrame
    status_panel: pd.DataFrame


def read_source(folder: Path) -> Source:
    """Read the tables from ``folder`` (../shared/datasets/open)."""
    return Source(
        time_log=pd.read_parquet(folder / "cesaw_time_log.parquet"),
        tasks=pd.read_parquet(folder / "cesaw_tasks.parquet"),
        permits=pd.read_parquet(folder / "travel_permits.parquet"),
        requests=pd.read_parquet(folder / "maintenance_requests.parquet"),
        status_panel=pd.read_parquet(folder / "status_panel.parquet"),
    )


def refused_entries(time_log: pd.DataFrame) -> dict[tuple[str, str], int]:
    """Return how many entries the contract must refuse, by column and reason."""
    has_no_day = time_log["started_at"].isna()
    minutes = time_log.loc[~has_no_day, "minutes"]
    return {
        ("work_date", "is empty, but a row can't do without it"): int(has_no_day.sum()),
        ("worked_hours", "must be more than 0 hours"): int((minutes <= 0).sum()),
        ("worked_hours", "must be at most 24 hours"): int((minutes > MINUTES_A_DAY).sum()),
    }


def usable_entries(time_log: pd.DataFrame) -> pd.DataFrame:
    """Return the entries that the contract takes in, with the day of their work."""
    is_usable = time_log["started_at"].notna() & time_log["minutes"].between(1, MINUTES_A_DAY)
    usable = time_log[is_usable]
    return usable.assign(work_date=usable["started_at"].dt.normalize())


def person_days(time_log: pd.DataFrame) -> pd.DataFrame:
    """Return ``minutes`` and ``entry_count`` of each person's day, of the entries that can be used."""
    days = usable_entries(time_log).groupby(["organization", "person_key", "work_date"])
    return days["minutes"].agg(minutes="sum", entry_count="size").reset_index()


def overlapping_entries_count(time_log: pd.DataFrame) -> int:
    """Count usable entries that begin before an earlier entry of the same person has ended."""
    ordered = usable_entries(time_log).sort_values(["person_key", "started_at", "ended_at"], kind="stable")
    latest_end = ordered.groupby("person_key")["ended_at"].cummax().groupby(ordered["person_key"]).shift()
    return int((latest_end > ordered["started_at"]).sum())


def unexplained_minutes(time_log: pd.DataFrame) -> pd.DataFrame:
    """Return the entries whose clock times are not their minutes plus their interruptions."""
    span = (time_log["ended_at"] - time_log["started_at"]).dt.total_seconds() / 60
    left = span - time_log["minutes"] - time_log["interrupt_minutes"]
    return time_log.assign(unexplained_minutes=left)[left.notna() & left.ne(0)]


def requests_out_of_order(requests: pd.DataFrame) -> pd.DataFrame:
    """Return the requests that were answered before they came, or verified before they came or were answered."""
    reported, answered, verified = (requests[name] for name in ("report_date", "answer_date", "verify_date"))
    return requests[(answered < reported) | (verified < reported) | (verified < answered)]
