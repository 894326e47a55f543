"""A fitted model comes back from its plain form, equal in every number; anything else is no model."""

from __future__ import annotations

import json

import pytest

from analytics.delay.landmarks import learnt_landmarks
from analytics.delay.model import progress_on
from analytics.delay.progress_model.keeping import model_of, plain
from analytics.delay.progress_model.lesson import learnt_models, remember
from tests.analytics.delay.works import make_works


def test_a_model_comes_back_from_json_as_it_was_and_is_not_learnt_again() -> None:
    histories = make_works(20, seed=9).histories()
    model = progress_on(histories, learnt_landmarks(histories), histories.last_day, 3)
    assert model is not None
    again = model_of(json.loads(json.dumps(plain(model))))
    assert again == model
    assert model in learnt_models()
    count = len(learnt_models())
    remember([again])
    assert len(learnt_models()) == count


@pytest.mark.parametrize("content", [None, [], {}, {"work": 1}, "x", {"fingerprint": "1"}])
def test_what_is_no_model_is_refused(content: object) -> None:
    with pytest.raises(ValueError, match="no model"):
        model_of(content)
