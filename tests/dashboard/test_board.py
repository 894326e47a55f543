"""The board of people: by team, words in cells, values to sort by, and no mean of a small team."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from dashboard.parts.board import _colours
from dashboard.views.board import board, ordered, strain_head
from dashboard.views.typed import texts_of

WEEKS = pd.to_datetime(["2026-05-04", "2026-05-11"])
PEOPLE = pd.DataFrame(
    {
        "person_id": ["a", "b", "c", "d", "e", "f", "g"],
        "person_name": ["Ana", "Bo", "Cy", "Di", "Ed", "Flo", "Flo"],
        "team_name": ["South", "South", "South", "South", "South", "North", None],
    }
)
LEVELS = pd.DataFrame(
    {
        "person_id": ["a", "b", "c"],
        "level": ["HIGH", "NO DATA", "OK"],
        "index": [79.6, np.nan, 12.0],
    }
)
OVERVIEW = pd.DataFrame({"person_id": list("abcdefg"), "load_ratio_4_weeks": [0.9, 1.2, np.nan, 1.0, 1.1, 1.0, 1.0]})


def cells() -> pd.DataFrame:
    rows = [
        (person, week, "load", float(load), f"{load}")
        for person, load in zip("abcdefg", (100, 150, 90, 110, 100, 70, 80), strict=True)
        for week in WEEKS
    ]
    rows[0] = ("a", WEEKS[0], "missing", np.nan, "?")
    return pd.DataFrame(rows, columns=["person_id", "week_start_date", "cell_state", "load_percent", "cell_text"])


def shown() -> pd.DataFrame:
    return board(cells(), "load", ordered(PEOPLE, "name", OVERVIEW, LEVELS), LEVELS)


def test_people_stand_under_their_team_and_those_without_one_come_last() -> None:
    rows = shown()
    assert rows["Person"].str.strip().tolist() == [
        "North",
        "Flo (f)",
        "South · mean of 5",
        *("Ana", "Bo", "Cy", "Di", "Ed"),
        "without a team",
        "Flo (g)",
    ]
    assert rows.attrs["person_ids"] == ["", "f", "", "a", "b", "c", "d", "e", "", "g"]


def test_a_team_has_a_mean_only_where_five_have_a_value() -> None:
    texts = texts_of(shown()).drop(columns="Person").to_numpy().tolist()
    assert texts[2] == ["", "", "110"], "in the first week one of five has not filed"
    assert texts[0] == ["", "", ""]


def test_cells_say_words_and_sort_by_value() -> None:
    rows = shown()
    texts = texts_of(rows)
    first = rows.columns[2]
    assert texts[strain_head()].tolist()[3:5] == ["HIGH 79", "?"]
    assert texts[first].tolist()[3:5] == ["?", "150"]
    ordered_texts = texts[first].loc[rows[first].sort_values(ascending=False).index].tolist()
    assert ordered_texts[:4] == ["150", "110", "100", "90"]
    assert ordered_texts[-1] == ""


@pytest.mark.parametrize(("order", "names"), [("load", ["b", "e", "d", "a", "c"]), ("strain", ["a", "c"])])
def test_people_of_a_team_can_stand_by_load_or_strain(order: str, names: list[str]) -> None:
    people = ordered(PEOPLE, order, OVERVIEW, LEVELS)
    assert people.loc[people["team_name"].eq("South"), "person_id"].tolist()[: len(names)] == names


def test_colours_follow_the_value_and_a_missing_week_is_no_low_one() -> None:
    rows = shown()
    looks = _colours(rows, "load", rows.attrs["person_ids"])
    first, level = looks[rows.columns[2]].tolist(), looks[strain_head()].tolist()
    assert first[4] != first[3] != ""
    assert first[5] == "", "90 % needs no colour"
    assert level[3] == first[4], "both are the highest band"
    assert looks["Person"].ne("").sum() == 3, "the rows of teams"
