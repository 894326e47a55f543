"""What a forecast has learnt is kept in its own home and remembered by the next command; damage does no harm."""

from __future__ import annotations

import json
import shutil
from datetime import timedelta
from typing import TYPE_CHECKING

import pandas as pd

from analytics.delay.portfolio import forecast_on
from dashboard.answers.fits import keep_fits
from dashboard.answers.keeping import forget_all
from dashboard.answers.portfolio import forecast, histories, history, keep_forecast
from dashboard.answers.viewers import Viewer
from data import settings
from data.home import Home
from data.journal import JournalError, read_forecasts
from data.publishing import published_file
from tests.dashboard.company import LAST_DAY

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

VIEWER = Viewer("ana", "local")


def copied(home: Home, folder: Path) -> tuple[Home, Path]:
    """Return another home with the same warehouse, which has learnt nothing yet."""
    other = Home(folder / "other")
    shutil.copytree(home.warehouse, other.warehouse)
    file = published_file(other)
    assert file is not None
    return other, file


def test_a_fit_is_kept_and_damaged_or_foreign_files_are_passed_over(
    company_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = company_file.parent.parent / "fits"
    ready, day = histories(company_file), pd.Timestamp(LAST_DAY)
    first = forecast_on(ready, day, seed=77)
    keep_fits(company_file, ready.fits)
    kept = sorted(folder.glob("*.json"))
    assert kept
    assert all(json.loads(file.read_text(encoding="utf-8"))["fingerprint"] == file.stem for file in kept)
    (folder / "damaged.json").write_text("{", encoding="utf-8")
    (folder / "foreign.json").write_text('{"version": "1"}', encoding="utf-8")
    monkeypatch.setattr("analytics.delay.progress_model.lesson._learn", _refuse)
    forget_all()
    pd.testing.assert_frame_equal(forecast_on(histories(company_file), day, seed=77), first)


def test_fits_of_one_home_are_never_written_into_another(company_home: Home, tmp_path: Path) -> None:
    file = published_file(company_home)
    assert file is not None
    other, other_file = copied(company_home, tmp_path)
    ready = histories(file)
    own = set(forecast_on(ready, pd.Timestamp(LAST_DAY), seed=78)["model_fingerprint"]) - {""}
    keep_fits(file, ready.fits)
    assert own <= {one.stem for one in (company_home.path / "fits").glob("*.json")}
    forecast(other_file, VIEWER, LAST_DAY)
    history(other_file, VIEWER, LAST_DAY, "his-1")
    there = {one.stem for one in (other.path / "fits").glob("*.json")}
    assert there
    assert not own & there, "the other home holds what was learnt in it, not what this process happens to know"
    assert all(one not in histories(other_file).fits for one in own)


def test_a_home_that_could_not_be_written_is_tried_again(company_home: Home, tmp_path: Path) -> None:
    other, file = copied(company_home, tmp_path)
    (other.path / "fits").write_text("in the way", encoding="utf-8")
    forecast(file, VIEWER, LAST_DAY)
    (other.path / "fits").unlink()
    learnt = set(forecast(file, VIEWER, LAST_DAY)["model_fingerprint"]) - {""}
    forecast(file, VIEWER, LAST_DAY - timedelta(weeks=4))  # the next one that is reckoned
    assert learnt <= {one.stem for one in (other.path / "fits").glob("*.json")}


def test_what_is_forecast_on_the_newest_day_is_kept_once_with_its_fit(company_home: Home, company_file: Path) -> None:
    found = forecast(company_file, VIEWER, LAST_DAY)
    keep_forecast(company_file, VIEWER, LAST_DAY)
    assert not keep_forecast(company_file, Viewer("bo", "local"), LAST_DAY), "the same rows and day are kept once"
    kept = {one.project_id: one for one in read_forecasts(company_home) if one.run.data_stamp == company_file.name}
    assert set(kept) == set(found["project_id"])
    row = found.iloc[0]
    own = kept[row["project_id"]]
    assert own.finish_p80_date == row["finish_p80_date"].date()
    assert own.late_probability == row["late_probability"]
    assert own.run.as_of_date == LAST_DAY
    assert own.run.committed_by == "baseline"
    assert own.committed_date == own.baseline_finish_date == row["committed_date"].date()


def test_a_forecast_that_could_not_be_kept_is_kept_the_next_time(
    company_home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other, file = copied(company_home, tmp_path)

    def full(*_anything: object) -> bool:
        raise JournalError("The disk is full.")

    with monkeypatch.context() as patch:
        patch.setattr("data.journal.keep_forecasts", full)
        assert not keep_forecast(file, VIEWER, LAST_DAY)
    assert read_forecasts(other) == []
    assert keep_forecast(file, VIEWER, LAST_DAY)
    assert read_forecasts(other)


def test_another_committed_date_is_another_forecast_on_record(company_home: Home, tmp_path: Path) -> None:
    other, file = copied(company_home, tmp_path)
    first = forecast(file, VIEWER, LAST_DAY).set_index("project_id")
    assert keep_forecast(file, VIEWER, LAST_DAY)
    settings.set_committed_by(other, "current_plan")
    plan = forecast(file, VIEWER, LAST_DAY).set_index("project_id")
    assert keep_forecast(file, VIEWER, LAST_DAY)
    pd.testing.assert_series_equal(first["finish_p50_date"], plan["finish_p50_date"])
    assert (plan["committed_date"] == plan["planned_finish_date"]).all()
    kept = {(one.run.committed_by, one.project_id): one.committed_date for one in read_forecasts(other)}
    for by, frame in (("baseline", first), ("current_plan", plan)):
        for project_id, row in frame.iterrows():
            assert kept[by, str(project_id)] == row["committed_date"].date()


def _refuse(_lesson: object) -> None:
    raise AssertionError("it was learnt before")
