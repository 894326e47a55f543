"""Laws draw the same examples in every run, unless a run asks for others; what takes longest begins first."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest

from tests.laws import register_profiles

register_profiles()

ROOT: Final = Path(__file__).parent
#: What takes minutes, longest first: begun last, it would keep one worker busy while the others have ended.
LONGEST: Final = (
    "browser/test_every_button.py",
    "browser",
    "real",
    "commands/test_crashes.py",
    "data/recognition/test_figures.py",
    "data/test_replays_never_change.py",
    "portfolios",
)
#: Whose tests share what is costly to make: they run on one worker.
TOGETHER: Final = ("real",)


# xdist reads the groups in the same hook, so they are said before.
@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Say which tests stay on one worker (those of a file), and put the longest ones first."""
    for item in items:
        if item.get_closest_marker("xdist_group") is None:
            item.add_marker(pytest.mark.xdist_group(_group(item)))
    items.sort(key=_turn)


def _place(item: pytest.Item) -> str:
    return item.path.relative_to(ROOT).as_posix() if item.path.is_relative_to(ROOT) else item.path.name


def _group(item: pytest.Item) -> str:
    place = _place(item)
    return next((folder for folder in TOGETHER if place.startswith(f"{folder}/")), place)


def _turn(item: pytest.Item) -> int:
    place = _place(item)
    return next((turn for turn, part in enumerate(LONGEST) if place.startswith(part)), len(LONGEST))
