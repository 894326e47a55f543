"""The tour of a made-up company: what the command that made it has written down of it."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Final

from dashboard.views.tour import Stop, known_keys

if TYPE_CHECKING:
    from collections.abc import Iterable

    from data.home import Home

TOUR_FILE: Final = "tour.json"


def write_tour(home: Home, stops: Iterable[Stop]) -> None:
    """Write down which stories are planted in the company of a home."""
    (home.path / TOUR_FILE).write_text(json.dumps([asdict(one) for one in stops]), encoding="utf-8")


def tour(home: Home) -> tuple[Stop, ...]:
    """Return the stories that are planted in a home; none in a home with real data, or where the file is of no use."""
    try:
        found = json.loads((home.path / TOUR_FILE).read_text(encoding="utf-8"))
        stops = tuple(Stop(**{str(name): str(value) for name, value in one.items()}) for one in found)
    except (OSError, ValueError, TypeError, AttributeError):
        return ()
    return tuple(one for one in stops if one.key in known_keys())
