"""Who files nothing for long, and the reader's word on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.answers.door import close_all, home
from dashboard.answers.intake import may_take_in
from dashboard.answers.keeping import kept
from dashboard.answers.writing import say_of_people
from data import clock
from data.problems import GoliveError
from data.silences import Silences, silences_in
from data.warehouse import open_for_reading

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date
    from pathlib import Path

    from dashboard.answers.viewers import Viewer


def today() -> date:
    """Return the day that it is here: nobody has left later."""
    return clock.today()


def silences(file: Path, viewer: Viewer) -> Silences:
    """Return who is asked about; who may see some teams only is asked about nobody."""
    return _silences(file, clock.today()) if may_take_in(viewer) else Silences()


@kept(8)
def _silences(file: Path, day: date) -> Silences:
    with open_for_reading(file) as connection:
        return silences_in(connection, day)


def say_left(viewer: Viewer, person_id: str, last_date: date, on_progress: Callable[[str, float], None]) -> str:
    """Keep that somebody has left, and let every figure follow."""
    _refuse_stranger(viewer)
    say_of_people(home(), left={person_id: last_date}, on_progress=on_progress)
    close_all()
    return person_id


def say_stays(viewer: Viewer, people: Sequence[str], on_progress: Callable[[str, float], None]) -> str:
    """Keep that people are still here, and ask no more until they file hours and fall silent again."""
    _refuse_stranger(viewer)
    say_of_people(home(), stays=people, on_progress=on_progress)
    close_all()
    return ", ".join(people)


def take_back(viewer: Viewer, person_id: str, on_progress: Callable[[str, float], None]) -> str:
    """Take back what was said of somebody: it is asked again."""
    _refuse_stranger(viewer)
    say_of_people(home(), forget=[person_id], on_progress=on_progress)
    close_all()
    return person_id


def _refuse_stranger(viewer: Viewer) -> None:
    if not may_take_in(viewer):
        raise GoliveError("Who has left is said by those who may see all teams.", "Ask one of them to do it.")
