"""The pack of a review on its page: made when somebody asks, then handed to the browser."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard import show, shown
from dashboard.answers import everything as answers
from dashboard.i18n import _
from dashboard.packs.of_reviews import FILES, pack_file, pack_of_review

if TYPE_CHECKING:
    from dashboard.answers.days import Context
    from dashboard.answers.review import Review

#: The file that was made last in this session, with review and kind.
_MADE: Final = "review_pack_made"


def pack(context: Context, review: Review) -> None:
    """Offer the frozen review as PDF, slides or workbook: the same figures in each, without a network."""
    number = review.head.review_id
    with st.popover(_("Take it along"), icon=":material/download:", key="review_pack"):
        kind = st.selectbox(_("File"), list(FILES), format_func=_words().__getitem__, key="pack_kind")
        if st.button(_("Make it"), icon=":material/draft:", key="pack_make"):
            with st.spinner(_("Writing the pack …")):
                made = show.tried(
                    lambda: pack_file(pack_of_review(answers.home(), context.file, context.viewer, review), kind)
                )
            st.session_state[_MADE] = (number, kind, made)
        ready = st.session_state.get(_MADE)
        if ready is not None and ready[:2] == (number, kind) and ready[2] is not None:
            st.download_button(
                _("Download"),
                ready[2],
                file_name=shown.in_file_name(f"review-{number}.{kind}"),
                mime=FILES[kind],
                key="pack_download",
                icon=":material/download:",
                on_click="ignore",
            )
        show.remark(_("All files at once, with CSV and Parquet: golive review pack --out FOLDER."))


def _words() -> dict[str, str]:
    return {"pdf": _("PDF"), "pptx": _("Slides (PPTX)"), "xlsx": _("Workbook (XLSX)")}
