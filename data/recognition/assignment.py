"""Which column means what, decided for all columns of a table together."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from data.contracts import TABLES, Kind
from data.recognition.labels import read_label
from data.recognition.values import fit
from data.recognition.vocabulary import NOISE, matches, roles

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from data.recognition.columns import FoundColumn
    from data.recognition.tables import Meaning

#: From this score on a column is mapped; below, at most a question is asked.
ACCEPTED: Final = 0.6
#: From here on a column is offered as an answer.
OFFERED: Final = 0.3
_SAME: Final = 0.97
_SYNONYM: Final = 0.97
_PER_RANK: Final = 0.001
_LEAST_SYNONYM: Final = 0.88
_LIKE: Final = 0.9
_ROUNDED: Final = 0.01
_DECIMAL: Final = re.compile(r"decimal|dezimal|décimal|десятич|小数|小數|10進")
#: A column whose cells contradict its header keeps this share of its score.
_CONTRADICTED: Final = 0.35
_KINDS: Final = {Kind.DATE: "date", Kind.MOMENT: "moment", Kind.DURATION: "duration", Kind.NUMBER: "number"}


@dataclass(frozen=True)
class Reason:
    """Why a column got its role.

    Parameters
    ----------
    reason
        ``name`` (the contract's own), ``synonym``, ``fuzzy``, ``value pattern``, ``neighbour`` or ``answer``.
    """

    role: str
    score: float
    reason: str
    words: str


Assignment = dict[str, Reason]


def assign(meaning: Meaning, columns: Sequence[FoundColumn], said: Mapping[str, str] | None = None) -> Assignment:
    """Give each column at most one role and each role at most one column, so that the whole scores best.

    Parameters
    ----------
    said
        Column → role that is known already: from the system that wrote the file, or from the user.
    """
    said = {name: role for name, role in (said or {}).items() if role in meaning.roles}
    found: Assignment = {name: Reason(role, 1.0, "answer", "said") for name, role in said.items()}
    free_columns = sorted((c for c in columns if c.name not in found), key=lambda column: column.name)
    free_roles = [role for role in meaning.roles if role not in said.values()]
    if not free_columns or not free_roles:
        return found
    reasons = [_reasons(meaning, column) for column in free_columns]
    scores = np.zeros((len(free_columns), len(free_roles)))
    for row, by_role in enumerate(reasons):
        for place, role in enumerate(free_roles):
            if role in by_role:
                scores[row, place] = by_role[role].score
    # Scores too low to be accepted must not push a sure column from its place.
    from scipy.optimize import linear_sum_assignment  # noqa: PLC0415 - a quarter of a second

    for row, place in zip(*linear_sum_assignment(np.where(scores >= ACCEPTED, scores, 0), maximize=True), strict=True):
        if scores[row, place] >= ACCEPTED:
            found[free_columns[row].name] = reasons[row][free_roles[place]]
    return found


def offers(meaning: Meaning, columns: Sequence[FoundColumn], roles_wanted: Sequence[str]) -> list[str]:
    """Return the columns that may have one of the roles, the likeliest first; by their cells where the name is dumb."""
    scored: list[tuple[float, str]] = []
    for column in columns:
        by_role = _reasons(meaning, column)
        if not by_role and any(match.role == NOISE and match.likeness >= _SAME for match in matches(column.name)):
            continue
        named = max((by_role[role].score for role in roles_wanted if role in by_role), default=0.0)
        shaped = 0.0
        if not column.values.is_empty:
            kinds = {roles()[role].kind for role in roles_wanted}
            shaped = max(
                (0.5 * fit(kind, column.values) for kind in kinds if kind not in ("text", "id", "name")), default=0
            )
        score = max(named, shaped if shaped > 0.4 else 0)
        if score >= OFFERED:
            scored.append((-score, column.name))
    return [name for _, name in sorted(scored)][:6]


def _reasons(meaning: Meaning, column: FoundColumn) -> dict[str, Reason]:
    """Return the score of a column for each role that its header can mean."""
    found: dict[str, Reason] = {}
    own = _own_name(meaning, column)
    if own:
        found[own] = Reason(own, 1.0, "name", f"is called {read_label(column.name).text}")
    candidates = matches(column.name)
    is_noise = any(match.role == NOISE and match.likeness >= _SAME for match in candidates)
    best = max((match.likeness for match in candidates), default=0.0)
    for match in candidates:
        if match.role not in meaning.roles or match.role in found:
            continue
        is_same = match.likeness >= _SAME
        # What is more like another word means the other word.
        if (is_noise and not is_same) or match.likeness < best - 0.03:
            continue
        base = max(_SYNONYM - _PER_RANK * match.rank, _LEAST_SYNONYM) * match.likeness
        # Where a duration stands twice, clock form keeps what decimals round.
        base -= _ROUNDED if _DECIMAL.search(column.name.casefold()) else 0
        score = (base if is_same else _LIKE * base) * _agreement(match.role, column)
        words = f'"{column.name}" means {match.role.replace("_", " ")}'
        if not is_same:
            words = f'"{column.name}" is like "{match.label}", which means {match.role.replace("_", " ")}'
        found[match.role] = Reason(match.role, round(score, 4), "synonym" if is_same else "fuzzy", words)
    return found


def _own_name(meaning: Meaning, column: FoundColumn) -> str:
    """Return the role of a column that has the contract's own name."""
    table = TABLES[meaning.name]
    name = "_".join(column.name.replace("-", " ").replace("_", " ").casefold().split())
    if name not in table.by_name:
        return ""
    wanted = [role for role, target in meaning.roles.items() if target == name]
    like = [role for role in wanted if any(match.role == role for match in matches(column.name))]
    return (like or wanted or [""])[0]


def _agreement(role: str, column: FoundColumn) -> float:
    """Return the factor by which the cells support or contradict a role."""
    value = fit(roles()[role].kind, column.values)
    if column.values.is_empty:
        return 0.93
    if value >= 0.8:
        return 1.0
    return _CONTRADICTED if value < 0.3 else _CONTRADICTED + (1 - _CONTRADICTED) * value
