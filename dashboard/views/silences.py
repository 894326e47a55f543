"""People who file nothing for long, in words and tables."""

from __future__ import annotations

from typing import Any

import pandas as pd

from dashboard.i18n import _, ngettext
from dashboard.views import words


def label_of(person: Any) -> str:
    """Return the name of a person with the id, which says who of two is meant."""
    name, one = person.person_name, person.person_id
    return f"{name} ({one})" if name and name != one else str(one)


def asked_sentence(count: int) -> str:
    """Say how many are asked about, and why."""
    return ngettext(
        "{count} person on the list has filed nothing for 13 weeks or longer and has no leaving date.",
        "{count} people on the list have filed nothing for 13 weeks or longer and have no leaving date.",
        count,
    )


def meaning_text() -> str:
    """Say what follows from an answer, and what doesn't."""
    return _(
        "No hours are expected of them any more. Each is asked about once, and again only after new hours. "
        "An answer counts from today on; a leaving date that the list brings later takes its place."
    )


def more_text(count: int) -> str:
    """Say how many wait behind those shown."""
    return ngettext(
        "{count} more person is asked about after these.", "{count} more people are asked about after these.", count
    )


def silence_text(person: Any) -> str:
    """Say since when a person is silent."""
    weeks = ngettext("{count} week without hours", "{count} weeks without hours", person.silent_weeks)
    if person.last_week_date is None:
        return _("never filed, {weeks}").format(weeks=weeks)
    return _("last filed in the week of {day}, {weeks}").format(day=words.date_text(person.last_week_date), weeks=weeks)


def row_text(person: Any) -> str:
    """Say who is asked about: name, team and silence."""
    return " · ".join(part for part in (label_of(person), person.team_name, silence_text(person)) if part)


def answer_words(person: Any) -> str:
    """Say what was said of a person."""
    if person.word == "left":
        return _("has left, last day {day}").format(day=words.date_text(person.last_date))
    return _("is still here")


def asked_table(silences: Any) -> pd.DataFrame:
    """Word who is asked about."""
    return pd.DataFrame(
        [
            {
                _("Person"): label_of(one),
                _("Team"): one.team_name or words.none_text(),
                _("Last filed week"): words.date_text(one.last_week_date),
                _("Weeks without hours"): words.number_text(one.silent_weeks),
            }
            for one in silences.asked
        ]
    )


def told_table(silences: Any) -> pd.DataFrame:
    """Word what was said."""
    return pd.DataFrame([{_("Person"): label_of(one), _("Answer"): answer_words(one)} for one in silences.told])
