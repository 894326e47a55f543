"""What became of decisions: conditions to look again, dues, and the finish against both forecasts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Mapping

#: What a condition may ask of a project's forecast, and how it is compared.
DATE_MEASURES: Final = ("finish_p50_date", "finish_p80_date")
NUMBER_MEASURES: Final = ("late_probability",)
COMPARISONS: Final = ("above", "below")


class ConditionError(ValueError):
    """A condition that can't be evaluated: a measure, comparison or value that is not possible."""


def checked_condition(condition: Mapping[str, Any]) -> dict[str, Any]:
    """Return a condition in the one form that is kept.

    Parameters
    ----------
    condition
        ``text`` for people alone, or ``measure``, ``is`` (above: later or more, below: earlier or less) and ``value``.

    Raises
    ------
    ConditionError
        It says which part is wrong.
    """
    if not condition or "text" in condition:
        return {"text": str(condition["text"]).strip()} if condition.get("text") else {}
    measure, how, value = (condition.get(name) for name in ("measure", "is", "value"))
    if measure not in (*DATE_MEASURES, *NUMBER_MEASURES):
        raise ConditionError(f"measure:{measure}")
    if how not in COMPARISONS:
        raise ConditionError(f"is:{how}")
    try:
        kept = pd.Timestamp(str(value)).date().isoformat() if measure in DATE_MEASURES else _share(float(str(value)))
    except ValueError as error:
        raise ConditionError(f"value:{value}") from error
    return {"measure": measure, "is": how, "value": kept}


def _share(value: float) -> float:
    if not 0.0 <= value <= 1.0:
        raise ValueError(value)
    return value


def is_met(condition: Mapping[str, Any], forecast: Mapping[str, Any] | None) -> bool | None:
    """Tell whether a condition holds; nothing where only people can tell, or no forecast is known."""
    if not condition or "measure" not in condition or forecast is None:
        return None
    value = forecast.get(condition["measure"])
    if value is None or pd.isna(value):
        return None
    if condition["measure"] in DATE_MEASURES:
        now, line = pd.Timestamp(value), pd.Timestamp(condition["value"])
        return bool(now > line) if condition["is"] == "above" else bool(now < line)
    return bool(value > condition["value"]) if condition["is"] == "above" else bool(value < condition["value"])


@dataclass(frozen=True)
class FollowUp:
    """What a review says of one decision.

    Parameters
    ----------
    due
        ``overdue``, ``due`` (within the days asked), ``later`` or ``none``.
    must_look
        Its review date has come, or its condition holds.
    finish_date, is_finished
        The finish that came, or the median that is forecast now.
    place, do_nothing_place
        Where that lies against a predicted range: ``earlier``, ``inside``, ``later`` or ``unknown``.
    """

    due: str
    must_look: bool
    condition_is_met: bool | None
    finish_date: pd.Timestamp | None
    is_finished: bool
    place: str
    do_nothing_place: str
    change_weeks: float | None

    @property
    def is_contradicted(self) -> bool:
        """Tell whether the finish lies later than everything that was predicted of the decision."""
        return self.place == "later"


def follow_up(
    decision: Mapping[str, Any],
    as_of_date: pd.Timestamp,
    forecast: Mapping[str, Any] | None,
    finished: pd.Timestamp | None,
    *,
    due_within_days: int = 7,
) -> FollowUp:
    """Return what is to be said of a decision on a day: facts beside both forecasts, and no word about causes.

    Parameters
    ----------
    decision
        ``due_date``, ``review_date``, ``condition``, ``prediction``, ``do_nothing``.
    """
    met = is_met(decision["condition"], forecast)
    review = decision["review_date"]
    median = None if forecast is None else _day(forecast.get("finish_p50_date"))
    finish = finished if finished is not None else median
    before = _day(decision["do_nothing"].get("finish_p50_date"))
    return FollowUp(
        due=_due(decision["due_date"], as_of_date, due_within_days),
        must_look=bool(met) or (review is not None and pd.Timestamp(review) <= as_of_date),
        condition_is_met=met,
        finish_date=finish,
        is_finished=finished is not None,
        place=_place(decision["prediction"], finish),
        do_nothing_place=_place(decision["do_nothing"], finish),
        change_weeks=None if finish is None or before is None else (finish - before).days / 7,
    )


def _due(due: Any, as_of_date: pd.Timestamp, within: int) -> str:
    if due is None or pd.isna(due):
        return "none"
    left = (pd.Timestamp(due) - as_of_date).days
    return "overdue" if left < 0 else "due" if left <= within else "later"


def _place(forecast: Mapping[str, Any], finish: pd.Timestamp | None) -> str:
    low, high = _day(forecast.get("finish_p10_date")), _day(forecast.get("finish_p90_date"))
    if finish is None or low is None or high is None:
        return "unknown"
    return "earlier" if finish < low else "later" if finish > high else "inside"


def _day(value: Any) -> pd.Timestamp | None:
    return None if value is None or pd.isna(value) else pd.Timestamp(value)
