"""Hindsight, weeks and costs of a post-mortem, in words, rows and tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from dashboard.i18n import _
from dashboard.views import words
from dashboard.views.postmortem_words import (
    action_words,
    measure_label,
    sign_words,
)
from dashboard.views.typed import worded

if TYPE_CHECKING:
    from analytics.postmortem.result import PostMortem


#: So many weeks are shown when a replay begins.
_FIRST_SHOWN_WEEKS: Final = 8


def slip_rows(mortem: PostMortem, until: pd.Timestamp | None = None) -> pd.DataFrame:
    """Return the slip as the forecast stood in each week, up to one of them if the rest stays hidden."""
    rows = mortem.hindsight.forecasts.dropna(subset=["slip_p50_weeks"])
    return rows if until is None else rows[rows["week_start_date"] <= until]


def markers(mortem: PostMortem, until: pd.Timestamp | None = None) -> list[tuple[pd.Timestamp, str]]:
    """Return the days that stand in the figure: first knowable, first warning report, first action."""
    hindsight = mortem.hindsight
    days = [
        (hindsight.knowable.week_start_date if hindsight.knowable else None, _("First knowable")),
        (hindsight.turning.first_warning_date, _("First amber report")),
        (hindsight.turning.first_action_date, _("First action")),
        (mortem.case.planned_finish_date, _("Baseline finish")),
    ]
    return [(day, text) for day, text in days if day is not None and (until is None or day <= until)]


def finish_point(mortem: PostMortem) -> tuple[pd.Timestamp, float] | None:
    """Return the true finish and how many weeks after the baseline it lies."""
    case = mortem.case
    if case.ending != "finished" or case.planned_finish_date is None:
        return None
    return case.end_date, (case.end_date - case.planned_finish_date) / pd.Timedelta(weeks=1)


def replay_weeks(mortem: PostMortem) -> dict[str, str]:
    """Return the weeks of the replay as codes and as days."""
    weeks = slip_rows(mortem)["week_start_date"]
    return {f"{day:%Y-%m-%d}": words.date_text(day) for day in weeks}


def first_shown_week(weeks: dict[str, str]) -> str:
    """Return where the replay begins: after two months there is something to see and most is still to come."""
    codes = list(weeks)
    return codes[min(_FIRST_SHOWN_WEEKS, len(codes) // 3)]


def shown_span(mortem: PostMortem, until: pd.Timestamp | None) -> tuple[pd.Timestamp, pd.Timestamp] | None:
    """Return the days of the axis while later weeks are hidden: to the end of the first plan, which tells nothing."""
    case = mortem.case
    if until is None or case.planned_start_date is None or case.planned_finish_date is None:
        return None
    return case.planned_start_date, max(case.planned_finish_date, until) + pd.Timedelta(weeks=2)


def known_sentence(mortem: PostMortem, week: pd.Timestamp) -> str:
    """Say which signs stood by a week, and what the forecast said then."""
    signs = mortem.hindsight.signs
    standing = signs[signs["first_week_date"] <= week]
    rows = slip_rows(mortem, week).tail(1)
    forecast = "" if rows.empty else words.signed_weeks_text(float(rows["slip_p50_weeks"].iloc[0]))
    names = "; ".join(sign_words(sign) for sign in standing["sign"]) or _("none")
    return _("The median forecast stood at {weeks} after the baseline. Signs so far: {signs}.").format(
        weeks=forecast or words.none_text(), signs=names
    )


def week_of(code: str) -> pd.Timestamp:
    """Return the week that a code means."""
    return pd.Timestamp(code)


def signs_table(mortem: PostMortem) -> pd.DataFrame:
    """Return when each sign first stood here, and what it was worth in other projects."""
    rows = mortem.hindsight.signs.sort_values("first_week_date", kind="stable", na_position="last")
    return worded(
        {
            _("Sign"): (rows["sign"].map(sign_words), None),
            _("First here, week of"): (rows["first_week_date"], _day_or_never),
            _("Stood in others"): (rows["rang_count"], words.count_text),
            _("False alarms"): (rows["false_count"], words.count_text),
            _("Missed"): (rows["missed_count"], words.count_text),
            _("Weeks ahead, median"): (rows["lead_weeks"], words.amount_text),
            _("Proved itself"): (rows["is_trusted"], words.yes_no_text),
        }
    )


def _day_or_never(value: object) -> str:
    return _("not before the baseline finish") if words.is_unknown(value) else words.date_text(value)


def signs_sentence(mortem: PostMortem) -> str:
    """Say among how many projects signs are judged, and when one counts as proved."""
    if mortem.hindsight.signs.empty:
        return ""
    row = mortem.hindsight.signs.iloc[0]
    return _(
        "Judged on {count} other finished projects, of which {late} ended more than two weeks late. A sign has proved "
        "itself when it stood in at least five of them, at most a third of those were on time, and it stood clearly "
        "more often in late ones. A sign is no cause."
    ).format(count=int(row["projects_count"]), late=int(row["late_count"]))


def reported_sentence(mortem: PostMortem) -> str:
    """Say what the reports said in the first knowable week."""
    rows = mortem.hindsight.reported
    if mortem.hindsight.knowable is None:
        return ""
    if rows.empty:
        return _("No report had been filed by then.")
    row = rows.iloc[0]
    return _("The newest report by then ({day}) said {status}, {progress} done, finish planned for {finish}.").format(
        day=words.date_text(row["as_of_date"]),
        status=words.status_words(row["reported_status"]),
        progress=words.percent_text(row["progress_ratio"]),
        finish=words.date_text(row["planned_finish_date"]),
    )


def actions_table(mortem: PostMortem) -> pd.DataFrame:
    """Return what was done, with its distance from the first knowable week."""
    rows = mortem.hindsight.turning.actions
    found = mortem.hindsight.knowable
    nothing = pd.Series(float("nan"), index=rows.index)
    after = nothing if found is None else (rows["date"] - found.week_start_date).dt.days / 7.0
    return worded(
        {
            _("Day"): (rows["date"], words.date_text),
            _("What was done"): ([_action_text(row) for row in rows.to_dict("records")], None),
            _("Weeks after it could have been known"): (after, words.signed_number_text),
        }
    )


def _action_text(row: Any) -> str:
    said, what = action_words(row["kind"]), str(row["what"] or "")
    if row["kind"] == "replan":
        return _("{what} to {day}").format(what=said, day=words.date_text(pd.Timestamp(what)))
    return _("{what}: {detail}").format(what=said, detail=what) if what else said


def weeks_rows(mortem: PostMortem) -> pd.DataFrame:
    """Return running totals by week for the figure of hours: planned, booked, earned, scope."""
    if mortem.account is None:
        return pd.DataFrame()
    built = mortem.account.built
    weeks = built.weeks
    return pd.DataFrame(
        {
            "week_start_date": weeks["week_start_date"],
            "planned_hours": weeks["planned_hours"].cumsum().clip(upper=built.budget_hours),
            "booked_hours": weeks["booked_hours"].cumsum(),
            "earned_hours": weeks["earned_hours"].cumsum(),
            "scope_hours": built.budget_hours + weeks["added_hours"].cumsum(),
        }
    )


def weeks_table(mortem: PostMortem) -> pd.DataFrame:
    """Return each week as planned and as built, with what it cost."""
    if mortem.account is None:
        return pd.DataFrame()
    weeks = mortem.account.built.weeks
    lost = mortem.account.losses.drop(columns="week_start_date").sum(axis=1)
    return worded(
        {
            _("Week of"): (weeks["week_start_date"], words.date_text),
            _("Planned, h"): (weeks["planned_hours"], words.number_text),
            _("Booked, h"): (weeks["booked_hours"], words.number_text),
            _("Rework, h"): (weeks["rework_hours"], words.number_text),
            _("Earned, h"): (weeks["earned_hours"], words.number_text),
            _("Scope added, h"): (weeks["added_hours"], words.number_text),
            _("Progress"): (weeks["progress_ratio"], words.percent_text),
            _("Weeks lost"): (lost, words.signed_number_text),
        }
    )


def costs_table(mortem: PostMortem) -> pd.DataFrame:
    """Return what it cost people, beside what was usual for as many booked hours."""
    rows = mortem.costs.beside
    hours = pd.Series([mortem.case.weeks["booked_hours"].sum() / 1000.0] * len(rows), index=rows.index)
    return worded(
        {
            _("Count"): (rows["measure"].map(measure_label), None),
            _("Here"): (rows["value"], words.count_text),
            _("Usual for these hours"): ((rows["usual"] * hours).round(), words.count_text),
            _("Middle half, from"): ((rows["usual_low"] * hours).round(), words.count_text),
            _("to"): ((rows["usual_high"] * hours).round(), words.count_text),
        }
    )


def left_sentence(mortem: PostMortem) -> str:
    """Say how many left within six months; counts below five are not shown."""
    costs = mortem.costs
    if mortem.case.ending == "running":
        return ""
    if costs.left_count is not None:
        return _("{count} of {people} people left within six months of the end.").format(
            count=costs.left_count, people=costs.people_count
        )
    if not costs.is_half_year_over:
        return _("Who left within six months is counted once they are over.")
    return _("Left within six months: not shown below five people.")


def outcomes_table(mortem: PostMortem) -> pd.DataFrame:
    """Return what was measured after the go-live against its target."""
    rows = mortem.outcomes
    return worded(
        {
            _("Measure"): (rows["measure_name"], None),
            _("Measured"): (rows["measured_date"], words.date_text),
            _("Target"): (rows["target_value"], words.amount_text),
            _("Reached"): (rows["actual_value"], words.amount_text),
        }
    )


def support_sentence(mortem: PostMortem) -> str:
    """Say how many hours were booked after the finish."""
    if mortem.case.ending != "finished":
        return ""
    return _("Booked after the finish: {hours}.").format(hours=words.hours_text(mortem.support_hours))
