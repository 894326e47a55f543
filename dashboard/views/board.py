"""The board of people: one row for each person, grouped by team, the level, and one cell for each week.

A cell shows words (a load, "?" for a week that is not filed, "L" for leave) and sorts by its value. Values that share
no number with others are set a hair apart, so that each finds its own words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
import pandas as pd

from dashboard.i18n import _
from dashboard.views import words
from dashboard.views.people import row_names
from dashboard.views.strain_words import index_text, level_words
from dashboard.views.typed import with_wording

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy.typing as npt

    from dashboard.views.typed import Wording

    Floats = npt.NDArray[np.float64]

#: In which order people of a team stand.
ORDERS: Final = ("name", "load", "strain")
#: So many people stand on one page of the board.
BOARD_PAGE_COUNT: Final = 120
#: What has no value sorts below what has one: a week that is not filed, leave, no working days, nothing known.
_STATES: Final = {"missing": -1.0, "on_leave": -2.0, "no_workdays": -3.0, "no_load": -4.0}
_NO_ROW: Final = -5.0
_APART: Final = 1e-7
#: People stand a step to the right of their team.
_STEP: Final = "\u2003"
_VALUES: Final = {"load": "load_percent", "nights": "nights_count", "strain": "index"}


class Row(NamedTuple):
    """One row: of a person, or of a team (then without a person), with the places of its people."""

    person_id: str
    name: str
    places: list[int]


def order_words(order: str) -> str:
    """Return the name of an order."""
    return {"name": _("Name"), "load": _("Load"), "strain": _("Strain")}[order]


def ordered(people: pd.DataFrame, order: str, overview: pd.DataFrame, levels: pd.DataFrame) -> pd.DataFrame:
    """Return people by team, and within it by name, by load of the last four weeks or by strain, the highest first."""
    keys = {
        "load": overview.set_index("person_id")["load_ratio_4_weeks"] if len(overview) else pd.Series(dtype="float64"),
        "strain": levels.set_index("person_id")["index"] if len(levels) else pd.Series(dtype="float64"),
    }
    rows = people.assign(_team=people["team_name"].fillna(""), _place=np.arange(len(people)))
    rows = rows.assign(_last=rows["_team"].eq(""))
    if order in keys:
        value = -pd.to_numeric(rows["person_id"].map(keys[order])).astype("float64").fillna(-1.0)
        rows = rows.assign(_place=value)
    found = rows.sort_values(["_last", "_team", "_place"], kind="stable", ignore_index=True)
    return found.drop(columns=["_team", "_place", "_last"])


def board(cells: pd.DataFrame, measure: str, people: pd.DataFrame, levels: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of the board with the words of each cell.

    Parameters
    ----------
    cells
        As ``heat_cells`` returns them: ``person_id``, ``week_start_date``, ``cell_state``, ``cell_text`` and the value.
    people
        ``person_id``, ``person_name``, ``team_name``; in the order in which they stand.
    levels
        Rows of ``strain_levels``: the newest level of each person.

    Returns
    -------
    DataFrame
        Person, level, one column for each week. ``attrs["person_ids"]`` has the person of each row, for that of a team
        nothing.
    """
    weeks = sorted(pd.Timestamp(week) for week in cells["week_start_date"].unique())
    values, texts = _by_person(cells, measure, people, weeks)
    rows = _rows(people)
    columns: dict[str, list[float]] = {}
    wording: dict[str, Wording] = {}
    strain = {
        str(person_id): (str(level), float(index))
        for person_id, level, index in zip(levels["person_id"], levels["level"], levels["index"], strict=True)
    }
    columns[strain_head()], wording[strain_head()] = _keyed([_level(strain, row.person_id) for row in rows])
    for place, week in enumerate(weeks):
        head = _head(week, weeks)
        columns[head], wording[head] = _keyed([_cell(values, texts, row, place) for row in rows])
    found = with_wording(pd.DataFrame({_("Person"): [row.name for row in rows], **columns}), wording)
    found.attrs["person_ids"] = [row.person_id for row in rows]
    return found


def strain_head() -> str:
    """Return the head of the column with the level."""
    return _("Level")


def _rows(people: pd.DataFrame) -> list[Row]:
    """Return a row for each team, then its people."""
    rows: list[Row] = []
    teams = people["team_name"].fillna("").astype("str").reset_index(drop=True)
    ids, names = people["person_id"].astype("str").tolist(), row_names(people)
    for team, own in teams.groupby(teams, sort=False):
        places = own.index.tolist()
        rows.append(Row("", _team_words(str(team), len(places)), places))
        rows += [Row(ids[place], f"{_STEP}{names[place]}", [place]) for place in places]
    return rows


def _team_words(team: str, count: int) -> str:
    name = team or _("without a team")
    if not words.is_group_shown(count):
        return name
    return _("{team} · mean of {count}").format(team=name, count=count)


def _by_person(
    cells: pd.DataFrame, measure: str, people: pd.DataFrame, weeks: Sequence[pd.Timestamp]
) -> tuple[Floats, dict[tuple[str, int], str]]:
    """Return values by person and week (states as in ``_STATES``), and the words of each cell."""
    place_of = {person_id: place for place, person_id in enumerate(people["person_id"])}
    week_of = {week: place for place, week in enumerate(weeks)}
    values = np.full((len(people), len(weeks)), _NO_ROW)
    texts: dict[tuple[str, int], str] = {}
    numbers = pd.to_numeric(cells[_VALUES[measure]]).astype("float64")
    listed = zip(
        cells["person_id"],
        cells["week_start_date"],
        cells["cell_state"],
        numbers,
        cells["cell_text"],
        strict=True,
    )
    for person_id, week, state, number, text in listed:
        place = week_of[pd.Timestamp(week)]
        is_value = state == "load" and not np.isnan(number)
        values[place_of[person_id], place] = number if is_value else _STATES.get(state, _NO_ROW)
        texts[person_id, place] = text
    return values, {(str(person_id), place): text for (person_id, place), text in texts.items()}


def _cell(values: Floats, texts: dict[tuple[str, int], str], row: Row, place: int) -> tuple[float, str]:
    """Return value and words of one cell: of a person, or the mean of a team that is large enough to have one."""
    if row.person_id:
        return float(values[row.places[0], place]), texts.get((row.person_id, place), "")
    known = values[row.places, place]
    known = known[known >= 0]
    if not words.is_group_shown(len(known)):
        return _NO_ROW, ""
    return float(known.mean()), words.number_text(known.mean())


def _level(levels: Mapping[str, tuple[str, float]], person_id: str) -> tuple[float, str]:
    """Return the index of a person and its words with the level; of a team and of unknown people nothing."""
    if person_id not in levels:
        return _NO_ROW, ""
    level, index = levels[person_id]
    if level == "NO DATA":
        return _STATES["missing"], "?"
    text = index_text(index)
    return index, text if level == "OK" else f"{level_words(level)} {text}"


def _keyed(cells: list[tuple[float, str]]) -> tuple[list[float], Wording]:
    """Return values a hair apart, and the words of each."""
    values = [value + place * _APART for place, (value, _text) in enumerate(cells)]
    known = dict(zip(values, (text for _value, text in cells), strict=True))
    return values, lambda value: known.get(float(str(value)), "")


def _head(week: pd.Timestamp, weeks: Sequence[pd.Timestamp]) -> str:
    """Return the Monday of a week; with the year where weeks span a whole one."""
    is_long = weeks[-1] - weeks[0] >= pd.Timedelta(weeks=51)
    return week.strftime("%d %b %y") if is_long else week.strftime("%d %b")
