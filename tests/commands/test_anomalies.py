"""``golive anomalies``: what is unlike its own past, and the answer that it is right."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.commands.running import Golive
    from tests.data.firm import Firm

MONDAY = date(2026, 1, 5)
KEY = "long_day|person:ana|2026-03-24"


def weeks(person: str, count: int, first: date = MONDAY) -> list[str]:
    """Return some eight hours on every workday, never twice the same week."""
    days = [first + timedelta(weeks=week, days=day) for week in range(count) for day in range(5)]
    return [f"{person},p{number % 2},{day},{7 + (number * 7 % 9) / 4}" for number, day in enumerate(days)]


@pytest.fixture
def odd(firm: Firm) -> Firm:
    """A firm in which Ana's tenth week holds a day of 20.5 hours, brought by the second batch."""
    head = "person_id,project_id,work_date,worked_hours"
    firm.take_in_text("a.csv", "\n".join([head, *weeks("ana", 16), *weeks("bo", 16)]), now="2026-04-27")
    firm.take_in_text("b.csv", f"{head}\nana,p7,2026-03-24,20.5", now="2026-04-28")
    return firm


def listed(golive: Golive, firm: Firm, *options: object) -> list[dict[str, Any]]:
    ended = golive("anomalies", "--json", *options, "--home", firm.home.path)
    assert ended.code == 0, ended
    found: list[dict[str, Any]] = json.loads(ended.out)["rows"]
    return found


def test_what_is_odd_is_told_with_its_cause_and_remedy(golive: Golive, odd: Firm) -> None:
    ended = golive("anomalies", "--home", odd.home.path)
    words = " ".join(ended.out.replace("┃", " ").split())
    assert "More hours on one day" in words
    assert "24 Mar 2026" in words
    (found,) = [row for row in listed(golive, odd) if row["check"] == "long_day"]
    assert (found["anomaly_key"], found["person_id"], found["is_right"]) == (KEY, "ana", False)
    assert found["value"] == 20.5 > found["usual_high"]


def test_it_is_right_is_remembered_until_it_is_taken_back(golive: Golive, odd: Firm) -> None:
    assert golive("anomalies", "--right", KEY, "--note", "go-live night", "--home", odd.home.path).code == 0
    assert KEY not in [row["anomaly_key"] for row in listed(golive, odd)]
    (found,) = [row for row in listed(golive, odd, "--all") if row["anomaly_key"] == KEY]
    assert (found["is_right"], found["note"]) == (True, "go-live night")
    assert golive("anomalies", "--not-right", KEY, "--home", odd.home.path).code == 0
    assert KEY in [row["anomaly_key"] for row in listed(golive, odd)]


def test_a_batch_is_told_what_its_rows_touch(golive: Golive, odd: Firm) -> None:
    assert KEY in [row["anomaly_key"] for row in listed(golive, odd, "--batch", 2)]
    assert listed(golive, odd, "--batch", 99) == []


def test_checks_can_be_chosen_and_a_wrong_name_is_a_mistake_of_use(golive: Golive, odd: Firm) -> None:
    assert {row["check"] for row in listed(golive, odd, "--check", "long_day")} == {"long_day"}
    ended = golive("anomalies", "--check", "odd", "--home", odd.home.path)
    assert ended.code == 2
    assert "long_day" in ended.err


def test_a_key_that_names_nothing_is_refused_and_nothing_is_kept(golive: Golive, odd: Firm) -> None:
    ended = golive("anomalies", "--right", KEY, "--right", "long_day|person:nobody|2026-03-24", "--home", odd.home.path)
    assert ended.code == 1
    assert "nobody" in ended.err
    assert KEY in [row["anomaly_key"] for row in listed(golive, odd)]


def test_what_was_known_earlier_is_judged_by_what_was_known_then(golive: Golive, odd: Firm) -> None:
    assert KEY not in [row["anomaly_key"] for row in listed(golive, odd, "--as-of", "2026-03-20")]


def test_an_import_says_how_many_anomalies_its_rows_touch(golive: Golive, firm: Firm) -> None:
    today = datetime.now(tz=UTC).date()
    first = today - timedelta(days=today.weekday(), weeks=16)
    head = "person_id,project_id,work_date,worked_hours"
    usual = weeks("ana", 16, first)
    firm.take_in_text("a.csv", "\n".join([head, *usual]))
    file = firm.folder / "b.csv"
    file.write_text(f"{head}\nana,p7,{first + timedelta(weeks=12)},21\n", encoding="utf-8")
    ended = golive("import", file, "--home", firm.home.path)
    assert ended.code == 0, ended
    assert "golive anomalies --batch 2" in ended.out
