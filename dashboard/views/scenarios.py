"""What-ifs in words: the steps of a scenario, and what they would change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from dashboard.i18n import _
from dashboard.views import words
from dashboard.views.typed import worded

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def kind_words(kind: str) -> str:
    """Return what a kind of step does, as people say it."""
    known: Final = {
        "add_hours": _("a person joins"),
        "take_hours": _("a person leaves or is on leave"),
        "freeze_date": _("no new change requests from a day on"),
        "freeze_progress": _("no new change requests from a share of the work on"),
        "accept": _("accept a request"),
        "refuse": _("refuse a request"),
        "scope": _("add or take out work"),
        "shift_start": _("start the rest later or earlier"),
        "not_before": _("no go-live before a day"),
    }
    return known.get(kind, words.plain_words(kind))


def step_text(step: Any) -> str:
    """Say what one step does, with its values."""
    texts: Final = {
        "add_hours": _("{hours} a week more, {span}"),
        "take_hours": _("{hours} a week less, {span}"),
        "freeze_date": _("no new change requests from {first} on"),
        "freeze_progress": _("no new change requests once {share} of the work is done"),
        "accept": _("accept {request}"),
        "refuse": _("refuse {request}"),
        "scope": _("{signed} of work"),
        "shift_start": _("the rest starts {weeks} later"),
        "not_before": _("no go-live before {first}"),
    }
    return texts[step.kind].format(
        hours=words.hours_text(step.hours),
        signed=f"{step.hours:+,.0f} h".replace("-", "−").replace(",", " "),
        weeks=words.signed_weeks_text(step.weeks),
        share=words.percent_text(step.share),
        request=step.request_id,
        first=words.date_text(step.from_date or None),
        span=_span(step),
    )


def _span(step: Any) -> str:
    first = words.date_text(step.from_date or None)
    if step.to_date:
        return _("from {first} to {last}").format(first=first, last=words.date_text(step.to_date))
    return _("from {first} on").format(first=first)


def steps_text(steps: Iterable[Any]) -> str:
    """Say all steps of a scenario."""
    return "; ".join(step_text(step) for step in steps) or _("nothing changes")


def scenario_table(found: pd.DataFrame) -> pd.DataFrame:
    """Word the forecast as it is and under each scenario, side by side.

    Parameters
    ----------
    found
        As ``analytics.delay.scenarios.compare_scenarios`` returns it.
    """
    names = found["scenario"].where(found["scenario"].ne(""), _("as it is"))
    is_changed = found["scenario"].ne("")
    # Points are the difference of the percentages that stand beside them.
    percent = found["late_probability"].mul(100).round()
    points = (percent - percent.iloc[0]) / 100
    return worded(
        {
            _("Scenario"): (names, None),
            _("Median finish (P50)"): (found["finish_p50_date"], words.date_text),
            _("Change of P50"): (found["p50_weeks"].where(is_changed), words.signed_weeks_text),
            _("Slip (P50)"): (found["slip_weeks_p50"], words.signed_weeks_text),
            _("Safe finish (P80)"): (found["finish_p80_date"], words.date_text),
            _("Change of P80"): (found["p80_weeks"].where(is_changed), words.signed_weeks_text),
            _("Chance of being late"): (found["late_probability"], words.lateness_text),
            _("Change of the chance"): (points.where(is_changed), points_text),
        }
    )


def points_text(points: Any) -> str:
    """Return a difference of two chances in percentage points."""
    if words.is_unknown(points):
        return words.none_text()
    number = f"{100 * float(points):+.0f}".replace("-", "−")
    return _("{points} points").format(points="0" if number in ("+0", "−0") else number)


def scenario_sentence(found: pd.DataFrame) -> str:
    """Say in one sentence which scenario helps most."""
    asked = found[found["scenario"] != ""]
    if asked.empty:
        return ""
    best = asked.sort_values("p50_weeks", kind="stable").iloc[0]
    if float(best["p50_weeks"]) > -0.1:
        return _("None of them brings the median finish forward.")
    return _("“{name}” brings the median finish forward most: {weeks}, to {day}.").format(
        name=best["scenario"],
        weeks=words.signed_weeks_text(best["p50_weeks"]),
        day=words.date_text(best["finish_p50_date"]),
    )


def limits_sentence() -> str:
    """Say what a scenario can't know."""
    return _("A new colleague counts as full from the first day, so take the answer as the best case.")


def kept_table(scenarios: Sequence[Any], texts: Sequence[str]) -> pd.DataFrame:
    """Word the what-ifs that were kept, each with what was computed then."""
    return worded(
        {
            _("Number"): ([one.scenario_id for one in scenarios], words.number_text),
            _("Name"): ([one.title for one in scenarios], None),
            _("Steps"): (list(texts), None),
            _("Change of P50"): (_figures(scenarios, "result", "p50_weeks"), words.signed_weeks_text),
            _("Change of P80"): (_figures(scenarios, "result", "p80_weeks"), words.signed_weeks_text),
            _("As known on"): (_days(one.as_of_date for one in scenarios), words.date_text),
            _("By"): ([one.viewer_name for one in scenarios], None),
        }
    )


def decisions_table(decisions: Sequence[Any]) -> pd.DataFrame:
    """Word the decisions that came of what-ifs, each with what was predicted."""
    predicted = _days(one.prediction.get("finish_p50_date") for one in decisions)
    return worded(
        {
            _("Number"): ([one.decision_id for one in decisions], str),
            _("Decided on"): (_days(one.decided_at for one in decisions), words.date_text),
            _("Decision"): ([one.title for one in decisions], None),
            _("Owner"): ([one.owner_name for one in decisions], None),
            _("Due"): (_days(one.due_date for one in decisions), words.date_text),
            _("Predicted median finish (P50)"): (predicted, words.date_text),
            _("Predicted change"): (_figures(decisions, "prediction", "p50_weeks"), words.signed_weeks_text),
            _("Note"): ([one.note for one in decisions], None),
        }
    )


def _figures(kept: Sequence[Any], part: str, name: str) -> pd.Series[float]:
    return pd.Series([getattr(one, part).get(name) for one in kept], dtype="float64")


def _days(days: Iterable[Any]) -> pd.Series[pd.Timestamp]:
    return pd.to_datetime(pd.Series(list(days), dtype="object")).astype("datetime64[us]")
