"""What was asked once is not reckoned again, and nobody can spoil an answer that others get."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from threading import Barrier

import pandas as pd
import pytest

from analytics.known import reporting_day
from dashboard.answers.keeping import forget_all, kept


def frame() -> pd.DataFrame:
    return pd.DataFrame({"hours": [1.0, 2.0]})


@dataclass(frozen=True)
class Found:
    rows: pd.DataFrame
    parts: tuple[pd.DataFrame, ...]
    by_name: dict[str, list[pd.Series]]


def test_a_question_is_reckoned_once_however_it_is_written() -> None:
    asked: list[tuple[int, int]] = []

    @kept(4)
    def total(first: int, second: int = 2) -> int:
        asked.append((first, second))
        return first + second

    assert [total(1), total(1, 2), total(first=1, second=2), total(second=2, first=1)] == [3, 3, 3, 3]
    assert asked == [(1, 2)]


def test_numbers_of_different_kinds_are_different_questions() -> None:
    @kept(4)
    def words(value: object) -> str:
        return repr(value)

    assert [words(1), words(1.0), words(True)] == ["1", "1.0", "True"]


def test_a_row_can_be_asked_about_and_what_it_lacks_is_no_new_question() -> None:
    asked: list[str] = []

    @kept(4)
    def rows_of(anomaly: dict[str, object]) -> str:
        asked.append(str(anomaly["key"]))
        return str(anomaly["key"])

    for lacking in (float("nan"), float("-nan"), None, pd.NA, pd.NaT):
        assert rows_of({"key": "a", "team": lacking, "days": [1, 2]}) == "a"
    assert rows_of({"days": [1, 2], "team": None, "key": "a"}) == "a"
    assert rows_of({"key": "b", "team": None, "days": [1, 2]}) == "b"
    assert asked == ["a", "b"]


def test_what_another_argument_stands_for_tells_no_questions_apart() -> None:
    asked: list[str] = []

    @kept(4)
    def told(version: str, _settings: dict[str, int]) -> str:
        asked.append(version)
        return version

    assert [told("a", {"x": 1}), told("a", {"x": 1}), told("b", {"x": 2})] == ["a", "a", "b"]
    assert asked == ["a", "b"]


def test_two_days_of_one_date_that_tell_different_weeks_are_different_questions() -> None:
    @kept(4)
    def sunday(day: date) -> date | None:
        return getattr(day, "reporting_sunday", None)

    day = date(2026, 3, 9)
    told = [reporting_day(day, date(2026, 3, 8)), reporting_day(day, date(2026, 3, 1)), day]
    assert [sunday(one) for one in told] == [date(2026, 3, 8), date(2026, 3, 1), None]


def test_whoever_changes_an_answer_changes_nobody_else_s() -> None:
    @kept(2)
    def found() -> Found:
        return Found(frame(), (frame(),), {"a": [frame()["hours"]]})

    mine = found()
    for one in (mine.rows, mine.parts[0]):
        one.loc[0, "hours"] = 99.0
        one["more"] = 1
    mine.by_name["a"][0].iloc[0] = 99.0
    mine.by_name["b"] = []
    other = found()
    pd.testing.assert_frame_equal(other.rows, frame())
    pd.testing.assert_frame_equal(other.parts[0], frame())
    assert other.by_name["a"][0].tolist() == [1.0, 2.0]
    assert list(other.by_name) == ["a"]


def test_the_least_used_answer_leaves_and_is_closed() -> None:
    closed: list[int] = []

    @kept(2, is_shared=True, release=closed.append)
    def opened(number: int) -> int:
        return number

    for number in (1, 2, 1, 3):
        opened(number)
    assert closed == [2]
    forget_all()
    assert sorted(closed) == [1, 2, 3]


def test_a_failure_is_not_kept() -> None:
    tries: list[int] = []

    @kept(2)
    def shaky() -> str:
        tries.append(1)
        if len(tries) == 1:
            raise ValueError("the first time")
        return "done"

    with pytest.raises(ValueError, match="the first time"):
        shaky()
    assert shaky() == "done"


def test_two_pages_that_ask_at_the_same_moment_wait_for_one_answer() -> None:
    started, asked = Barrier(2), []

    @kept(2)
    def slow(number: int) -> int:
        asked.append(number)
        return number * 2

    def ask(_page: int) -> int:
        started.wait(timeout=10)
        return slow(21)

    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(ask, range(2))) == [42, 42]
    assert asked == [21]
