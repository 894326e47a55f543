"""``golive strain`` and ``golive evaluate strain``: the promised JSON, replay, and wrong files of the method."""

from __future__ import annotations

import json
import shutil
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

import duckdb
import pytest

from dashboard.answers import everything as answers
from dashboard.commands.straining import _rounded
from data.publishing import published_file
from data.strain_method import STRAIN_FILE

if TYPE_CHECKING:
    from tests.commands.running import Golive
    from tests.data.firm import Firm

MONDAY = date(2026, 1, 5)
WEEKS = 12
KEYS: Final = {
    *("person_id", "week_start_date", "level", "reason", "index", "low", "high", "data_share", "is_red_line"),
    *("version", "shares", "indicators", "limit_facts", "levers", "outlook"),
}


def begin(firm: Firm) -> None:
    """Ana works six long days a week in the last four weeks, Bo eight hours a day throughout, Cem files nothing."""
    firm.take_in_text(
        "people.csv",
        """person_id,person_name,team_name,weekly_hours,home_country
        ana,Ana [x],North,40,CN
        bo,Bo,North,40,DE
        cem,Cem,North,40,CN""",
    )
    rows = []
    for number in range(7 * WEEKS):
        day, week = MONDAY + timedelta(days=number), number // 7
        if day.weekday() < 5 or (week >= WEEKS - 4 and day.weekday() == 5):
            rows.append(f"ana,p1,{day},{11.5 if week >= WEEKS - 4 else 8}")
        if day.weekday() < 5:
            rows.append(f"bo,p1,{day},8")
            if week < WEEKS - 4:
                rows.append(f"cem,p1,{day},8")
    text = "\n".join(["person_id,project_id,work_date,worked_hours", *rows])
    firm.take_in_text("timesheets.csv", text, is_history=True, now="2026-04-20")


def rows_of(golive: Golive, as_of: str = "2026-04-19") -> dict[str, dict[str, object]]:
    ended = golive("strain", "--as-of", as_of, "--json")
    assert ended.code == 0, ended
    return {row["person_id"]: row for row in json.loads(ended.out)["rows"]}


def test_strain_tells_level_bounds_shares_limits_and_levers(golive: Golive, firm: Firm) -> None:
    begin(firm)
    rows = rows_of(golive, "2026-03-29")
    assert all(set(row) == KEYS for row in rows.values())
    ana, bo = rows["ana"], rows["bo"]
    assert ana["level"] == "HIGH"
    assert bo["level"] == "OK"
    assert ana["low"] <= ana["index"] <= ana["high"]  # type: ignore[operator] # numbers
    assert _rounded(59.96) == 59.9, "59.96 has not reached 60"
    assert (_rounded(60.0), _rounded(None)) == (60.0, None)
    assert sum(ana["shares"].values()) == pytest.approx(1)  # type: ignore[attr-defined] # by indicator
    assert "cn_36_overtime_hours_month" in {fact["rule"] for fact in ana["limit_facts"]}  # type: ignore[attr-defined]
    assert {"leave_week", "normal_hours"} <= {lever["lever"] for lever in ana["levers"]}  # type: ignore[attr-defined]
    assert bo["levers"] == []


def test_who_files_nothing_has_no_data_and_no_level(golive: Golive, firm: Firm) -> None:
    begin(firm)
    # The week of 23 March is filed in the week after: on 29 March the week before it is told.
    cem = rows_of(golive, "2026-04-05")["cem"]
    assert (cem["level"], cem["reason"], cem["data_share"]) == ("NO DATA", "coverage", 0.0)


def test_the_table_names_levels_and_their_limits(golive: Golive, firm: Firm) -> None:
    begin(firm)
    ended = golive("strain", "--as-of", "2026-03-29")
    assert ended.code == 0
    assert "HIGH" in ended.out
    assert "Ana [x]" in ended.out
    assert "not how a person feels" in ended.out


def test_a_level_that_was_told_does_not_change_with_a_later_import(golive: Golive, firm: Firm) -> None:
    begin(firm)
    before = golive("strain", "--as-of", "2026-03-01", "--json").out
    late = "\n".join(f"cem,p1,{MONDAY + timedelta(weeks=WEEKS - 4, days=n)},12" for n in range(5))
    firm.take_in_text("late.csv", f"person_id,project_id,work_date,worked_hours\n{late}", now="2026-05-04")
    assert golive("strain", "--as-of", "2026-03-01", "--json").out == before


