"""A day that doesn't exist costs its own row, and no other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.data.recognition.helpers import cells_of, inspect_one, write_csv

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("day", ["2026-02-31", "2026-13-01", "0000-01-01", "31.02.2026", "9999-99-99"])
def test_one_day_that_does_not_exist_blocks_no_file(tmp_path: Path, day: str) -> None:
    rows = [[f"2026-03-{n:02}", ("Eva Soto", "Iker Gil")[n % 2], "Almacén", "7.5"] for n in range(2, 12)]
    rows[4][0] = day
    path = write_csv(tmp_path, [["Fecha", "Empleado", "Proyecto", "Horas"], *rows])
    seen = inspect_one(path)
    assert not seen.questions
    assert sum(1 for row in cells_of(path, seen) if str(row["work_date"]).startswith("2026-03-")) == 9
