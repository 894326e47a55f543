"""Why a forecast says what it says, and what moved it: parts of the project's page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard import show
from dashboard.answers import scenarios as loading
from dashboard.answers.days import week_before
from dashboard.charts.drivers import driver_waterfall
from dashboard.i18n import _
from dashboard.views import drivers as driver_views

if TYPE_CHECKING:
    from dashboard.answers.days import Context


def show_why(context: Context, project_id: str) -> None:
    """Show the drivers behind the median finish, and what moved it in the last week."""
    scope = (context.file, context.viewer, context.as_of_date)
    with st.spinner(_("Playing the project again without each driver …")):
        drivers = loading.drivers(*scope, (project_id,))
    if drivers.empty:  # else the verdict on top of the page says it
        show.sentence(driver_views.drivers_sentence(drivers))
        return
    show.figure(
        driver_waterfall(driver_views.driver_rows(drivers)),
        key="drivers",
        alt=_("Weeks that each driver adds to the committed date or takes away"),
    )
    st.caption(_("Contributions under this model: they add up, and they are no proof of a cause."))
    before = week_before(context.as_of_date)
    moved, rows = loading.movement(context.file, context.viewer, before, context.as_of_date, project_id)
    show.sentence(driver_views.movement_sentence(moved, before))
    with st.expander(_("What became known in this week"), icon=":material/search:"):
        show.table(
            driver_views.new_rows_table(rows),
            alt=_("Hours, progress, requests and plans that became known"),
            empty=_("Nothing new became known."),
        )
