"""The report of an import and the restated weeks, put on a page by one call each."""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING, Any

import streamlit as st

from dashboard import show
from dashboard.answers import proof as load_proof
from dashboard.answers.door import home_of
from dashboard.i18n import _
from dashboard.shown import in_file_name
from dashboard.views import proof, restated
from dashboard.views.proof_files import markdown_text, workbook_bytes
from dashboard.views.rows import csv_bytes

if TYPE_CHECKING:
    from dashboard.answers.days import Context
    from data.restating import By

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def show_report(
    report: dict[str, Any],
    note: dict[str, Any],
    batch_id: int,
    *,
    is_undone: bool = False,
    is_kept: bool = True,
    key: str = "report",
) -> None:
    """Show a whole report with its downloads: of a batch, or of a dry run that was just made."""
    title = proof.report_title(report, note, batch_id)
    sentences = proof.report_sentences(report, note, batch_id, is_undone=is_undone, is_kept=is_kept)
    st.markdown(f"**{show.plain(title)}**")
    for sentence in sentences:
        show.sentence(sentence)
    outcome = proof.outcome_rows(report, batch_id)
    show.table(proof.worded(outcome), alt=_("Rows and hours of the batch"), empty=_("Nothing of it is in force."))
    for kind, heading in (("persons", _("Persons")), ("projects", _("Projects")), ("weeks", _("Weeks"))):
        changes = proof.change_rows(report, kind)
        if changes.empty:
            continue
        rows, remark = proof.shown_changes(changes)
        st.caption(_("{heading}: the largest differences").format(heading=show.plain(heading)))
        show.table(rows, alt=heading, empty="")
        if remark:
            st.caption(show.plain(remark))
    refused = proof.refused_reason_rows(report)
    if not refused.empty:
        show.table(proof.worded(refused), alt=_("Refused rows by reason"), empty="")
    _offer(title, sentences, proof.report_parts(report, note), f"report_{batch_id:06d}", key)


def show_batch_report(context: Context, batch_id: int, *, key: str = "report") -> None:
    """Show the report of a batch that was imported."""
    found = load_proof.batch_report(context.file, context.viewer, batch_id)
    is_undone = found.state != "in force"
    show_report(found.report, found.note, batch_id, is_undone=is_undone, is_kept=found.is_kept, key=key)


def show_restatements(context: Context, *, key: str = "restated") -> None:
    """Let the reader choose moment and grain, and show which past weeks changed, by how much and by whose batch."""
    assumed = load_proof.assumed_review_at(context.file)
    if assumed is None:
        st.caption(_("Nothing was imported yet."))
        return
    reviewed = load_proof.last_review_at(home_of(context.file), context.viewer)
    origin = reviewed or assumed
    left, right = st.columns(2)
    day = left.date_input(_("Changed since"), origin.date(), key=f"{key}_since")
    labels: dict[By, str] = {"week": _("Week"), "project": _("Project"), "person": _("Person")}
    by = right.segmented_control(
        _("By"), list(labels), default="week", required=True, format_func=labels.__getitem__, key=f"{key}_by"
    )
    # Left as it is, the day stands for the very moment of the last review.
    since = origin if day == origin.date() else datetime.combine(day, time.min)
    rows = load_proof.restated_weeks(context.file, context.viewer, since, by)
    batches, stamped_hours = load_proof.restated_by_batch(context.file, context.viewer, since)
    show.sentence(restated.restated_sentence(rows, since, is_assumed=reviewed is None and since == assumed))
    if stamped_hours:
        st.caption(show.plain(restated.stamped_earlier_sentence(stamped_hours)))
    if rows.empty:
        return
    show.table(restated.restated_table(rows), alt=_("Past weeks that changed"), empty="")
    show.table(restated.restating_batches_table(batches), alt=_("Batches that changed past weeks"), empty="")
    st.download_button(
        _("Download as CSV"),
        csv_bytes(rows),
        file_name=in_file_name(f"restated_{by}.csv"),
        mime="text/csv",
        key=f"{key}_csv",
        icon=":material/download:",
        on_click="ignore",
    )


def _offer(title: str, sentences: list[str], parts: list[proof.Part], name: str, key: str) -> None:
    with st.container(horizontal=True):
        st.download_button(
            _("Download as workbook"),
            lambda: workbook_bytes(title, sentences, parts),
            file_name=in_file_name(f"{name}.xlsx"),
            mime=_XLSX,
            key=f"{key}_xlsx",
            icon=":material/download:",
            on_click="ignore",
        )
        st.download_button(
            _("Download as Markdown"),
            lambda: markdown_text(title, sentences, parts),
            file_name=in_file_name(f"{name}.md"),
            mime="text/markdown",
            key=f"{key}_md",
            icon=":material/download:",
            on_click="ignore",
        )
