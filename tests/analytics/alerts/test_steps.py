"""From look to look: told once, over past another line, and never twice for the same reason."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

import data
from analytics.alerts.readings import Reading
from analytics.alerts.rules import alert_rules
from analytics.alerts.steps import Standing, Step, step

RULES = alert_rules(tomllib.loads((Path(data.__file__).parent / "alerts.toml").read_text(encoding="utf-8")))
FIRST = pd.Timestamp("2026-01-04")
ALL = frozenset(RULES.rules)


class Firm:
    """A firm looked at week by week, with the journal's part played in memory."""

    def __init__(self, rule: str) -> None:
        self.rule = rule
        self.standing: list[Standing] = []
        self.raised: list[tuple[int, str]] = []

    def week(self, number: int, values: dict[str, float | None]) -> Step:
        day = FIRST + pd.Timedelta(weeks=number)
        rows = [Reading(name, value) for name, value in values.items()]
        change = step(RULES, {self.rule: rows}, self.standing, day, looked_before=ALL)
        ended, back = set(change.ended), set(change.returned)
        self.standing = [
            replace(one, ended_date=day)
            if one.alert_id in ended
            else replace(one, ended_date=None)
            if one.alert_id in back
            else one
            for one in self.standing
        ]
        for one in change.raised:
            self.standing = [other for other in self.standing if other.subject != one.subject]
            self.standing.append(Standing(len(self.raised) + 1, self.rule, one.subject, day))
            self.raised.append((number, one.subject))
        return change


def weeks(rule: str, *values: float | None) -> Firm:
    firm = Firm(rule)
    for number, value in enumerate(values):
        firm.week(number, {"project:p1": value})
    return firm


def test_a_figure_at_the_edge_tells_once() -> None:
    assert len(weeks("late", 0.79, 0.81, 0.79, 0.81, 0.78, 0.82).raised) == 1


def test_below_the_line_of_release_it_is_over_and_after_the_quiet_weeks_it_is_told_anew() -> None:
    firm = weeks("late", 0.85, 0.5, 0.5, 0.5, 0.5, 0.5, 0.85)
    assert [number for number, _subject in firm.raised] == [0, 6]


def test_what_comes_back_soon_is_the_same_alert() -> None:
    firm = weeks("late", 0.85, 0.5, 0.85)
    assert len(firm.raised) == 1
    assert firm.standing[0].ended_date is None


def test_a_figure_that_can_not_be_told_changes_nothing() -> None:
    firm = weeks("late", 0.85, None, None)
    assert firm.standing[0].ended_date is None
    assert weeks("late", None, None).raised == []


def test_who_is_gone_ends_and_a_rule_without_tables_rests() -> None:
    firm = weeks("late", 0.85)
    assert step(RULES, {}, firm.standing, FIRST, looked_before=ALL) == Step()
    firm.week(1, {})
    assert firm.standing[0].ended_date is not None


def test_a_share_is_told_when_it_falls_below_the_line() -> None:
    assert [number for number, _subject in weeks("filing", 0.9, 0.5, 0.49, 0.6, 0.1).raised] == [2]


def test_a_move_is_told_each_time_and_is_over_after_some_weeks() -> None:
    firm = weeks("moved", 30, 5, 0)
    assert len(firm.raised) == 1
    for number in range(3, 9):
        firm.week(number, {"project:p1": 0})
    assert firm.standing[0].ended_date is not None
    assert len(weeks("moved", 30, 29).raised) == 2


def test_what_held_before_the_first_look_is_listed_as_old_and_what_crossed_since_is_told() -> None:
    rows = [
        Reading("project:long", 0.9, before=0.9),
        Reading("project:new", 0.9, before=0.5),
        Reading("project:x", 0.9),
    ]
    first = step(RULES, {"late": rows}, [], FIRST)
    assert {one.subject: one.is_old for one in first.raised} == {
        "project:long": True,
        "project:new": False,
        "project:x": False,
    }
    later = step(RULES, {"late": rows}, [], FIRST, looked_before=ALL)
    assert not any(one.is_old for one in later.raised)


@given(st.lists(st.one_of(st.none(), st.floats(0, 1)), max_size=60))
def test_between_two_alerts_of_one_subject_it_was_over_and_quiet_weeks_passed(values: list[float | None]) -> None:
    firm = weeks("late", *values)
    by_subject: dict[str, list[int]] = defaultdict(list)
    for number, subject in firm.raised:
        by_subject[subject].append(number)
    for numbers in by_subject.values():
        for before, now in pairwise(numbers):
            between = [value for value in values[before:now] if value is not None]
            assert min(between) < RULES.rules["late"].release_at
            assert now - before > RULES.again_after_weeks


@given(st.lists(st.floats(0, 1), min_size=1, max_size=30))
def test_looking_twice_at_the_same_day_changes_nothing(values: list[float]) -> None:
    firm = weeks("late", *values)
    again = firm.week(len(values) - 1, {"project:p1": values[-1]})
    assert again.raised == ()
