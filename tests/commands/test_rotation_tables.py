"""The tables that only a roster needs come in as their owners write them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import duckdb
import pytest

from data.home import find_home
from data.publishing import published_file

if TYPE_CHECKING:
    from pathlib import Path

    from tests.commands.running import Golive

FILES = {
    "stay_limits": "person_id,counter,valid_from,valid_until\nana,Schengen_Short_Stay,2026-01-01,\n",
    "preferences": "person_id,project_id,week_start_date,wish\nana,,2026-12-09,home\nana,p1,,avoid\n",
    "unavailability": (
        "person_id,first_date,last_date,project_id,country,is_remote_possible\n"
        "ana,2026-12-07,2026-12-20,,Japan,yes\nana,2027-01-04,2027-01-10,,,\n"
    ),
    "site_demand": (
        "project_id,week_start_date,skill,headcount,onsite_minimum,is_onsite\n"
        "p1,2026-12-07,erp,2,1,yes\np1,2026-12-14,erp,2,,yes\n"
    ),
}
EXPECTED = {
    "stay_limits": [("ana", "schengen_short_stay", "2026-01-01", None)],
    "preferences": [("ana", None, "2026-12-07", "home"), ("ana", "p1", None, "avoid")],
    "unavailability": [
        ("ana", "2026-12-07", "2026-12-20", "JP", True),
        ("ana", "2027-01-04", "2027-01-10", "", None),
    ],
    "site_demand": [("p1", "2026-12-07", 2.0, 1.0), ("p1", "2026-12-14", 2.0, None)],
}
QUERIES = {
    "stay_limits": "select person_id, counter, valid_from_date::varchar, valid_until_date::varchar",
    "preferences": "select person_id, project_id, week_start_date::varchar, wish",
    "unavailability": "select person_id, first_date::varchar, last_date::varchar, country, is_remote_possible",
    "site_demand": "select project_id, week_start_date::varchar, headcount, onsite_headcount",
}


@pytest.mark.parametrize("table", list(FILES))
def test_a_file_in_the_contracts_words_or_near_them_comes_in_whole(table: str, tmp_path: Path, golive: Golive) -> None:
    (tmp_path / f"{table}.csv").write_text(FILES[table], encoding="utf-8")
    home = tmp_path / "home"
    assert golive("import", str(tmp_path / f"{table}.csv"), "--home", str(home)).code == 0
    file = published_file(find_home(home))
    assert file is not None
    with duckdb.connect(str(file), read_only=True) as connection:
        found = connection.execute(f"{QUERIES[table]} from staging.{table} order by row_id").fetchall()
    assert found == EXPECTED[table]
