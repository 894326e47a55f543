"""The page on the data itself: what came in, what was refused, what is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from dashboard.i18n import _, ngettext
from dashboard.views import words
from dashboard.views.typed import worded

if TYPE_CHECKING:
    import pandas as pd

#: So many teams stand on one page of the figure on filing.
TEAMS_PAGE_COUNT: Final = 30
#: A team is silent from so many empty weeks on; so many silent teams are named.
SILENT_WEEKS_COUNT: Final = 2
NAMED_TEAMS_COUNT: Final = 3


def check_words(check_name: str) -> str:
    """Return what a check warns about, as a sentence; an unknown check by its name."""
    known: Final = {
        "days_over_24_hours": _("A person's day adds up to more than 24 hours."),
        "hours_replaced_by_other_projects": _("Hours were replaced by hours of other projects in a newer file."),
        "overlapping_clock_times": _("Two entries of one person overlap in time."),
        "overlapping_trips": _("Two trips of one person overlap."),
        "requests_out_of_order": _("A change request was decided or done before it was raised."),
        "unknown_projects": _("A project is named that no list of projects knows."),
        "unknown_people": _("A person is named that no list of people knows."),
        "unread_values": _("A label is in none of the known lists; the row went in without it."),
    }
    return known.get(check_name, f"{words.plain_words(check_name)}.")


def warnings_table(counts: pd.DataFrame) -> pd.DataFrame:
    """Word the warnings, the most frequent first."""
    return worded(
        {
            _("Warning"): (counts["check_name"].map(check_words), None),
            _("Rows"): (counts["rows_count"], words.number_text),
            _("Latest"): (counts["latest_date"], words.date_text),
        }
    )


def imports_table(batches: pd.DataFrame) -> pd.DataFrame:
    """Word the imports. What was read is what was accepted, unchanged, corrected and refused together."""
    return worded(
        {
            _("Arrived"): (batches["arrived_at"], words.moment_text),
            _("File"): (batches["file_name"], None),
            _("Table"): (batches["table_name"].map(words.plain_words), None),
            _("Read"): (batches["rows_read"], words.number_text),
            _("New"): (batches["rows_accepted"], words.number_text),
            _("Unchanged"): (batches["rows_unchanged"], words.number_text),
            _("Corrected"): (batches["rows_corrected"], words.number_text),
            _("Refused"): (batches["rows_refused"], words.number_text),
            _("Hours read"): (batches["hours_read"], words.hours_text),
            _("Hours accepted"): (batches["hours_accepted"], words.hours_text),
            _("History"): (batches["is_history"].map(words.yes_no_text), None),
        }
    )


def past_day_sentence(part: str, day: Any) -> str:
    """Say of a part of the page what of it is of the past day that is chosen, and what is today's."""
    if part == "anomalies":
        return ""
    if part == "state":
        return _(
            "Timesheets filed are those known on {day}. Imports, refused rows, warnings and questions about people are "
            "today's, because nothing is kept of how they stood on an earlier day."
        ).format(day=words.date_text(day))
    return _("This part shows today's state; the earlier day that is chosen ({day}) does not change it.").format(
        day=words.date_text(day)
    )


def refused_label(count: int) -> str:
    """Return the name of the drawer with the refused rows."""
    return ngettext("{count} refused row with its reason", "{count} refused rows with their reason", count)


def data_metrics(batches: pd.DataFrame, state: Any) -> list[tuple[str, str, str]]:
    """Return label, value and remark of the headline figures."""
    filed = state.filed_count / state.expected_count if state.expected_count else None
    return [
        (_("Imports"), words.number_text(len(batches)), _("newest: {day}").format(day=_newest(batches))),
        (_("Rows taken in"), words.number_text(_sum(batches, "rows_accepted")), _("corrections of earlier rows apart")),
        (_("Refused rows"), words.number_text(state.refused_count), _("kept with a reason")),
        (_("Warnings"), words.number_text(state.warnings_count), _("kept and shown, not refused")),
        (
            _("Timesheets filed, 4 weeks"),
            words.percent_text(filed),
            _("of {count} expected weeks").format(count=words.number_text(state.expected_count)),
        ),
    ]


def _newest(batches: pd.DataFrame) -> str:
    return words.date_text(batches["arrived_at"].max()) if len(batches) else words.none_text()


def _sum(batches: pd.DataFrame, column: str) -> float:
    return float(batches[column].sum())


