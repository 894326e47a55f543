"""Levels with hysteresis: nobody flickers, and silence is never OK."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.workload.strain.levels import path_of, told_levels
from tests.analytics.workload.strain.helpers import SETTINGS

Numbers = st.lists(st.floats(0, 100), min_size=1, max_size=40)


def path(*index: float, red: tuple[int, ...] = ()) -> list[int]:
    lines = np.zeros((1, len(index)), dtype=bool)
    lines[0, list(red)] = True
    return [int(level) for level in path_of(np.array([index]), lines, SETTINGS)[0]]


@pytest.mark.parametrize(
    ("index", "levels"),
    [
        ((49, 49), [0, 0]),
        ((55, 45), [0, 0]),
        ((55, 51), [0, 1]),
        ((60, 30), [1, 1]),
        ((60, 39, 39), [1, 1, 0]),
        ((60, 39, 41, 39), [1, 1, 1, 1]),
        ((72, 72), [1, 2]),
        ((72, 72, 59, 61, 59, 59), [1, 2, 2, 2, 2, 1]),
        ((72, 72, 20, 20), [1, 2, 2, 0]),
    ],
)
def test_levels_begin_and_end_as_stated(index: tuple[float, ...], levels: list[int]) -> None:
    assert path(*index) == levels


def test_a_red_line_is_high_at_once() -> None:
    assert path(30, 30, 30, red=(1,)) == [0, 2, 0]


@given(Numbers, st.data())
def test_a_higher_index_never_gives_a_lower_level(index: list[float], data: st.DataObject) -> None:
    more = data.draw(st.lists(st.floats(0, 40), min_size=len(index), max_size=len(index)))
    higher = [a + b for a, b in zip(index, more, strict=True)]
    assert all(high >= low for high, low in zip(path(*higher), path(*index), strict=True))


@given(Numbers, st.integers(1, 39))
def test_going_on_from_a_week_is_the_same_as_from_the_begin(index: list[float], at: int) -> None:
    at = min(at, len(index) - 1)
    matrix, lines = np.array([index]), np.zeros((1, len(index)), dtype=bool)
    whole = path_of(matrix, lines, SETTINGS)
    if at == 0:
        return
    tail = path_of(matrix[:, at:], lines[:, at:], SETTINGS, whole[:, at - 1], matrix[:, at - 1])
    assert tail.tolist() == whole[:, at:].tolist()


def told(point: int, low: int, high: int, share: float = 1.0, weeks: float = 9) -> tuple[int, int]:
    paths = [np.array([[level]]) for level in (point, low, high)]
    level, reason = told_levels(paths[0], paths[1], paths[2], np.array([[share]]), np.array([[weeks]]), SETTINGS)
    return int(level[0, 0]), int(reason[0, 0])


def test_under_sixty_percent_of_the_days_nothing_is_told() -> None:
    assert told(0, 0, 0, share=0.59) == (3, 1)
    assert told(0, 0, 0, share=0.6) == (0, 0)


def test_a_newcomer_of_two_weeks_is_not_judged() -> None:
    assert told(1, 1, 1, weeks=2) == (3, 2)


def test_bounds_that_are_two_levels_apart_tell_nothing() -> None:
    assert told(1, 0, 2) == (3, 3)


def test_ok_is_told_only_when_it_is_ok_whatever_the_missing_days_were() -> None:
    assert told(0, 0, 1) == (3, 3)
    assert told(1, 0, 1) == (1, 0)
