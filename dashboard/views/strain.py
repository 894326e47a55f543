"""Strain in words: facts, level, why, what would bring relief, and the limits of the statement.

Template sentences only. A test keeps words out of them that would speak of health, feelings or achievement.
"""

from __future__ import annotations

from typing import Any, Final

import pandas as pd

from dashboard.i18n import _, ngettext
from dashboard.shown import in_markdown
from dashboard.views import words
from dashboard.views.strain_words import (
    domain_words,
    index_text,
    indicator_words,
    interval_text,
    level_words,
    reason_words,
    value_text,
)
from dashboard.views.typed import worded

#: Reasons under this share of the index are not told in a line.
_TOLD_SHARE: Final = 0.08
_TOLD_REASONS: Final = 3


def limits_sentence() -> str:
    """Return what must stand beside every level."""
    return _("This describes a working pattern, not how a person feels or works. Ask, don't assume.")


def filled_sentence() -> str:
    """Say why a figure behind a level can be another than the one that is filed."""
    return _(
        "Levels fill in days that are not filed yet with the person's usual hours; other figures count what is filed."
    )


def measure_sentence() -> str:
    """Return the sentence of the method page."""
    return _("Nothing here measures burn-out: the index says what work asks of people, as far as it is filed.")


def reasons_text(indicators: pd.DataFrame, row: Any) -> str:
    """Return what makes the index, the largest shares first; or why nothing is told."""
    if str(row["level"]) == "NO DATA":
        return reason_words(row["reason"])
    if str(row["level"]) == "OK":
        return ""
    top = indicators.loc[indicators["share"].ge(_TOLD_SHARE)].sort_values("share", ascending=False)
    parts = [
        _("{what}: {value} ({share})").format(
            what=indicator_words(part.indicator),
            value=value_text(part.indicator, part.value),
            share=words.percent_text(part.share),
        )
        for part in top.head(_TOLD_REASONS).itertuples()
    ]
    return "; ".join(parts)


def lever_words(row: Any) -> str:
    """Return what a lever changes."""
    first = pd.Timestamp(row["week_start_date"])
    days = {
        "first": words.date_text(first),
        "end": words.date_text(first + pd.Timedelta(days=6)),
        "last": words.date_text(first + pd.Timedelta(days=13)),
    }
    known = {
        "home": _("home from {first} to {last} ({count} nights)"),
        "leave_week": _("off from {first} to {end} ({count} days)"),
        "normal_hours": _("eight hours a workday and free days off from {first} to {last} ({count} hours less)"),
        "free_weekends": _("free weekends from {first} to {last} ({count} hours less)"),
        "no_requests": _("out of the queue of change requests from {first} on ({count} requests less)"),
        "no_nights": _("no night work and full rests from {first} on ({count} hours less)"),
        "one_project": _("one project at a time from {first} on ({count} fewer)"),
    }
    template = known.get(str(row["lever"]), "{first}")
    return template.format(**days, count=words.number_text(row["unit_count"]))


def lever_text(levers: pd.DataFrame) -> str:
    """Return levers with what they would change: "home from 7 Dec 2026 to 20 Dec 2026 (11 nights): 62 → 51"."""
    return "; ".join(
        _("{lever}: {before} → {after}").format(
            lever=lever_words(row), before=index_text(row["index_without"]), after=index_text(row["index_with"])
        )
        for row in levers.to_dict("records")
    )


def unit_sentences(units: pd.DataFrame) -> list[str]:
    """Return a sentence for each finding about a team; teams of fewer than five without figures."""
    sentences = []
    for row in units.to_dict("records"):
        is_small = words.is_unknown(row["people_count"])
        if row["finding"] == "strain":
            text = (
                _("{team}: several people are on watch. Look at plan and staffing of the team.")
                if is_small
                else _("{team}: {count} of {all} people are on watch. Look at plan and staffing of the team.")
            )
        else:
            text = (
                _("{team}: timesheets are not filed, so nothing can be said.")
                if is_small
                else _("{team}: {count} of {all} people have no timesheets of these weeks, so nothing can be said.")
            )
        sentences.append(
            text.format(team=row["team_name"], count=_whole(row["finding_count"]), all=_whole(row["people_count"]))
        )
    return sentences


