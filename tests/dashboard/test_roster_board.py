"""The board of people and weeks: names that fit and differ, a frame for each move, drawn at once."""

from __future__ import annotations

import pandas as pd

from dashboard.charts.rotation import roster_board

WEEKS = pd.date_range("2026-06-01", periods=3, freq="W-MON")


def board(*names: str) -> pd.DataFrame:
    rows = [
        (f"person {place}", week, "firm", name, week == WEEKS[0]) for place, name in enumerate(names) for week in WEEKS
    ]
    return pd.DataFrame(rows, columns=["person", "week_start_date", "state", "text", "is_moved"])


def cells(*names: str) -> list[str]:
    heatmap = roster_board(board(*names)).data[0]
    return [line[0] for line in heatmap.text]


def test_projects_whose_names_begin_alike_can_be_told_apart() -> None:
    assert cells("Warehouse roll-out North", "Warehouse roll-out South") == ["…North", "…South"]
    assert cells("云杉医院信息系统", "云杉医院物流系统") == ["…信息系统", "…物流系统"]


def test_a_long_name_is_cut_at_its_end_and_a_short_one_stands_whole() -> None:
    assert cells("Hospital information system", "ERP") == ["Hospital i…", "ERP"]


def test_each_move_has_its_frame() -> None:
    figure = roster_board(board(*(f"Project {number}" for number in range(200))))
    assert [(shape.x0, shape.y0) for shape in figure.layout.shapes] == [(-0.48, row - 0.44) for row in range(200)]
