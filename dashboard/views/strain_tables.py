"""Tables on strain: who is on watch, which projects stand behind it, how much is flagged, and the method."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from dashboard.i18n import _, ngettext
from dashboard.views import words
from dashboard.views.opening import opening
from dashboard.views.people import row_names
from dashboard.views.strain import level_text, lever_text, levers_heading, reasons_text
from dashboard.views.strain_words import (
    domain_words,
    indicator_words,
    interval_text,
    level_words,
    range_text,
    value_text,
)
from dashboard.views.typed import with_wording, worded

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_ON_WATCH: Final = ("WATCH", "HIGH")


@dataclass(frozen=True)
class Watched:
    """One person on watch in words: the level with its index, why, and what would help."""

    person_id: str
    name: str
    team_name: str
    is_high: bool
    level_text: str
    #: What makes the index, and why the level is another than the index alone would give.
    reasons: str
    level_reason: str
    help_text: str
    #: The lever that helps most.
    first_lever: str

    @property
    def why(self) -> str:
        """Both reasons."""
        return ". ".join(part for part in (self.reasons, self.level_reason) if part)


def watched_people(
    levels: pd.DataFrame,
    indicators: pd.DataFrame,
    levers: pd.DataFrame,
    people: pd.DataFrame,
    settings: Any,
) -> list[Watched]:
    """Return who is on watch: HIGH before WATCH, by name within a level."""
    watched = levels.loc[levels["level"].astype("str").isin(_ON_WATCH)]
    names = people.assign(row_name=row_names(people))[["person_id", "row_name", "team_name"]]
    listed = names.merge(watched, on="person_id", how="inner", validate="one_to_one")
    rows = listed.sort_values("level", key=lambda level: level.astype("str").ne("HIGH"), kind="stable")
    return [_watched(row, indicators, levers, settings) for row in rows.to_dict("records")]


def _watched(row: Mapping[Any, Any], indicators: pd.DataFrame, levers: pd.DataFrame, settings: Any) -> Watched:
    own = levers.loc[levers["person_id"].eq(row["person_id"])]
    return Watched(
        person_id=str(row["person_id"]),
        name=str(row["row_name"]),
        team_name=str(row["team_name"]),
        is_high=str(row["level"]) == "HIGH",
        level_text=f"{level_words(row['level'])} {interval_text(row)}",
        reasons=reasons_text(indicators.loc[indicators["person_id"].eq(row["person_id"])], row),
        level_reason=level_text(row, settings),
        help_text=lever_text(own),
        first_lever=lever_text(own.head(1)),
    )


def watch_table(watched: Sequence[Watched]) -> pd.DataFrame:
    """Word who is on watch, why and what would help: HIGH before WATCH, by name within a level; nobody is ranked.

    A finding about a team adds context beside the list; it takes nobody out of it. The cells are sentences, to be shown
    where they wrap, so that nothing of what would help is cut.
    """
    return pd.DataFrame(
        {
            _("Person"): [one.name for one in watched],
            _("Team"): [one.team_name for one in watched],
            _("Level and index"): [one.level_text for one in watched],
            _("Why"): [one.why for one in watched],
            levers_heading(): [one.help_text for one in watched],
        },
        dtype="object",
    )


def more_high_sentence(count: int) -> str:
    """Say how many more people are at HIGH than stand on top; nothing where all do."""
    if count <= 0:
        return ""
    return ngettext(
        "{count} person more is at HIGH: see Signs of overload below.",
        "{count} people more are at HIGH: see Signs of overload below.",
        count,
    )


def rising_table(
    levels: pd.DataFrame, outlook: pd.DataFrame, levers: pd.DataFrame, people: pd.DataFrame, settings: Any
) -> pd.DataFrame:
    """Word who is OK now and likely on watch within four weeks, sorted by name: by the rule that begins WATCH."""
    fine = levels.loc[levels["level"].astype("str").eq("OK")]
    own = outlook.loc[outlook["person_id"].isin(fine["person_id"])].sort_values(["person_id", "week_start_date"])
    now = own["person_id"].map(fine.set_index("person_id")["index"]).astype("float64")
    before = own.groupby("person_id")["index_mid"].shift().fillna(now)
    is_twice = own["index_mid"].ge(settings["watch_twice"]) & before.ge(settings["watch_twice"])
    reaching = own.loc[own["index_mid"].ge(settings["watch_once"]) | is_twice, "person_id"]
    peak = own.sort_values("index_mid", ascending=False, kind="stable").drop_duplicates("person_id")
    rising = peak.loc[peak["person_id"].isin(reaching)]
    names = people.assign(row_name=row_names(people))[["person_id", "row_name", "team_name"]]
    rows = names.merge(rising, on="person_id", how="inner", validate="one_to_one").to_dict("records")
    days = pd.to_datetime(pd.Series([row["week_start_date"] for row in rows], dtype="datetime64[us]"))
    found = worded(
        {
            _("Person"): ([row["row_name"] for row in rows], None),
            _("Team"): ([row["team_name"] for row in rows], None),
            _("Highest in the week of"): (days, words.date_text),
            _("Index then"): (pd.Series([row["index_mid"] for row in rows], dtype="float64"), words.number_text),
            _("Range then"): (
                [range_text(float(row["index_low"]), float(row["index_high"])) for row in rows],
                None,
            ),
            levers_heading(): (
                [lever_text(levers.loc[levers["person_id"].eq(row["person_id"])]) for row in rows],
                None,
            ),
        }
    )
    return opening(found, {_("Person"): ("person", [row["person_id"] for row in rows])})


def behind_table(behind: pd.DataFrame, projects: pd.DataFrame) -> pd.DataFrame:
    """Word which projects stand behind the weeks on watch."""
    rows = behind.merge(projects[["project_id", "project_name"]], on="project_id", how="left", validate="many_to_one")
    found = worded(
        {
            _("Project"): (rows["project_name"].fillna(rows["project_id"]), None),
            _("Weeks on watch, 12 weeks"): (rows["watch_weeks"], words.amount_text),
        }
    )
    return opening(found, {_("Project"): ("project", rows["project_id"])})


def backtest_text(backtest: pd.DataFrame) -> str:
    """Say how right the outlook was."""
    if backtest.empty:
        return _("Too few weeks are known for an outlook.")
    last = backtest.iloc[-1]
    return _(
        "Checked on {cases} past cases: the index four weeks later lay inside the range in {inside} of them; the "
        "middle of the range was off by {error} points on average, and assuming that nothing changes by {naive}."
    ).format(
        cases=words.number_text(last["cases"]),
        inside=words.percent_text(last["inside_share"]),
        error=words.number_text(last["mean_error"], 1),
        naive=words.number_text(last["naive_error"], 1),
    )


def shares_table(shares: pd.DataFrame) -> pd.DataFrame:
    """Word how much of the person-weeks of each team of five or more would have been flagged."""
    return worded(
        {
            _("Team"): (shares["team_name"].where(shares["team_name"].ne(""), _("everybody")), None),
            _("People"): (shares["people_count"], words.number_text),
            _("Person-weeks with a level"): (shares["weeks_count"], words.number_text),
            _("WATCH (aim at most 2.5 %)"): (shares["watch_share"], _fine_percent),
            _("HIGH (aim at most 0.5 %)"): (shares["high_share"], _fine_percent),
            _("Without a level"): (shares["no_data_share"], words.percent_text),
            _("Changes of level a year and person"): (shares["changes_a_year"], words.amount_text),
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
