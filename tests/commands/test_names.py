"""``golive names``: who is who, on the command line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.commands.running import Golive
    from tests.data.firm import Firm


@pytest.fixture
def staffed(firm: Firm) -> Firm:
    firm.take_in_text("people.csv", "person_id,person_name,email\nU1,Ana Weber,ana@example.com\nU2,张伟,zw@example.com")
    head = "person_id,project_id,work_date,worked_hours"
    firm.take_in_text(
        "hours.csv", f"{head}\nana@example.com,P-1,2026-03-02,8\nZhang Wei,P-1,2026-03-03,6\nZhang Wei,P-1,2026-03-04,6"
    )
    return firm


def told(golive: Golive, firm: Firm, *options: str) -> dict[str, Any]:
    ended = golive("names", "--json", *options, "--home", firm.home.path)
    assert ended.code == 0, ended
    found: dict[str, Any] = json.loads(ended.out)
    return found


def test_sure_ones_suggestions_and_strangers_are_listed_with_their_rows(golive: Golive, staffed: Firm) -> None:
    found = told(golive, staffed)
    assert found["listed_count"] == 2
    assert found["same"] == [{"spelling": "ana@example.com", "id": "U1", "reason": "same_email", "rows_count": 1}]
    assert found["suggestions"] == [{"spelling": "Zhang Wei", "id": "U2", "reason": "pinyin", "rows_count": 2}]
    assert found["only_seen"] == [{"spelling": "Zhang Wei", "rows_count": 2}]
    words = golive("names", "--home", staffed.home.path).out
    assert "the Chinese name in Latin letters" in words
    assert "2 on lists" in words


def test_they_are_one_until_it_is_forgotten(golive: Golive, staffed: Firm) -> None:
    found = told(golive, staffed, "--same", "Zhang Wei=U2")
    assert {one["id"]: one["reason"] for one in found["same"]} == {"U1": "same_email", "U2": "decided"}
    assert found["only_seen"] == []
    assert staffed.rows("select sum(worked_hours) from marts.person_days where person_id = 'U2'") == [(12,)]
    assert told(golive, staffed, "--forget", "Zhang Wei")["only_seen"] != []


def test_they_are_two_is_remembered(golive: Golive, staffed: Firm) -> None:
    found = told(golive, staffed, "--different", "Zhang Wei=U2")
    assert found["suggestions"] == []
    assert found["different"] == [{"spelling": "Zhang Wei", "id": "U2"}]


def test_an_unknown_spelling_is_refused_in_words(golive: Golive, staffed: Firm) -> None:
    ended = golive("names", "--same", "Nobody=U2", "--home", staffed.home.path)
    assert ended.code == 1
    assert "Nobody" in ended.err


def test_projects_have_names_too_and_an_empty_home_says_so(golive: Golive, firm: Firm) -> None:
    ended = golive("names", "--kind", "project", "--home", firm.home.path)
    assert (ended.code, ended.out.strip()) == (0, "Projects: Nothing was imported yet.")
