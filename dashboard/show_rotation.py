"""The rotations page: propose, look, pin or reject moves, solve again, keep, accept, export."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC
from typing import TYPE_CHECKING, Any, Final

import streamlit as st

from analytics.rotation.choices import burdens, pins_of, with_pins
from analytics.rotation.moves import term_changes
from dashboard import address, charts, show, show_handovers, shown
from dashboard.answers import rotation as answers
from dashboard.answers import rotation_keeping as keeping
from dashboard.answers.door import home_of
from dashboard.answers.rotation_export import calendar_text, workbook_bytes
from dashboard.answers.rotation_plans import plan_text
from dashboard.i18n import _, ngettext
from dashboard.views import rotation as views
from dashboard.views.rotation_words import remark_text
from data import clock

if TYPE_CHECKING:
    from analytics.rotation.problem import Pin
    from dashboard.answers.days import Context
    from data.home import Home

_STATE_KEY: Final = "golive_rotation"
_BUDGETS: Final = (0, 3, 5, 10, 20)
#: A look at each point of the frontier takes so long.
_POINT_SECONDS: Final = 2.5
_MOST_TODOS: Final = 20
_MOST_REMARKS: Final = 12


@dataclass
class Desk:
    """What lies before a reader: proposals by letter, pins so far, points of the frontier."""

    asked: answers.Asked
    proposals: dict[str, answers.Answer] = field(default_factory=dict)
    pins: tuple[Pin, ...] = ()
    frontier: list[tuple[int, float]] = field(default_factory=list)
    chosen: str = ""
    turn: int = 0


def desk(context: Context, weeks_count: int, budget: int | None) -> Desk:
    """Return the reader's desk; another file, day or horizon clears it, another budget does not."""
    day = None if not context.is_replay else context.as_of_date
    asked = answers.Asked(day, None, weeks_count, budget)
    key = (str(context.file), day, weeks_count)
    known: dict[Any, Desk] = st.session_state.setdefault(_STATE_KEY, {})
    if key not in known:
        known.clear()
        known[key] = Desk(asked)
    known[key].asked = asked
    return known[key]


def propose(context: Context, table: Desk, seconds: float) -> None:
    """Search for a proposal with what was pinned and rejected, and lay it on the desk."""
    found = show.with_progress(lambda tell: _search(context, table, seconds, tell))
    if found is not None:
        letter = chr(ord("A") + len(table.proposals) % 26)
        table.proposals[letter] = found
        table.chosen = letter
        table.turn += 1


def _search(context: Context, table: Desk, seconds: float, tell: Any) -> answers.Answer:
    asked = answers.room(context.file, context.viewer, table.asked)
    asked = replace(asked, problem=with_pins(asked.problem, table.pins))
    effort = answers.Effort(seconds=seconds, on_progress=lambda seen: tell(_("searching"), min(seen.share, 1.0)))
    return answers.proposed(asked, effort)


def room(context: Context, table: Desk) -> answers.Room | None:
    """Return the roster problem that is asked for, or say why there is none."""
    return show.tried(lambda: answers.room(context.file, context.viewer, table.asked))


def remarks(context: Context, found: answers.Room | None) -> None:
    """Say what in the data a reader must know; where no site asks for anybody, that alone."""
    if found is None:
        return
    names = answers.names_of(context.file, context.viewer, found)
    texts = [remark_text(one, {**names["projects"], **names["people"]}) for one in found.remarks]
    if not found.problem.demand.sum():
        for text in texts[:_MOST_REMARKS]:
            st.info(show.plain(text))
    elif texts:
        with st.expander(_("What the data does not say"), icon=":material/info:", expanded=len(texts) < 3):
            for text in texts[:_MOST_REMARKS]:
                show.sentence(text)


