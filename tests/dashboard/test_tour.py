"""The made-up company says what is planted in it, and leads there; a home with real data says nothing of the kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dashboard.answers.tour import TOUR_FILE, tour, write_tour
from dashboard.views import tour as views
from dashboard.views.tour import Stop
from data.home import Home

if TYPE_CHECKING:
    from pathlib import Path

    from streamlit.testing.v1 import AppTest

STOPS = (
    Stop("scope", project_id="his-1"),
    Stop("away", person_id="p01"),
    Stop("legacy", project_id="erp-4"),
    Stop("silent"),
)


def test_what_is_written_down_is_read_again(tmp_path: Path) -> None:
    write_tour(Home(tmp_path), STOPS)
    assert tour(Home(tmp_path)) == STOPS


@pytest.mark.parametrize(
    "text", ["", "{", "[1]", '{"key": "scope"}', '[{"key": "scope", "odd": "x"}]', '[{"key": "unheard of"}]']
)
def test_a_file_of_no_use_is_no_tour(tmp_path: Path, text: str) -> None:
    (tmp_path / TOUR_FILE).write_text(text, encoding="utf-8")
    assert tour(Home(tmp_path)) == ()


def test_a_home_with_real_data_has_no_tour(app: AppTest) -> None:
    assert not [one for one in app.expander if "made up" in one.label]


@pytest.mark.parametrize("key", views.known_keys())
def test_every_kind_of_story_has_words_and_a_place(key: str) -> None:
    stop = Stop(key, "his-1", "p01")
    assert views.title_of(stop)
    assert views.text_of(stop).endswith(".")
    place = views.place_of(stop)
    assert place.path.startswith("app_pages/")
    assert all(place.values.values())


@pytest.mark.parametrize("stop", STOPS, ids=lambda one: one.key)
def test_a_story_opens_where_it_can_be_seen(app: AppTest, monkeypatch: pytest.MonkeyPatch, stop: Stop) -> None:
    monkeypatch.setattr("dashboard.answers.tour.tour", lambda _home: STOPS)
    page = app.run()
    assert [one.label for one in page.expander][:1] == ["This company is made up: 4 stories are planted in it"]
    page.button(key=f"see_{stop.key}").click().run()
    assert not page.exception
    shown = {name: value[0] if isinstance(value, list) else value for name, value in page.query_params.items()}
    wanted = {name: value for name, value in views.place_of(stop).values.items() if (name, value) != ("part", "state")}
    assert shown == wanted
