"""Tables on strain: who is on watch, which projects stand behind it, how much is flagged, and the method."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from dashboard.i18n import _
from dashboard.views import words
from dashboard.views.people import row_names
from dashboard.views.strain import (
    domain_words,
    indicator_words,
    interval_text,
    level_words,
    lever_text,
    reasons_text,
    value_text,
)
from dashboard.views.typed import with_wording

if TYPE_CHECKING:
    from collections.abc import Mapping

_ON_WATCH: Final = ("WATCH", "HIGH")

#: The index at which WATCH may begin.
_RISING_INDEX: Final = 50.0


def watch_table(
    levels: pd.DataFrame, indicators: pd.DataFrame, levers: pd.DataFrame, people: pd.DataFrame
) -> pd.DataFrame:
    """Word who is on watch and why, sorted by name; nobody is ranked.

    People of teams for which there is a finding (see ``listed_people``) are left out by the caller.
    """
    watched = levels.loc[levels["level"].astype("str").isin(_ON_WATCH)]
    names = people.assign(row_name=row_names(people))[["person_id", "row_name", "team_name"]]
    rows = names.merge(watched, on="person_id", how="inner", validate="one_to_one").to_dict("records")
    return pd.DataFrame(
        {
            _("Person"): [row["row_name"] for row in rows],
            _("Team"): [row["team_name"] for row in rows],
            _("Level"): [level_words(row["level"]) for row in rows],
            _("Index and range"): [interval_text(row) for row in rows],
            _("Why"): [_why(indicators, row) for row in rows],
            _("What would bring relief"): [
                lever_text(levers.loc[levers["person_id"].eq(row["person_id"])]) for row in rows
            ],
        }
    )


def _why(indicators: pd.DataFrame, row: Mapping[Any, Any]) -> str:
    return reasons_text(indicators.loc[indicators["person_id"].eq(row["person_id"])], row)


def rising_table(
    levels: pd.DataFrame, outlook: pd.DataFrame, levers: pd.DataFrame, people: pd.DataFrame
) -> pd.DataFrame:
    """Word who is OK now and likely on watch within four weeks, sorted by name."""
    fine = set(levels.loc[levels["level"].astype("str").eq("OK"), "person_id"])
    own = outlook.loc[outlook["person_id"].isin(fine)]
    peak = own.sort_values("index_mid", ascending=False).drop_duplicates("person_id")
    rising = peak.loc[peak["index_mid"].ge(_RISING_INDEX)]
    names = people.assign(row_name=row_names(people))[["person_id", "row_name", "team_name"]]
    rows = names.merge(rising, on="person_id", how="inner", validate="one_to_one").to_dict("records")
    return pd.DataFrame(
        {
            _("Person"): [row["row_name"] for row in rows],
            _("Team"): [row["team_name"] for row in rows],
            _("Highest in the week of"): [words.date_text(row["week_start_date"]) for row in rows],
            _("Index then"): [
                _("{mid} ({low}–{high})").format(
                    mid=round(row["index_mid"]), low=round(row["index_low"]), high=round(row["index_high"])
                )
                for row in rows
            ],
            _("What would bring relief"): [
                lever_text(levers.loc[levers["person_id"].eq(row["person_id"])]) for row in rows
            ],
        }
    )


def listed_people(people: pd.DataFrame, units: pd.DataFrame) -> pd.DataFrame:
    """Return the people who may be listed one by one: those of teams without a finding about the team."""
    teams = units.loc[units["finding"].eq("strain"), "team_name"]
    return people.loc[~people["team_name"].isin(teams)]


def behind_table(behind: pd.DataFrame, projects: pd.DataFrame) -> pd.DataFrame:
    """Word which projects stand behind the weeks on watch."""
    rows = behind.merge(projects[["project_id", "project_name"]], on="project_id", how="left", validate="many_to_one")
    return pd.DataFrame(
        {
            _("Project"): rows["project_name"].fillna(rows["project_id"]),
            _("Weeks on watch, 12 weeks"): rows["watch_weeks"].map(lambda weeks: words.number_text(weeks, 1)),
        }
    )


def backtest_text(backtest: pd.DataFrame) -> str:
    """Say how right the outlook was."""
    if backtest.empty:
        return _("Too few weeks are known for an outlook.")
    last = backtest.iloc[-1]
    return _(
        "Looked back on {cases} cases, the index of four weeks later lay inside the range in {inside}; the middle was "
        "off by {error} points on average, “it stays as it is” by {naive}."
    ).format(
        cases=words.number_text(last["cases"]),
        inside=words.percent_text(last["inside_share"]),
        error=words.number_text(last["mean_error"], 1),
        naive=words.number_text(last["naive_error"], 1),
    )


def shares_table(shares: pd.DataFrame) -> pd.DataFrame:
    """Word how much of the person-weeks of each team of five or more would have been flagged."""
    return pd.DataFrame(
        {
            _("Team"): shares["team_name"].where(shares["team_name"].ne(""), _("everybody")),
            _("People"): shares["people_count"].map(words.number_text),
            _("Person-weeks with a level"): shares["weeks_count"].map(words.number_text),
            _("WATCH (aim at most 2.5 %)"): shares["watch_share"].map(_fine_percent),
            _("HIGH (aim at most 0.5 %)"): shares["high_share"].map(_fine_percent),
            _("Without a level"): shares["no_data_share"].map(words.percent_text),
            _("Changes of level a year and person"): shares["changes_a_year"].map(lambda n: words.number_text(n, 1)),
        }
    )


def _fine_percent(share: Any) -> str:
    return words.none_text() if words.is_unknown(share) else f"{100 * float(share):.1f} %"


def method_table(settings: Any) -> pd.DataFrame:
    """Word every indicator with its anchors, the grade of its evidence and its source."""
    rows = settings.indicators
    return pd.DataFrame(
        {
            _("Part"): [domain_words(i.domain) for i in rows],
            _("Indicator"): [indicator_words(i.name) for i in rows],
            _("0 at"): [value_text(i.name, i.zero) for i in rows],
            _("50 (watch) at"): [value_text(i.name, i.watch) for i in rows],
            _("100 (high) at"): [value_text(i.name, i.high) for i in rows],
            _("Evidence"): [i.grade if i.weight > 0 else _("{grade}, a fact only").format(grade=i.grade) for i in rows],
            _("Source"): [i.source for i in rows],
        }
    )


def with_costs(table: pd.DataFrame, costs: pd.DataFrame) -> pd.DataFrame:
    """Add to the table of projects the person-weeks on watch behind each."""
    name = _("Person-weeks on watch, 12 weeks")
    weeks = table["project_id"].map(costs.set_index("project_id")["watch_weeks"]).astype("float64")
    return with_wording(table.assign(**{name: weeks}), {name: words.amount_text})
