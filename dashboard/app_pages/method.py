from __future__ import annotations

import streamlit as st

from dashboard import address, charts, session, show
from dashboard.answers import everything as answers
from dashboard.i18n import _
from dashboard.views import everything as views

context = session.context()
show.heading(_("Method"), context, _("What each figure means, where it comes from, and how right it was."))

st.subheader(_("How right was the forecast?"), anchor=False)
st.markdown(
    _(
        "Every finished project is forecast again from what was known at 25, 50, 75 and 100 % of its first planned "
        "duration, without its own later rows. The table compares with simple rules on the same projects."
    )
)
if address.switch(_("Run the backtest on this firm's history"), key="backtest"):
    with st.spinner(_("Forecasting finished projects again …"), show_time=True):
        backtest = answers.backtest(context.file, context.viewer)
    st.markdown(f"**{show.plain(views.backtest_sentence(backtest))}**")
    show.table(
        views.backtest_table(views.whole_backtest(backtest)),
        alt=_("Backtest of the forecast and of simple rules"),
        name="backtest",
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

    calibration = views.calibration_view(answers.backtest_scores(context.file, context.viewer))
    st.subheader(_("Do stated chances come true?"), anchor=False)
    st.markdown(show.plain(calibration.bins_sentence))
    if not calibration.is_empty:
        show.figure(
            charts.reliability_diagram(calibration.bins),
            key="reliability",
            alt=_("Stated chance of late against the share that became late. {words}").format(
                words=calibration.bins_sentence
            ),
        )
        with st.expander(_("The chances as a table")):
            show.table(
                views.reliability_table(calibration.bins),
                alt=_("Stated chance of late and share that became late"),
                empty=_("No finished project has enough history."),
            )
    st.subheader(_("Are the ranges of the right width?"), anchor=False)
    st.markdown(show.plain(calibration.histogram_sentence))
    if not calibration.is_empty:
        show.figure(
            charts.pit_bars(calibration.histogram),
            key="pit",
            alt=_("Share of finishes in each tenth of their range. {words}").format(
                words=calibration.histogram_sentence
            ),
        )

    st.subheader(_("What was said, and what came"), anchor=False)
    past = answers.past(context.file, context.viewer)
    st.markdown(show.plain(views.past_sentence(past)))
    show.table(
        views.past_table(past, answers.projects(context.file)),
        alt=_("Past forecasts of finished projects against their finish"),
        empty=_("No finished project has enough history."),
        pinned=_("Project"),
    )

if address.switch(_("Replay every fourth week, running projects too"), key="replay"):
    with st.spinner(_("Forecasting every fourth week again …"), show_time=True):
        replay = answers.replay(context.file, context.viewer)
    st.markdown(f"**{show.plain(views.replay_sentence(replay))}**")
    show.table(
        views.replay_table(replay),
        alt=_("Replayed forecasts by method, running projects judged as far as they have got"),
        empty=_("Too few projects have finished to replay what would have been said."),
        pinned=_("Method"),
    )
    st.markdown(_("What a warning would have been worth, at the first forecast above the line:"))
    show.table(
        views.warning_rows(replay),
        alt=_("Early warnings: hits, false alarms and lead time"),
        empty=_("No project is known yet to be late or punctual."),
    )

st.subheader(_("What a figure means"), anchor=False)
word = address.typed(_("Look for a word"), key="word", placeholder=_("for example: SPI, nights, ratio"))
settings = answers.settings_in_force(context.file)
indicators = views.matching(views.method_table(settings), word)
groups = {
    _("Delay"): views.matching(views.delay_meanings(answers.committed_by(context.file)), word),
    _("Workload"): views.matching(views.workload_meanings(), word),
}
if word and indicators.empty and all(rows.empty for rows in groups.values()):
    st.info(show.plain(views.no_word_sentence(word)))
for title, rows in groups.items():
    if not rows.empty:
        st.subheader(show.plain(title), anchor=False)
        show.prose_table(rows)

st.subheader(_("Strain"), anchor=False)
st.markdown(f"**{show.plain(views.measure_sentence())}** {show.plain(views.limits_sentence())}")
st.markdown(
    _(
        "Each indicator becomes a number from 0 to 100; a part is 0.8 of its highest indicator and 0.2 of the others; "
        "the index is the cubic mean of the parts. WATCH begins at 60 once or 50 on two Mondays, HIGH at 70 on two "
        "Mondays or with a red line; HIGH ends after two Mondays under 60, WATCH after two under 40. "
        "Settings {version}."
    ).format(version=show.plain(settings.version))
)
show.table(
    indicators,
    alt=_("Indicators of strain with their anchors, evidence and source"),
    empty=_("No indicator is in force.") if not word else _("No indicator holds this word."),
    pinned=_("Indicator"),
)
if address.switch(_("Look back on this firm's 78 weeks: how much would be flagged?"), key="flagged"):
    strain = answers.strain(context.file, context.viewer, context.as_of_date)
    show.table(
        views.shares_table(strain.shares),
        alt=_("Share of person-weeks on watch for each team of five or more"),
        empty=_("No week can be judged yet. Import timesheets with `golive import FOLDER`."),
    )
    st.caption(show.plain(views.backtest_text(strain.backtest)))
