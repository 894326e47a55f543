"""Every sample of ../shared/exports is taken for what an attentive reader takes it for."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from data.recognition import inspect_file
from tests.data.recognition.helpers import tokens
from tests.shared import needs_shared, shared_folder

SAMPLES: dict[str, dict[str, Any]] = tomllib.loads((Path(__file__).parent / "samples.toml").read_text(encoding="utf-8"))
pytestmark = needs_shared


@pytest.mark.parametrize("name", SAMPLES)
def test_a_sample_is_recognised(name: str, tmp_path: Path) -> None:
    expected = SAMPLES[name]
    (found,) = inspect_file(shared_folder() / "exports" / name, tmp_path)
    assert (found.table, found.system) == (expected["table"], expected["system"])
    assert dict(found.mapping) == expected["mapping"]
    assert sorted(tokens(found)) == sorted(expected["needs"])


def test_every_sample_has_an_expectation() -> None:
    exports = shared_folder() / "exports"
    found = {path.relative_to(exports).as_posix() for path in exports.rglob("*") if path.is_file()}
    assert found == set(SAMPLES)


def test_a_folder_of_all_samples_is_inspected_at_once(tmp_path: Path) -> None:
    found = inspect_file(shared_folder() / "exports", tmp_path)
    assert len(found) == len(SAMPLES)
    assert all(one.table for one in found)


def test_personal_columns_are_named_and_not_mapped(tmp_path: Path) -> None:
    path = shared_folder() / "exports" / "erpnext" / "RECONSTRUCTED_travel_request_labels.csv"
    (found,) = inspect_file(path, tmp_path)
    assert {"Date of Birth", "Passport Number", "Identification Document Number"} <= set(found.denied_columns)
    assert not set(found.denied_columns) & {*found.mapping, *found.unmapped}


def test_a_gb18030_file_says_its_encoding(tmp_path: Path) -> None:
    path = shared_folder() / "exports" / "redmine" / "RECONSTRUCTED_timelog_zh_gb18030.csv"
    (found,) = inspect_file(path, tmp_path)
    assert found.encoding == "gb18030"
