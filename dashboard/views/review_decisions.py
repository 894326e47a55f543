"""Decisions and the score of predictions in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from dashboard.i18n import _
from dashboard.views import words
from dashboard.views.opening import opening

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def status_of_decision(status: str) -> str:
    """Return the status of a decision in words."""
    known: Final = {
        "open": _("open"),
        "done": _("done"),
        "dropped": _("not done"),
        "superseded": _("superseded"),
    }
    return known.get(status, status)


def place_words(place: str) -> str:
    """Return where a finish lies against a predicted range."""
    known: Final = {
        "earlier": _("earlier than predicted"),
        "inside": _("inside the range"),
        "later": _("later than predicted"),
        "unknown": words.none_text(),
    }
    return known.get(place, place)


def decisions_table(decisions: Sequence[Mapping[str, Any]], names: Mapping[str, str]) -> pd.DataFrame:
    """Return decisions with the finish against both forecasts; what came after one is no proof that it came from it."""
    found = pd.DataFrame(
        {
            "decision_id": [one["decision_id"] for one in decisions],
            _("No."): [one["decision_id"] for one in decisions],
            _("Decision"): [one["title"] for one in decisions],
            _("Project"): [names.get(one["project_id"], one["project_id"] or words.none_text()) for one in decisions],
            _("Owner"): [one["owner_name"] or words.none_text() for one in decisions],
            _("Due"): [words.date_text(one["due_date"]) for one in decisions],
            _("Status"): [_status(one) for one in decisions],
            _("Predicted"): [_range(one["prediction"]) for one in decisions],
            _("Do nothing"): [_range(one["do_nothing"]) for one in decisions],
            _("Finish"): [_finish(one) for one in decisions],
            _("Against the prediction"): [place_words(one["place"]) for one in decisions],
            _("Why"): [one["why"] for one in decisions],
        }
    )
    return opening(found, {_("Project"): ("project", [one["project_id"] for one in decisions])})


def _status(one: Mapping[str, Any]) -> str:
    return (
        f"{status_of_decision(one['status'])}, {_('overdue')}"
        if one["due"] == "overdue"
        else status_of_decision(one["status"])
    )


def _range(said: Mapping[str, Any]) -> str:
    if "covered_head_weeks" in said:  # a roster that was accepted
        return _("{covered} of {needed} person-weeks covered").format(
            covered=words.number_text(said["covered_head_weeks"]), needed=words.number_text(said["needed_head_weeks"])
        )
    low, high = said.get("finish_p10_date"), said.get("finish_p90_date")
    return words.none_text() if not low or not high else f"{words.date_text(low)} – {words.date_text(high)}"


def _finish(one: Mapping[str, Any]) -> str:
    if one["finish_date"] is None:
        return words.none_text()
    day = words.date_text(one["finish_date"])
    return day if one["is_finished"] else _("{day} (median now)").format(day=day)


def score_sentence(score: Mapping[str, Any]) -> str:
    """Say how predictions fared; nothing is said of people."""
    count, held = score["scored_count"], score["held_count"]
    if not count:
        return _("No prediction can be scored yet: none of its projects is over.")
    if score["coverage"] is None:
        return _("{held} of {count} predictions held. A score is shown from 10 scored predictions on.").format(
            held=held, count=count
        )
    sentence = _("Predictions held in {held} of {count} cases ({share}, aim 80 %).").format(
        held=held, count=count, share=words.percent_text(score["coverage"])
    )
    if score["brier"] is None:
        return sentence
    return f"{sentence} " + _("Brier score {brier} (0 perfect, 0.25 a coin toss).").format(
        brier=words.number_text(score["brier"], 2)
    )


def is_found(decision: Mapping[str, Any], text: str, names: Mapping[str, str]) -> bool:
    """Tell whether a decision holds the words that are searched for."""
    parts = [str(decision[name]) for name in ("title", "why", "alternatives", "owner_name", "note", "project_id")]
    parts.append(names.get(decision["project_id"], ""))
    return text.strip().casefold() in " ".join(parts).casefold()
