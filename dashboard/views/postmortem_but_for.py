"""Both methods side by side: the account, and the project replayed without one thing; joint credit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from dashboard.i18n import _
from dashboard.views import words
from dashboard.views.postmortem import account_rows
from dashboard.views.postmortem_words import loss_words, role_words, spell_words
from dashboard.views.typed import worded

if TYPE_CHECKING:
    from analytics.postmortem.result import PostMortem


def but_for_table(mortem: PostMortem) -> pd.DataFrame:
    """Return both methods side by side, with the difference."""
    rows = mortem.but_for
    labels = pd.Series([but_for_label(row) for row in rows.to_dict("records")], index=rows.index, dtype="str")
    account, earlier, difference = _shown_weeks(mortem)
    return worded(
        {
            _("But for …"): (labels, None),
            _("Account, weeks"): (account.where(rows["account_weeks"].notna()), _signed_or_none),
            _("But for, weeks earlier"): (earlier, words.signed_number_text),
            _("Difference"): (difference, _signed_or_none),
        }
    )


def _signed_or_none(weeks: object) -> str:
    return words.none_text() if words.is_unknown(weeks) else words.signed_number_text(weeks)


def but_for_label(row: Any) -> str:
    """Say what was taken out. Absences are of a role, never of a person."""
    kind = row["kind"]
    if kind == "department":
        return loss_words("scope", row["key"])
    if kind == "request":
        return _("Request {number} ({department}, {day})").format(
            number=row["key"],
            department=row["detail"] or _("department not recorded"),
            day=words.date_text(row["first_date"]),
        )
    if kind == "together":
        return _("{first} and {second} together").format(first=loss_words(row["key"]), second=loss_words(row["detail"]))
    if kind == "absence":
        return _("Leave of {role}, {first} to {last}").format(
            role=role_words(row["detail"]),
            first=words.date_text(row["first_date"]),
            last=words.date_text(row["last_date"]),
        )
    if kind == "spell":
        return _("{spell}, {first} to {last}").format(
            spell=spell_words(row["detail"]),
            first=words.date_text(row["first_date"]),
            last=words.date_text(row["last_date"]),
        )
    return loss_words(kind)


def _shown_weeks(mortem: PostMortem) -> tuple[pd.Series[float], pd.Series[float], pd.Series[float]]:
    """Return the weeks of both methods as they are shown, and by how much these differ.

    The same line of the account reads the same here, where lines were rounded so that they add up.
    """
    rows = mortem.but_for
    labels = pd.Series([but_for_label(row) for row in rows.to_dict("records")], index=rows.index, dtype="str")
    lines = account_rows(mortem)
    shown = dict(zip(lines["label"], lines["weeks"], strict=True))
    account = labels.map(shown).astype("float64").fillna(rows["account_weeks"].astype("float64").round(1))
    earlier = rows["earlier_weeks"].astype("float64").round(1)
    return account, earlier, (earlier - account).where(rows["difference_weeks"].notna())


def methods_sentence(mortem: PostMortem) -> str:
    """Say why both methods differ, and where most."""
    _account, _earlier, difference = _shown_weeks(mortem)
    shown = mortem.but_for.assign(difference_weeks=difference)
    causes = shown[shown["difference_weeks"].notna() & shown["kind"].ne("together")]
    if causes.empty:
        return ""
    row = causes.iloc[int(causes["difference_weeks"].abs().to_numpy().argmax())]
    return _(
        "Collapsed as-built: the project as it was, replayed without one thing. The account counts at the planned "
        "pace, the replay at the pace at which work was really done, so they differ; most on {what} ({weeks}). "
        "Both stand."
    ).format(what=but_for_label(row), weeks=words.signed_weeks_text(row["difference_weeks"]))


def joint_table(mortem: PostMortem) -> pd.DataFrame:
    """Return pairs of causes that cost time in the same windows."""
    joint = mortem.account.joint.head(6) if mortem.account is not None else pd.DataFrame()
    if joint.empty:
        return pd.DataFrame()
    return worded(
        {
            _("Cause"): (joint["first_cause"].map(loss_words), None),
            _("And at the same time"): (joint["second_cause"].map(loss_words), None),
            _("Joint weeks"): (joint["joint_weeks"], words.amount_text),
        }
    )


def joint_sentence() -> str:
    """Say what joint credit is, and what it is not."""
    return _(
        "Where two causes cost time in the same window, each alone would have cost at least the joint weeks. "
        "They are credited to the pair; these are contributions, and liability is not assigned."
    )
