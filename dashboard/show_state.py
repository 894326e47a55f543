"""How new, how complete and how certain the data is, put on a page."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from dashboard import address, charts, show
from dashboard.answers import everything as answers
from dashboard.i18n import _
from dashboard.show_silences import show_silences
from dashboard.views import everything as views

if TYPE_CHECKING:
    from dashboard.answers.days import Context


def show_state(context: Context) -> None:
    """Show how new, complete and certain the data is."""
    scope = (context.file, context.viewer, context.as_of_date)
    state = answers.data_state(*scope)
    filing, _remark = views.filing_rows(answers.filing_by_team(*scope, views.WINDOWS[-1]))
    st.markdown(f"**{show.plain(views.state_sentence(filing, state))}**")
    show.metrics(views.data_metrics(answers.imports(context.file, context.viewer), state))
    years = answers.calendar_years(context.file)
    st.badge(show.plain(views.calendar_badge(years)), icon=":material/calendar_month:", color="gray")
    st.caption(show.plain(views.calendar_text(years)))
    _filing(context)
    show_silences(context)
    _presence(context)
    _warnings(context)
    st.subheader(_("Refused rows"), anchor=False)
    show.rows_behind(
        "refused",
        partial(answers.refused_rows, context.file, context.viewer),
        "refused_rows.csv",
        label=views.refused_label(state.refused_count),
    )


def _filing(context: Context) -> None:
    """Show which teams filed their timesheets, week by week."""
    st.subheader(_("Timesheets filed, by team and week"), anchor=False)
    weeks_count = address.one_of(
        st.segmented_control, _("Weeks"), views.WINDOWS, key="weeks", default=views.WINDOWS[0], required=True
    )
    filing, remark = views.filing_rows(
        answers.filing_by_team(context.file, context.viewer, context.as_of_date, weeks_count)
    )
    if filing.empty:
        st.caption(_("No team of at least five people was expected to file. Import people with their weekly hours."))
        return
    teams = views.choices(filing, "team_name")
    number = address.page_number(views.page_count(teams, views.TEAMS_PAGE_COUNT), key="teams_page")
    show.figure(
        charts.filing_heatmap(views.filtered(filing, team_name=views.page_of(teams, number, views.TEAMS_PAGE_COUNT))),
        key="filing",
        alt=_("Share of filed timesheet weeks by team and week, in percent"),
    )
    st.caption(show.plain(remark))


def _presence(context: Context) -> None:
    """Show the days of presence beside the hours, where a time clock brought any."""
    days = answers.presence(context.file, context.viewer)
    if days.empty:
        return
    st.subheader(_("Presence"), anchor=False)
    show.sentence(views.presence_sentence(views.presence_sums(days)))
    show.rows_behind(
        "presence",
        partial(answers.presence, context.file, context.viewer),
        "presence.csv",
        label=_("Presence and booked hours by day, the widest differences first"),
    )


def _warnings(context: Context) -> None:
    """Show what the checks warn about, with the rows behind."""
    counts = answers.warning_counts(context.file, context.viewer)
    st.subheader(_("Warnings"), anchor=False)
    show.table(
        views.warnings_table(counts), alt=_("Warnings by check"), empty=_("No check has found anything to warn about.")
    )
    if counts.empty:
        return
    check_names = counts["check_name"].tolist()
    check_name = address.one_of(
        st.selectbox,
        _("Show the rows of"),
        check_names,
        key="check",
        default=check_names[0],
        words=views.check_words,
    )
    show.rows_behind(
        "warnings",
        partial(answers.warning_rows, context.file, context.viewer, check_name),
        f"warnings_{check_name}.csv",
        label=_("Rows of this warning"),
    )
