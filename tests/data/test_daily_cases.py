"""The small inputs of ``shared/cases/daily`` go in, and the right values come out."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Final

import pytest

from tests.shared import needs_shared, shared_folder

if TYPE_CHECKING:
    from tests.data.firm import Firm

pytestmark = needs_shared
DAILY: Final = shared_folder() / "cases" / "daily"
BY_PROJECT: Final = "select project_id, sum(worked_hours) from staging.timesheets group by all order by all"


@pytest.mark.parametrize("order", list(itertools.permutations(["people.csv", "projects.csv", "p1.csv", "p2.csv"]))[::5])
def test_exports_of_one_project_each_add_up_in_any_order(firm: Firm, order: tuple[str, ...]) -> None:
    for name in order:
        (report,) = firm.take_in(DAILY / "exports-per-project" / name, now="2026-11-09")
        assert (report.problem, report.questions) == ("", ())
    assert firm.rows(BY_PROJECT) == [("P1", 11.0), ("P2", 13.0)]
    assert firm.differences() == {}


def test_exports_of_one_project_each_add_up_as_one_folder(firm: Firm) -> None:
    reports = firm.take_in(DAILY / "exports-per-project", now="2026-11-09")
    assert not [report for report in reports if report.problem or report.questions]
    assert firm.rows(BY_PROJECT) == [("P1", 11.0), ("P2", 13.0)]


@pytest.mark.parametrize("case", sorted(path.name for path in DAILY.iterdir()) if DAILY.is_dir() else [])
def test_every_daily_case_goes_in_without_a_question_or_a_problem(firm: Firm, case: str) -> None:
    for path in sorted((DAILY / case).iterdir()):
        (report,) = firm.take_in(path, now="2026-11-29", is_history=True)
        assert (report.problem, report.questions) == ("", ()), path.name
