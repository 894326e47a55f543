"""Registers on the review page: decisions, announced dates, risks and issues, each with its form."""

from __future__ import annotations

import tempfile
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import streamlit as st

from dashboard import show, shown
from dashboard.answers import everything as answers
from dashboard.answers import review as reviewing
from dashboard.answers.proposed_risks import proposed
from dashboard.answers.review_decisions import announced_in, followed, score_now
from dashboard.answers.risk_files import entries_frame, take_in
from dashboard.i18n import _
from dashboard.parts.downloads import downloads
from dashboard.views import review as views
from dashboard.views import review_decisions, review_figures, words

if TYPE_CHECKING:
    from dashboard.answers.days import Context
    from dashboard.answers.review import Review
    from dashboard.answers.risk_files import TakenIn

_DECIDING_WEEKS: Final = 1


def decisions(context: Context, review: Review) -> None:
    """Show the register of decisions as it stands today, and let the reader close one."""
    where = answers.home()
    found = followed(where, context.file, context.viewer, context.latest_date)
    text = st.text_input(_("Search decision, project, owner"), key="find_decision", max_chars=100)
    names = {**views.names_of(review.content), **_project_names(context)}
    rows = [one for one in found if review_decisions.is_found(one, text, names)]
    show.sentence(review_decisions.score_sentence(vars(score_now(where, context.file))))
    show.table(
        review_decisions.decisions_table(rows, names).drop(columns="decision_id"),
        alt=_("Decisions with the finish against both forecasts"),
        empty=show.plain(_("No decision is on record, or none fits the search.")),
    )
    show.remark(_("Predictions are scored, never people. What came after a decision is no proof that it came from it."))
    _close(context, found)


def _project_names(context: Context) -> dict[str, str]:
    listed = answers.projects(context.file)
    return dict(zip(listed["project_id"], listed["project_name"].fillna(listed["project_id"]), strict=True))


def _close(context: Context, found: list[dict[str, Any]]) -> None:
    by_number = {one["decision_id"]: one for one in found}
    if not by_number:
        return
    titles = {number: f"{number}: {one['title']}" for number, one in by_number.items()}
    with (
        st.expander(show.plain(_("Done, not done, or open again")), icon=":material/task_alt:"),
        st.form(key="close_decision", border=False),
    ):
        number = st.selectbox(_("Decision"), list(titles), format_func=titles.__getitem__)
        wanted = st.selectbox(_("It is"), ["done", "dropped", "open"], format_func=review_decisions.status_of_decision)
        note = st.text_input(_("Note"), max_chars=500)
        is_wanted = st.form_submit_button(_("Save"), icon=":material/check:")
    if not is_wanted:
        return
    version = show.tried(lambda: _changed(context, number, wanted, note, by_number[number]["version"]))
    if version is not None:
        show.tell_next(_("Decision {number} is changed.").format(number=number))
        st.rerun()


def _changed(context: Context, number: int, wanted: str, note: str, version: int) -> int:
    where, viewer = answers.home(), context.viewer
    if wanted == "open":
        from data.journal import reopen_decision  # noqa: PLC0415 - its libraries take half a second to load

        return reopen_decision(where, viewer.name, number, note=note)
    return reviewing.close(where, context.file, viewer, number, wanted, note, seen=version)


def dates(context: Context, review: Review) -> None:
    """Show the announced dates as frozen, and let the reader announce another."""
    show.remark(
        _("A promise is asked about when its chance leaves 50 to 90 %; the proposal is the day that is kept with 80 %.")
    )
    table = review_figures.projects_table(review.content)
    show.table(
        table.drop(columns="project_id"),
        alt=_("Projects with their frozen forecast and announced date"),
        empty=show.plain(_("No project was forecast.")),
    )
    said = announced_in(answers.home(), review.head)
    if said:
        st.subheader(_("Announced since the figures were frozen"), anchor=False)
        show.table(
            review_figures.announced_table(said, _project_names(context)),
            alt=_("Dates that were announced at this review"),
            empty="",
        )
    if review.content["projects"]:
        with st.expander(show.plain(_("Announce a finish")), icon=":material/campaign:"):
            _announce(context, review)


