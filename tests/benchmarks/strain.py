"""Frames of a big firm for the strain index: planted teams, repeated under other names."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

#: Frames with one row or more per person; the others are about projects and calendars.
_OF_PEOPLE = (
    *("person_days", "person_weeks", "person_project_weeks", "request_days", "trips", "leave_days", "people"),
    "clock_times",
)

_PEOPLE, _WEEKS = 200, 260


def write_big_firm(folder: Path, people: int) -> tuple[date, date]:
    """Write the frames of ``people`` over five years as Parquet; return the first and the last day."""
    from data.strain_cases import CasesSize, planted_teams

    teams = planted_teams(7, CasesSize(people=_PEOPLE, weeks=_WEEKS))
    folder.mkdir(parents=True, exist_ok=True)
    for name, frame in teams.frames.items():
        parts = [frame]
        if name in _OF_PEOPLE:
            parts = [frame.assign(person_id=frame["person_id"] + f"-{copy}") for copy in range(-(-people // _PEOPLE))]
        pd.concat(parts, ignore_index=True).to_parquet(folder / f"{name}.parquet")
    return teams.first_date, teams.last_date


def measure_strain(folder: str, first: str, last: str, is_one_week: str) -> dict[str, object]:
    """Assess everybody over all weeks; or one more week on top of levels that were told."""
    import time
    from datetime import date
    from pathlib import Path

    from analytics.workload.strain.assess import NEXT_WEEK_LOOK_BACK_WEEKS, strain_weeks
    from analytics.workload.strain.frames import StrainFrames
    from analytics.workload.strain.settings import strain_settings
    from data.strain_method import strain_table
    from data.time_zones import country_zones, zone_offsets

    begin, end = date.fromisoformat(first), date.fromisoformat(last)
    since = end - timedelta(weeks=NEXT_WEEK_LOOK_BACK_WEEKS, days=-1) if is_one_week else begin
    dates = {"person_days": "work_date", "person_weeks": "week_start_date", "person_project_weeks": "week_start_date"}
    dates |= {"request_days": "work_date", "leave_days": "leave_date"}
    frames = {}
    for file in Path(folder).glob("*.parquet"):
        column = dates.get(file.stem)
        recent = [(column, ">=", pd.Timestamp(since))] if column else None
        frames[file.stem] = pd.read_parquet(file, filters=recent)
    zones = zone_offsets(["Asia/Shanghai", "Europe/Berlin"], since, end)
    made = StrainFrames(**frames, country_zones=country_zones(), zone_offsets=zones)
    settings = strain_settings(strain_table())
    monday = end + timedelta(days=1)
    before = None
    if is_one_week:
        told = strain_weeks(made, settings, monday - timedelta(weeks=1))
        before = told.loc[told["week_start_date"].eq(told["week_start_date"].max())]
    started = time.perf_counter()
    found = strain_weeks(made, settings, monday, before=before)
    return {"seconds": time.perf_counter() - started, "rows": len(found), "people": found["person_id"].nunique()}
