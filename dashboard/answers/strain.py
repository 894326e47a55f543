"""Strain for the pages and the command line: levels, what made them, what lies ahead, what would bring relief."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from analytics.known import plain_day
from analytics.workload.grid import last_complete_sunday
from analytics.workload.strain.assess import first_week_needed
from analytics.workload.strain.future import of_people
from analytics.workload.strain.history import flagged_shares
from analytics.workload.strain.levers import LEVER_WEEKS, levers
from analytics.workload.strain.now import strain_now, with_people_without_hours
from analytics.workload.strain.outlook import ahead_of, outlook, outlook_backtest, rising_people
from analytics.workload.strain.rhythm import OUTLOOK_WEEKS, STEADY, Rhythm, TooFewWeeksError, fit_rhythm
from analytics.workload.strain.settings import (
    Domain,
    Indicator,
    Rule,
    StrainSettings,
    StrainSettingsError,
    strain_settings,
)
from analytics.workload.strain.strip import person_strip
from analytics.workload.strain.units import project_costs, projects_behind, projects_behind_units, unit_findings
from dashboard.answers.door import home_of, read
from dashboard.answers.keeping import is_known, kept
from dashboard.answers.people import people as people_known
from dashboard.answers.reporting import told_day
from dashboard.answers.strain_frames import strain_frames
from dashboard.i18n import _
from data.strain_method import MethodFileError, strain_table

if TYPE_CHECKING:
    from pathlib import Path

    from analytics.known import ReportingDay
    from analytics.workload.strain.assess import Assessed
    from analytics.workload.strain.exposure import Exposure
    from analytics.workload.strain.frames import StrainFrames
    from dashboard.answers.viewers import Viewer

_ON_WATCH: Final = ("WATCH", "HIGH")
#: Wednesday: later in a week nobody can be given it off.
_LAST_PLANNABLE_DAY: Final = 2

#: The outlook is looked back on so many people.
_BACKTEST_PEOPLE: Final = 200

_NO_OUTLOOK: Final = pd.DataFrame(columns=["person_id", "week_start_date", "index_low", "index_mid", "index_high"])
_NO_LEVERS: Final = pd.DataFrame(
    columns=["person_id", "lever", "week_start_date", "index_without", "index_with", "unit_count"]
)


@dataclass(frozen=True)
class StrainView:
    """Everything that pages show of strain.

    ``levels``, ``weeks`` and ``indicators`` are those of ``StrainNow``. ``outlook`` speaks of people with a level,
    ``levers`` of those on watch or likely so within four weeks, ``behind`` of those on watch. ``backtest`` says how
    right the outlook was (empty without enough weeks), ``shares`` how much of each team's weeks is flagged.
    """

    levels: pd.DataFrame
    weeks: pd.DataFrame
    indicators: pd.DataFrame
    outlook: pd.DataFrame
    levers: pd.DataFrame
    backtest: pd.DataFrame
    units: pd.DataFrame
    costs: pd.DataFrame
    behind: pd.DataFrame
    shares: pd.DataFrame
    unit_projects: pd.DataFrame
    settings: StrainSettings


def settings_in_force(file: Path) -> StrainSettings:
    """Return the anchors, weights and windows: the home's own file, or the one that comes with Golive."""
    try:
        return strain_settings(strain_table(home_of(file)))
    except StrainSettingsError as error:
        raise MethodFileError(str(error), _("Mend strain.toml in the home folder, or remove it.")) from error


def strain(file: Path, viewer: Viewer, as_of_date: date) -> StrainView:
    """Return strain of everybody in the viewer's scope, as known on a day."""
    settings = settings_in_force(file)
    return _strain(file, viewer, as_of_date, settings.version, settings)


@kept(4, on_record=(StrainView, StrainSettings, Domain, Indicator, Rule))
def _strain(
    file: Path,
    viewer: Viewer,
    as_of_date: date,
    version: str,  # noqa: ARG001 - part of the cache's key: other anchors, other levels
    _settings: StrainSettings,
) -> StrainView:
    settings, day = _settings, told_day(file, as_of_date)
    frames = strain_frames(file, viewer, day)
    now = strain_now(frames, settings, day, keeps_groups=True)
    known = people_known(file, viewer, as_of_date)["person_id"].tolist()
    told = now.levels.loc[now.levels["level"].astype("str").ne("NO DATA"), "person_id"].tolist()
    watched = set(now.levels.loc[now.levels["level"].astype("str").isin(_ON_WATCH), "person_id"])
    ahead = _ahead(file, viewer, frames, list(now.groups), (told, watched), settings, day)
    booked = frames.as_known(day).booked
    units = unit_findings(now.levels, frames.people, settings)
    behind = projects_behind(now.weeks, booked)
    return StrainView(
        levels=with_people_without_hours(now.levels, known, settings.version, day),
        weeks=now.weeks,
        indicators=now.indicators,
        outlook=ahead[0],
        levers=ahead[1],
        backtest=ahead[2],
        units=units,
        costs=project_costs(now.weeks, booked),
        behind=behind,
        unit_projects=projects_behind_units(units, behind, frames.people),
        shares=flagged_shares(now.weeks, frames.people, settings),
        settings=settings,
    )


