from __future__ import annotations

import streamlit as st

from dashboard import load, show, views
from dashboard.i18n import _

context = load.context()
show.heading(_("Method"), context, _("What each figure means, where it comes from, and how right it was."))

st.subheader(_("How right was the forecast?"), anchor=False)
st.markdown(
    _(
        "Every finished project is forecast again from what was known at 25, 50, 75 and 100 % of its first planned "
        "duration, without its own later rows. The table compares with simple rules on the same projects."
    )
)
if st.toggle(_("Run the backtest on this firm's history"), key="backtest", bind="query-params"):
    with st.spinner(_("Forecasting finished projects again …"), show_time=True):
        backtest = load.backtest(context.file, context.viewer)
    st.markdown(f"**{views.backtest_sentence(backtest)}**")
    show.table(
        views.backtest_table(views.whole_backtest(backtest)),
        alt=_("Backtest of the forecast and of simple rules"),
        empty=_("No finished project has enough history."),
        pinned=_("Method"),
    )
    with st.expander(_("The same by stage of the project")):
        show.table(
            views.backtest_table(backtest),
            alt=_("Backtest by stage of the project"),
            empty=_("No finished project has enough history."),
            pinned=_("Method"),
        )

st.subheader(_("Delay"), anchor=False)
st.table(views.delay_meanings(), hide_index=True, alt=_("Figures on delay, their meaning and source"))

st.subheader(_("Workload"), anchor=False)
st.table(views.workload_meanings(), hide_index=True, alt=_("Figures on workload, their meaning and source"))

st.subheader(_("Strain"), anchor=False)
st.markdown(f"**{views.measure_sentence()}** {views.limits_sentence()}")
settings = load.settings_in_force()
st.markdown(
    _(
        "Each indicator becomes a number from 0 to 100; a part is 0.8 of its highest indicator and 0.2 of the others; "
        "the index is the cubic mean of the parts. WATCH begins at 60 once or 50 on two Mondays, HIGH at 70 on two "
        "Mondays or with a red line; they end after two Mondays under 60 and under 40. Settings {version}."
    ).format(version=settings.version)
)
st.table(views.method_table(settings), hide_index=True, alt=_("Indicators of strain with anchors and sources"))
if st.toggle(_("Look back on this firm's 78 weeks: how much would be flagged?"), key="flagged", bind="query-params"):
    strain = load.strain(context.file, context.viewer, context.as_of_date)
    show.table(
        views.shares_table(strain.shares),
        alt=_("Share of person-weeks on watch for each team of five or more"),
        empty=_("No week can be judged yet. Import timesheets with `golive import FOLDER`."),
    )
    st.caption(views.backtest_text(strain.backtest))
