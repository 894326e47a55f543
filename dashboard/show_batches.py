"""The imports of a home, put on a page: what each brought, taking it back, and what was decided for the next files."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard import address, show
from dashboard.answers import everything as answers
from dashboard.answers import intake
from dashboard.i18n import _
from dashboard.show_proof import show_batch_report
from dashboard.views import understood as views

if TYPE_CHECKING:
    from dashboard.answers.days import Context
    from dashboard.answers.viewers import Viewer
    from data.inbox import Batch


def show_batches(context: Context) -> None:
    """Show all batches, the report of one of them, and the button that takes it back or puts it back."""
    in_force, undone = intake.batches_of_home()
    table = views.batches_table(in_force, undone, answers.imports(context.file, context.viewer))
    show.table(table, alt=_("Imported files, the newest first"), empty=_("Nothing was imported yet."), pinned=_("File"))
    batches = {batch.batch_id: batch for batch in (*in_force, *undone)}
    if not batches:
        return
    numbers = table[_("Batch")].tolist()
    chosen = address.one_of(
        st.selectbox,
        _("Report of batch"),
        numbers,
        key="batch",
        default=numbers[0],
        words=lambda number: f"{number}: {views.batch_place(batches[number])}",
    )
    batch = batches[chosen]
    _switch(context.viewer, batch, is_in_force=batch in in_force)
    show_batch_report(context, chosen, key=f"batch_{chosen}")


def _switch(viewer: Viewer, batch: Batch, *, is_in_force: bool) -> None:
    if not intake.may_take_in(viewer):
        return
    if is_in_force:
        label, icon, work = _("Take this batch back"), ":material/undo:", intake.undo_batch
    else:
        label, icon, work = _("Put this batch back"), ":material/redo:", intake.redo_batch
    is_wanted = st.button(
        label,
        icon=icon,
        key=f"switch_{batch.batch_id}",
        help=_("Every figure becomes what it is without it, or with it again. Nothing is lost."),
    )
    if is_wanted and show.with_progress(lambda tell: work(viewer, batch.batch_id, tell)) is not None:
        st.rerun()


def show_decisions(viewer: Viewer) -> None:
    """Show what was decided about files of each kind, and let the reader take a decision back."""
    profiles = intake.saved_decisions()
    st.caption(
        _(
            "The next file with the same columns is read in this way, unasked. "
            "Each stands in a file of its own that you may edit, in the folder profiles of the home."
        )
    )
    show.table(
        views.decisions_table(profiles),
        alt=_("Saved decisions"),
        empty=_("Nothing is decided yet: the first import of a foreign file saves how it was read."),
        pinned=_("Name"),
    )
    if not profiles or not intake.may_take_in(viewer):
        return
    name = st.selectbox(_("Decide again about"), [profile.name for profile in profiles], key="decision")
    if st.button(_("Forget this decision"), icon=":material/delete:"):
        done = show.with_progress(lambda _tell: intake.forget_decisions(viewer, name))
        if done:
            st.rerun()
