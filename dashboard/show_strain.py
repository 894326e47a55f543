"""Signs of overload on the people page: of everybody in the choice, and of one person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard import address, charts, show
from dashboard.i18n import _
from dashboard.views import everything as views

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from dashboard.answers.sites import Sites
    from dashboard.answers.strain import StrainView
    from dashboard.views.strain_tables import Watched


#: So many people at HIGH stand on top; all stand in the list below.
_MOST_CARDS: Final = 3


def findings(strain: StrainView, people: pd.DataFrame, watched: Sequence[Watched]) -> None:
    """Show first what needs a look: how many are on watch, what is found about teams, and who is at HIGH."""
    own = strain.levels.loc[strain.levels["person_id"].isin(people["person_id"])]
    st.markdown(f"**{show.plain(views.watch_counts_sentence(own))}**")
    units = strain.units.loc[strain.units["team_name"].isin(people["team_name"])]
    sentences = views.unit_sentences(units)
    if sentences:
        with st.container(border=True, gap="xxsmall"):
            for sentence in sentences:
                show.sentence(f"• {sentence}")
    high = [one for one in watched if one.is_high]
    if high:
        with st.grid(3, min_column_width=270, gap="small"):
            for one in high[:_MOST_CARDS]:
                with st.container(border=True, gap="xxsmall", key=f"high_{one.person_id}", height="stretch"):
                    _card(one)
    more = views.more_high_sentence(len(high) - _MOST_CARDS)
    show.remark(" ".join(filter(None, [more, views.filled_sentence() if high else ""])))


def _card(one: Watched) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{show.plain(one.name)}** · {show.plain(one.team_name)}  \n{show.plain(one.level_text)}")
        if st.button(_("Open"), key=f"open_{one.person_id}", help=_("Open the person; that is logged")):
            address.choose_next(person=one.person_id)
    show.remark(f"{one.reasons}." if one.reasons else "")
    show.remark(_("Would help: {lever}.").format(lever=one.first_lever) if one.first_lever else "")


def everybody(strain: StrainView, people: pd.DataFrame, watched: Sequence[Watched]) -> None:
    """Show everybody on watch, and who will likely be: a finding about a team adds context and hides nobody."""
    st.subheader(_("Signs of overload"), anchor=False)
    show.prose_table(
        views.watch_table(watched),
        empty=_("Nobody is on watch, as far as hours are filed."),
    )
    st.markdown(f"**{_('Likely on watch within four weeks')}**")
    show.table(
        views.rising_table(strain.levels, strain.outlook, strain.levers, people, strain.settings),
        alt=_("People who are OK now and likely on watch within four weeks, sorted by name"),
        empty=_("Nobody who is OK now, as far as roster, trips and leave are known."),
        pinned=_("Person"),
    )
    st.caption(show.plain(f"{views.backtest_text(strain.backtest)} {views.limits_sentence()}"))


def sites(known: Sites, people: pd.DataFrame, projects: pd.DataFrame) -> None:
    """Show newcomers, projects that rest on one person, and unusual mixes of activities."""
    st.subheader(_("Newcomers, and juniors alone on site"), anchor=False)
    show.table(
        views.newcomers_table(known.newcomers, people, known.curve),
        alt=_("Newcomers and juniors alone on site, sorted by name"),
        empty=_("Nobody joined in the last 26 weeks, and no junior is alone on site."),
        pinned=_("Person"),
    )
    st.subheader(_("Projects that rest on one person"), anchor=False)
    show.table(
        views.single_points_table(known.single_points, people, projects),
        alt=_("Projects of which one person did 80 % or more of the hours"),
        empty=_("No project rests on one person."),
        pinned=_("Project"),
    )
    st.subheader(_("Activities that take more than is usual in the phase"), anchor=False)
    show.table(
        views.mix_table(known.mix, projects),
        alt=_("Projects whose mix of activities is unusual for their phase"),
        empty=_("No project stands out, or too few projects are known to tell what is usual."),
        pinned=_("Project"),
    )
    st.caption(
        _(
            "Of all hours in the phase that runs, beside other projects in that phase. The warning signs of a project "
            "look at all its hours so far, beside finished projects at the same stage."
        )
    )


def _of_person(strain: StrainView, person_id: str) -> dict[str, pd.DataFrame]:
    """Return what is known of one person's strain."""
    return {
        name: frame.loc[frame["person_id"].eq(person_id)]
        for name, frame in (
            ("levels", strain.levels),
            ("weeks", strain.weeks),
            ("indicators", strain.indicators),
            ("levers", strain.levers),
            ("outlook", strain.outlook),
            ("behind", strain.behind),
        )
    }


def person_beside(strain: StrainView, person_id: str) -> None:
    """Show level, why, what would help, and the limits of the statement."""
    own = _of_person(strain, person_id)
    if own["levels"].empty:
        return
    st.markdown(
        views.person_sentence(own["levels"].iloc[0], own["weeks"], own["indicators"], own["levers"], strain.settings)
    )
    show.figure(
        charts.strain_history(own["weeks"], own["outlook"]),
        key="strain_history",
        alt=_("The person's own strain index by week with its range, and the outlook of four weeks"),
    )
    with st.expander(_("How to read it"), icon=":material/help:"):
        st.caption(
            _(
                "Levels count hours booked as travel by half, fill in days that are not filed yet with the person's "
                "usual hours, and have windows of their own. Figures here can differ from those on the cards above, "
                "which count filed hours as they are."
            )
        )
        st.caption(show.plain(views.backtest_text(strain.backtest)))
        st.caption(
            _("The person sees the same page as the manager. Settings {version}.").format(
                version=show.plain(strain.settings.version)
            )
        )


def day_strip(days: pd.DataFrame) -> None:
    """Show a person's days."""
    show.figure(
        charts.day_strip(views.strip_rows(days)),
        key="day_strip",
        alt=_("The person's days: work, rest, leave, nights away, days not filed"),
    )
    st.caption(show.plain(views.strip_legend()))


def indicators(strain: StrainView, person_id: str, projects: pd.DataFrame) -> None:
    """Show every indicator of one person with its source, and the projects behind the weeks on watch."""
    own = _of_person(strain, person_id)
    show.table(
        views.indicators_table(own["indicators"], views.anchors(strain.settings)),
        alt=_("Indicators of one person with value, anchors, share and source"),
        empty=_("Nothing is known yet."),
    )
    if not own["behind"].empty:
        show.table(
            views.behind_table(own["behind"], projects),
            alt=_("Projects behind the weeks on watch"),
            empty="",
        )
