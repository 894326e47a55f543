"""What was decided about files with certain columns, to be decided in the same way the next time."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from data.problems import ImportRefusedError
from data.recognition.decisions import DOUBT, OF_ONE_FILE, RULE, VALUE, answers_for
from data.recognition.tables import MEANINGS
from data.recognition.vocabulary import NOISE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from data.recognition.understanding import Understanding

_USUAL: Final = ("date_order", "decimal_mark")
_KEYS: Final = ("name", "table", "columns", "mapping", "reading", "rules", "values", "answers")


@dataclass(frozen=True)
class Profile:
    """Decisions about files with the same columns, wherever their header stands.

    Parameters
    ----------
    columns
        All columns of the file for which it was decided, so that a changed header is noticed.
    mapping
        Column of the file → what it means (a role of ``tables.toml``); every other column is not used.
    usual
        How days and numbers were read; a file whose cells say otherwise is asked about.
    answers
        What the user said beside, by token.
    """

    name: str
    table: str
    columns: tuple[str, ...]
    mapping: Mapping[str, str] = field(default_factory=dict)
    usual: Mapping[str, str] = field(default_factory=dict)
    answers: Mapping[str, str] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        """Return plain lists, texts and tables, for TOML that a person reads and edits."""
        rules = {t.removeprefix(RULE): answer for t, answer in self.answers.items() if t.startswith(RULE)}
        values = {t.removeprefix(VALUE): answer for t, answer in self.answers.items() if t.startswith(VALUE)}
        rest = {t: answer for t, answer in self.answers.items() if not t.startswith((RULE, VALUE))}
        plain = {
            "name": self.name,
            "table": self.table,
            "columns": list(self.columns),
            "mapping": dict(self.mapping),
            "reading": dict(self.usual),
            "rules": rules,
            "values": values,
            "answers": rest,
        }
        return {key: value for key, value in plain.items() if value or key in ("name", "table", "columns", "mapping")}

    def roles(self, names: tuple[str, ...]) -> dict[str, str]:
        """Return the role of every column; those of no use are told to be noise."""
        return {name: self.mapping.get(name, NOISE) for name in names}


def profile_from_dict(plain: Mapping[str, Any]) -> Profile:
    """Read back what :meth:`Profile.as_dict` gave.

    Raises
    ------
    ImportRefusedError
        Something in it can't be used.
    """
    unknown = [key for key in plain if key not in _KEYS]
    if unknown:
        raise ImportRefusedError(f"A profile has no {', '.join(unknown)}.", f"It may have {', '.join(_KEYS)}.")
    columns = plain.get("columns")
    if not isinstance(columns, list) or not all(isinstance(column, str) for column in columns):
        raise ImportRefusedError("The columns of a profile are a list of texts.", "")
    table = plain.get("table")
    if table not in MEANINGS:
        raise ImportRefusedError(f"A profile is of no table “{table}”.", f"Possible are {', '.join(MEANINGS)}.")
    mapping = _texts(plain, "mapping")
    strange = sorted(set(mapping.values()) - set(MEANINGS[table].roles) - {NOISE})
    if strange:
        known = ", ".join(MEANINGS[table].roles)
        raise ImportRefusedError(f"No column of {table} means {', '.join(strange)}.", f"Possible are {known}.")
    answers = _texts(plain, "answers")
    answers |= {f"{RULE}{rule}": answer for rule, answer in _texts(plain, "rules").items()}
    answers |= {f"{VALUE}{value}": answer for value, answer in _texts(plain, "values").items()}
    usual = _texts(plain, "reading")
    answers_for({**answers, **usual}, "", "")  # says which answer is none of the allowed ones
    return Profile(str(plain.get("name", "")), str(table), tuple(columns), mapping, usual, answers)


def _texts(plain: Mapping[str, Any], key: str) -> dict[str, str]:
    found = plain.get(key, {})
    if not isinstance(found, dict) or not all(isinstance(value, str) for value in found.values()):
        raise ImportRefusedError(f'[{key}] of a profile holds lines such as name = "text" only.', "")
    return dict(found)


def profile_of(understanding: Understanding, answers: Mapping[str, str], name: str) -> Profile:
    """Return the decisions behind an understanding, but those that belong to one file alone."""
    said = answers_for(answers, understanding.file, understanding.sheet)
    kept = {t: answer for t, answer in said.items() if t not in (*OF_ONE_FILE, *_USUAL, "table", "profile")}
    kept = {t: answer for t, answer in kept.items() if not t.startswith(DOUBT)}
    # The roles of the columns say it already.
    kept = {t: answer for t, answer in kept.items() if answer not in understanding.columns and answer != "-"}
    inherited = {t: answer for t, answer in understanding.inherited.items() if t not in kept}
    return Profile(
        understanding.profile or name,
        understanding.table,
        understanding.columns,
        dict(understanding.roles),
        dict(understanding.decided),
        {**inherited, **kept},
    )
