"""The Streamlit app: refuses strangers, finds the warehouse, then runs the chosen page."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from dashboard import load, show
from dashboard.i18n import _
from data.problems import WarehouseError

# A symbol by name would be fetched from the internet; this one lies beside the code.
st.set_page_config(page_title="Golive", page_icon=str(Path(__file__).parent / "icon.svg"), layout="wide")

pages = [
    st.Page("app_pages/portfolio.py", title=_("Portfolio"), icon=":material/timeline:", default=True),
    st.Page("app_pages/project.py", title=_("Project"), icon=":material/flag:"),
    st.Page("app_pages/people.py", title=_("People"), icon=":material/groups:"),
    st.Page("app_pages/change_requests.py", title=_("Change requests"), icon=":material/edit_note:"),
    st.Page("app_pages/data.py", title=_("Data"), icon=":material/database:"),
    st.Page("app_pages/method.py", title=_("Method"), icon=":material/menu_book:"),
]
page = st.navigation(pages)
show.note_open_page(page.url_path)

if not load.is_bound_to_loopback():
    st.error(
        _(
            "Golive has no sign-in yet, so it only answers to this machine. Start it with `golive dashboard`, "
            "or give `--server.address 127.0.0.1`."
        ),
        title=_("This server can be reached from other machines"),
        icon=":material/lock:",
    )
    st.stop()

try:
    file = load.warehouse_file()
except WarehouseError as problem:
    st.error(str(problem), icon=":material/error:")
    st.stop()

if file is None:
    st.title("Golive")
    st.info(
        _(
            "Bring your own files here, import whole folders with `golive import FOLDER`, "
            "or see a made-up company with `golive demo`."
        ),
        title=_("Nothing is imported yet"),
        icon=":material/inbox:",
    )
    from dashboard.show_intake import show_intake  # most sessions open on a home with data, and need none of it

    show_intake(load.local_viewer())
    st.stop()

latest_date = load.as_of_date(file)
first_date = load.fact_dates(file)[0] or latest_date
with st.sidebar:
    as_of_date = st.date_input(
        _("As known on"),
        value=latest_date,
        min_value=min(first_date, latest_date),
        max_value=latest_date,
        format="YYYY-MM-DD",
        key="as_of",
        bind="query-params",
        help=_("Choose an earlier day to see what was known then."),
    )
    st.caption(_("Only this machine can see these pages."))

load.remember_context(load.Context(file, load.local_viewer(), min(as_of_date or latest_date, latest_date), latest_date))
page.run()
