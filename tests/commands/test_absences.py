"""``golive evaluate absences``: read for one reckoning, compared within people, never stored."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from dashboard.commands.absences import absences_text

if TYPE_CHECKING:
    from pathlib import Path

    from tests.commands.running import Golive
    from tests.data.firm import Firm

HEAD = "person_id,start_date"


def test_too_few_absences_say_nothing_and_nothing_is_stored(golive: Golive, firm: Firm, tmp_path: Path) -> None:
    days = [date(2026, 1, 5) + timedelta(weeks=week, days=day) for week in range(10) for day in range(5)]
    rows = [f"ana,p1,{day},8" for day in days]
    firm.take_in_text("hours.csv", "\n".join(["person_id,project_id,work_date,worked_hours", *rows]))
    listed = tmp_path / "absences.csv"
    listed.write_text(f"{HEAD}\nana,2026-03-02\n", encoding="utf-8")
    ended = golive("evaluate", "absences", listed, "--home", firm.home.path)
    assert ended.code == 0, ended
    assert "nothing can be said" in ended.out
    assert "Nothing here measures burn-out" in ended.out
    told = json.loads(golive("evaluate", "absences", listed, "--json", "--home", firm.home.path).out)
    assert (told["read"], told["rows"]) == (1, [])
    kept = [file for file in firm.home.path.rglob("*") if file.is_file() and "absence" in file.name]
    assert kept == []


def test_what_was_found_is_told_with_its_interval() -> None:
    rows = [{"absences": 41, "odds_ratio": 1.234, "low": 0.9, "high": 1.6}]
    text = absences_text(50, 30, rows)  # type: ignore[arg-type] # names are texts
    assert "In 41 absences" in text
    assert "1.23 times" in text
    assert "0.90 to 1.60" in text


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (None, "not there"),
        ("", "can't be read"),
        ("who,when\nana,2026-03-02\n", "person_id, start_date"),
        (f"{HEAD}\nana,2026-03-02\nbo,next week\n", "line 3"),
        (f"{HEAD}\n,2026-03-02\n", "line 2"),
    ],
)
def test_wrong_lists_end_in_words(golive: Golive, tmp_path: Path, content: str | None, words: str) -> None:
    listed = tmp_path / "absences.csv"
    if content is not None:
        listed.write_text(content, encoding="utf-8")
    ended = golive("evaluate", "absences", listed)
    assert ended.code == 1
    assert words in ended.err
