"""Which tests run on the same worker, and which begin first.

pytest-xdist can keep tests together itself (``loadgroup``), but it writes the group into a field that pytest 9.2 no
longer reads, and then says nothing: each test went to any worker, and what a module had made once was made three
times. Here the schedule asks for the group of a test's name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest

if TYPE_CHECKING:
    from xdist.remote import Producer
    from xdist.scheduler import Scheduling

#: What takes minutes, longest first: begun last, it would keep one worker busy while the others have ended.
LONGEST: Final = (
    "tests/browser/test_every_button.py",
    "tests/real/",
    "tests/browser/test_pages_in_a_browser.py",
    "tests/browser/",
    "tests/data/recognition/test_figures.py",
    "tests/commands/test_crashes.py",
    "tests/data/test_replays_never_change.py",
    "tests/portfolios/",
)
#: Whose files share what is costly to make: all of them run on one worker.
TOGETHER: Final = ("tests/real/",)
#: Whose tests are long and share little: each may run on any worker.
APART: Final = ("tests/browser/test_every_button.py",)


def group(nodeid: str) -> str:
    """Return with what a test shares its worker: its file, unless it is told otherwise above."""
    file = nodeid.split("::", 1)[0]
    if file in APART:
        return nodeid
    return next((folder for folder in TOGETHER if file.startswith(folder)), file)


def _turn(item: pytest.Item) -> int:
    return next((turn for turn, part in enumerate(LONGEST) if item.nodeid.startswith(part)), len(LONGEST))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the longest tests first."""
    items.sort(key=_turn)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> Scheduling:
    """Hand out groups, in the order of the tests."""
    # Only who runs on several workers needs it.
    from xdist.scheduler import LoadScopeScheduling  # noqa: PLC0415

    scheduler: Scheduling = LoadScopeScheduling(config, log)
    scheduler._split_scope = group  # made to be overridden
    return scheduler
