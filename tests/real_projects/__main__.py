"""``python -m tests.real_projects --out FOLDER``: write the real projects of the shared data as contract files.

Then ``golive backtest --mode-a FOLDER`` judges the forecast on them. The folder stays outside of the project.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pandas as pd

from tests.shared import shared_folder

if TYPE_CHECKING:
    from collections.abc import Mapping

SOURCE: Final = shared_folder() / "datasets" / "real_projects"
#: The columns of the contract that the data holds; outcomes that only judge stay out.
_COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "projects": (
        "project_id",
        "project_name",
        "product",
        "site_country",
        "start_date",
        "baseline_finish_date",
        "budget_hours",
        "status",
        "actual_finish_date",
    ),
    "status_reports": ("project_id", "as_of_date", "planned_finish_date", "progress_ratio"),
    "timesheets": ("entry_id", "person_id", "project_id", "work_date", "worked_hours", "submitted_at"),
    "assignments": ("person_id", "project_id", "week_start_date", "planned_hours"),
    "change_requests": ("change_request_id", "project_id", "raised_at", "status"),
}


def contract_tables(source: Path = SOURCE) -> dict[str, pd.DataFrame]:
    """Return the tables of the folder as the contract wants them, sorted by all columns."""
    tables = {name: pd.read_parquet(source / f"{name}.parquet") for name in _COLUMNS}
    return {name: table.reindex(columns=list(_COLUMNS[name])) for name, table in tables.items()}


def main() -> None:
    """Read the command line and write the files."""
    parser = argparse.ArgumentParser(prog="python -m tests.real_projects", description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    said = parser.parse_args()
    said.out.mkdir(parents=True, exist_ok=True)
    for name, table in contract_tables().items():
        table.to_csv(said.out / f"{name}.csv", index=False)
    sys.stdout.write(f"{said.out}\n")


if __name__ == "__main__":
    main()
