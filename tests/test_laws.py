"""Tests can be trusted: the same examples every time, no endless shrinking, no law outside of the profiles."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from hypothesis import Phase, settings

from tests.laws import FIXED, RANDOM, examples

ROOT = Path(__file__).parent


def test_the_fixed_profile_draws_the_same_examples_without_deadline_and_without_shrinking() -> None:
    fixed = settings.get_profile(FIXED)
    assert fixed.derandomize
    assert fixed.deadline is None
    assert fixed.database is None
    assert Phase.shrink not in fixed.phases


def test_the_random_profile_draws_anew_draws_more_and_shrinks() -> None:
    fixed, drawn = settings.get_profile(FIXED), settings.get_profile(RANDOM)
    assert not drawn.derandomize
    assert drawn.max_examples > fixed.max_examples
    assert Phase.shrink in drawn.phases


def test_a_law_with_a_number_of_its_own_keeps_the_profile() -> None:
    few = examples(7)
    assert few.derandomize == settings().derandomize
    assert few.max_examples in (7, 70)


def _direct_settings(file: Path) -> list[int]:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    takes_settings = any(
        isinstance(node, ast.ImportFrom) and node.module == "hypothesis" and "settings" in {n.name for n in node.names}
        for node in ast.walk(tree)
    )
    calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name))
    return [call.lineno for call in calls if takes_settings and call.func.id == "settings"]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "file",
    [file for file in sorted(ROOT.rglob("*.py")) if file.name not in ("laws.py", "test_laws.py")],
    ids=lambda file: str(file.relative_to(ROOT)),
)
def test_no_test_module_sets_up_hypothesis_by_itself(file: Path) -> None:
    assert _direct_settings(file) == []
