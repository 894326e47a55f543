"""Signs of overload in words: facts of the working pattern, each beside the limit and its source."""

from __future__ import annotations

from typing import Any

import pandas as pd

from dashboard.i18n import _, ngettext
from dashboard.views import words
from dashboard.views.opening import opening
from dashboard.views.typed import worded


def rule_words(rule: Any) -> str:
    """Return what a limit says, in words."""
    known = {
        "eu_48_hours_17_weeks": _("48 hours a week on average over 17 weeks (European Union)"),
        "cn_36_overtime_hours_month": _("36 hours of overtime in a month (China)"),
        "cn_day_off_each_week": _("one day off in each week (China)"),
        "jp_45_overtime_hours_month": _("45 hours of overtime in a month (Japan)"),
        "jp_80_overtime_hours_months": _("80 hours of overtime a month over 2 to 6 months (Japan)"),
        "jp_100_overtime_hours_month": _("100 hours of overtime in a month (Japan)"),
        "eu_11_hours_daily_rest": _("11 hours of rest between two days (European Union)"),
        "eu_weekly_rest": _("24 hours off in seven days, over 14 days at most (European Union)"),
        "eu_night_work_8_hours": _("8 hours on a day with night work (European Union)"),
        "cn_3_overtime_hours_day": _("3 hours of overtime on a day (China)"),
        "cn_holiday_work": _("work on a public holiday (China)"),
        "jp_14_days_in_a_row": _("fewer than 14 days in a row (Japan, a proposal and no law)"),
        "who_ilo_55_hours_4_weeks": _("55 hours a week over 4 weeks (WHO and ILO finding, no law)"),
    }
    if str(rule).startswith("policy_"):
        return _("the firm's own rule: {name}").format(name=words.plain_words(str(rule).removeprefix("policy_")))
    return known.get(str(rule), words.plain_words(rule))


def unit_text(value: Any, unit: Any) -> str:
    """Return a value with its unit in the reader's language."""
    units = {
        "hours a week": _("{value} h a week"),
        "hours a month": _("{value} h a month"),
        "days in a row": _("{value} days in a row"),
        "hours of rest": _("{value} h of rest"),
        "hours on a day with night work": _("{value} h on a day with night work"),
        "hours of overtime on a day": _("{value} h of overtime on a day"),
        "hours on a public holiday": _("{value} h on a public holiday"),
    }
    digits = 0 if str(unit).startswith("days") else 1
    return units.get(str(unit), "{value}").format(value=words.number_text(value, digits))


def overtime_sentence() -> str:
    """Say why the overtime of a limit can differ from that of the signs of overload."""
    return _(
        "Limits count by the windows of their laws: overtime by calendar month, Japan's 45 hours without Sundays. The "
        "signs of overload count four weeks up to the week told, Sundays too; so the two can differ for one person."
    )


def certainty_words(*, is_certain: Any) -> str:
    """Return whether a fact holds whatever the days that were not filed."""
    return _("certain") if bool(is_certain) else _("if the days not filed were like the others")


def latest_facts(facts: pd.DataFrame) -> pd.DataFrame:
    """Keep the latest window of each person and limit, with ``windows_count``, how many windows there were."""
    ordered = facts.sort_values(["person_id", "rule", "window_end_date"])
    counts = ordered.groupby(["person_id", "rule"]).size().rename("windows_count").reset_index()
    last = ordered.drop_duplicates(["person_id", "rule"], keep="last")
    return last.merge(counts, on=["person_id", "rule"], how="left", validate="one_to_one")


def fact_labels(facts: pd.DataFrame) -> dict[tuple[pd.Timestamp, pd.Timestamp, str], str]:
    """Return a name for each fact to choose from, the newest first; the key is its window and rule."""
    rows = facts.sort_values(["window_end_date", "rule"], ascending=[False, True]).to_dict("records")
    return {
        (row["window_start_date"], row["window_end_date"], str(row["rule"])): _("{rule}: {first} to {last}").format(
            rule=rule_words(row["rule"]),
            first=words.date_text(row["window_start_date"]),
            last=words.date_text(row["window_end_date"]),
        )
        for row in rows
    }


def facts_table(latest: pd.DataFrame, people: pd.DataFrame) -> pd.DataFrame:
    """Word the latest facts, sorted by name."""
    names = people[["person_id", "person_name"]].drop_duplicates("person_id")
    rows = latest.merge(names, on="person_id", how="inner", validate="many_to_one").sort_values(
        ["person_name", "rule"], ignore_index=True
    )
    pairs = rows[["value", "limit", "unit"]].itertuples(index=False)
    found = worded(
        {
            _("Person"): (rows["person_name"], None),
            _("Limit exceeded"): (rows["rule"].map(rule_words), None),
            _("Value and limit"): (
                [
                    _("{value}, limit {limit}").format(
                        value=unit_text(row.value, row.unit), limit=words.number_text(row.limit)
                    )
                    for row in pairs
                ],
                None,
            ),
            _("Latest from"): (rows["window_start_date"], words.date_text),
            _("to"): (rows["window_end_date"], words.date_text),
            _("Times in a year"): (rows["windows_count"], words.number_text),
            _("Holds"): ([certainty_words(is_certain=flag) for flag in rows["is_certain"]], None),
            _("Opt-out signed"): (rows["has_opted_out"].map(words.yes_no_text), None),
            _("Source"): (rows["source"], None),
        }
    )
    return opening(found, {_("Person"): ("person", rows["person_id"])})


