"""Every test has a firm of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.data.firm import Firm

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def firm(tmp_path: Path) -> Firm:
    return Firm.at(tmp_path)
