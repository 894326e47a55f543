"""Files of many systems, made up from their documented shapes, are recognised as often as is promised."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.recognition_figures.__main__ import run, totals
from tests.recognition_figures.grids import LAYOUTS
from tests.recognition_figures.shapes import read_shapes
from tests.recognition_figures.variants import VARIANTS

if TYPE_CHECKING:
    from tests.recognition_figures.judging import Score


@pytest.fixture(scope="module")
def score() -> Score:
    """Return the score of one file of every shape and variant; ``python -m tests.recognition_figures`` makes more."""
    return totals(run(1, seed=11))


def test_at_least_twenty_systems_are_made_up_in_three_variants(score: Score) -> None:
    assert len({shape.system for shape in read_shapes()}) >= 20
    assert len({(shape.name, shape.table) for shape in read_shapes()}) >= 25
    assert score.files == len(VARIANTS) * len(read_shapes()) + len(LAYOUTS)


def test_the_table_is_right(score: Score) -> None:
    assert score.tables_right >= 0.99 * score.files


def test_columns_become_what_they_mean(score: Score) -> None:
    assert score.targets_right >= 0.97 * score.targets


def test_no_column_is_mapped_wrongly_without_a_question(score: Score) -> None:
    assert score.mappings_wrong <= 0.005 * score.mappings


def test_no_day_and_no_hours_come_out_that_are_not_in_the_file(score: Score) -> None:
    assert score.days > 1_000
    assert score.days_wrong == 0
    assert score.hours_wrong == 0
