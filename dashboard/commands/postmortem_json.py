"""Post-mortems as plain values: the same figures as on the page."""

from __future__ import annotations

import dataclasses
import math
from typing import TYPE_CHECKING, Any

from dashboard.commands.common import rows_of
from dashboard.views import postmortem as views

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from analytics.postmortem.result import Hindsight, Pool, PostMortem


def mortem_json(found: PostMortem, day: date, path: Path | None) -> dict[str, Any]:
    """Return one post-mortem."""
    account = found.account
    return {
        "as_of_date": day,
        "project_id": found.project_id,
        "project_name": views.title_of(found),
        "ending": found.case.ending,
        "end_date": found.case.end_date.date(),
        "baseline_finish_date": _day(found.case.planned_finish_date),
        "verdict": views.verdict(found),
        "consequence": views.consequence(found),
        "gaps": list(found.gaps),
        "remarks": list(account.remarks) if account else [],
        "late_weeks": account.late_weeks if account else None,
        "replay_error_weeks": account.replay_error_weeks if account else None,
        "account": rows_of(account.lines) if account else [],
        "requests_in_account": rows_of(account.requests) if account else [],
        "windows": rows_of(account.windows) if account else [],
        "joint": rows_of(account.joint) if account else [],
        "but_for": rows_of(found.but_for),
        "weeks": rows_of(account.built.weeks) if account else [],
        "hindsight": _hindsight(found.hindsight),
        "costs": {
            "measures": rows_of(found.costs.beside),
            "people_count": found.costs.people_count,
            "left_count": found.costs.left_count,
        },
        "outcomes": rows_of(found.outcomes),
        "support_hours": found.support_hours,
        "requirements": _requirements(found),
        "comparables": _comparables(found),
        "report": None if path is None else str(path),
    }


def pool_json(found: Pool, day: date) -> dict[str, Any]:
    """Return the pooled accounts."""
    return {
        "as_of_date": day,
        "mean_error_weeks": _number(found.mean_error_weeks),
        "accounts": rows_of(found.accounts),
        "pooled": rows_of(found.pooled),
        "signs": rows_of(found.signs),
        "refused": found.refused,
    }


def _hindsight(found: Hindsight) -> dict[str, Any]:
    knowable = found.knowable
    known = None
    if knowable is not None:
        known = {**dataclasses.asdict(knowable), "week_start_date": knowable.week_start_date.date()}
    return {
        "knowable": known,
        "signs": rows_of(found.signs),
        "reported": rows_of(found.reported),
        "first_warning_date": _day(found.turning.first_warning_date),
        "first_action_date": _day(found.turning.first_action_date),
        "latency_weeks": found.turning.latency_weeks,
        "actions": rows_of(found.turning.actions),
        "forecasts": rows_of(found.forecasts),
    }


def _requirements(found: PostMortem) -> dict[str, Any]:
    told = found.requirements
    return {
        "requests_count": told.requests_count,
        "approved_count": told.approved_count,
        "confirmed_share": _number(told.confirmed_share),
        "wait_days": _number(told.wait_days),
        "completed_count": told.completed_count,
        "actual_over_estimate": _number(told.actual_over_estimate),
        "by_phase": rows_of(told.by_phase),
        "by_cause": rows_of(told.by_cause),
        "by_department": rows_of(told.by_department),
    }


def _comparables(found: PostMortem) -> dict[str, Any] | None:
    told = found.comparables
    if told is None:
        return None
    return {
        "class_count": told.class_count,
        "is_of_product": told.is_of_product,
        "late_share": told.late_share,
        "below_share": told.below_share,
        "quantiles": told.quantiles,
        "nearest": rows_of(told.nearest),
    }


def _day(value: Any) -> date | None:
    found: date | None = None if value is None else value.date()
    return found


def _number(value: float) -> float | None:
    return None if math.isnan(value) else value
