"""Facts that can't be true are told where the forecast is read."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from pathlib import Path

    from tests.commands.running import Golive


def test_a_budget_that_the_hours_deny_is_said_in_words_and_does_not_lead_the_list(
    golive: Golive, tmp_path: Path
) -> None:
    days = pd.bdate_range("2026-03-02", "2026-11-20")
    start, finish = "2026-03-02", "2027-03-01"
    budgets = {"ODD": 10, "PLAIN": 1040}
    rows = [f"{name},Project {name},{start},{finish},{finish},{hours},active" for name, hours in budgets.items()]
    columns = "project_id,project_name,start_date,baseline_finish_date,planned_finish_date,budget_hours,status"
    (tmp_path / "projects.csv").write_text("\n".join([columns, *rows]))
    (tmp_path / "people.csv").write_text("person_id,person_name,home_country\ne1,A,DE\ne2,B,DE\n")
    hours = [f"{who},{name},{day:%Y-%m-%d},4" for who, name in (("e1", "ODD"), ("e2", "PLAIN")) for day in days]
    (tmp_path / "timesheets.csv").write_text("\n".join(["person_id,project_id,work_date,worked_hours", *hours]))
    share = {day: 0.4 * place / len(days) for place, day in enumerate(days) if day.day_name() == "Friday"}
    reports = [f"{name},{day:%Y-%m-%d},{finish},{done:.3f}" for name in budgets for day, done in share.items()]
    (tmp_path / "status_reports.csv").write_text(
        "\n".join(["project_id,as_of_date,planned_finish_date,progress_ratio", *reports])
    )
    home = tmp_path / "home"
    files = [tmp_path / f"{name}.csv" for name in ("people", "projects", "status_reports", "timesheets")]
    assert golive("import", *files, "--history", "--home", home).code == 0
    said = golive("forecast", "--home", home, "--as-of", "2026-11-27")
    assert said.code == 0
    assert "The budget and the booked hours can't both be true" in " ".join(said.out.split())
    rows = json.loads(golive("forecast", "--home", home, "--as-of", "2026-11-27", "--json").out)["rows"]
    late = [row["slip_weeks_p50"] for row in rows]
    assert len(late) == len(budgets)
    assert abs(late[0] - late[1]) < 8
