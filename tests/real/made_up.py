"""Made-up tables of the shape of the real ones, with everything odd in them that the real ones have.

So what the real data protect is protected where ../shared is not: entries of no length, without a day or of over
24 hours, overlaps, days over 24 hours, a night in which the clocks went back, projects without a first day, requests
that were verified before they were answered.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

from tests.real.source import Source

_SEED: Final = 20_161_231
_FIRST_DAY: Final = "2014-09-01"
_LAST_DAY: Final = "2016-12-30"
_PEOPLE: Final = {11: "A", 12: "A", 13: "A", 21: "B", 22: "B", 31: "C"}
_PROJECTS: Final = (1, 2, 3, 4)
_PHASES: Final = ("Design", "Code", "Test", "Training")


def make_source() -> Source:
    """Return the tables, the same ones each time."""
    draw = np.random.default_rng(_SEED)
    time_log = _time_log(draw)
    return Source(
        time_log=time_log,
        tasks=_tasks(),
        permits=_permits(draw),
        requests=_requests(draw),
        status_panel=_status_panel(draw),
    )


def _time_log(draw: np.random.Generator) -> pd.DataFrame:
    usual = pd.concat([_usual_entries(key, draw) for key in _PEOPLE], ignore_index=True)
    log = pd.concat([usual, _odd_entries()], ignore_index=True)
    span = (log["ended_at"] - log["started_at"]).dt.total_seconds() / 60
    log = log.assign(minutes=log["minutes"].fillna(span - log["interrupt_minutes"]).astype("int64"))
    return log.assign(
        time_log_fact_key=np.arange(len(log)) + 500,
        organization=log["person_key"].map(_PEOPLE),
        plan_item_key=log["project_key"] * 100 + log["person_key"],
        phase_short_name=[_PHASES[n % len(_PHASES)] for n in range(len(log))],
    )


def _usual_entries(person_key: int, draw: np.random.Generator) -> pd.DataFrame:
    """Return two entries for each weekday: morning and afternoon, with interruptions of up to twenty minutes."""
    days = pd.bdate_range(_FIRST_DAY, _LAST_DAY)
    days = days[draw.random(len(days)) > 0.08]
    parts = []
    for hour, longest in ((8, 240), (13, 300)):
        length = draw.integers(60, longest, len(days))
        start = days + pd.to_timedelta(hour * 60 + draw.integers(0, 30, len(days)), unit="min")
        interrupted = np.minimum(draw.integers(0, 20, len(days)), length - 1)
        parts.append(
            pd.DataFrame(
                {
                    "person_key": person_key,
                    "project_key": draw.choice(_PROJECTS, len(days)),
                    "started_at": start,
                    "ended_at": start + pd.to_timedelta(length, unit="min"),
                    "minutes": np.nan,
                    "interrupt_minutes": interrupted,
                }
            )
        )
    return pd.concat(parts, ignore_index=True)


def _odd_entries() -> pd.DataFrame:
    """Return what the contract refuses or the checks tell; Saturdays keep them apart from the usual entries."""
    rows: list[tuple[int, str | None, str | None, float]] = [
        (11, "2010-03-01 09:00", "2010-03-01 12:00", np.nan),  # years before all others
        (11, "2015-01-10 09:00", "2015-01-10 09:00", np.nan),  # no length
        (12, "2015-01-10 09:00", "2015-01-10 09:00", np.nan),
        (13, "2015-01-17 08:00", "2015-01-19 16:00", np.nan),  # 56 hours
        (21, None, None, 45),  # no day
        (22, "2015-02-07 06:00", "2015-02-07 19:00", np.nan),  # a day of 25 hours, of overlapping entries
        (22, "2015-02-07 07:00", "2015-02-07 19:00", np.nan),
        (31, "2015-03-07 09:00", "2015-03-07 12:00", np.nan),  # a plain overlap
        (31, "2015-03-07 11:30", "2015-03-07 13:00", np.nan),
        (11, "2014-11-02 00:30", "2014-11-02 02:10", 160),  # the clocks went back at two
        (12, "2014-11-02 01:50", "2014-11-02 03:00", 130),
    ]
    found = pd.DataFrame(rows, columns=["person_key", "started_at", "ended_at", "minutes"])
    moments = {name: pd.to_datetime(found[name]).astype("datetime64[us]") for name in ("started_at", "ended_at")}
    return found.assign(**moments, project_key=1, interrupt_minutes=0)


def _tasks() -> pd.DataFrame:
    keys = list(_PEOPLE)
    return pd.DataFrame({"person_key": keys, "team_key": [key // 10 for key in keys]})


def _permits(draw: np.random.Generator) -> pd.DataFrame:
    count = 40
    nights = draw.integers(0, 30, count)
    first = pd.Timestamp("2016-01-04") + pd.to_timedelta(draw.integers(0, 300, count), unit="D")
    return pd.DataFrame(
        {
            "permit_id": [f"permit {number}" for number in range(count)],
            "trip_start": first,
            "trip_end": first + pd.to_timedelta(nights, unit="D"),
            "project": [f"errand {number % 7}" for number in range(count)],
            "total_declared": (draw.random(count) * 2_000).round(2),
            "nights": nights,
        }
    )


def _requests(draw: np.random.Generator) -> pd.DataFrame:
    count = 60
    reported = pd.Timestamp("2010-01-04") + pd.to_timedelta(draw.integers(0, 900, count), unit="D")
    answered = reported + pd.to_timedelta(draw.integers(1, 60, count), unit="D")
    verified = answered + pd.to_timedelta(draw.integers(1, 60, count), unit="D")
    state = np.array(["Resolved", "NotAccepted", "Submitted"])[np.arange(count) % 3]
    is_answered, is_verified = state != "Submitted", state == "Resolved"
    found = pd.DataFrame(
        {
            "issue_id": np.arange(count) + 1,
            "issue_state": state,
            "report_date": reported,
            "answer_date": answered.where(is_answered),
            "verify_date": verified.where(is_verified),
        }
    )
    # Three requests were verified before anybody answered.
    too_early = found["answer_date"] - pd.Timedelta(days=1)
    is_early = pd.Series(is_verified) & found["issue_id"].le(9)
    return found.assign(verify_date=found["verify_date"].mask(is_early, too_early))


def _status_panel(draw: np.random.Generator) -> pd.DataFrame:
    parts = [_reports("cesaw_tsp", str(key), "2014-09-01", 70 + 25 * key, draw) for key in _PROJECTS]
    parts += [
        _reports("made_up", f"m{n}", str((pd.Timestamp("2013-01-07") + pd.Timedelta(weeks=6 * n)).date()), 40, draw)
        for n in range(30)
    ]
    panel = pd.concat(parts, ignore_index=True)
    # The two newest projects have reports, but nobody wrote down when they began.
    has_no_start = panel["project_id"].isin(["m28", "m29"])
    return panel.assign(start_date=panel["start_date"].mask(has_no_start))


def _reports(source: str, project_id: str, start: str, planned_weeks: int, draw: np.random.Generator) -> pd.DataFrame:
    """Return a report every fourth week; the project takes up to half longer than planned."""
    weeks = round(planned_weeks * draw.uniform(1.0, 1.5))
    first = pd.Timestamp(start)
    finish = first + pd.Timedelta(weeks=weeks)
    days = pd.date_range(first, min(finish, pd.Timestamp(_LAST_DAY)), freq="28D")
    done = (days - first) / (finish - first)
    planned = first + pd.Timedelta(weeks=planned_weeks)
    return pd.DataFrame(
        {
            "source": source,
            "project_id": project_id,
            "as_of": days.astype("datetime64[us]"),
            "start_date": first,
            "baseline_finish": planned,
            "planned_finish": [max(planned, day + pd.Timedelta(weeks=2)) for day in days],
            "progress": np.clip(done, 0, 0.97).round(3),
            "actual_finish": finish if finish <= pd.Timestamp(_LAST_DAY) else pd.NaT,
        }
    )