def filing_rows(filing: pd.DataFrame) -> tuple[pd.DataFrame, str]:
    """Return the share of filed weeks by team and week, and what was left out.

    Teams of fewer than five people get no figure of their own: they stand together as "small teams".
    """
    named = filing.assign(team_name=filing["team_name"].fillna(_("no team recorded")))
    size = named.groupby("team_name")["expected_count"].max()
    small = set(size[~size.map(words.is_group_shown).astype(bool)].index)
    together = named.assign(team_name=named["team_name"].where(~named["team_name"].isin(small), _("small teams")))
    rows = together.groupby(["team_name", "week_start_date"])[["expected_count", "filed_count"]].sum().reset_index()
    if not words.is_group_shown(
        int(rows.loc[rows["team_name"] == _("small teams"), "expected_count"].max() or 0) if small else 5
    ):
        rows = rows.loc[rows["team_name"] != _("small teams")]
    remark = (
        ngettext(
            "{count} team of fewer than five people is not shown on its own.",
            "{count} teams of fewer than five people are not shown on their own.",
            len(small),
        )
        if small
        else ""
    )
    return rows.assign(filed_ratio=rows["filed_count"] / rows["expected_count"]), remark


def silent_teams(filing: pd.DataFrame) -> list[tuple[str, int]]:
    """Return teams that filed nothing in the newest weeks, with for how many weeks by now: the longest silent first.

    One empty week is the rule on a Monday, so that teams are silent from two on.

    Parameters
    ----------
    filing
        ``team_name``, ``week_start_date``, ``expected_count``, ``filed_count``; of weeks with somebody expected.
    """
    found = []
    for team, own in filing.groupby("team_name"):
        newest_first = own.sort_values("week_start_date", ascending=False)
        is_empty = newest_first["filed_count"].eq(0).to_numpy()
        weeks_count = len(is_empty) if is_empty.all() else int(is_empty.argmin())
        if weeks_count >= SILENT_WEEKS_COUNT:
            found.append((str(team), weeks_count))
    return sorted(found, key=lambda one: (-one[1], one[0]))


def state_sentence(filing: pd.DataFrame, state: Any) -> str:
    """Say how the data stands before any figure: who is silent, how much is filed, what was refused."""
    teams = silent_teams(filing)
    named = [
        _("{team} for {weeks}").format(
            team=team, weeks=ngettext("{count} week", "{count} weeks", weeks).format(count=weeks)
        )
        for team, weeks in teams[:NAMED_TEAMS_COUNT]
    ]
    said = []
    if named:
        more = len(teams) - len(named)
        names = ", ".join([*named, *([ngettext("{count} more team", "{count} more teams", more)] if more else [])])
        said.append(_("Nothing filed: {teams}.").format(teams=names))
    elif not filing.empty:
        said.append(_("No team is silent."))
    if state.expected_count:
        share = words.percent_text(state.filed_count / state.expected_count)
        said.append(_("{share} of the timesheets of the last four weeks are filed.").format(share=share))
    if state.refused_count:
        refused = ngettext("{count} row was refused", "{count} rows were refused", state.refused_count)
        said.append(_("{refused}: see below.").format(refused=refused))
    return " ".join(said)


def calendar_badge(years: pd.DataFrame) -> str:
    """Say up to which year public holidays are known in every country that people live or work in."""
    if years.empty or words.is_unknown(years["known_year"].min()):
        return _("No calendar is loaded")
    return _("Public holidays known to {year}").format(year=f"{years['known_year'].min():.0f}")


def calendar_text(years: pd.DataFrame) -> str:
    """Say up to which year public holidays are known for each country."""
    parts = [
        _("{country} to {year}").format(
            country=words.country_words(country), year=words.none_text() if words.is_unknown(year) else f"{year:.0f}"
        )
        for country, year in zip(years["country"], years["known_year"], strict=True)
    ]
    if not parts:
        return _("People with a country bring the public holidays of that country with them.")
    return _("Known for certain: {countries}.").format(countries=", ".join(parts))


def presence_sums(days: pd.DataFrame) -> dict[str, float]:
    """Return how many days of presence there are, on how many hours are booked, and by how much these differ."""
    booked = days["worked_hours"].notna()
    return {
        "days_count": len(days),
        "booked_days_count": int(booked.sum()),
        "gap_hours": float(days.loc[booked, "gap_hours"].sum()),
    }


def presence_sentence(presence: Any) -> str:
    """Return how many days of presence there are beside the hours; presence is no work and enters no figure."""
    kept = ngettext(
        "{count} day of presence is kept beside the hours.",
        "{count} days of presence are kept beside the hours.",
        presence["days_count"],
    )
    booked = _("On {count} of them hours are booked, {gap} h less than presence.").format(
        count=f"{presence['booked_days_count']:,}", gap=f"{presence['gap_hours'] or 0:,.2f}"
    )
    return f"{kept} {booked}"
