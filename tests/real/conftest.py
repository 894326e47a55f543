"""The made-up tables, and the real data where they are, taken in once for all tests of this folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.dashboard.conftest import no_error_is_noted
from tests.real.converting import write_contract_files
from tests.real.made_up import make_source
from tests.real.running import Imported, golive
from tests.real.source import Source, read_source
from tests.shared import needs_shared, shared_folder

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["no_error_is_noted"]

MADE_UP, REAL = "made up", "real"


@pytest.fixture(
    scope="session",
    params=[
        pytest.param(MADE_UP, id=MADE_UP),
        pytest.param(REAL, id=REAL, marks=[pytest.mark.shared, pytest.mark.slow, needs_shared]),
    ],
)
def source(request: pytest.FixtureRequest) -> Source:
    """Return the made-up tables, or the real data as it lies in ../shared."""
    return make_source() if request.param == MADE_UP else read_source(shared_folder() / "datasets" / "open")


@pytest.fixture(scope="session")
def files(source: Source, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of contract files made of the real data."""
    return write_contract_files(source, tmp_path_factory.mktemp("real") / "files")


@pytest.fixture(scope="session")
def home(files: Path) -> Path:
    """Return the home into which the real data go."""
    return files.parent / "home"


@pytest.fixture(scope="session")
def imported(files: Path, home: Path) -> Imported:
    """Return the report of the first import."""
    return Imported(golive("import", files, "--history", home=home))


@pytest.fixture(scope="session")
def imported_again(imported: Imported, files: Path, home: Path) -> Imported:
    """Return the report of the second import of the same files."""
    del imported
    return Imported(golive("import", files, "--history", home=home))
