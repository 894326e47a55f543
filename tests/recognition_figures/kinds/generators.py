"""All generators, one for each kind."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tests.recognition_figures.kinds.competing import competing
from tests.recognition_figures.kinds.json_files import json_files
from tests.recognition_figures.kinds.layouts import layouts
from tests.recognition_figures.kinds.odd_days import odd_days
from tests.recognition_figures.kinds.quantities import quantities
from tests.recognition_figures.kinds.row_kinds import row_kinds
from tests.recognition_figures.kinds.sums import sums
from tests.recognition_figures.kinds.systems import systems

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.recognition_figures.kinds.case import Case

GENERATORS: Final[tuple[Callable[[], Iterator[Case]], ...]] = (
    sums,
    row_kinds,
    competing,
    quantities,
    odd_days,
    layouts,
    json_files,
    systems,
)
