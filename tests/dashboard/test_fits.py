"""What a forecast has learnt is kept in the home and remembered by the next command; damage does no harm."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from analytics.delay import forecast_on
from dashboard.load.door import Viewer
from dashboard.load.fits import kept_fits
from dashboard.load.portfolio import forecast, histories, keep_forecast
from data.journal import read_forecasts
from tests.dashboard.company import LAST_DAY

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from data.home import Home

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


def test_what_is_forecast_on_the_newest_day_is_kept_once_with_its_fit(company_home: Home, company_file: Path) -> None:
    viewer = Viewer("ana", "local")
    found = forecast(company_file, viewer, LAST_DAY)
    keep_forecast(company_file, viewer, LAST_DAY)
    assert not keep_forecast(company_file, Viewer("bo", "local"), LAST_DAY), "the same rows and day are kept once"
    kept = {one.project_id: one for one in read_forecasts(company_home) if one.run.data_stamp == company_file.name}
    assert set(kept) == set(found["project_id"])
    row = found.iloc[0]
    own = kept[row["project_id"]]
    assert own.finish_p80_date == row["finish_p80_date"].date()
    assert own.late_probability == row["late_probability"]
    assert own.run.as_of_date == LAST_DAY


def _refuse(_lesson: object) -> None:
    raise AssertionError("it was learnt before")
