"""The planted teams: who is in them, what happens to whom and when, and the frames that tell of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from data.calendars import working_days
from data.strain_cases.diary import plain_diary
from data.strain_cases.kinds import KINDS
from data.strain_cases.projects import DIFFICULT_PROJECT, PlantedProjects, planted_projects
from data.strain_cases.tables import tables_of

if TYPE_CHECKING:
    from data.strain_cases.diary import Diary, Flags
    from data.strain_cases.planting import Kind

#: A Monday; the sixty weeks after it lie in years whose Chinese calendars are official.
FIRST_MONDAY: Final = date(2025, 5, 5)

#: Patterns begin between these weeks, so that everybody has a past before and time enough after.
ONSET_WEEKS: Final = (28, 34)

PLAIN: Final = "plain"
_TEAM_SIZE: Final = 12
_PROJECT_WEEKS: Final = 20


@dataclass(frozen=True)
class CasesSize:
    """How large the teams are, and which share of the weeks nobody files (besides the few that are usual)."""

    people: int = 240
    weeks: int = 60
    of_each_kind: int = 8
    missing_share: float = 0.0


@dataclass(frozen=True)
class PlantedTeams:
    """The frames as a warehouse would hand them over, and the truth.

    ``truth`` has one row per person: ``person_id``, ``kind``, ``is_planted``, ``onset_date``, ``end_date`` (the Monday
    after the pattern), ``within_weeks``.
    """

    frames: dict[str, pd.DataFrame]
    truth: pd.DataFrame
    first_date: date
    last_date: date


def planted_teams(seed: int = 7, size: CasesSize | None = None) -> PlantedTeams:
    """Make up teams: eight of each kind, everybody else is plain."""
    size = size or CasesSize()
    random = np.random.default_rng(seed)
    last = FIRST_MONDAY + timedelta(weeks=size.weeks, days=-1)
    calendar = working_days(("CN", "DE"), FIRST_MONDAY, last).rename(
        columns={"region": "country", "date": "calendar_date"}
    )
    own = calendar.loc[calendar["country"].eq("CN")].sort_values("calendar_date")
    is_workday = own["is_workday"].to_numpy(dtype=bool)
    kinds: list[Kind | None] = [kind for kind in KINDS for _ in range(size.of_each_kind)]
    kinds += [None] * max(size.people - len(kinds), 0)
    projects = planted_projects(random, size.weeks, size.people)
    diaries: dict[str, Diary] = {}
    truth = []
    for number, kind in enumerate(kinds):
        person = f"case{number:04d}"
        onset = int(random.integers(ONSET_WEEKS[0], ONSET_WEEKS[1] + 1))
        diary = _diary_of(random, is_workday, projects, number, kind, onset)
        diary.missing |= np.random.default_rng([seed, number]).random(diary.weeks) < size.missing_share
        diaries[person] = diary
        truth.append(_truth_of(person, kind, onset))
    frames = tables_of(diaries, projects, calendar, FIRST_MONDAY, random)
    teams = {person: f"Team {number // _TEAM_SIZE + 1:02d}" for number, person in enumerate(_mixed(random, diaries))}
    people = frames["people"].assign(team_name=frames["people"]["person_id"].map(teams))
    return PlantedTeams({**frames, "people": people}, pd.DataFrame(truth), FIRST_MONDAY, last)


def _mixed(random: np.random.Generator, diaries: dict[str, Diary]) -> list[str]:
    """Spread the kinds over the teams."""
    ids = list(diaries)
    return [ids[place] for place in random.permutation(len(ids))]


def _diary_of(
    random: np.random.Generator,
    is_workday: Flags,
    projects: PlantedProjects,
    number: int,
    kind: Kind | None,
    onset: int,
) -> Diary:
    diary = plain_diary(random, is_workday)
    main, other = number % projects.count, (number * 7 + 3) % projects.count
    for week in range(diary.weeks):
        shift = week // _PROJECT_WEEKS
        first, second = (main + shift) % projects.count, (other + 2 * shift) % projects.count
        diary.projects[week] = [(first, 0.75), (second, 0.25)] if number % 3 else [(first, 1.0)]
    if kind is not None:
        kind.plant(diary, random, is_workday, onset)
    for week, shares in diary.projects.items():
        diary.projects[week] = [(_number_of(which, number, projects), share) for which, share in shares]
    return diary


def _number_of(which: int, number: int, projects: PlantedProjects) -> int:
    return projects.difficult(number) if which == DIFFICULT_PROJECT else which % projects.count


def _truth_of(person: str, kind: Kind | None, onset: int) -> dict[str, object]:
    begin = FIRST_MONDAY + timedelta(weeks=onset)
    return {
        "person_id": person,
        "kind": PLAIN if kind is None else kind.name,
        "is_planted": kind is not None and kind.is_planted,
        "onset_date": pd.Timestamp(begin),
        "end_date": pd.Timestamp(begin + timedelta(weeks=0 if kind is None else kind.lasts_weeks)),
        "within_weeks": 0 if kind is None else kind.within_weeks,
    }
