"""A fitted model comes back from its plain form, equal in every number; anything else is no model."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from analytics.delay.known import prepare_histories
from analytics.delay.landmarks import learnt_landmarks
from analytics.delay.model import progress_on
from analytics.delay.progress_model.fit_store import FitStore
from analytics.delay.progress_model.keeping import model_of, plain
from tests.analytics.delay.works import make_works

if TYPE_CHECKING:
    from analytics.delay.known import Histories
    from analytics.delay.progress_model.lesson import ProgressModel

WORKS = make_works(20, seed=9)


def histories_with(fits: FitStore) -> Histories:
    return prepare_histories(WORKS.states, WORKS.projects, change_requests=WORKS.change_requests, fits=fits)


def learnt_from(histories: Histories) -> ProgressModel:
    model = progress_on(histories, learnt_landmarks(histories), histories.last_day, 3)
    assert model is not None
    return model


def test_a_model_comes_back_from_json_as_it_was_and_is_not_learnt_again(monkeypatch: pytest.MonkeyPatch) -> None:
    first = FitStore()
    model = learnt_from(histories_with(first))
    assert first.fresh() == [model]
    again = model_of(json.loads(json.dumps(plain(model))))
    assert again == model
    second = FitStore()
    second.remember([again])
    monkeypatch.setattr("analytics.delay.progress_model.lesson._learn", _refuse)
    assert learnt_from(histories_with(second)) == model
    assert second.fresh() == [], "what was remembered needs no keeping"


def test_two_stores_never_share_a_fit() -> None:
    one, other = FitStore(), FitStore()
    model = learnt_from(histories_with(one))
    assert model.fingerprint in one
    assert len(other) == 0
    one.saved(model)
    assert one.fresh() == []


@pytest.mark.parametrize("content", [None, [], {}, {"work": 1}, "x", {"fingerprint": "1"}])
def test_what_is_no_model_is_refused(content: object) -> None:
    with pytest.raises(ValueError, match="no model"):
        model_of(content)


def _refuse(_lesson: object) -> None:
    raise AssertionError("it was learnt before")
