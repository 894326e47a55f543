"""Every test has a firm of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.commands.running import Golive
from tests.data.firm import Firm

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def firm(tmp_path: Path) -> Firm:
    return Firm.at(tmp_path)


@pytest.fixture
def golive(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Golive:
    monkeypatch.setenv("GOLIVE_HOME", str(tmp_path / "home"))
    return Golive(monkeypatch, capsys)
