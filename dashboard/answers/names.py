"""Who is who across systems, and the reader's word on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.answers.door import close_all, home
from dashboard.answers.intake import may_take_in
from dashboard.answers.writing import decide_names
from data.naming import names_of
from data.problems import GoliveError

if TYPE_CHECKING:
    from collections.abc import Callable

    from dashboard.answers.viewers import Viewer
    from data.identities import Kind
    from data.naming import Names


def names(viewer: Viewer) -> dict[Kind, Names]:
    """Return the spellings of people and projects; who may see some teams only is shown none."""
    _refuse_stranger(viewer)
    return names_of(home())


def say_same(viewer: Viewer, kind: Kind, alias: str, target: str, on_progress: Callable[[str, float], None]) -> str:
    """Keep that a spelling is somebody, or something, and let every figure follow."""
    _refuse_stranger(viewer)
    decide_names(home(), kind, same={alias: target}, on_progress=on_progress)
    close_all()
    return alias


def say_different(
    viewer: Viewer, kind: Kind, alias: str, target: str, on_progress: Callable[[str, float], None]
) -> str:
    """Keep that a spelling is not somebody, or something."""
    _refuse_stranger(viewer)
    decide_names(home(), kind, different={alias: target}, on_progress=on_progress)
    close_all()
    return alias


def forget(viewer: Viewer, kind: Kind, alias: str, on_progress: Callable[[str, float], None]) -> str:
    """Forget what was said of a spelling."""
    _refuse_stranger(viewer)
    decide_names(home(), kind, forget=[alias], on_progress=on_progress)
    close_all()
    return alias


def _refuse_stranger(viewer: Viewer) -> None:
    if not may_take_in(viewer):
        raise GoliveError(
            "People matching is seen and decided by those who may see all teams.", "Ask one of them to do it."
        )
