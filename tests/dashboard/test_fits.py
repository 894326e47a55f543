"""What a forecast has learnt is kept in the home and remembered by the next command; damage does no harm."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from analytics.delay import forecast_on
from dashboard.load.fits import kept_fits
from dashboard.load.portfolio import histories
from tests.dashboard.company import LAST_DAY

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

import pandas as pd


def test_a_fit_is_kept_and_damaged_or_foreign_files_are_passed_over(
    company_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = company_file.parent.parent / "fits"
    ready, day = histories(company_file), pd.Timestamp(LAST_DAY)
    with kept_fits(company_file):
        first = forecast_on(ready, day, seed=77)
    kept = sorted(folder.glob("*.json"))
    assert kept
    assert all(json.loads(file.read_text(encoding="utf-8"))["fingerprint"] == file.stem for file in kept)
    (folder / "damaged.json").write_text("{", encoding="utf-8")
    (folder / "foreign.json").write_text('{"version": "1"}', encoding="utf-8")
    monkeypatch.setattr("analytics.delay.progress_model.lesson._learn", _refuse)
    monkeypatch.setattr("analytics.delay.progress_model.lesson._LEARNT", {})
    with kept_fits(company_file):
        pd.testing.assert_frame_equal(forecast_on(ready, day, seed=77), first)


def _refuse(_lesson: object) -> None:
    raise AssertionError("it was learnt before")
