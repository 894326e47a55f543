"""A moment becomes a day in a zone only: nobody may cut the clock off a moment of UTC."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

if TYPE_CHECKING:
    from tests.data.firm import Firm

ROOT: Final = Path(__file__).parents[2]

#: When something became known is counted in days of UTC everywhere, on every machine (docs/decisions.md).
_OF_KNOWLEDGE: Final = ("known_at", "superseded_at", "changed_at", "arrived_at")
#: The marts of change requests hold the local clock of the site.
_LOCAL_ALREADY: Final = ("happened_at",)

_NAME: Final = r"(?:\w+\.)*(\w+_at)"
_CASTS: Final = (
    re.compile(rf"(?i)\b{_NAME}\)?\s*::\s*date\b"),
    re.compile(rf"(?i)\bcast\(\s*{_NAME}\s+as\s+date\s*\)"),
    re.compile(rf"(?i)\bdate_trunc\('(?:day|week|month)',\s*(?:\w+\()?{_NAME}"),
    re.compile(
        r"""["'](departed_at|returned_at|started_at|ended_at|submitted_at)["']\]\.dt\.(?:normalize|floor|date)"""
    ),
)


def bare_casts(text: str) -> list[str]:
    """Return the moments that are cut down to a day, week or month without a zone."""
    allowed = (*_OF_KNOWLEDGE, *_LOCAL_ALREADY)
    return [name for pattern in _CASTS for name in pattern.findall(text) if name.lower() not in allowed]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("select departed_at::date from t", ["departed_at"]),
        ("select min(trips.returned_at)::date", ["returned_at"]),
        ("cast(requests.raised_at as date)", ["raised_at"]),
        ("date_trunc('week', started_at)", ["started_at"]),
        ('frame["started_at"].dt.normalize()', ["started_at"]),
        ("date_trunc('week', known_at)::date", []),
        ("departed_local::date", []),
        ("raised_date", []),
    ],
)
def test_the_rule_finds_what_it_should(text: str, found: list[str]) -> None:
    assert bare_casts(text) == found


def test_no_moment_is_cut_down_to_a_day_without_a_zone() -> None:
    files = [path for room in ("sql", "data", "analytics", "dashboard") for path in (ROOT / room).rglob("*.*")]
    found = {
        str(path.relative_to(ROOT)): names
        for path in files
        if path.suffix in (".sql", ".py") and (names := bare_casts(path.read_text(encoding="utf-8")))
    }
    assert found == {}


@pytest.fixture
def sited(firm: Firm) -> Firm:
    firm.take_in_text(
        "projects.csv",
        """
        project_id,start_date,site_city,site_country
        sh,2026-01-05,上海,CN
        den,2026-01-05,Denver,USA
        """,
    )
    return firm


def test_a_request_is_of_the_day_of_its_site(sited: Firm) -> None:
    sited.take_in_text(
        "change_requests.csv",
        """
        change_request_id,project_id,raised_at,decided_at
        utc,sh,2026-03-01T22:30:00Z,2026-03-08T15:00:00Z
        told,sh,2026-03-02T01:00:00+08:00,
        bare,sh,2026-03-02 23:30,
        west,den,2026-03-02T02:00:00Z,
        """,
    )
    rows = sited.rows(
        "select change_request_id, raised_date::varchar, decided_date::varchar from staging.change_requests order by 1"
    )
    assert rows == [
        ("bare", "2026-03-02", None),
        ("told", "2026-03-02", None),
        ("utc", "2026-03-02", "2026-03-08"),
        ("west", "2026-03-01", None),
    ]
    weeks = sited.rows(
        "select change_request_id, raised_week_date::varchar from marts.change_requests order by change_request_id"
    )
    assert weeks == [("bare", "2026-03-02"), ("told", "2026-03-02"), ("utc", "2026-03-02"), ("west", "2026-02-23")]


def test_a_day_without_a_time_is_any_time_of_that_local_day(sited: Firm) -> None:
    sited.take_in_text(
        "change_requests.csv",
        """
        change_request_id,project_id,raised_at,decided_at
        fine,sh,2026-03-02T08:00:00Z,2026-03-02
        wrong,sh,2026-03-02T23:00:00Z,2026-03-02
        """,
    )
    assert sited.rows("select detail from checks.requests_out_of_order") == [("wrong",)]
