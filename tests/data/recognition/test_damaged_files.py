"""Damaged and hostile files are imported, asked about or refused in words; nothing that isn't in them is accepted."""

from __future__ import annotations

import pytest

from tests.recognition_fuzz.__main__ import run


@pytest.mark.parametrize("seed", [101, 102, 103])
def test_damaged_files_raise_nothing_and_add_nobody(seed: int) -> None:
    found, faults = run(50, seed)
    assert faults == []
    assert found["files"] == 50
    assert found["imported"] > 5
    assert found["refused"] > 5
