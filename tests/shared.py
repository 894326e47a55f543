"""Where the real data for tests lies, and the mark for tests that need it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest


def shared_folder() -> Path:
    """Return the folder with real data: ``GOLIVE_SHARED`` or ``../shared`` beside the project."""
    named = os.environ.get("GOLIVE_SHARED")
    return Path(named) if named else Path(__file__).parents[2] / "shared"


needs_shared = pytest.mark.skipif(
    not shared_folder().is_dir(),
    reason="the folder ../shared with real data is not here; set GOLIVE_SHARED to its path",
)