def behind_text(unit_projects: pd.DataFrame, projects: pd.DataFrame, team: Any) -> str:
    """Return the three projects with most weeks on watch behind a team's finding; empty where none is known."""
    names = dict(zip(projects["project_id"], projects["project_name"].fillna(projects["project_id"]), strict=True))
    own = unit_projects.loc[unit_projects["team_name"].eq(team)].head(3)
    told = [
        _("{project} ({weeks} person-weeks)").format(
            project=names.get(row.project_id, row.project_id), weeks=words.number_text(row.watch_weeks, 1)
        )
        for row in own.itertuples()
    ]
    return (
        _("Behind it, in weeks on watch of twelve weeks: {projects}.").format(projects=", ".join(told)) if told else ""
    )


def unit_texts(units: pd.DataFrame, unit_projects: pd.DataFrame, projects: pd.DataFrame) -> list[str]:
    """Return the sentence of each finding about a team, with the projects that cause it."""
    return [
        f"{sentence} {behind_text(unit_projects, projects, team)}".strip()
        for sentence, team in zip(unit_sentences(units), units["team_name"], strict=True)
    ]


def _whole(value: Any) -> str:
    return "" if words.is_unknown(value) else str(int(value))


def level_text(row: Any, settings: Any) -> str:
    """Say why a level differs from what the index alone would suggest; empty where it does not.

    Parameters
    ----------
    settings
        The rules in force, by name: ``watch_once``, ``high_twice`` and so on.
    """
    level, index = str(row["level"]), float(row["index"])
    red = red_line_text(row, settings)
    if red:
        return red
    rule = {name: words.number_text(settings[name]) for name in _RULES}
    if level == "HIGH" and index < settings["high_twice"]:
        text = _(
            "HIGH lasts: it began with two Mondays at {high_twice} or a red line, and ends after two under "
            "{leave_high}."
        )
    elif level == "WATCH" and index >= settings["high_twice"]:
        text = _("WATCH so far: HIGH begins with the second Monday in a row at {high_twice}, or with a red line.")
    elif level == "WATCH" and index < settings["watch_twice"]:
        text = _("WATCH lasts: it ends after two Mondays under {leave_watch}.")
    elif level == "OK" and index >= settings["watch_twice"]:
        text = _(
            "OK so far: WATCH begins with the second Monday in a row at {watch_twice}, or at {watch_once} at once."
        )
    else:
        return ""
    return text.format(**rule)


#: The rules that levels begin and end by, as settings name them.
_RULES: Final = ("watch_once", "watch_twice", "high_twice", "leave_high", "leave_watch")


def red_line_text(row: Any, settings: Any) -> str:
    """Say which red lines are crossed, and what that means for the level; empty where none is."""
    crossed = str(row["red_lines"]).split() if "red_lines" in row else []
    if not bool(row["is_red_line"]):
        return ""
    known = {
        "days_in_a_row": _("{count} days worked in a row").format(
            count=words.number_text(settings["red_days_in_a_row"])
        ),
        "overtime_month": _("{count} hours of overtime in a month").format(
            count=words.number_text(settings["red_overtime_month"])
        ),
        "hours_peak_week": _("a week of {count} hours").format(count=words.number_text(settings["red_week_hours"])),
    }
    lines = _(" and ").join(known[name] for name in crossed if name in known)
    return _("A red line is crossed: {lines} or more. That alone is HIGH, whatever the index.").format(lines=lines)


def since_text(weeks: pd.DataFrame, settings: Any) -> str:
    """Say since when the level has been above OK, and when it will end; nothing for OK or without a level.

    Parameters
    ----------
    weeks
        Rows of ``strain_weeks`` of one person.
    """
    ordered = weeks.sort_values("week_start_date")
    level = ordered["level"].astype("str").tolist()
    if not level or level[-1] not in {"WATCH", "HIGH"}:
        return ""
    length = next((n for n, own in enumerate(reversed(level)) if own not in {"WATCH", "HIGH"}), len(level))
    since = words.date_text(ordered["week_start_date"].iloc[len(level) - length])
    if level[-1] == "HIGH":
        return _("Above OK since the week of {day}; HIGH ends after two Mondays under {index}.").format(
            day=since, index=words.number_text(settings["leave_high"])
        )
    return _("Above OK since the week of {day}; WATCH ends after two Mondays under {index}.").format(
        day=since, index=words.number_text(settings["leave_watch"])
    )


