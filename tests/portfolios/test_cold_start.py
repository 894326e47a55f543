"""A firm in which nothing has finished yet, or little: no worse than similar projects alone, and wide enough."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest

from dashboard.commands.firm_folder import read_firm
from tests.portfolios import WORLDS, play_firm, write_firm
from tests.portfolios.learning_curve import against_class, learning_curve

if TYPE_CHECKING:
    import pandas as pd

COUNTS = (0, 3, 15)
#: One firm as the default class has it, and one that is much later than that and hides it in its reports.
NAMES = ["base", "ninety"]
#: With so few finished projects nobody can tell the one firm from the other, so that a range wide enough for the one
#: is too wide for the other.
COVERED = {0: (0.70, 0.93), 3: (0.70, 0.90), 15: (0.70, 0.88)}
pytestmark = pytest.mark.slow


@cache
def curve(world: str) -> pd.DataFrame:
    with TemporaryDirectory() as place:
        folder = Path(place) / world
        write_firm(play_firm(WORLDS[world], 240, seed=21), folder)
        return against_class(learning_curve(read_firm(folder), COUNTS, draws=3))


@pytest.mark.parametrize("count", COUNTS)
@pytest.mark.parametrize("world", NAMES)
def test_it_is_never_worse_than_similar_projects_alone(world: str, count: int) -> None:
    assert curve(world)["ratio"][count] <= 1.02


@pytest.mark.parametrize("count", COUNTS)
@pytest.mark.parametrize("world", NAMES)
def test_eight_of_ten_finish_by_the_p80_or_nearly(world: str, count: int) -> None:
    least, most = COVERED[count]
    assert least <= curve(world)["coverage_p80"][count] <= most
