"""Files that the reader brings, put on a page: what was understood, what must be asked, trying it and taking it in."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard import show
from dashboard.answers import intake
from dashboard.i18n import _, ngettext
from dashboard.show_proof import show_report
from dashboard.show_understood import ask_questions, first_answers, show_understood
from dashboard.views import understood as views
from data.problems import GoliveError

if TYPE_CHECKING:
    from pathlib import Path

    from dashboard.answers.viewers import Viewer
    from data.import_reports import FileReport
    from data.recognition import Question, Understanding

_STATE_KEY: Final = "golive_intake"
#: Answers bring up new questions; so often the first one is tried.
_GUESSES: Final = 4


@dataclass
class _State:
    """What one session keeps between two runs of the page.

    Parameters
    ----------
    turn
        Counts the imports: the field for files is emptied by giving it a new key.
    seen
        What was understood with the answers beside it; it is looked at again when they change.
    guesses
        What would be understood with more answers, by them.
    asked
        Everything that was asked of a table since it was brought, by place and token.
    """

    turn: int = 0
    file_ids: tuple[str, ...] = ()
    aside: intake.Aside | None = None
    answers: dict[str, str] = field(default_factory=dict)
    seen: dict[Path, tuple[dict[str, str], list[intake.Seen]]] = field(default_factory=dict)
    guesses: dict[tuple[Path, tuple[tuple[str, str], ...]], list[intake.Seen]] = field(default_factory=dict)
    asked: dict[str, dict[str, Question]] = field(default_factory=dict)
    outcome: list[FileReport] = field(default_factory=list)
    is_dry_run: bool = False


def show_intake(viewer: Viewer) -> None:
    """Let the reader bring files, see what they mean, decide, try and import."""
    if not intake.may_take_in(viewer):
        st.info(_("Files are taken in by those who may see all teams."), icon=":material/lock:")
        return
    state: _State = st.session_state.setdefault(_STATE_KEY, _State())
    if state.outcome and not (state.is_dry_run or _asks(state)):
        _show_outcome(state)
    uploads = st.file_uploader(
        _("Bring files: exports of other systems or your own sheets"),
        accept_multiple_files=True,
        key=f"brought_{state.turn}",
        help=_("CSV, TSV, Excel, OpenDocument, Parquet, JSON or zip files. They stay on this machine."),
    )
    if not uploads:
        st.caption(
            _(
                "Nothing is imported before you say so: first you see what was understood. "
                "Files of more than 200 MB go in with `golive import FILE`."
            )
        )
        return
    ids = tuple(upload.file_id for upload in uploads)
    if ids != state.file_ids or state.aside is None:
        _remove_files(state)
        state.aside, state.file_ids = intake.lay_aside(uploads), ids
        state.answers, state.seen, state.guesses, state.asked, state.outcome = {}, {}, {}, {}, []
    found = _look(state)
    _show_tables(state, found)
    _show_controls(viewer, state, found)
    if state.outcome and (state.is_dry_run or _asks(state)):
        _show_outcome(state)


def _remove_files(state: _State) -> None:
    if state.aside:
        state.aside.remove()


def _look(state: _State) -> list[intake.Seen]:
    """Look at every file with the answers given so far; what can't be read is said, and stops no other file."""
    found: list[intake.Seen] = []
    for path in state.aside.paths if state.aside else ():
        known = state.seen.get(path)
        if known is None or known[0] != state.answers:
            try:
                with st.spinner(_("Looking at {file} …").format(file=show.plain(path.name))):
                    known = (dict(state.answers), intake.understood(path, state.answers))
            except GoliveError as problem:
                _show_problem(state, problem)
                continue
            state.seen[path] = known
        found += known[1]
    return found


def _show_problem(state: _State, problem: GoliveError) -> None:
    st.error(show.plain(str(problem)), icon=":material/error:")
    if state.answers and st.button(_("Take the last answer back"), key=f"back_{len(state.answers)}"):
        state.answers.popitem()
        st.rerun()


def _show_tables(state: _State, found: list[intake.Seen]) -> None:
    """Show one table in full, and let the reader choose which one."""
    if not found:
        return
    places = {one.place: one for one in found}
    asking = [place for place, one in places.items() if _is_open(one)]
    chosen = next(iter(places))
    if len(places) > 1:
        if asking:
            count = ngettext("{count} table waits for answers", "{count} tables wait for answers", len(asking))
            st.warning(f"{count}: {show.plain(', '.join(asking))}", icon=":material/help:")
        first = list(places).index(asking[0]) if asking else 0
        chosen = st.selectbox(_("File or sheet"), list(places), index=first, key=f"place_{state.turn}")
    asked = state.asked.setdefault(chosen, {})
    asked |= {question.token: question for question in places[chosen].understanding.questions}
    given = {token.removeprefix(f"{chosen}:"): answer for token, answer in state.answers.items()}
    said = show_understood(
        places[chosen],
        turn=f"{state.turn}_{'|'.join(map('='.join, state.answers.items()))}",
        guessed=_guessed(state, places[chosen]) if _is_open(places[chosen]) else None,
        answered={token: (asked[token], answer) for token, answer in given.items() if token in asked},
    )
    if said:
        if "table" in said:  # what was answered of one table means nothing in another
            state.answers = {token: one for token, one in state.answers.items() if not token.startswith(f"{chosen}:")}
            asked.clear()
        state.answers |= {f"{chosen}:{token}": answer for token, answer in said.items()}
        state.outcome = []
        st.rerun()
    if state.answers:
        st.caption(_("Decided: {answers}").format(answers=show.plain("; ".join(_worded(state.answers)))))
        if st.button(_("Take my decisions back"), icon=":material/undo:"):
            state.answers.clear()
            st.rerun()


