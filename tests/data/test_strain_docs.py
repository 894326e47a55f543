"""The page about strain says what the file of anchors says."""

from __future__ import annotations

from pathlib import Path

import pytest

from data.strain_method import strain_table

PAGE = (Path(__file__).parents[2] / "docs" / "strain.md").read_text(encoding="utf-8")
ROWS = [[cell.strip() for cell in line.strip("|").split("|")] for line in PAGE.splitlines() if line.startswith("| ")]


@pytest.mark.parametrize(("name", "line"), strain_table()["indicators"].items())
def test_every_indicator_stands_on_the_page_with_its_anchors_and_source(name: str, line: dict[str, object]) -> None:
    row = next(row for row in ROWS if row[0] == line["code"])
    assert [float(cell) for cell in row[3:6]] == [line["zero"], line["watch"], line["high"]], name
    assert row[-1] == line["source"]


@pytest.mark.parametrize("part", ["domains", "rules"])
def test_every_weight_and_number_stands_on_the_page(part: str) -> None:
    shown = {(row[-1], float(row[1])) for row in ROWS if len(row) == 4 and row[1].replace(".", "").isdigit()}
    for line in strain_table()[part].values():
        assert (line["source"], line.get("value", line.get("weight"))) in shown, line


def test_the_page_says_that_nothing_measures_burn_out() -> None:
    assert "Nothing here measures burn-out" in PAGE