def overview_table(overview: pd.DataFrame, people: pd.DataFrame) -> pd.DataFrame:
    """Word one row per person, sorted by name; nobody is ranked."""
    rows = people[["person_id", "person_name", "team_name"]].merge(
        overview, on="person_id", how="left", validate="one_to_one"
    )
    found = worded(
        {
            _("Person"): (rows["person_name"], None),
            _("Team"): (rows["team_name"], None),
            _("Last full week"): (
                [
                    last_week_text(state, hours)
                    for state, hours in zip(rows["state_last_week"], rows["worked_hours_last_week"], strict=True)
                ],
                None,
            ),
            _("Load, 4 weeks"): (rows["load_ratio_4_weeks"], words.percent_text),
            _("Above own usual week, 2 weeks"): (rows["hours_above_baseline"], signed_hours_text),
            _("Nights away, 28 days"): (rows["nights_28_days_count"], words.count_text),
            _("Weekends away, 28 days"): (rows["weekends_away_28_days_count"], words.count_text),
            _("Weeks in a row on site"): (rows["weeks_on_site_count"], words.count_text),
            _("Days worked in a row"): (
                [
                    days_in_a_row_text(sure, possible)
                    for sure, possible in zip(
                        rows["days_in_a_row_count"], rows["days_in_a_row_possible_count"], strict=True
                    )
                ],
                None,
            ),
            _("Longest day, 28 days"): (rows["longest_day_hours"], words.hours_text),
            _("Projects"): (rows["project_count"], words.number_text),
            _("Limits exceeded, 28 days"): (rows["limit_fact_count"], words.number_text),
            _("Weeks not filed, of 8"): (rows["missing_weeks_count"], words.number_text),
            _("Knowledge"): ([words.assumed_text(is_assumed=flag) for flag in rows["is_assumed"]], None),
        }
    )
    return opening(found, {_("Person"): ("person", rows["person_id"])})


def last_week_text(state: Any, hours: Any) -> str:
    """Return the hours of the last full week, or why there are none."""
    states = {"missing": _("not filed"), "on_leave": _("on leave"), "no_workdays": _("no working days")}
    if words.is_unknown(state):
        return words.none_text()
    return states.get(str(state), words.hours_text(hours))


def signed_hours_text(hours: Any) -> str:
    """Return a difference in hours with its sign."""
    if words.is_unknown(hours):
        return words.none_text()
    sign = "−" if round(float(hours)) < 0 else "+" if round(float(hours)) > 0 else "±"
    return f"{sign}{words.hours_text(abs(float(hours)))}"


def days_in_a_row_text(sure: Any, possible: Any) -> str:
    """Return how many days in a row were worked; the days not filed may have been worked as well."""
    if words.is_unknown(sure):
        return words.none_text()
    if words.is_unknown(possible) or int(possible) <= int(sure):
        return words.number_text(sure)
    return _("{sure}, perhaps {possible}").format(sure=int(sure), possible=int(possible))


def person_metrics(overview: pd.DataFrame) -> list[tuple[str, str, str]]:
    """Return label, value and remark of the headline figures of one person."""
    if overview.empty:
        return []
    row = overview.iloc[0]
    return [
        (
            _("Load, 4 weeks"),
            words.percent_text(row["load_ratio_4_weeks"]),
            _("{hours} a week in these four weeks").format(hours=words.hours_text(row["load_hours_4_weeks"])),
        ),
        (
            _("Above own usual week, 2 weeks"),
            signed_hours_text(row["hours_above_baseline"]),
            above_usual_text(row["hours_above_baseline"], row["baseline_hours"]),
        ),
        (
            _("Nights away, 28 days"),
            words.count_text(row["nights_28_days_count"]),
            _("weekends: {count}").format(count=words.count_text(row["weekends_away_28_days_count"])),
        ),
        (
            _("Weeks in a row on site, up to now"),
            words.count_text(row["weeks_on_site_count"]),
            _("days worked in a row: {days}").format(
                days=days_in_a_row_text(row["days_in_a_row_count"], row["days_in_a_row_possible_count"])
            ),
        ),
        (
            _("Limits exceeded, 28 days"),
            words.number_text(row["limit_fact_count"]),
            _missing_text(row["missing_weeks_count"]),
        ),
    ]


def above_usual_text(above: Any, usual: Any) -> str:
    """Return the two means behind a difference in hours, so that they make the difference as it is shown."""
    if words.is_unknown(above) or words.is_unknown(usual):
        return _("the usual week is not known")
    recent = round(float(usual)) + round(float(above))
    return _("{recent} a week in the last two, usual {usual}").format(
        recent=words.hours_text(recent), usual=words.hours_text(usual)
    )


def travel_sentence(told_until: Any, week: Any) -> str:
    """Say up to when trips are known, where that is before the end of the week that the page speaks of.

    Parameters
    ----------
    told_until
        The Sunday up to which the travel log reaches, or nothing.
    week
        The Monday of the week that the page speaks of.
    """
    if words.is_unknown(told_until) or pd.Timestamp(told_until) >= pd.Timestamp(week):
        return ""
    return _(
        "Trips are known up to {day}: for the weeks after it nights away are the least that they can be, and “not "
        "known” where no trip is entered yet."
    ).format(day=words.date_text(told_until))


def _missing_text(count: Any) -> str:
    if words.is_unknown(count):
        return words.none_text()
    return ngettext("{count} week not filed, of 8", "{count} weeks not filed, of 8", int(count))
