"""A pack on its page, of a review or a post-mortem: made when somebody asks, then handed to the browser."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard import show, shown
from dashboard.answers import everything as answers
from dashboard.i18n import _
from dashboard.packs.of_reviews import FILES, pack_file, pack_of_review

if TYPE_CHECKING:
    from collections.abc import Callable

    from dashboard.answers.days import Context
    from dashboard.answers.review import Review
    from dashboard.packs.contents import Pack

#: The file that was made last in this session, with whose pack it is and its kind.
_MADE: Final = "pack_made"


def pack(context: Context, review: Review) -> None:
    """Offer the frozen review as PDF, slides or workbook: the same figures in each, without a network."""
    number = review.head.review_id
    take_along(
        "review",
        f"review-{number}",
        lambda: pack_of_review(answers.home(), context.file, context.viewer, review),
        (str(context.file), number),
        _("All files at once, with CSV and Parquet: golive review pack --out FOLDER."),
    )


def take_along(key: str, name: str, make: Callable[[], Pack], subject: tuple[object, ...], remark: str) -> None:
    """Offer a pack in one kind of file at a time.

    Parameters
    ----------
    key
        Of the widgets.
    name
        Of the file, without its ending.
    subject
        What the pack is of: a file that was made of something else is not offered.
    """
    with st.popover(_("Take it along"), icon=":material/download:", key=f"{key}_pack"):
        kind = st.selectbox(_("File"), list(FILES), format_func=_words().__getitem__, key=f"{key}_pack_kind")
        if st.button(_("Make it"), icon=":material/draft:", key=f"{key}_pack_make"):
            with st.spinner(_("Writing the pack …")):
                made = show.tried(lambda: pack_file(make(), kind))
            st.session_state[_MADE] = (key, subject, kind, made)
        ready = st.session_state.get(_MADE)
        if ready is not None and ready[:3] == (key, subject, kind) and ready[3] is not None:
            st.download_button(
                _("Download"),
                ready[3],
                file_name=shown.in_file_name(f"{name}.{kind}"),
                mime=FILES[kind],
                key=f"{key}_pack_download",
                icon=":material/download:",
                on_click="ignore",
            )
        show.remark(remark)


def _words() -> dict[str, str]:
    return {"pdf": _("PDF"), "pptx": _("Slides (PPTX)"), "xlsx": _("Workbook (XLSX)")}
