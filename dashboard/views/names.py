"""Spellings of people and projects, in words and tables."""

from __future__ import annotations

from typing import Any, Final

import pandas as pd

from dashboard.i18n import _, ngettext
from dashboard.views import words


def reason_words(reason: str) -> str:
    """Say why a spelling is, or may be, somebody."""
    known: Final = {
        "same_id": _("the same number but for case, width and spaces"),
        "same_email": _("the same e-mail address"),
        "same_name": _("the same full name, and nobody else has it"),
        "decided": _("you said so"),
        "pinyin": _("the Chinese name in Latin letters"),
        "initials": _("the same name with initials"),
        "more_names": _("the same name with a further part"),
        "login": _("a login that is made from the name"),
        "similar": _("nearly the same letters"),
        "look_alike": _("looks the same: hidden characters, letters of another script, or 0 for O, 1 for l"),
        "number_in_name": _("the number stands in the text"),
    }
    return known.get(reason, words.plain_words(reason))


def kind_words(kind: str) -> str:
    """Return the name of a kind as people say it."""
    return _("People") if kind == "person" else _("Projects")


def names_sentence(names: Any) -> str:
    """Say how many are on lists, how many spellings are taken for one of them, and how many stand alone."""
    if not names.rows_count and not names.listed:
        return _("Nothing was imported yet.")
    parts = [
        ngettext("{count} on lists", "{count} on lists", len(names.listed)),
        ngettext("{count} other spelling of them", "{count} other spellings of them", len(names.matches.matches)),
        ngettext("{count} on no list", "{count} on no list", len(names.matches.only_seen)),
    ]
    return " · ".join(parts)


def label_of(names: Any, one: str) -> str:
    """Return an id with the name that belongs to it."""
    name = names.listed.get(one, "")
    return f"{name} ({one})" if name and name != one else one


def matches_table(names: Any) -> pd.DataFrame:
    """Word what is taken for one."""
    return pd.DataFrame(
        [
            {
                _("Written"): match.alias,
                _("Taken for"): label_of(names, match.target),
                _("Because"): reason_words(match.reason),
                _("Rows"): words.number_text(names.rows_count.get(match.alias, 0)),
            }
            for match in names.matches.matches
        ]
    )


def suggestions_table(names: Any) -> pd.DataFrame:
    """Word what may be one, and waits for the reader's word."""
    return pd.DataFrame(
        [
            {
                _("Written"): one.alias,
                _("Is this"): label_of(names, one.target),
                _("Because"): reason_words(one.reason),
                _("Rows"): words.number_text(names.rows_count.get(one.alias, 0)),
            }
            for one in names.matches.suggestions
        ]
    )


def only_seen_table(names: Any) -> pd.DataFrame:
    """Word what no list knows, those with most rows first."""
    seen = sorted(names.matches.only_seen, key=lambda one: (-names.rows_count.get(one, 0), one))
    return pd.DataFrame(
        [{_("Written"): one, _("Rows"): words.number_text(names.rows_count.get(one, 0))} for one in seen]
    )


def different_table(names: Any) -> pd.DataFrame:
    """Word which pairs were said to be two."""
    return pd.DataFrame(
        [{_("Written"): alias, _("Is not"): label_of(names, target)} for alias, target in names.different]
    )


def decided_spellings(names: Any) -> list[str]:
    """Return the spellings about which the reader said something."""
    same = [match.alias for match in names.matches.matches if match.reason == "decided"]
    return list(dict.fromkeys([*same, *(alias for alias, _target in names.different)]))
