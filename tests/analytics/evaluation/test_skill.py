from __future__ import annotations

import numpy as np
import pytest

from analytics.evaluation.skill import skill_by_project


def test_half_the_loss_is_a_skill_of_one_half() -> None:
    found = skill_by_project([1.0, 2.0, 3.0], [2.0, 4.0, 6.0], ["a", "b", "c"])
    assert [found.skill, found.low, found.high] == pytest.approx([0.5, 0.5, 0.5])
    assert found.project_count == 3


def test_many_rows_of_one_project_do_not_make_it_surer() -> None:
    draw = np.random.default_rng(2)
    score = draw.uniform(0.5, 1.0, size=20)
    rival = draw.uniform(0.6, 1.2, size=20)
    names = np.arange(20).astype(str)
    once = skill_by_project(score, rival, names)
    often = skill_by_project(np.tile(score, 50), np.tile(rival, 50), np.tile(names, 50))
    assert [often.low, often.high] == pytest.approx([once.low, once.high])


def test_no_forecasts_give_no_number() -> None:
    assert np.isnan(skill_by_project([], [], []).skill)


def test_a_rival_without_loss_gives_no_number() -> None:
    assert np.isnan(skill_by_project([1.0], [0.0], ["a"]).skill)


def test_the_same_seed_gives_the_same_range() -> None:
    draw = np.random.default_rng(5)
    score, rival = draw.uniform(size=30), draw.uniform(size=30)
    names = np.arange(30).astype(str)
    assert skill_by_project(score, rival, names, seed=1) == skill_by_project(score, rival, names, seed=1)
