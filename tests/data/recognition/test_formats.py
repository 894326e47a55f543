"""Exports of many systems are taken for what they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.data.recognition.formats import FORMATS, Format
from tests.data.recognition.helpers import inspect_rows, targets, tokens

if TYPE_CHECKING:
    from pathlib import Path

each_format = pytest.mark.parametrize("shape", FORMATS, ids=lambda shape: shape.name)


@each_format
def test_table_system_and_columns_are_recognised(shape: Format, tmp_path: Path) -> None:
    found = inspect_rows(tmp_path, [shape.header, *shape.rows])
    assert (found.table, found.system) == (shape.table, shape.system)
    assert targets(found) == shape.mapping
    assert tokens(found) == list(shape.needs)


@each_format
def test_columns_are_recognised_without_any_row(shape: Format, tmp_path: Path) -> None:
    found = inspect_rows(tmp_path, [shape.header])
    assert (found.table, found.system) == (shape.table, shape.system)
    wrong = {name: target for name, target in found.mapping.items() if shape.mapping.get(name, target) != target}
    assert not wrong


@each_format
def test_what_is_ready_can_be_made_into_cells(shape: Format, tmp_path: Path) -> None:
    found = inspect_rows(tmp_path, [shape.header, *shape.rows])
    assert (found.recipe is None) == bool(shape.needs)
    json = found.as_json()
    assert set(json["mapping"]) | set(json["unmapped"]) == set(found.columns)
