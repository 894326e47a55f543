"""Parts of the page of post-mortems: verdict, overview, week by week, report."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard import charts, show
from dashboard.answers import everything as answers
from dashboard.charts.postmortem import account_waterfall, slip_band, window_bars
from dashboard.i18n import _
from dashboard.show_pack import take_along
from dashboard.views import everything as all_views
from dashboard.views import postmortem as views
from dashboard.views import postmortem_but_for as both
from dashboard.views import postmortem_tables as tables

if TYPE_CHECKING:
    import pandas as pd

    from analytics.postmortem.result import PostMortem
    from dashboard.answers.days import Context


def head(mortem: PostMortem, *, is_outcome_hidden: bool = False) -> None:
    """Show the project, the verdict and what follows from it, and what has to be known of the figures."""
    st.subheader(show.plain(views.title_of(mortem)), anchor=False)
    if is_outcome_hidden:
        show.remark(_("The outcome is hidden: what stands below was known in the week that you choose."))
        return
    st.caption(show.plain(f"{views.ending_text(mortem)} · {views.subtitle_of(mortem)}"))
    st.markdown(f"**{show.plain(views.verdict(mortem))}**")
    st.markdown(show.plain(views.consequence(mortem)))
    for sentence in views.sentences(mortem):
        st.info(show.plain(sentence), icon=":material/info:")
    show.remark(_("People appear by role. Causes are contributions, not liability."))


def overview(mortem: PostMortem) -> None:
    """Show when it could have been known, where the weeks went, and both methods beside each other."""
    slip(mortem)
    st.subheader(_("Where the weeks went"), anchor=False)
    if mortem.account is None:
        st.caption(_("There is no account of this project; the reasons stand above."))
    else:
        account(mortem)
        but_for(mortem)
    people(mortem)


def slip(mortem: PostMortem, until: pd.Timestamp | None = None) -> None:
    """Show the slip as the forecast stood in each week; later weeks and the outcome can stay hidden."""
    st.subheader(_("When could it have been known?"), anchor=False)
    rows = tables.slip_rows(mortem, until)
    if rows.empty:
        st.caption(_("No forecast could be made while the project ran."))
    else:
        show.figure(
            slip_band(
                rows,
                tables.markers(mortem, until),
                tables.finish_point(mortem) if until is None else None,
                tables.shown_span(mortem, until),
            ),
            key="slip" if until is None else "slip_hidden",
            alt=_("Weeks after the baseline as the forecast stood in each week, with the days that matter"),
        )
    if until is None:
        show.remark(tables.reported_sentence(mortem))
        show.table(
            tables.signs_table(mortem),
            alt=_("Signs of the delay: when each first stood here, and how often it was right in other projects"),
            name="signs",
            empty=show.plain(_("No other project has finished, so no sign has a record.")),
            pinned=_("Sign"),
        )
        show.remark(tables.signs_sentence(mortem))


def account(mortem: PostMortem) -> None:
    """Show the account as a waterfall and as a table."""
    show.figure(
        account_waterfall(views.account_rows(mortem), total_label=views.total_label(mortem)),
        key="account",
        alt=_("Weeks late by cause, from the baseline to the finish"),
    )
    show.remark(views.adds_up_sentence(mortem))
    with st.expander(_("The account as a table")):
        show.table(
            views.account_table(mortem), alt=_("Weeks late by cause, with what each is"), name="account", empty=""
        )


def but_for(mortem: PostMortem) -> None:
    """Show collapsed as-built beside the account, and joint credit."""
    st.subheader(_("But for …"), anchor=False)
    show.remark(both.methods_sentence(mortem))
    show.table(
        both.but_for_table(mortem),
        alt=_("Weeks earlier without one thing, beside what the account says of it"),
        name="but_for",
        empty=show.plain(_("Nothing in the account is large enough to be taken out.")),
        pinned=_("But for …"),
    )
    joint = both.joint_table(mortem)
    if not joint.empty:
        st.subheader(_("Joint credit"), anchor=False)
        show.table(joint, alt=_("Causes that cost time in the same windows"), name="joint", empty="")
        show.remark(both.joint_sentence())


def people(mortem: PostMortem) -> None:
    """Show what it cost people, and what it brought."""
    st.subheader(_("What it cost people"), anchor=False)
    show.table(
        tables.costs_table(mortem),
        alt=_("Nights away, weeks on site and long weeks, beside what is usual for as many hours"),
        name="costs",
        empty=show.plain(_("No hours are booked.")),
    )
    show.remark(tables.left_sentence(mortem))
    st.subheader(_("What it brought"), anchor=False)
    show.table(
        tables.outcomes_table(mortem),
        alt=_("Outcomes after the go-live against their targets"),
        name="outcomes",
        empty=_("No outcome is known. Import them with `golive import FILE --as outcomes`."),
    )
    show.remark(tables.support_sentence(mortem))


def week_by_week(mortem: PostMortem) -> None:
    """Show the project as planned and as built, the windows, and what was done when."""
    if mortem.account is not None:
        st.subheader(_("As planned and as built"), anchor=False)
        show.figure(
            charts.hours_lines(tables.weeks_rows(mortem)),
            key="hours",
            alt=_("Running totals of planned, booked and earned hours and the scope, by week"),
        )
        st.subheader(_("Windows"), anchor=False)
        show.figure(
            window_bars(views.windows_rows(mortem)),
            key="windows",
            alt=_("Weeks lost and gained in each window, by cause"),
        )
        show.table(views.windows_table(mortem), alt=_("Weeks lost in each window, with its largest cause"), empty="")
        with st.expander(_("Each week")):
            show.table(tables.weeks_table(mortem), alt=_("Each week as planned and as built"), name="weeks", empty="")
    actions(mortem)


def actions(mortem: PostMortem) -> None:
    """Show what was done while the project ran."""
    st.subheader(_("What was done"), anchor=False)
    show.table(
        tables.actions_table(mortem),
        alt=_("Replans, scope taken out, people added and decisions, in order of time"),
        name="actions",
        empty=show.plain(_("No replan, no scope taken out, nobody added and no decision is on record.")),
    )


def report(context: Context, mortem: PostMortem, windows: str) -> None:
    """Offer the report as PDF, slides or workbook, as it stands on the page."""
    from dashboard.packs.postmortem import postmortem_pack  # noqa: PLC0415 - only where a report is offered

    take_along(
        "postmortem",
        f"post-mortem-{mortem.project_id}",
        lambda: postmortem_pack(mortem, context.as_of_date, all_views.project_labels(answers.projects(context.file))),
        (str(context.file), context.as_of_date, mortem.project_id, windows),
        _("All files at once, with CSV and Parquet: golive postmortem PROJECT --out FOLDER."),
    )