def _guessed(state: _State, one: intake.Seen) -> Understanding | None:
    """Return the table as it would be with the first answer to each question, and to what they bring up."""
    answers, found = dict(state.answers), one.understanding
    for _round in range(_GUESSES):
        first = {f"{one.place}:{token}": answer for token, answer in first_answers(found).items()}
        if not set(first) - set(answers):
            break
        answers = {**first, **answers}
        key = (one.path, tuple(sorted(answers.items())))
        if key not in state.guesses:
            try:
                state.guesses[key] = intake.understood(one.path, answers)
            except GoliveError:
                return None
        again = next((seen for seen in state.guesses[key] if seen.place == one.place), None)
        if again is None:
            return None
        found = again.understanding
    return None if found is one.understanding or found.has_to_ask else found


def _worded(answers: dict[str, str]) -> list[str]:
    return [views.decided_text(token.rpartition(":")[2], answer) for token, answer in answers.items()]


def _is_open(one: intake.Seen) -> bool:
    seen = one.understanding
    return bool(seen.table) and not one.is_ours and seen.has_to_ask


def _show_controls(viewer: Viewer, state: _State, found: list[intake.Seen]) -> None:
    """Offer the dry run and the import, once nothing is left to ask."""
    open_count = sum(_is_open(one) for one in found)
    is_ready = bool(found) and not open_count and any(one.understanding.table for one in found)
    with st.expander(_("Options"), icon=":material/tune:"):
        source = st.text_input(
            _("Name of the source"),
            placeholder=_("the system that was recognised"),
            help=_("Rows correct earlier rows of the same source; two systems need two names."),
            key=f"source_{state.turn}",
        )
        is_full = st.checkbox(
            _("The file is complete: earlier rows of this source that it lacks are taken out"), key=f"full_{state.turn}"
        )
        is_history = st.checkbox(
            _("This is history: assume that each row was known at the usual lag after its week"),
            key=f"history_{state.turn}",
        )
    if open_count:
        st.caption(_("Answer what is asked above; then the file can be tried and imported."))
    with st.container(horizontal=True):
        is_tried = st.button(_("Dry run"), disabled=not is_ready, icon=":material/science:", key="try")
        is_wanted = st.button(
            _("Import"), type="primary", disabled=not is_ready, icon=":material/download_done:", key="take"
        )
    if not (is_tried or is_wanted) or state.aside is None:
        return
    wish = intake.Wish(dict(state.answers), source, is_full, is_history, is_dry_run=is_tried)
    paths = state.aside.paths
    outcome = show.with_progress(lambda tell: intake.take_in(viewer, paths, wish, tell))
    if outcome is None:
        return
    state.outcome, state.is_dry_run = outcome, is_tried
    if is_wanted and not any(report.questions for report in outcome):
        state.turn += 1
        _remove_files(state)
        state.aside, state.file_ids, state.answers, state.seen = None, (), {}, {}
        # On an empty home the files were brought on whatever page was open; the report stands on this one.
        show.open_part("bring")


def _asks(state: _State) -> bool:
    """Say whether the last try found what only the reader can know."""
    return any(report.questions for report in state.outcome)


def _show_asked(state: _State) -> None:
    """Ask what only the import itself found out, beside the rows in force."""
    said: dict[str, str] = {}
    for report in state.outcome:
        turn = f"{state.turn}_{report.file}_{len(state.answers)}"
        answers = ask_questions(report.questions, turn)
        said |= {f"{report.file}:{token}": answer for token, answer in answers.items()}
    if said:
        state.answers |= said
        state.outcome = []
        st.rerun()


def _show_outcome(state: _State) -> None:
    """Show what a dry run or an import came to, file by file."""
    if _asks(state):
        st.subheader(_("Answer this, then try or import again"), anchor=False)
        _show_asked(state)
        if not any(report.counts or report.problem for report in state.outcome):
            return
    st.subheader(_("Dry run: nothing was kept") if state.is_dry_run else _("Imported"), anchor=False)
    for report in state.outcome:
        if report.problem:
            st.error(show.plain(f"{report.file}: {report.problem}"), icon=":material/error:")
    rows = views.report_rows(state.outcome)
    show.table(rows, alt=_("Rows of each table"), empty=_("Nothing came in."), pinned=_("File"))
    taken = {report.batch_id: report for report in state.outcome if report.batch_id is not None and report.counts}
    if not taken:
        return
    chosen = next(iter(taken))
    if len(taken) > 1:
        chosen = st.selectbox(
            _("Report of"), list(taken), format_func=lambda number: f"{number}: {taken[number].file}", key="outcome_of"
        )
    content = intake.report_content(taken[chosen], is_dry_run=state.is_dry_run)
    show_report(content, {}, chosen, key=f"outcome_{chosen}")
    if not state.is_dry_run and st.button(_("Close this report"), icon=":material/close:"):
        state.outcome = []
        st.rerun()
