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
