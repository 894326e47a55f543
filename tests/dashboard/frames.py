"""The smallest frames that views and figures work on."""

from __future__ import annotations

import pandas as pd

AS_OF = pd.Timestamp("2026-11-15")


def forecast_of(**changes: object) -> dict[str, object]:
    """Return one forecast; ``changes`` say what differs from a project that is a bit late."""
    return {
        "project_id": "p1",
        "as_of_date": AS_OF,
        "mode": "A",
        "method": "progress_and_plan",
        "finish_p10_date": AS_OF + pd.Timedelta(weeks=4),
        "finish_p50_date": AS_OF + pd.Timedelta(weeks=8),
        "finish_p80_date": AS_OF + pd.Timedelta(weeks=12),
        "finish_p90_date": AS_OF + pd.Timedelta(weeks=16),
        "planned_finish_date": AS_OF + pd.Timedelta(weeks=5),
        "baseline_finish_date": AS_OF + pd.Timedelta(weeks=3),
        "committed_date": AS_OF + pd.Timedelta(weeks=3),
        "slip_weeks_p50": 5.0,
        "slip_weeks_p80": 9.0,
        "late_probability": 0.72,
        "expected_delay_person_weeks": 12.0,
        "spi_t": 0.81,
        "is_spi_hidden": False,
        "progress_ratio": 0.6,
        "progress_age_weeks": 1.0,
        "n_reference": 30,
        "is_default_class": False,
        "is_assumed": False,
        "is_first_plan_reported": False,
        "reason": "progress_known",
    } | changes


def forecasts(*rows: dict[str, object]) -> pd.DataFrame:
    """Return a frame of forecasts."""
    return pd.DataFrame(list(rows))


def project_of(
    project_id: str = "p1", name: str | None = "Lotus ERP", client: str | None = "Lotus"
) -> dict[str, object]:
    """Return one project."""
    return {
        "project_id": project_id,
        "project_name": name,
        "client_name": client,
        "product": "erp",
        "site_city": "Hangzhou",
        "manager_person_id": "p9",
        "manager_name": "Ana",
        "baseline_finish_date": pd.Timestamp("2026-06-01"),
        "actual_finish_date": pd.NaT,
        "status": "active",
    }


def request_of(number: int, **changes: object) -> dict[str, object]:
    """Return one change request: early, done, as estimated, without a prototype."""
    return {
        "change_request_id": f"c{number}",
        "project_id": "p1",
        "project_name": "Lotus ERP",
        "client_name": "Lotus",
        "raised_at": pd.Timestamp("2026-01-07 10:00"),
        "go_live_date": pd.Timestamp("2026-09-01"),
        "phase_at_arrival": "design",
        "status": "done",
        "estimated_hours": 10.0,
        "actual_hours": 10.0,
        "is_confirmed_by_prototype": False,
        "is_rejected": False,
        "cause": "new_need",
    } | changes


def week_of(person_id: str, week: str, **changes: object) -> dict[str, object]:
    """Return one week as ``with_load`` gives it: filed, 40 of 40 hours."""
    return {
        "person_id": person_id,
        "week_start_date": pd.Timestamp(week),
        "state": "filed",
        "worked_hours": 40.0,
        "onsite_hours": 8.0,
        "expected_hours": 40.0,
        "load_ratio": 1.0,
    } | changes