def result(context: Context, table: Desk) -> None:
    """Show the chosen proposal."""
    if not table.proposals:
        st.info(_("Press Propose: Golive looks for a roster, and nothing changes until somebody accepts it."))
        return
    letters = list(table.proposals)
    # A new proposal is a new widget, which opens on it.
    letter = st.segmented_control(
        _("Proposal"),
        letters,
        key=f"rotation_proposal_{table.turn}",
        format_func=show.plain,
        default=table.chosen,
        required=True,
    )
    table.chosen = letter or table.chosen
    found = table.proposals[table.chosen]
    view = _view(context, found)
    st.subheader(show.plain(views.headline(view)), anchor=False)
    proposal = found.proposal
    show.remark(views.quality_sentence(proposal.total, proposal.bound, is_proven=proposal.is_proven))
    board, burden, limits, knowledge, handing, gaps = st.tabs(
        [_("Board"), _("Burden"), _("Presence limits"), _("Knowledge"), _("Handovers"), _("What stays open")]
    )
    with board:
        _board(view)
    with burden:
        rows = views.burden_rows(view)
        mean = float(burdens(view.problem, view.plan)[0].mean())
        show.figure(
            charts.burden_bars(rows, mean),
            key="rotation_burden",
            alt=_("Nights away by person, present roster and proposal"),
        )
    with limits:
        show.table(
            views.presence_table(view),
            alt=_("Limits of presence by person"),
            empty=_("Nobody has a limit of presence. They come with the table `stay_limits`."),
        )
        show.remark(_("Facts that a law counts, no legal advice."))
        for text in views.todo_texts(view)[:_MOST_TODOS]:
            show.sentence(text)
    with knowledge:
        show.table(views.knowledge_table(view), alt=_("Who knows which project"), empty=_("No site asks for anybody."))
    with handing:
        show_handovers.handovers(context, found, view)
    with gaps:
        show.table(views.gaps_table(view), alt=_("Demand that stays open"), empty=_("Everything is covered."))
    left, right = st.columns(2)
    with left:
        st.subheader(_("Before and after"), anchor=False)
        show_handovers.before_after(context, found, view)
    with right:
        _moves(context, table, view)
    show_handovers.late(context, found, view)
    _frontier(context, table)
    _keep_and_export(context, found, view, table.chosen)


def _view(context: Context, found: answers.Answer) -> views.RosterView:
    names = answers.names_of(context.file, context.viewer, found.room)
    return views.RosterView(
        found.room.problem,
        found.proposal.plan,
        found.room.base,
        found.after,
        found.before,
        names["people"],
        names["projects"],
    )


def _board(view: views.RosterView) -> None:
    is_all = st.toggle(_("Everybody, not only people who move"), key="rotation_all")
    rows = views.board(view, only_moved=not is_all)
    if rows.empty:
        st.caption(_("Nobody moves."))
        return
    show.figure(charts.roster_board(rows), key="rotation_board", alt=_("Who is where in each week"))
    words = views.state_words()
    show.remark(_("Dark: {firm}. Blue: {tentative}, framed. Pale: {remote}. Grey: {leave}.").format(**words))
    show.table(
        views.coverage_table(view),
        alt=_("People planned of people needed, by site and week"),
        empty=_("No site asks for anybody."),
        pinned=_("Site"),
    )


def _moves(context: Context, table: Desk, view: views.RosterView) -> None:
    st.subheader(_("Moves"), anchor=False)
    every = view.moves
    if not every:
        st.caption(_("Nobody moves."))
        return
    texts = [views.move_text(view, move) for move in every]
    number = st.selectbox(
        _("Move"),
        range(len(every)),
        format_func=lambda place: f"{place + 1}. {texts[place]}",
        key="rotation_move",
    )
    move = every[number or 0]
    changes = term_changes(view.problem, view.plan, view.base, move.person)
    show.table(views.terms_table(changes), alt=_("What this person's moves change, term by term"), empty="")
    show.remark(_("All moves of this person together; negative points are better."))
    with st.container(horizontal=True):
        is_pinned = st.button(_("Pin"), icon=":material/keep:", key="rotation_pin")
        is_rejected = st.button(_("Reject"), icon=":material/close:", key="rotation_reject")
        is_again = st.button(_("Solve again"), icon=":material/refresh:", key="rotation_again", type="primary")
    if is_pinned or is_rejected:
        table.pins = (*table.pins, *pins_of(view.plan if is_pinned else view.base, move))
        show.tell_next(_("Noted. Solve again to see what follows."))
        st.rerun()
    if table.pins:
        show.remark(
            ngettext(
                "{count} week is pinned or rejected so far.",
                "{count} weeks are pinned or rejected so far.",
                len(table.pins),
            )
        )
    if is_again:
        propose(context, table, _POINT_SECONDS * 2)
        st.rerun()


def _frontier(context: Context, table: Desk) -> None:
    with st.expander(_("How much change?"), icon=":material/trending_down:"):
        if st.button(_("Compare change budgets"), icon=":material/query_stats:", key="rotation_frontier"):
            table.frontier = show.with_progress(lambda tell: _points(context, table, tell)) or []
        if table.frontier:
            show.figure(
                charts.change_frontier(table.frontier),
                key="rotation_frontier_figure",
                alt=_("Open person-weeks against people moved in the next four weeks"),
            )


