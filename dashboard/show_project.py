"""Parts of a project's page: who it is and how it stands, what would help, where it is heading, and the rows behind."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import pandas as pd
import streamlit as st

from dashboard import address, charts, show, show_lessons
from dashboard.answers import everything as answers
from dashboard.answers.review_decisions import announced_finish
from dashboard.charts.drivers import driver_waterfall
from dashboard.i18n import _
from dashboard.views import drivers as driver_views
from dashboard.views import everything as views
from dashboard.views import verdict, words
from dashboard.views.forecast import with_words

if TYPE_CHECKING:
    from datetime import date

    from dashboard.answers.days import Context
    from dashboard.views.project import ProjectView

_FAN_HEIGHT = 250


@dataclass(frozen=True)
class Shown:
    """What several parts of the page need of one project on the day that is shown."""

    context: Context
    project_id: str
    history: pd.DataFrame
    states: pd.DataFrame
    people: pd.DataFrame
    requests: pd.DataFrame
    drivers: pd.DataFrame
    announced: date | None

    @property
    def scope(self) -> tuple[Any, Any, Any]:
        """What every answer is asked with: file, viewer, day."""
        return self.context.file, self.context.viewer, self.context.as_of_date

    @property
    def forecast(self) -> pd.DataFrame:
        """The forecast on the day that is shown: one row while the project runs, else none."""
        return views.forecast_on_day(self.history, self.context.as_of_date)


def load(context: Context, project_id: str) -> Shown:
    """Ask for what several parts of the page need."""
    scope = (context.file, context.viewer, context.as_of_date)
    with st.spinner(_("Computing forecasts …"), show_time=True):
        history = answers.history(*scope, project_id)
    with st.spinner(_("Playing the project again without each driver …")):
        drivers = answers.drivers(*scope, (project_id,))
    return Shown(
        context,
        project_id,
        history,
        answers.project_weeks(*scope, project_id),
        answers.project_people(*scope, project_id),
        answers.change_requests(*scope, project_id),
        drivers,
        announced_finish(answers.home(), project_id, context.as_of_date),
    )


def neighbours(ranked: list[str], project_id: str) -> None:
    """Offer the project before and after in the ranking of the portfolio, and the way back to it."""
    place = ranked.index(project_id) if project_id in ranked else None
    with st.container(horizontal=True, vertical_alignment="center", gap="small", width="content"):
        if st.button(_("Portfolio"), icon=":material/arrow_back:", type="tertiary", key="to_portfolio"):
            address.go("app_pages/portfolio.py")
        if place is None:
            return
        st.caption(show.plain(verdict.rank_sentence(ranked, project_id)), width="content")
        before, after = ranked[max(place - 1, 0)], ranked[min(place + 1, len(ranked) - 1)]
        st.button(
            _("Previous"),
            key="previous_project",
            icon=":material/chevron_left:",
            disabled=place == 0,
            on_click=address.choose,
            args=("project", before),
        )
        st.button(
            _("Next"),
            key="next_project",
            icon=":material/chevron_right:",
            disabled=place == len(ranked) - 1,
            on_click=address.choose,
            args=("project", after),
        )


def head(shown: Shown, view: ProjectView) -> None:
    """Show the name, the verdict in a sentence and the headline figures."""
    context, row = shown.context, with_words(shown.forecast).iloc[0] if view.has_forecast else None
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.subheader(show.plain(view.title), anchor=False, width="content")
        if row is not None:
            text, colour = verdict.badge(row["late_probability"])
            st.badge(show.plain(text), color=colour)
        phase = None if shown.states.empty else shown.states["phase"].iloc[-1]
        if not words.is_unknown(phase):
            st.badge(show.plain(words.plain_words(phase)), color="gray")
    watched = None
    if not context.is_replay:
        with st.spinner(_("Estimating each project's strain cost …")):
            found = answers.strain_costs(*shown.scope).watched.set_index("project_id")["person_count"]
        watched = int(found.get(shown.project_id, 0))
    facts = [view.subtitle, verdict.people_sentence(len(shown.people), watched)]
    st.caption(show.plain(" · ".join(filter(None, facts))))
    if not shown.drivers.empty:
        st.markdown(f"**{show.plain(verdict.verdict_sentence(shown.drivers))}**")
    if row is None:
        show.metrics(view.metrics)
        st.caption(show.plain(" ".join(view.remarks)))
        return
    before = answers.week_before(context.as_of_date)
    week_ago = answers.forecast_week_ago(*shown.scope)
    show.metrics(
        verdict.head_metrics(
            row,
            answers.committed_by(context.file),
            week_ago=week_ago[week_ago["project_id"] == shown.project_id],
            announced=shown.announced,
            states=shown.states,
        )
    )
    st.caption(show.plain(" ".join([*view.remarks, verdict.more_figures_sentence(row, before)])))


def overview(shown: Shown) -> None:
    """Show where the project is heading and why, how the forecast moved, and the known warning signs."""
    wide, narrow = st.columns([3, 2], gap="medium")
    with wide:
        _heading(shown)
        _moved(shown)
    with narrow:
        _why(shown)
        signs(shown)
    show_lessons.lessons_of_others(shown.context, shown.project_id)


def _heading(shown: Shown) -> None:
    st.subheader(_("Where it is heading"), anchor=False)
    rows = verdict.heading_rows(shown.states)
    if shown.forecast.empty or rows["earned_ratio"].dropna().empty:
        st.caption(_("Nothing is reported as earned yet, or the project does not run on this day."))
        return
    row = shown.forecast.iloc[0]
    if words.is_unknown(row["finish_p50_date"]):
        st.caption(_("No finish can be forecast yet: see the remarks above."))
        return
    show.figure(
        charts.heading(
            rows,
            row,
            verdict.marks(row, answers.committed_by(shown.context.file), shown.announced),
            pd.Timestamp(shown.context.as_of_date),
        ),
        key="heading",
        alt=_("Share of the scope that is earned by week, and the range in which the rest will be done"),
    )


def _moved(shown: Shown) -> None:
    st.subheader(_("How the forecast moved"), anchor=False)
    fan = views.fan_rows(shown.history)
    if fan.empty:
        st.caption(_("No forecast could be made for the last half year."))
        return
    show.figure(
        charts.forecast_fan(fan, height=_FAN_HEIGHT),
        key="fan",
        alt=_("Forecast of the finish by the week in which it was made, with the plan"),
    )


def _why(shown: Shown) -> None:
    if shown.drivers.empty:
        st.subheader(_("Why"), anchor=False)
        show.sentence(driver_views.drivers_sentence(shown.drivers))
        return
    total = float(shown.drivers["weeks"].sum())
    st.subheader(show.plain(_("Why {weeks}").format(weeks=words.signed_weeks_text(total))), anchor=False)
    show.figure(
        driver_waterfall(driver_views.short_driver_rows(shown.drivers), is_short=True),
        key="drivers_short",
        alt=_("Weeks that each driver adds to the committed date or takes away"),
    )
    st.caption(
        _(
            "Contributions under this model: they add up, and they are no proof of a cause. They hold what has passed "
            "and what is expected of the rest, so that effort over plan can differ from the hours booked so far."
        )
    )
    show.sentence(views.hours_sentence(shown.states))


def signs(shown: Shown) -> None:
    """Show the known warning signs beside finished projects at the same stage."""
    st.subheader(_("Known warning signs"), anchor=False)
    with st.spinner(_("Comparing with finished projects at the same stage …")):
        found, busiest = answers.signs_of_delay(*shown.scope, shown.project_id)
    show.sentence(" ".join(filter(None, [views.signs_sentence(found), views.requester_sentence(busiest)])))
    with st.expander(_("All signs"), icon=":material/search:"):
        show.table(
            views.signs_table(found),
            alt=_("Signs of delay on this project beside finished projects at the same stage"),
            empty=_("Too little is booked and requested yet, or the project has no first plan."),
            pinned=_("Sign"),
        )
        st.caption(_("What went together with delay in the past is a reason to look, not a cause."))


def hours(shown: Shown) -> None:
    """Show earned, booked and planned hours, with the rows behind."""
    st.subheader(_("Earned, booked and planned hours"), anchor=False)
    st.markdown(show.plain(views.hours_sentence(shown.states)))
    if not shown.states.empty:
        show.figure(
            charts.hours_lines(views.hours_rows(shown.states)),
            key="hours",
            alt=_("Running totals of booked, earned and planned hours by week"),
        )
    show.rows_behind(
        "timesheets",
        partial(answers.timesheet_rows, *shown.scope, project_id=shown.project_id),
        f"timesheets_{shown.project_id}.csv",
    )


def requests(shown: Shown) -> None:
    """Show when change requests arrived, which of them wait for a decision, and the rows behind."""
    st.subheader(_("Change requests by phase"), anchor=False)
    if shown.requests.empty:
        st.caption(_("No change request is known. Import them with `golive import FILE --as change_requests`."))
        return
    show.figure(
        charts.phase_bars(views.phase_rows(shown.requests)),
        key="phases",
        alt=_("Change requests by the phase in which they arrived"),
    )
    st.subheader(_("Waiting for a decision"), anchor=False)
    show.table(
        views.waiting_table(shown.requests, shown.context.as_of_date),
        alt=_("Change requests that wait for a decision, the oldest first"),
        name="waiting_requests",
        empty=_("No request waits for a decision."),
    )
    show.rows_behind(
        "changes",
        partial(answers.change_rows, *shown.scope, shown.project_id),
        f"change_requests_{shown.project_id}.csv",
    )


def people(shown: Shown) -> None:
    """Show who worked here lately, and their load."""
    st.subheader(_("People of the last eight full weeks"), anchor=False)
    show.table(
        views.people_table(shown.people),
        alt=_("People who worked for the project and their load"),
        name="project_people",
        empty=_("Nobody booked hours in this time."),
        pinned=_("Person"),
    )


def reports(shown: Shown) -> None:
    """Show the latest status reports, with the rows behind."""
    st.subheader(_("Latest reports"), anchor=False)
    show.table(
        views.reports_table(answers.latest_reports(*shown.scope, shown.project_id)),
        alt=_("Latest status reports of the project"),
        name="reports",
        empty=_("No status report is known. Import them with `golive import FILE --as status_reports`."),
    )
    show.rows_behind(
        "reports",
        partial(answers.status_rows, *shown.scope, shown.project_id),
        f"status_reports_{shown.project_id}.csv",
    )
