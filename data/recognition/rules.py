"""Cleaning rules: which are proposed, which the user switched off or on, and what that makes of the recipe."""

from __future__ import annotations

import math
import unicodedata
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from data.problems import ImportRefusedError
from data.recognition.decisions import RULE, VALUE
from data.recognition.understanding import Cleaning

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from data.recognition.columns import FoundTable
    from data.recognition.recipe import Field, Recipe

#: Texts that people type: there "shanghai" and "Shanghai" are one. Numbers of people and projects stay as they are.
_TYPED: Final = frozenset(
    ("destination_city", "origin_city", "home_city", "site_city", "client_name", "team_name", "requested_by", "role")
)
_DROPS: Final = {
    "drop_totals": "totals",
    "drop_repeated_header": "repeated_header",
    "drop_stray_cells": "stray",
    "drop_notes": "notes",
    "drop_refused": "value",
    "drop_rows_without_hours": "no_hours",
}
OPTIONAL: Final = frozenset(
    (
        *_DROPS,
        "map_values",
        "unify_spelling",
        "nothing_to_empty",
        "take_guard_off",
        "fill_down",
        "drop_duplicates",
        "cap",
    )
)
_EXAMPLES: Final = 5
_DAY_HOURS: Final = 24.0


def with_spelling(recipe: Recipe, table: FoundTable) -> Recipe:
    """Let texts that differ in case, width or spaces alone take the spelling that most rows have."""
    fields = tuple(
        replace(made, spelling=_spelling(table.cells(made.sources[0])))
        if made.op == "copy" and made.target in _TYPED and made.sources[0]
        else made
        for made in recipe.fields
    )
    return replace(recipe, fields=fields)


def _spelling(cells: Sequence[str]) -> tuple[tuple[str, str], ...]:
    counts = Counter(cell for cell in cells if cell)
    best: dict[str, str] = {}
    for cell, _ in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])):
        best.setdefault(_folded(cell), cell)
    return tuple(sorted((cell, best[_folded(cell)]) for cell in counts if best[_folded(cell)] != cell))


def _folded(cell: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", cell).casefold().split())


def proposals(recipe: Recipe, table: FoundTable) -> list[Cleaning]:
    """Return the rules that the trial does not show: spellings, rows that stand twice, days that are too long."""
    found = []
    for made in recipe.fields:
        if made.spelling:
            counts = Counter(table.cells(made.sources[0]))
            rows = sum(counts[before] for before, _ in made.spelling)
            found.append(Cleaning("unify_spelling", made.target, rows, made.spelling[:_EXAMPLES]))
    twice = [row for row, count in Counter(table.rows).items() if count > 1]
    if twice:
        rows = sum(count - 1 for count in Counter(table.rows).values())
        examples = tuple((" | ".join(cell for cell in row if cell)[:120], "") for row in twice[:_EXAMPLES])
        found.append(Cleaning("drop_duplicates", "", rows, examples, is_on=False))
    return found


def long_entries(targets: Sequence[str], rows: Sequence[tuple[int, tuple[str | None, ...]]]) -> list[Cleaning]:
    """Propose to cap entries of more than a day, which are refused otherwise."""
    if "worked_hours" not in targets:
        return []
    place = list(targets).index("worked_hours")
    long = [hours for _, cells in rows if (hours := _hours(cells[place])) is not None and _DAY_HOURS < hours < math.inf]
    if not long:
        return []
    examples = tuple(dict.fromkeys((f"{hours:g}", f"{_DAY_HOURS:g}") for hours in long))[:_EXAMPLES]
    return [Cleaning("cap", "worked_hours", len(long), examples, is_on=False)]


def _hours(cell: str | None) -> float | None:
    if not cell:
        return None
    hours, _, minutes = cell.partition(":")
    try:
        return float(hours) + (float(minutes.split(":")[0]) / 60 if minutes else 0.0)
    except ValueError:
        return None


def decided(recipe: Recipe, cleaning: Sequence[Cleaning], answers: Mapping[str, str]) -> tuple[Recipe, list[Cleaning]]:
    """Return the recipe and the rules after the user's decisions.

    Raises
    ------
    ImportRefusedError
        A rule was switched off without which the cells can't be read.
    """
    told = []
    for rule in cleaning:
        answer = answers.get(rule.token) or answers.get(f"{RULE}{rule.rule}", "on" if rule.is_on else "off")
        is_optional = rule.rule in OPTIONAL
        if answer == "off" and not is_optional:
            raise ImportRefusedError(
                f"The rule {rule.rule} can't be switched off: without it the cells of {rule.column} can't be read.",
                "Leave the column out instead (answer its target with -), or correct the file.",
            )
        if rule.is_on != (answer == "on"):
            recipe = _switched(recipe, rule, is_on=answer == "on")
        told.append(replace(rule, is_on=answer == "on", is_optional=is_optional))
    return _with_values(recipe, answers), told


def _switched(recipe: Recipe, rule: Cleaning, *, is_on: bool) -> Recipe:
    """Return the recipe with one rule taken off, or, of those that are only proposed, put on."""
    drops = tuple(drop for drop in recipe.drops if drop.rule != _DROPS.get(rule.rule))
    changed = {
        "drop_duplicates": replace(recipe, drop_duplicates=is_on),
        "cap": replace(recipe, cap_hours=_DAY_HOURS if is_on else 0.0),
        "nothing_to_empty": replace(recipe, empty=()),
        "take_guard_off": replace(recipe, has_guards=False),
        "fill_down": replace(recipe, fill_key="", fill_down=()),
        "map_values": _each(recipe, rule.column, lambda made: replace(made, values=())),
        "unify_spelling": _each(recipe, rule.column, lambda made: replace(made, spelling=())),
    }
    return changed.get(rule.rule, replace(recipe, drops=drops))


def _each(recipe: Recipe, target: str, change: Callable[[Field], Field]) -> Recipe:
    return replace(recipe, fields=tuple(change(made) if made.target == target else made for made in recipe.fields))


def _with_values(recipe: Recipe, answers: Mapping[str, str]) -> Recipe:
    """Let cells become what the user said."""
    said: dict[str, dict[str, str]] = {}
    for token, answer in answers.items():
        if token.startswith(VALUE):
            target, _, cell = token.removeprefix(VALUE).partition(".")
            said.setdefault(target, {})[cell.casefold()] = answer
    fields = tuple(
        replace(made, values=tuple(sorted({**dict(made.values), **said[made.target]}.items())))
        if made.target in said
        else made
        for made in recipe.fields
    )
    return replace(recipe, fields=fields)
