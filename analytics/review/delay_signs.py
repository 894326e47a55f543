"""Signs about finishes: moved forecasts, reports that contradict them, promises in danger, requests, standstill."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from analytics.delay.view import RED_PROBABILITY
from analytics.review.announcing import Band, chance_of_keeping, day_for, must_announce
from analytics.review.items import STATE_BITS, Sign, count_bits, plain, rows_of, size_bits

if TYPE_CHECKING:
    from collections.abc import Iterator

    from analytics.review.frames import AgendaFrames

#: A median that moved by less is not spoken of.
LEAST_MOVE_WEEKS: Final = 1.0
#: The usual move of a portfolio is never taken to be smaller: in a quiet week every day would be news.
_LEAST_USUAL_WEEKS: Final = 0.35
#: Of a finish that came nearer this part counts: good news is worth a minute, not the hour.
_GOOD_NEWS: Final = 0.3
#: What a contradiction, or a promise in danger, costs of the delay that is expected: what is decided a week too late.
_UNSEEN_PART: Final = 0.15
_HOURS_A_WEEK: Final = 40.0
_PAST_WEEKS: Final = 26
#: Standing still: so many weeks with hours, progress of less than so much of what the hours should have brought.
_STILL_WEEKS: Final = 4
_STILL_PART: Final = 0.2


def moved(frames: AgendaFrames) -> Iterator[Sign]:
    """Give forecasts whose median moved since the last review, against how much the portfolio usually moves."""
    if frames.forecast.empty or frames.forecast_before.empty:
        return
    names = ["project_id", "finish_p50_date", "finish_p80_date", "late_probability", "expected_delay_person_weeks"]
    both = frames.forecast.merge(frames.forecast_before[names], on="project_id", suffixes=("", "_before"))
    weeks = (both["finish_p50_date"] - both["finish_p50_date_before"]).dt.days / 7
    usual = max(float(weeks.abs().median()) if weeks.notna().any() else 0.0, _LEAST_USUAL_WEEKS)
    for row, moved_weeks in zip(both.to_dict("records"), weeks, strict=True):
        if pd.isna(moved_weeks) or abs(moved_weeks) < LEAST_MOVE_WEEKS:
            continue
        added = _number(row["expected_delay_person_weeks"]) - _number(row["expected_delay_person_weeks_before"])
        harm = max(added, 0.0) if moved_weeks > 0 else _GOOD_NEWS * abs(added)
        figures = {name: row[name] for name in (*names[1:], *(f"{name}_before" for name in names[1:]))}
        yield Sign(
            "moved" if moved_weeks > 0 else "moved_earlier",
            _project(row),
            harm,
            size_bits(float(moved_weeks), usual),
            plain({**figures, "moved_weeks": float(moved_weeks), "usual_weeks": usual}),
        )


def contradicted_reports(frames: AgendaFrames) -> Iterator[Sign]:
    """Give projects whose newest report is green while the forecast has been red now and in the last review."""
    if frames.reports.empty or frames.forecast.empty:
        return
    green = frames.reports[frames.reports["reported_status"].astype("str").str.lower().eq("green")]
    both = green.rename(columns={"as_of_date": "report_date"}).merge(
        frames.forecast.drop(columns=["as_of_date"], errors="ignore"), on="project_id", suffixes=("_report", "")
    )
    was_red = _red_before(frames)
    for row in both.to_dict("records"):
        chance = _number(row["late_probability"])
        if chance < RED_PROBABILITY or row["project_id"] not in was_red:
            continue
        names = ("reported_status", "report_date", "phase", "late_probability", "finish_p50_date", "slip_weeks_p50")
        yield Sign(
            "contradicted",
            _project(row),
            _UNSEEN_PART * _number(row["expected_delay_person_weeks"]),
            STATE_BITS,
            plain({**{name: row.get(name) for name in names}, "red_since_date": _compared_with(frames)}),
        )


def _compared_with(frames: AgendaFrames) -> pd.Timestamp | None:
    """Return the day whose forecast this one is compared with; none where none was made then."""
    return frames.since if len(frames.forecast_before) else None


def _red_before(frames: AgendaFrames) -> set[str]:
    before = frames.forecast_before if len(frames.forecast_before) else frames.forecast
    return set(before.loc[before["late_probability"].ge(RED_PROBABILITY), "project_id"])


def promises(frames: AgendaFrames, band: Band) -> Iterator[Sign]:
    """Give announced finishes whose chance of being kept has left the band, with the day to announce instead."""
    if frames.promises.empty or frames.forecast.empty:
        return
    both = frames.promises.merge(frames.forecast, on="project_id", how="inner", validate="one_to_one")
    for row in both.to_dict("records"):
        chance = chance_of_keeping(row, pd.Timestamp(row["announced_date"]))
        if not must_announce(chance, band) or chance is None:
            continue
        is_safe = chance > band.high
        part = _GOOD_NEWS * _UNSEEN_PART if is_safe else _UNSEEN_PART + (band.low - chance)
        yield Sign(
            "promise_safe" if is_safe else "promise",
            _project(row),
            max(part * _number(row["expected_delay_person_weeks"]), 1.0),
            STATE_BITS,
            plain(
                {
                    "announced_date": row["announced_date"],
                    "said_date": row["said_date"],
                    "said_by": row["said_by"],
                    "change_count": row["change_count"],
                    "kept_probability": chance,
                    "proposed_date": day_for(row, band.aim),
                    "aim": band.aim,
                }
            ),
        )


def requests(frames: AgendaFrames) -> Iterator[Sign]:
    """Give projects with more new change requests than usual there, and those decided since the last review."""
    if frames.requests.empty:
        return
    rows = frames.requests.assign(raised=pd.to_datetime(frames.requests["raised_at"]).dt.normalize())
    decided = pd.to_datetime(rows["decided_at"]).dt.normalize()
    running = set(frames.forecast["project_id"]) if len(frames.forecast) else set(rows["project_id"])
    rows = rows.assign(decided=decided, hours=rows["estimated_hours"].astype("float64").fillna(0.0))
    begin = frames.since - pd.Timedelta(weeks=_PAST_WEEKS)
    for project_id, own in rows[rows["project_id"].isin(running)].groupby("project_id"):
        fresh = own[(own["raised"] > frames.since) & (own["raised"] <= frames.as_of_date)]
        settled = own[(own["decided"] > frames.since) & (own["decided"] <= frames.as_of_date)]
        if fresh.empty and settled.empty:
            continue
        past = own[(own["raised"] > begin) & (own["raised"] <= frames.since)]
        weeks = _weeks_known(own["raised"].min(), begin, frames.since)
        usual = (len(past) + 0.5) / (weeks + 1) * frames.weeks_count
        usual_hours = (past["hours"].abs().sum() + 1) / (weeks + 1) * frames.weeks_count
        approved = settled[settled["is_approved"].astype("boolean").fillna(value=False).astype(bool)]
        # What the client decided weighs whole, what is only asked for by half; work that goes out of scope saves.
        hours = approved["hours"].sum() + 0.5 * fresh["hours"].sum()
        bits = max(
            count_bits(len(fresh), usual),
            _hours_bits(fresh["hours"].abs().sum(), usual_hours, len(fresh)),
            _hours_bits(approved["hours"].abs().sum(), usual_hours, len(approved)),
        )
        listed = pd.concat([fresh, settled]).drop_duplicates("change_request_id").sort_values("hours", ascending=False)
        yield Sign(
            "requests",
            f"project:{project_id}",
            abs(hours) / _HOURS_A_WEEK,
            bits,
            plain(
                {
                    "new_count": len(fresh),
                    "new_hours": fresh["hours"].sum(),
                    "unconfirmed_count": _unconfirmed(fresh),
                    "approved_count": len(approved),
                    "approved_hours": approved["hours"].sum(),
                    "decided_count": len(settled),
                    "usual_count": usual,
                }
            ),
            rows_of(
                listed,
                ("change_request_id", "estimated_hours", "requested_by", "raised_at", "decided_at", "status", "cause"),
            ),
            len(listed),
        )


def _hours_bits(hours: float, usual: float, count: int) -> float:
    return 0.0 if count == 0 else size_bits(float(hours), max(float(usual), 8.0)) / 2


def _weeks_known(first: Any, begin: pd.Timestamp, end: pd.Timestamp) -> float:
    return max((end - max(pd.Timestamp(first), begin)).days / 7, 0.0)


def _unconfirmed(rows: pd.DataFrame) -> int | None:
    told = rows["is_confirmed_by_prototype"].dropna() if "is_confirmed_by_prototype" in rows else rows.iloc[:0, 0]
    return int((~told.astype(bool)).sum()) if len(told) else None


def standstill(frames: AgendaFrames) -> Iterator[Sign]:
    """Give projects that booked hours for four weeks while the reported progress stood nearly still.

    Progress stands still when a newer report says so; without one it is not known.
    """
    if frames.states.empty:
        return
    running = set(frames.forecast["project_id"])
    since = frames.as_of_date - pd.Timedelta(weeks=_STILL_WEEKS)
    states = frames.states[frames.states["project_id"].isin(running)].sort_values("week_start_date")
    for project_id, own in states.groupby("project_id"):
        before = own[own["week_start_date"] <= since - pd.Timedelta(days=6)]
        if before.empty:
            continue
        then, now = before.iloc[-1], own.iloc[-1]
        hours = _number(now["booked_hours"]) - _number(then["booked_hours"])
        budget = _number(now.get("scope_hours")) or _number(now["budget_hours"])
        gained = _number(now["progress_ratio"]) - _number(then["progress_ratio"])
        is_known = pd.notna(now["progress_ratio"]) and pd.notna(then["progress_ratio"]) and budget > 0
        is_known = is_known and bool(now["progress_date"] > then["progress_date"])
        expected = hours / budget if is_known else 0.0
        if not is_known or hours < _HOURS_A_WEEK * _STILL_WEEKS or gained > _STILL_PART * expected:
            continue
        figures = {"weeks_count": _STILL_WEEKS, "booked_hours": hours, "gained_ratio": gained}
        figures |= {"progress_ratio": now["progress_ratio"], "expected_ratio": expected}
        yield Sign("standstill", f"project:{project_id}", hours / _HOURS_A_WEEK, STATE_BITS, plain(figures))


def _project(row: dict[Any, Any]) -> str:
    return f"project:{row['project_id']}"


def _number(value: Any) -> float:
    return 0.0 if value is None or pd.isna(value) else float(value)
