"""Instances of roster problems as contract files: ``python -m tests.rotations FOLDER --people 20``."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from tests.analytics.rotation.cases import Size, instance

if TYPE_CHECKING:
    import pandas as pd

    from analytics.rotation.frames import RotationFrames


def write_files(frames: RotationFrames, folder: Path) -> list[Path]:
    """Write the tables of an instance as CSV files in the contract's words; empty ones are left out."""
    folder.mkdir(parents=True, exist_ok=True)
    trips = frames.trips.assign(
        departed_at=frames.trips["departed_date"].dt.strftime("%Y-%m-%d 08:00"),
        returned_at=frames.trips["returned_date"].dt.strftime("%Y-%m-%d 18:00"),
        trip_id=[f"t{number}" for number in range(len(frames.trips))],
    ).drop(columns=["departed_date", "returned_date"])
    tables: dict[str, pd.DataFrame] = {
        "people": frames.people,
        "skills": frames.skills,
        "projects": frames.projects.assign(status="active"),
        "site_demand": frames.demand,
        "assignments": frames.roster,
        "leave": frames.leave,
        "trips": trips,
        "stay_limits": frames.stay_limits,
    }
    written = []
    for name, frame in tables.items():
        if len(frame):
            path = folder / f"{name}.csv"
            frame.to_csv(path, index=False, date_format="%Y-%m-%d")
            written.append(path)
    return written


def main() -> None:
    parser = argparse.ArgumentParser(description="Write an instance of a roster problem as contract files.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--people", type=int, default=20)
    parser.add_argument("--projects", type=int, default=8)
    parser.add_argument("--weeks", type=int, default=12)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    write_files(instance(Size(asked.people, asked.projects, asked.weeks), asked.seed), asked.folder)


if __name__ == "__main__":
    main()