def levers_heading() -> str:
    """Say what the two numbers of a lever are: both are two weeks ahead, neither is today's index."""
    return _("What would help (index in two weeks: as planned → with it)")


def person_sentence(
    row: Any, weeks: pd.DataFrame, indicators: pd.DataFrame, levers: pd.DataFrame, settings: Any
) -> str:
    """Return facts, level, why, options and limits of one person in template sentences, as Markdown."""
    if str(row["level"]) == "NO DATA":
        told = _("Strain: **NO DATA** ({interval}; {share} of the workdays filed): {why}.").format(
            interval=in_markdown(interval_text(row)),
            share=words.percent_text(row["data_share"]),
            why=in_markdown(reason_words(row["reason"])),
        )
        return f"{told} *{limits_sentence()}*"
    told = _("Strain: **{level}** ({interval}; {share} of the workdays filed).").format(
        level=level_words(row["level"]),
        interval=in_markdown(interval_text(row)),
        share=words.percent_text(row["data_share"]),
    )
    why, options = reasons_text(indicators, row), lever_text(levers)
    parts = [told]
    since = since_text(weeks, settings)
    if since:
        parts.append(since)
    differs = level_text(row, settings)
    if differs:
        parts.append(in_markdown(differs))
    if why:
        parts.append(_("Why: {why}.").format(why=in_markdown(why)))
    if options:
        parts.append(f"{levers_heading()}: {in_markdown(options)}.")
    return " ".join([*parts, f"*{limits_sentence()}*"])


def indicators_table(indicators: pd.DataFrame, settings_rows: pd.DataFrame) -> pd.DataFrame:
    """Word each indicator of one person: value, anchors, share, source."""
    rows = indicators.merge(settings_rows, on="indicator", how="left", validate="one_to_one")
    ordered = rows.sort_values(["share", "score"], ascending=False)
    return worded(
        {
            _("Part"): (ordered["domain"].map(domain_words), None),
            _("Indicator"): (ordered["indicator"].map(indicator_words), None),
            _("Value"): ([value_text(i, v) for i, v in zip(ordered["indicator"], ordered["value"], strict=True)], None),
            _("Watch from"): (
                [value_text(i, v) for i, v in zip(ordered["indicator"], ordered["watch"], strict=True)],
                None,
            ),
            _("High from"): (
                [value_text(i, v) for i, v in zip(ordered["indicator"], ordered["high"], strict=True)],
                None,
            ),
            _("Share of the index"): (ordered["share"], words.percent_text),
            _("Evidence"): (ordered["grade"], None),
            _("Source"): (ordered["source"], None),
        }
    )


def anchors(settings: Any) -> pd.DataFrame:
    """Return ``indicator``, ``watch``, ``high``, ``grade``, ``source`` of the settings in force."""
    return pd.DataFrame(
        [(i.name, i.watch, i.high, i.grade, i.source) for i in settings.indicators],
        columns=["indicator", "watch", "high", "grade", "source"],
    )


def watch_counts_sentence(levels: pd.DataFrame) -> str:
    """Say how many people are on watch, how many of them at HIGH; fewer than five people get no figure."""
    if not words.is_group_shown(len(levels)):
        return _("Fewer than five people: no figure for the group is shown.")
    level = levels["level"].astype("str")
    # HIGH is on watch, too: here as in the sentences about teams and on the portfolio.
    high, watch = int(level.eq("HIGH").sum()), int(level.isin(["WATCH", "HIGH"]).sum())
    silent = int(level.eq("NO DATA").sum())
    told = ngettext("{count} person", "{count} people", len(levels))
    return _(
        "Of {people}: {watch} on watch (WATCH or HIGH), {high} of them at HIGH; {silent} without enough data."
    ).format(people=told, high=high, watch=watch, silent=silent)
