"""Lessons in the journal: written, found by words, withdrawn but kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from data.home import Home
from data.journal import Lesson, read_lessons, withdraw_lesson, write_lesson
from data.problems import GoliveError

if TYPE_CHECKING:
    from pathlib import Path


def test_a_lesson_is_found_by_its_words_and_tags(tmp_path: Path) -> None:
    home = Home(tmp_path)
    write_lesson(home, "ana", Lesson("p1", " Overlap two  weeks ", note="handover", tags=("Lead", "lead", " ")))
    write_lesson(home, "bo", Lesson("p2", "Confirm by prototype", figure="Requests", figure_weeks=6.8))
    (first,) = read_lessons(home, words="OVERLAP lead")
    assert (first.title, first.tags, first.viewer_name) == ("Overlap two weeks", ("lead",), "ana")
    assert [one.project_id for one in read_lessons(home)] == ["p2", "p1"]
    assert [one.title for one in read_lessons(home, "p2")] == ["Confirm by prototype"]
    assert read_lessons(home, words="weather") == []


def test_a_lesson_without_a_title_is_refused_and_a_withdrawn_one_is_gone(tmp_path: Path) -> None:
    home = Home(tmp_path)
    with pytest.raises(GoliveError, match="title"):
        write_lesson(home, "ana", Lesson("p1", "  "))
    number = write_lesson(home, "ana", Lesson("p1", "Act on six requests in a week"))
    withdraw_lesson(home, "ana", number)
    assert read_lessons(home) == []
    with pytest.raises(GoliveError, match="No lesson"):
        withdraw_lesson(home, "ana", number)
