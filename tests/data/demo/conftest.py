"""One small and one default-size company, made once."""

from __future__ import annotations

from datetime import date
from typing import Final

import pytest

from data.demo import DemoCompany, write_company

TODAY: Final = date(2026, 11, 22)


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> DemoCompany:
    return write_company(tmp_path_factory.mktemp("small"), people=24, years=1, seed=7, today=TODAY)


@pytest.fixture(scope="session")
def company(tmp_path_factory: pytest.TempPathFactory) -> DemoCompany:
    return write_company(tmp_path_factory.mktemp("company"), today=TODAY)
