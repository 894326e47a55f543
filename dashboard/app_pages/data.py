from __future__ import annotations

from functools import partial

import streamlit as st

from dashboard import charts, load, show, views
from dashboard.i18n import _

context = load.context()
show.heading(_("Data"), context, _("What came in, what was refused, and what is missing."))

# Load
scope = (context.file, context.viewer, context.as_of_date)
batches = load.imports(context.file, context.viewer)
state = load.data_state(*scope)
counts = load.warning_counts(context.file, context.viewer)

# Show
show.metrics(views.data_metrics(batches, state))
years = load.calendar_years(context.file)
st.badge(views.calendar_badge(years), icon=":material/calendar_month:", color="gray")
st.caption(views.calendar_text(years))

st.subheader(_("Timesheets filed, by team and week"), anchor=False)
weeks_count = st.segmented_control(
    _("Weeks"), [12, 26, 52], default=12, required=True, key="weeks", bind="query-params"
)
filing, remark = views.filing_rows(load.filing_by_team(*scope, weeks_count))
if filing.empty:
    st.caption(_("No team of at least five people was expected to file. Import people with their weekly hours."))
else:
    teams = views.choices(filing, "team_name")
    pages_count = views.page_count(teams, views.TEAMS_PAGE_COUNT)
    number = st.pagination(pages_count, key="teams_page", bind="query-params") if pages_count > 1 else 1
    show.figure(
        charts.filing_heatmap(views.filtered(filing, team_name=views.page_of(teams, number, views.TEAMS_PAGE_COUNT))),
        key="filing",
        alt=_("Share of filed timesheet weeks by team and week, in percent"),
    )
    st.caption(remark)

st.subheader(_("Warnings"), anchor=False)
show.table(
    views.warnings_table(counts), alt=_("Warnings by check"), empty=_("No check has found anything to warn about.")
)
if not counts.empty:
    check_name = st.selectbox(
        _("Show the rows of"),
        counts["check_name"].tolist(),
        format_func=views.check_words,
        key="check",
        bind="query-params",
    )
    show.rows_behind(
        "warnings",
        partial(load.warning_rows, context.file, context.viewer, check_name),
        f"warnings_{check_name}.csv",
        label=_("Rows of this warning"),
    )

st.subheader(_("Refused rows"), anchor=False)
show.rows_behind(
    "refused",
    partial(load.refused_rows, context.file, context.viewer),
    "refused_rows.csv",
    label=views.refused_label(state.refused_count),
)

st.subheader(_("Imports"), anchor=False)
show.table(
    views.imports_table(batches),
    alt=_("Imported files, the newest first"),
    empty=_("Nothing was imported yet."),
    pinned=_("File"),
)
