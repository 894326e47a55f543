"""What was filed after the day of a forecast changes nothing of it, from the files on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import pytest

from analytics.delay.held_out_backtest import finished_ids, held_out_scores
from dashboard.commands.firm_folder import read_firm
from tests.portfolios import WORLDS, firm_tables, play_firm

if TYPE_CHECKING:
    from pathlib import Path

#: What each file says of when a row became known.
STAMPS = {"status_reports": "as_of_date", "timesheets": "submitted_at", "change_requests": "raised_at"}
#: What became known later of a row that was known: column and the stamp of it.
LATER = {
    "change_requests": (("decided_at", ("decided_at", "status")), ("completed_at", ("completed_at", "actual_hours"))),
    "work_packages": (("actual_finish_date", ("actual_finish_date", "progress_ratio")),),
}


def cut(tables: dict[str, pd.DataFrame], project_id: str, day: pd.Timestamp) -> dict[str, pd.DataFrame]:
    """Return the files as if nothing had been filed of the project after the day, but that it finished."""
    known = dict(tables)
    for name, stamp in STAMPS.items():
        is_later = (known[name]["project_id"] == project_id) & (pd.to_datetime(known[name][stamp]) >= day)
        assert is_later.any()
        known[name] = known[name][~is_later]
    for name, changes in LATER.items():
        for stamp, columns in changes:
            is_own = known[name]["project_id"] == project_id
            is_later = is_own & (pd.to_datetime(known[name][stamp], errors="coerce") >= day)
            blank = {column: known[name][column].astype(object).mask(is_later, "") for column in columns}
            known[name] = known[name].assign(**blank)
    is_own = known["projects"]["project_id"] == project_id
    plan = known["projects"]["planned_finish_date"].mask(is_own, "2026-12-31")
    return known | {"projects": known["projects"].assign(planned_finish_date=plan)}


def forecasts(tables: dict[str, pd.DataFrame], folder: Path, project_id: str) -> pd.DataFrame:
    folder.mkdir()
    for name, table in tables.items():
        table.to_csv(folder / f"{name}.csv", index=False)
    histories = read_firm(folder)
    taught = finished_ids(histories)[: len(finished_ids(histories)) // 2]
    assert project_id not in taught
    found = held_out_scores(histories, set(finished_ids(histories)) - set(taught))
    return found[found["project_id"] == project_id].set_index(["method", "stage"]).sort_index()


@pytest.mark.slow
@pytest.mark.parametrize("stage", [25.0, 50.0])
def test_what_was_filed_after_the_day_of_a_forecast_does_not_change_it(tmp_path: Path, stage: float) -> None:
    tables = firm_tables(play_firm(WORLDS["base"], 40, seed=4))
    done = tables["projects"].query("status == 'finished'")["project_id"]
    counts = tables["change_requests"].groupby("project_id").size()
    project_id = str(counts[counts.index.isin(sorted(done)[-10:])].idxmax())
    whole = forecasts(tables, tmp_path / "whole", project_id).xs(stage, level="stage")
    day = whole["seen_on"].iloc[0] + pd.Timedelta(days=1)
    early = forecasts(cut(tables, project_id, day), tmp_path / "cut", project_id).xs(stage, level="stage")
    for name in ("weeks_p50", "weeks_p80", "late_probability", "crps_pct"):
        assert early[name].to_dict() == pytest.approx(whole[name].to_dict()), name
