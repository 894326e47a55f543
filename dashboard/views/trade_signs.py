"""Known warning signs of delay in words: what is high on this project, and what a high one went with."""

from __future__ import annotations

from typing import Any, Final

import pandas as pd

from dashboard.i18n import _
from dashboard.views import words

_DAYS_SIGN: Final = "decision_wait_days"


def sign_words(sign: Any) -> str:
    """Return the name of a sign as people say it."""
    known: Final = {
        "integration_share": _("integration with old systems, share of hours"),
        "data_migration_share": _("data migration, share of hours"),
        "training_share": _("training, share of hours"),
        "rework_share": _("rework, share of hours"),
        "unconfirmed_share": _("requests that no prototype confirmed"),
        "old_systems_share": _("requests because of an old system"),
        "decision_wait_days": _("wait for the client's decision (middle)"),
        "undecided_share": _("requests that wait for a decision"),
    }
    return known.get(str(sign), words.plain_words(sign))


def _value_text(sign: Any, value: Any) -> str:
    if words.is_unknown(value):
        return words.none_text()
    return _("{days} days").format(days=f"{float(value):.0f}") if sign == _DAYS_SIGN else words.percent_text(value)


def relation_words(row: Any) -> str:
    """Say what a high sign went with in the firm's own finished projects, or that nothing can be said."""
    if words.is_unknown(row["high_slip"]):
        return _("too few finished projects to say")
    if float(row["low"]) <= 0 <= float(row["high"]):
        return _("no clear relation with delay here")
    return _("where it was high: {high} over plan, else {rest}").format(
        high=_signed_percent(row["high_slip"]), rest=_signed_percent(row["rest_slip"])
    )


def _signed_percent(share: Any) -> str:
    return f"{100 * float(share):+.0f} %".replace("-", "−")


def signs_table(signs: pd.DataFrame) -> pd.DataFrame:
    """Word the signs, high ones first."""
    ordered = signs.sort_values("is_high", ascending=False, kind="stable")
    rows = ordered.to_dict("records")
    return pd.DataFrame(
        {
            _("Sign"): [sign_words(row["sign"]) for row in rows],
            _("Here"): [_value_text(row["sign"], row["value"]) for row in rows],
            _("Usual at this stage"): [_value_text(row["sign"], row["usual"]) for row in rows],
            _("High?"): [_("high") if row["is_high"] else "" for row in rows],
            _("In your finished projects"): [relation_words(row) for row in rows],
            _("Finished projects"): [words.number_text(row["finished_count"]) for row in rows],
        }
    )


def signs_sentence(signs: pd.DataFrame) -> str:
    """Say which signs are high."""
    high = signs[signs["is_high"].astype(bool)] if len(signs) else signs
    if high.empty:
        return _("None of the known warning signs is unusually high here.")
    return _("Unusually high here: {signs}.").format(signs="; ".join(sign_words(sign) for sign in high["sign"]))


def requester_sentence(busiest: tuple[str, float, int] | None) -> str:
    """Say which department asks most."""
    if busiest is None:
        return ""
    name, share, count = busiest
    return _("{name} asks most often: {count} requests, {share} of the estimated hours.").format(
        name=name, count=count, share=words.percent_text(share)
    )