def test_an_empty_home_is_told_in_words(golive: Golive, firm: Firm) -> None:
    ended = golive("strain", "--home", firm.home.path)
    assert ended.code == 1
    assert "Traceback" not in ended.words


def test_a_warehouse_of_an_older_version_is_read_without_its_newest_mart(golive: Golive, firm: Firm) -> None:
    begin(firm)
    before = rows_of(golive)
    answers.close_all()
    file = published_file(firm.home)
    assert file is not None
    with duckdb.connect(file) as connection:
        connection.execute("drop table marts.person_request_days")
    assert rows_of(golive) == before


def test_more_hours_brought_to_an_older_warehouse_build_the_newest_mart(firm: Firm) -> None:
    begin(firm)
    file = published_file(firm.home)
    assert file is not None
    with duckdb.connect(file) as connection:
        connection.execute("drop table marts.person_request_days")
    week = "person_id,project_id,work_date,worked_hours,change_request_id\nbo,p1,2026-03-30,8,cr1"
    firm.take_in_text("week.csv", week, now="2026-04-21")
    assert firm.rows("select change_request_id, entry_count from marts.person_request_days") == [("cr1", 1)]


def test_the_homes_own_anchors_win_and_are_another_version(golive: Golive, firm: Firm) -> None:
    begin(firm)
    before = rows_of(golive, "2026-03-29")["bo"]["version"]
    own = STRAIN_FILE.read_text(encoding="utf-8").replace("watch = 14, high = 21", "watch = 12, high = 20")
    (firm.home.path / "strain.toml").write_text(own, encoding="utf-8")
    assert rows_of(golive, "2026-03-29")["bo"]["version"] != before


@pytest.mark.parametrize("name", ["strain.toml", "limits.toml"])
@pytest.mark.parametrize("text", ["this is no TOML", "[[policy]]\nname = 'x'\n"])
def test_a_wrong_file_of_the_method_is_told_with_advice(golive: Golive, firm: Firm, name: str, text: str) -> None:
    begin(firm)
    (firm.home.path / name).write_text(text, encoding="utf-8")
    ended = golive("strain", "--json")
    assert ended.code == 1, ended
    assert name in ended.err or "home" in ended.err
    assert "Traceback" not in ended.words


def test_a_rule_of_the_firm_is_told_as_a_fact(golive: Golive, firm: Firm) -> None:
    begin(firm)
    policy = '[[policy]]\nname = "forty_five"\nmeasure = "weekly_hours"\nlimit = 45\nsource = "Works agreement § 4"\n'
    (firm.home.path / "limits.toml").write_text(policy, encoding="utf-8")
    facts = rows_of(golive, "2026-03-29")["ana"]["limit_facts"]
    own = [fact for fact in facts if fact["rule"] == "policy_forty_five"]  # type: ignore[attr-defined] # rows
    assert {fact["value"] for fact in own} == {69.0}
    assert {fact["source"] for fact in own} == {"Works agreement § 4"}


def test_a_wrong_day_is_an_error_of_usage(golive: Golive, firm: Firm) -> None:
    assert golive("strain", "--as-of", "nope", "--home", firm.home.path).code == 2


@pytest.mark.slow
def test_evaluate_strain_keeps_its_promises(golive: Golive, firm: Firm) -> None:
    shutil.rmtree(firm.home.path, ignore_errors=True)
    ended = golive("evaluate", "strain", "--json")
    assert ended.code == 0, ended
    found = json.loads(ended.out)
    index = [row for row in found["recall"] if row["detector"] == "index"]
    assert len(index) >= 9
    assert min(row["recall"] for row in index) >= 0.9
    assert len(found["quiet"]) - 1 >= 6
    overall = {row["detector"]: row for row in found["overall"]}
    assert set(overall) == {"index", "long_week", "acwr", "top_tenth"}
    assert overall["index"]["flagged_share"] <= 0.025
    assert overall["index"]["high_share"] <= 0.005
    assert overall["index"]["changes_a_year_most"] <= 4
    for name in ("long_week", "acwr", "top_tenth"):
        assert overall[name]["mean_recall"] < overall["index"]["mean_recall"]
    assert not firm.home.path.exists()  # the proof needs no home and leaves none


@pytest.mark.slow
def test_evaluate_strain_prints_its_tables(golive: Golive) -> None:
    ended = golive("evaluate", "strain", "--people", "160", "--seed", "3")
    assert ended.code == 0
    for word in ("weeks_away", "late_filer", "top_tenth", "not validity"):
        assert word in ended.out
