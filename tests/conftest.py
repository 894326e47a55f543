"""Laws draw the same examples in every run, unless a run asks for others; tests that share something share a worker."""

from __future__ import annotations

from tests.laws import register_profiles
from tests.scheduling import pytest_collection_modifyitems, pytest_xdist_make_scheduler

__all__ = ["pytest_collection_modifyitems", "pytest_xdist_make_scheduler"]

register_profiles()
