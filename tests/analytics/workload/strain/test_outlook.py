"""Four weeks ahead: roster, trips, leave, the own rhythm; and what would bring relief."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pytest

from analytics.workload.strain.future import with_future
from analytics.workload.strain.levers import levers
from analytics.workload.strain.now import strain_now
from analytics.workload.strain.outlook import Ahead, ahead_of, outlook, outlook_backtest
from analytics.workload.strain.rhythm import Rhythm, TooFewWeeksError, fit_rhythm
from tests.analytics.workload.strain.helpers import SETTINGS, after_past, days_of, frames_of, usual_past
from tests.analytics.workload.world import Entry, World, typed

if TYPE_CHECKING:
    from analytics.workload.strain.frames import StrainFrames

FIRST = date(2026, 3, 2)
RHYTHM = Rhythm((0.5, 0.4, 0.3, 0.2), (-0.7,) * 4, (0.7,) * 4, 500)
LONG = (12.0, 12.0, 12.0, 12.0, 12.0, 6.0)
NO_ROSTER = typed(
    pd.DataFrame(columns=["person_id", "week_start_date", "known_week_date", "planned_hours", "is_onsite"]),
    ["week_start_date", "known_week_date"],
)


def ahead(world: World, roster: pd.DataFrame = NO_ROSTER, frames: StrainFrames | None = None) -> Ahead:
    frames = frames or frames_of(world)
    group = strain_now(frames, SETTINGS, world.after, keeps_groups=True).groups[0]
    return ahead_of(group.exposure, ["ana"], RHYTHM, frames, roster, world.after)


def middle(found: Ahead) -> list[float]:
    return [float(n) for n in outlook(found, SETTINGS)["index_mid"]]


def test_after_a_crunch_the_index_comes_down_by_itself() -> None:
    found = outlook(ahead(after_past(LONG, LONG)), SETTINGS)
    assert len(found) == 4
    assert found["index_mid"].iloc[-1] < found["index_mid"].iloc[0]
    assert (found["index_low"] <= found["index_mid"]).all()
    assert (found["index_mid"] <= found["index_high"]).all()


def test_planned_leave_brings_it_down_sooner() -> None:
    world = after_past(LONG, LONG)
    week = tuple(world.after + timedelta(days=n) for n in range(5))
    plain, rested = frames_of(world), frames_of(replace(world, leave=week))
    assert middle(ahead(world, frames=rested))[0] < middle(ahead(world, frames=plain))[0]


def test_a_planned_trip_brings_nights_before_they_happen() -> None:
    world = after_past()
    trip = frames_of(replace(world, trips=((world.after, world.after + timedelta(days=28)),))).trips
    known = trip.assign(known_date=pd.Timestamp(world.after))
    assert middle(ahead(world, frames=frames_of(world, trips=known)))[-1] > middle(ahead(world))[-1] + 30


def test_a_roster_of_sixty_hours_raises_the_outlook() -> None:
    world = after_past()
    rows = [("ana", world.after + timedelta(weeks=n), world.after, 60.0, False) for n in range(4)]
    roster = typed(pd.DataFrame(rows, columns=NO_ROSTER.columns), ["week_start_date", "known_week_date"])
    assert middle(ahead(world, roster))[-1] > middle(ahead(world))[-1] + 20


def test_a_plan_that_is_made_later_is_not_known_yet() -> None:
    world = after_past()
    rows = [("ana", world.after, world.after + timedelta(weeks=1), 60.0, False)]
    roster = typed(pd.DataFrame(rows, columns=NO_ROSTER.columns), ["week_start_date", "known_week_date"])
    assert middle(ahead(world, roster)) == middle(ahead(world))


def test_a_week_at_home_is_computed() -> None:
    world = replace(after_past(*[(9.5,) * 5] * 4), trips=((date(2026, 5, 25), date(2026, 7, 20)),))
    trips = frames_of(world).trips.assign(known_date=pd.Timestamp(date(2026, 5, 20)))
    found = levers(ahead(world, frames=frames_of(world, trips=trips)), SETTINGS)
    home = found.loc[found["lever"].eq("home")].iloc[0]
    assert home["unit_count"] == 14
    assert home["index_with"] < home["index_without"] - 2


def test_at_most_three_levers_are_told_and_none_that_does_not_help() -> None:
    found = levers(ahead(after_past(LONG, LONG, LONG, LONG)), SETTINGS)
    assert 1 <= len(found) <= 3
    assert (found["index_without"] - found["index_with"] >= 2).all()
    assert "home" not in found["lever"].tolist()  # nobody is away


def test_relief_begins_in_the_first_week_that_can_still_be_planned() -> None:
    laid_out = ahead(after_past(LONG, LONG, LONG, LONG))
    at_once, later = levers(laid_out, SETTINGS), levers(laid_out, SETTINGS, skipped_weeks=1)
    first, second = (found["week_start_date"].unique() for found in (at_once, later))
    assert second - first == pd.Timedelta(weeks=1)


def test_a_relief_leaves_the_weeks_before_it_as_they_are() -> None:
    laid_out = ahead(after_past(LONG, LONG, LONG, LONG))
    flags: tuple[dict[str, Any], ...] = ({"has_no_requests": True}, {"has_no_nights": True}, {"has_one_project": True})
    for flag in flags:
        usual = with_future(laid_out.exposure, laid_out.mid)
        relieved = with_future(laid_out.exposure, replace(laid_out.mid, relieved_from=1, **flag))
        week, day = laid_out.exposure.weeks.step_count + 1, laid_out.exposure.days.step_count + 7
        for name in ("late_requests", "unsocial_requests", "projects_a_week", "effective_projects"):
            assert (getattr(relieved, name)[:, :week] == getattr(usual, name)[:, :week]).all(), (flag, name)
        assert np.array_equal(relieved.night_hours[:, :day], usual.night_hours[:, :day], equal_nan=True), flag


def test_who_works_as_usual_needs_no_lever() -> None:
    assert levers(ahead(after_past()), SETTINGS).empty


@cache
def crowd(people: int = 30, weeks: int = 40) -> tuple[StrainFrames, date]:
    """People whose deviations from eight hours fade by half from week to week."""
    random = np.random.default_rng(3)
    entries: list[Entry] = []
    names = tuple(f"p{n}" for n in range(people))
    for name in names:
        deviation = 0.0
        for week in range(weeks):
            deviation = 0.6 * deviation + random.normal(0, 0.8)
            day = float(np.clip(round((8 + deviation) * 4) / 4, 2, 14))
            monday = FIRST + timedelta(weeks=week)
            entries += [replace(e, person=name) for e in days_of(monday, *[day] * 5)]
    world = World(tuple(entries), weeks, first=FIRST, persons=names)
    return frames_of(world), world.after


def test_the_rhythm_finds_how_fast_deviations_fade() -> None:
    frames, after = crowd()
    exposures = [g.exposure for g in strain_now(frames, SETTINGS, after, keeps_groups=True).groups]
    rhythm = fit_rhythm(exposures)
    assert 0.3 < rhythm.kept[0] < 0.9
    assert list(rhythm.kept) == sorted(rhythm.kept, reverse=True)
    assert rhythm.low[0] < 0 < rhythm.high[0]


def test_eight_of_ten_looked_back_weeks_lie_inside_the_range() -> None:
    frames, after = crowd()
    exposures = [g.exposure for g in strain_now(frames, SETTINGS, after, keeps_groups=True).groups]
    found = outlook_backtest(exposures, fit_rhythm(exposures), SETTINGS, points=4)
    assert (found["cases"] >= 60).all()
    assert found["inside_share"].between(0.6, 1.0).all()
    assert (found["mean_error"] <= found["naive_error"] + 1).all()


def test_too_few_weeks_give_no_outlook() -> None:
    world = World(tuple(usual_past(5)), 5, first=FIRST)
    groups = strain_now(frames_of(world), SETTINGS, world.after, keeps_groups=True).groups
    with pytest.raises(TooFewWeeksError):
        fit_rhythm([g.exposure for g in groups])
    with pytest.raises(TooFewWeeksError):
        fit_rhythm([])