def _points(context: Context, table: Desk, tell: Any) -> list[tuple[int, float]]:
    found = []
    for place, budget in enumerate(_BUDGETS):
        tell(_("searching"), place / len(_BUDGETS))
        asked = answers.room(context.file, context.viewer, replace(table.asked, budget=budget))
        one = answers.proposed(asked, answers.Effort(seconds=_POINT_SECONDS))
        found.append((budget, views.open_weeks(_view(context, one), one.after)))
    return found


def _keep_and_export(context: Context, found: answers.Answer, view: views.RosterView, letter: str) -> None:
    home = home_of(context.file)
    problem, plan = view.problem, view.plan
    with st.container(horizontal=True):
        st.download_button(
            _("Workbook (XLSX)"),
            lambda: workbook_bytes(
                problem, plan, view.base, view.people, view.projects, show_handovers.check_rows(context, found, view)
            ),
            file_name="roster.xlsx",
            key="rotation_xlsx",
            icon=":material/download:",
            on_click="ignore",
        )
        st.download_button(
            _("Plan (CSV)"),
            lambda: plan_text(problem, plan),
            file_name="plan.csv",
            key="rotation_csv",
            icon=":material/download:",
            on_click="ignore",
        )
    with st.expander(_("Calendar of one person (ICS)"), icon=":material/event:"):
        person = st.selectbox(
            _("Person"), range(len(problem.person_ids)), format_func=view.person, key="rotation_calendar_person"
        )
        st.download_button(
            _("Calendar (ICS)"),
            calendar_text(problem, plan, person or 0, view.projects, clock.now().astimezone(UTC)),
            file_name=shown.in_file_name(f"{view.person(person or 0)}.ics"),
            key="rotation_ics",
            icon=":material/download:",
            on_click="ignore",
        )
    _accept(context, home, found, letter)


def _accept(context: Context, home: Home, found: answers.Answer, letter: str) -> None:
    with (
        st.expander(_("Keep or accept this proposal"), icon=":material/check:"),
        st.form(key="rotation_accept", border=False),
    ):
        title = st.text_input(_("Name"), value=_("Proposal {letter}").format(letter=letter), max_chars=80)
        owner = st.text_input(_("Who answers for it"), max_chars=200)
        is_firm = st.checkbox(_("Agreed with everybody (firm); else the weeks are tentative"))
        note = st.text_input(_("Note"), max_chars=500)
        left, right = st.columns(2)
        is_kept = left.form_submit_button(_("Keep"), icon=":material/save:")
        is_accepted = right.form_submit_button(_("Accept"), icon=":material/check:", type="primary")
    if not (is_kept or is_accepted):
        return
    if is_accepted and not owner.strip():
        st.error(_("Say who answers for it."))
        return
    number = show.tried(lambda: keeping.keep(home, context.viewer, found, title))
    if number is None:
        return
    if is_kept:
        show.tell_next(_("Kept as roster {number}.").format(number=number))
        st.rerun()
    with st.spinner(_("Writing the assignments and building the figures …")):
        done = show.tried(
            lambda: keeping.accept(
                context.file, context.viewer, number, owner=owner, note=note, is_tentative=not is_firm
            )
        )
    if done is not None:
        show.tell_next(
            _("Accepted as decision {decision}; the assignments count from now on.").format(decision=done[0])
        )
        st.rerun()


def kept(context: Context) -> None:
    """Show rosters that were kept, and of the chosen one where people were instead."""
    plans = keeping.kept_plans(home_of(context.file))
    if not plans:
        return
    st.subheader(_("Kept rosters"), anchor=False)
    titles = {one.plan_id: f"{one.plan_id}: {one.title}" for one in plans}
    number = address.one_of(
        st.selectbox,
        _("Planned against actual"),
        list(titles),
        key="plan",
        words=titles.__getitem__,
        index=None,
        placeholder=_("none"),
    )
    if number is None:
        return
    plan = next(one for one in plans if one.plan_id == number)
    rows = keeping.planned_and_actual(context.file, context.viewer, plan, context.as_of_date)
    if len(rows):
        show.remark(
            _("{count} of {all} filed person-weeks went as planned.").format(
                count=int(rows["is_as_planned"].sum()), all=len(rows)
            )
        )
    show.table(
        views.actual_table(rows), alt=_("Where people were planned and were"), empty=_("No week of it is filed yet.")
    )