def _announce(context: Context, review: Review) -> None:
    """Let the reader record what was announced to a client; the day that is kept with 80 % is proposed."""
    names = _project_names(context)
    frozen = {row["project_id"]: row for row in review.content["projects"]}
    project = st.selectbox(_("Project"), list(frozen), format_func=lambda one: names.get(one, one), key="announce_of")
    nearest = context.latest_date + timedelta(weeks=_DECIDING_WEEKS)
    said = frozen[project]["proposed_date"]
    proposed_date = max(date.fromisoformat(said), nearest) if said else nearest
    with st.form(key=f"announce_{project}", border=False):
        day = st.date_input(_("Announced finish"), proposed_date)
        by = st.text_input(_("Announced by"), max_chars=200)
        is_wanted = st.form_submit_button(_("Record the announcement"), icon=":material/check:")
    if not is_wanted or day is None:
        return
    who, number = by or context.viewer.name, review.head.review_id
    chance = show.tried(
        lambda: reviewing.announce(answers.home(), context.file, context.viewer, project, day, who, review_id=number)
    )
    if chance is not None:
        show.tell_next(_("Recorded: the chance of keeping it is {chance}.").format(chance=words.chance_text(chance)))
        st.rerun()


def register(context: Context, review: Review) -> None:
    """Show risks and issues, propose some from the signs of the review, and let the reader confirm or add one."""
    from data.journal import RaidEntry, read_entries, record_entries  # noqa: PLC0415 - slow to load

    where, names = answers.home(), _project_names(context)
    entries = read_entries(where)
    show.table(
        views.risks_table(entries, names),
        alt=_("Risks and issues"),
        empty=show.plain(_("No risk or issue is on record.")),
    )
    if entries:
        downloads(entries_frame(entries), key="risks", name="risks", about={_("Table"): _("Risks and issues")})
    _take_in(context)
    _proposals(context, review, names)
    with (
        st.expander(show.plain(_("Add a risk or issue")), icon=":material/add:"),
        st.form(key="add_risk", border=False),
    ):
        kind = st.selectbox(_("Kind"), list(views.risk_kinds()), format_func=views.risk_kinds().__getitem__)
        project = st.selectbox(_("Project"), list(names), format_func=names.__getitem__)
        title = st.text_input(_("Title"), max_chars=200)
        owner = st.text_input(_("Owner"), max_chars=200)
        is_wanted = st.form_submit_button(_("Add"), icon=":material/check:")
    if is_wanted:
        entry = RaidEntry(kind, project, title, owner_name=owner)
        if show.tried(lambda: record_entries(where, context.viewer.name, [entry])):
            show.tell_next(_("The entry is recorded."))
            st.rerun()


def _take_in(context: Context) -> None:
    """Take in a list of risks and issues of another tool, or the one that was taken along."""
    with (
        st.expander(show.plain(_("Take in a list")), icon=":material/upload_file:"),
        st.form(key="take_risks", border=False, clear_on_submit=True),
    ):
        brought = st.file_uploader(_("CSV or Excel"), type=["csv", "xlsx"], key="risks_file")
        show.remark(
            _(
                "Columns: project and title; kind, owner, due date, status and note where there are any. An entry is"
                " known again by project, kind and title, so the same file adds nothing twice."
            )
        )
        is_wanted = st.form_submit_button(_("Take in"), icon=":material/check:")
    if not is_wanted:
        return
    if brought is None:
        st.error(_("Choose a file first."))
        return
    found = show.tried(lambda: _taken(context, brought.name, brought.getvalue()))
    if found is not None:
        show.tell_next(
            _("{new} added, {changed} changed, {same} as they were.").format(
                new=found.added_count, changed=found.changed_count, same=found.unchanged_count
            )
        )
        st.rerun()


def _taken(context: Context, name: str, content: bytes) -> TakenIn:
    with tempfile.TemporaryDirectory(prefix="golive-") as folder:
        file = Path(folder) / shown.in_file_name(name)
        file.write_bytes(content)
        return take_in(answers.home(), context.file, context.viewer, file)


def _proposals(context: Context, review: Review, names: dict[str, str]) -> None:
    """Show what the signs of the review propose for the register; a person confirms each."""
    from data.journal import RaidEntry, read_entries, record_entries  # noqa: PLC0415 - as above

    found = proposed(review.content, read_entries(answers.home()))
    if not found:
        return
    with (
        st.expander(show.plain(_("Proposed from warning signs")), icon=":material/lightbulb:"),
        st.form(key="confirm_risk", border=False),
    ):
        show.entries(views.proposal_entries(found, names))
        place = st.selectbox(
            _("Confirm"), range(len(found)), format_func=lambda one: names.get(found[one]["project_id"], "")
        )
        owner = st.text_input(_("Owner"), max_chars=200, key="confirm_risk_owner")
        is_wanted = st.form_submit_button(_("Put on record"), icon=":material/check:")
    if is_wanted:
        one = found[place]
        title = views.proposal_title(one)
        entry = RaidEntry(one["kind"], one["project_id"], title, sign_key=one["sign_key"], owner_name=owner)
        if show.tried(lambda: record_entries(answers.home(), context.viewer.name, [entry])):
            show.tell_next(_("The entry is recorded."))
            st.rerun()
