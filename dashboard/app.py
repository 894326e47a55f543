"""The Streamlit app: refuses strangers, finds the warehouse, then runs the chosen page."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from dashboard import address, first_paint, guard, session, show
from dashboard.answers import everything as answers
from dashboard.i18n import _
from dashboard.show_search import show_search

# A symbol by name would be fetched from the internet; this one lies beside the code.
st.set_page_config(
    page_title="Golive",
    page_icon=str(Path(__file__).parent / "icon.svg"),
    layout="wide",
    initial_sidebar_state=first_paint.SIDEBAR_WIDTH,
)

pages = [
    st.Page("app_pages/portfolio.py", title=_("Portfolio"), icon=":material/timeline:", default=True),
    st.Page("app_pages/review.py", title=_("Review"), icon=":material/task_alt:"),
    st.Page("app_pages/project.py", title=_("Project"), icon=":material/flag:"),
    st.Page("app_pages/people.py", title=_("People"), icon=":material/groups:"),
    st.Page("app_pages/rotations.py", title=_("Rotations"), icon=":material/sync_alt:"),
    st.Page("app_pages/change_requests.py", title=_("Change requests"), icon=":material/edit_note:"),
    st.Page("app_pages/post_mortem.py", title=_("Post-mortems"), icon=":material/history:"),
    st.Page("app_pages/data.py", title=_("Data"), icon=":material/database:"),
    st.Page("app_pages/method.py", title=_("Method"), icon=":material/menu_book:"),
]
page = st.navigation(pages)
address.begin(page.url_path)

if not session.is_bound_to_loopback():
    st.error(
        _(
            "Golive has no sign-in yet, so it only answers to this machine. Start it with `golive dashboard`, "
            "or give `--server.address 127.0.0.1`."
        ),
        title=_("This server can be reached from other machines"),
        icon=":material/lock:",
    )
    st.stop()

with guard.errors_in_words(page.url_path):
    file = answers.warehouse_file()
    if file is None:
        show.empty_home(answers.local_viewer())
        st.stop()

    latest_date = answers.as_of_date(file)
    first_date = answers.fact_dates(file)[0] or latest_date
    with st.sidebar:
        place_for_search = st.container()
        as_of_date = address.day(
            _("As known on"),
            key=address.AS_OF,
            first=min(first_date, latest_date),
            last=latest_date,
            format="YYYY-MM-DD",
            help=_("Choose an earlier day to see what was known then."),
        )
        st.caption(_("Only this machine can see these pages."))
    reporting = answers.reporting(file, as_of_date)
    with place_for_search:
        show_search(file, answers.local_viewer(), as_of_date)
    session.remember_context(answers.Context(file, answers.local_viewer(), as_of_date, latest_date, reporting))
    with address.written_at_the_end():
        page.run()