@dataclass(frozen=True)
class StrainCosts:
    """What the portfolio page shows of strain: findings about teams, and what projects cost.

    ``watched`` counts for each project the people who are on watch now and whose weeks on watch it is part of;
    ``levels`` holds ``person_id`` and ``level``, to be counted.
    """

    units: pd.DataFrame
    costs: pd.DataFrame
    unit_projects: pd.DataFrame
    watched: pd.DataFrame
    levels: pd.DataFrame


def strain_costs(file: Path, viewer: Viewer, as_of_date: date) -> StrainCosts:
    """Return findings about teams and what projects cost, without outlook and levers: they take the longer part."""
    settings = settings_in_force(file)
    asked = (file, viewer, as_of_date, settings.version, settings)
    if is_known(_strain, *asked):
        view = _strain(*asked)
        watched, levels = _watched(view.levels, view.behind), view.levels[["person_id", "level"]]
        return StrainCosts(view.units, view.costs, view.unit_projects, watched, levels)
    return _strain_costs(*asked)


@kept(4)
def _strain_costs(
    file: Path,
    viewer: Viewer,
    as_of_date: date,
    version: str,  # noqa: ARG001 - part of the cache's key: other anchors, other levels
    _settings: StrainSettings,
) -> StrainCosts:
    day = told_day(file, as_of_date)
    frames = strain_frames(file, viewer, day)
    now = strain_now(frames, _settings, day)
    booked = frames.as_known(day).booked
    units = unit_findings(now.levels, frames.people, _settings)
    behind = projects_behind(now.weeks, booked)
    return StrainCosts(
        units,
        project_costs(now.weeks, booked),
        projects_behind_units(units, behind, frames.people),
        _watched(now.levels, behind),
        now.levels[["person_id", "level"]],
    )


def _watched(levels: pd.DataFrame, behind: pd.DataFrame) -> pd.DataFrame:
    """Return ``project_id`` and ``person_count``."""
    now = levels.loc[levels["level"].astype("str").isin(_ON_WATCH), "person_id"]
    own = behind.loc[behind["person_id"].isin(now)]
    return own.groupby("project_id", as_index=False).agg(person_count=("person_id", "nunique"))


@kept(16)
def strip(file: Path, viewer: Viewer, as_of_date: date, person_id: str, weeks_count: int) -> pd.DataFrame:
    """Return the last weeks of one person day by day."""
    day = told_day(file, as_of_date)
    frames = strain_frames(file, viewer, day, person_id)
    return person_strip(frames, settings_in_force(file), day, weeks_count, first_week_needed(day))


def _ahead(
    file: Path,
    viewer: Viewer,
    frames: StrainFrames,
    groups: list[Assessed],
    people: tuple[list[str], set[str]],
    settings: StrainSettings,
    day: ReportingDay,
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Return the outlook of people with a level, levers of those on watch or likely so, and the outlook's backtest."""
    told, watched = people
    exposures = [group.exposure for group in groups]
    rhythm, backtest = _rhythm(exposures, settings)
    roster = read(
        file,
        viewer,
        "from marts.assignment_weeks where week_start_date > $last and week_start_date <= $ahead",
        last=last_complete_sunday(day).date() - timedelta(days=6),
        ahead=plain_day(day) + timedelta(weeks=OUTLOOK_WEEKS + 1),
    )
    outlooks, found = [_NO_OUTLOOK], [_NO_LEVERS]
    for exposure in exposures:
        own = [person for person in told if person in exposure.weeks.person_ids]
        rising: list[str] = []
        if own and rhythm is not STEADY:
            outlooks.append(outlook(ahead_of(exposure, own, rhythm, frames, roster, day), settings))
            rising = rising_people(outlooks[-1])
        helped = [person for person in own if person in watched or person in rising]
        if helped:
            ahead = ahead_of(exposure, helped, rhythm, frames, roster, day)
            found.append(levers(ahead, settings, skipped_weeks=_skipped_weeks(day)))
    return _joined(outlooks), _joined(found), backtest


def _skipped_weeks(day: ReportingDay) -> int:
    """Return how many weeks after the reporting week are over; from Thursday on the running one counts, too."""
    today = plain_day(day)
    first = today - timedelta(days=today.weekday()) + timedelta(weeks=int(today.weekday() > _LAST_PLANNABLE_DAY))
    over = (first - last_complete_sunday(day).date()).days // 7
    return min(max(over, 0), OUTLOOK_WEEKS - LEVER_WEEKS)


def _rhythm(exposures: list[Exposure], settings: StrainSettings) -> tuple[Rhythm, pd.DataFrame]:
    """Return how hours go on, and how right that was; where too little is known, as they are and nothing."""
    try:
        rhythm = fit_rhythm(exposures)
    except TooFewWeeksError:
        return STEADY, pd.DataFrame()
    # So many people tell enough of how right it was.
    first = exposures[0]
    some = of_people(first, np.arange(min(_BACKTEST_PEOPLE, first.weeks.shape[0])), first.weeks.step_count)
    return rhythm, outlook_backtest([some], rhythm, settings)


def _joined(parts: list[pd.DataFrame]) -> pd.DataFrame:
    """Join parts; the first is empty and names the columns."""
    return pd.concat(parts[1:], ignore_index=True) if len(parts) > 1 else parts[0]
