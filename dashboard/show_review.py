"""Parts of the review page: start, figures verified, agenda, walk-through, decisions, announced dates, risks."""

from __future__ import annotations

import time
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

import pandas as pd
import streamlit as st

from dashboard import address, show
from dashboard.answers import everything as answers
from dashboard.answers import review as reviewing
from dashboard.answers.review import Words
from dashboard.answers.review_decisions import followed, score_now
from dashboard.charts.review import then_and_now
from dashboard.i18n import _
from dashboard.views import review as views
from dashboard.views import words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dashboard.answers.days import Context
    from dashboard.answers.review import Review

#: When a point was opened in this session: the timer runs from there.
_BEGUN: Final = "review_begun"
_DECIDING_WEEKS: Final = 1
#: Names of keys, as Streamlit knows them.
_OPEN_KEY, _BACK_KEY, _NEXT_KEY = "Enter", "Left", "Right"


def start(context: Context, *, has_reviews: bool) -> None:
    """Offer to open a review: its figures are frozen from then on."""
    title = _("Open the next review") if has_reviews else _("Open the first review")
    with st.expander(show.plain(title), icon=":material/play_arrow:", expanded=not has_reviews):
        with st.form(key="open_review", border=False):
            named = st.text_input(
                _("Who takes part (name=role, separated by commas)"),
                placeholder=_("Ana=portfolio manager, 林悦=delivery lead"),
                max_chars=500,
            )
            is_wanted = st.form_submit_button(_("Freeze the figures and open"), icon=":material/lock:", type="primary")
        show.remark(_("Opening the same state of the data once more makes no second review."))
    if is_wanted:
        with st.spinner(_("Building the agenda …")):
            number = show.tried(lambda: _open(context, named))
        if number is not None:
            show.tell_next(_("Review {number} is open; its figures don't change any more.").format(number=number))
            address.choose_next(review=number, part="agenda")


def _open(context: Context, named: str) -> int:
    from data.journal import Attendee  # noqa: PLC0415 - its libraries take half a second to load

    pairs = [text.partition("=") for text in named.split(",") if text.strip()]
    people = [Attendee(name.strip(), role.strip() or _("attending")) for name, _sign, role in pairs]
    return reviewing.open_review(answers.home(), context.file, context.viewer, people, context.as_of_date)


def verified(review: Review) -> None:
    """Show the line that saves the first twenty minutes, and its tables."""
    said = review.content["verified"]
    line = " · ".join(views.verified_sentences(said))
    st.markdown(f":material/verified: **{show.plain(_('Figures verified'))}** · {show.plain(line)}")
    with st.expander(show.plain(_("Details and the list to send out")), icon=":material/mail:"):
        attending = ", ".join(f"{one.name} ({one.role})" for one in review.head.attendees)
        show.remark(
            _("Publication {file}, frozen {moment}. Attending: {names}.").format(
                file=said["publication"],
                moment=words.moment_text(review.head.opened_at),
                names=attending or words.none_text(),
            )
        )
        show.table(
            views.send_list_table(said),
            alt=_("Status reports to ask for before the meeting"),
            empty=show.plain(_("No status report is overdue.")),
        )
        show.table(
            views.filing_table(said),
            alt=_("Timesheets filed by team"),
            empty=show.plain(_("Nobody was expected to file.")),
        )
        show.table(
            views.restated_table(said),
            alt=_("Batches that restated past weeks"),
            empty=show.plain(_("No past week was restated.")),
        )
    if review.content["vanished"]:
        gone = ", ".join(str(row["project_name"] or row["project_id"]) for row in review.content["vanished"])
        st.warning(show.plain(_("No longer in the register: {names}.").format(names=gone)))


def agenda(review: Review) -> None:
    """Show the points that fit in the hour, and the rest."""
    content = review.content
    count, rest = len(content["agenda"]), len(content["rest"])
    show.sentence(
        _("{count} points in {minutes} minutes; {rest} more did not fit the hour.").format(
            count=count, minutes=content["agenda_minutes"], rest=rest
        )
    )
    if count and st.button(_("Walk through"), icon=":material/slideshow:", key="walk", shortcut=_OPEN_KEY):
        address.choose_next(part="walk", point=content["agenda"][0]["key"])
    show.prose_table(
        views.agenda_table(content).drop(columns="key"),
        empty=show.plain(_("Nothing changed that needs the hour.")),
    )
    show.remark(_("Ranked by expected person-weeks of harm and by how unusual the change is."))


def walk(context: Context, review: Review) -> None:
    """Show one point a screen, with arrow keys, a timer and the form to decide."""
    points = review.content["agenda"]
    if not points:
        st.info(_("Nothing changed that needs the hour."))
        return
    titles = views.point_labels(review.content)
    key = address.one_of(
        st.selectbox, _("Point"), list(titles), key="point", default=points[0]["key"], words=titles.__getitem__
    )
    is_shared = address.switch(_("Shared view"), key="shared")
    place = list(titles).index(key)
    _steps(titles, place)
    point = review.point(key)
    left, right = (st.container(), None) if is_shared else st.columns([2, 1])
    with left:
        _point(review, point)
    if right is not None:
        with right:
            _timer(key, int(point["minutes"]))
            _decide(context, review, point)


def _steps(titles: Mapping[str, str], place: int) -> None:
    keys = list(titles)
    said = _("Item {place} of {count}").format(place=place + 1, count=len(keys))
    st.progress((place + 1) / len(keys), text=show.plain(said))
    with st.container(horizontal=True):
        if st.button(
            _("Back"), key="point_back", icon=":material/arrow_back:", shortcut=_BACK_KEY, disabled=place == 0
        ):
            address.choose_next(point=keys[place - 1])
        is_last = place + 1 == len(keys)
        if st.button(
            _("Next"), key="point_next", icon=":material/arrow_forward:", shortcut=_NEXT_KEY, disabled=is_last
        ):
            address.choose_next(point=keys[place + 1])


@st.fragment(run_every=timedelta(seconds=1))
def _timer(key: str, minutes: int) -> None:
    begun: dict[str, float] = st.session_state.setdefault(_BEGUN, {})
    seconds = int(time.monotonic() - begun.setdefault(key, time.monotonic()))
    show.remark(
        _("{minutes}:{seconds} of {planned} minutes").format(
            minutes=seconds // 60, seconds=f"{seconds % 60:02d}", planned=minutes
        )
    )


def _point(review: Review, point: Mapping[str, Any]) -> None:
    names = views.names_of(review.content)
    st.subheader(show.plain(views.point_title(point, names)))
    first, *others = views.point_sentences(point)
    st.markdown(f"**{show.plain(views.kind_words(point['kind']))}:** {show.plain(first)}")
    for text in others:
        show.sentence(f"• {text}")
    frozen = review.project(str(point["project_id"]))
    if frozen is not None and frozen["finish_p50_date"]:
        show.figure(
            then_and_now(views.range_rows(point, frozen)),
            key="then_and_now",
            alt=_("Forecast range today and the median of the last review, with committed and announced dates"),
        )
    if point["movement"]:
        show.table(views.movement_table(point["movement"]), alt=_("Why the forecast moved"), empty="")
    for sign in point["signs"]:
        if sign["evidence"]:
            show.remark(
                _("Evidence: {what}, {shown} of {count} rows").format(
                    what=views.kind_words(sign["kind"]), shown=len(sign["evidence"]), count=sign["evidence_count"]
                )
            )
            show.table(views.evidence_table(sign), alt=_("Evidence rows"), empty="")
    if point["project_id"] and st.button(_("Open project"), icon=":material/flag:", key="open_project"):
        address.go("app_pages/project.py", project=point["project_id"])


def _decide(context: Context, review: Review, point: Mapping[str, Any]) -> None:
    where, number, key = answers.home(), review.head.review_id, str(point["key"])
    st.subheader(_("Decide"))
    seen = reviewing.decisions_at(where, number, key)
    if seen:
        for one in followed(where, context.file, context.viewer, context.latest_date):
            if one["review_id"] == number and one["item_key"] == key:
                show.sentence(f"✓ {one['title']} · {one['owner_name'] or words.none_text()}")
    with st.form(key=f"decide_{number}_{key}", border=False, clear_on_submit=False):
        title = st.text_area(_("Decision"), max_chars=200, height=70)
        why = st.text_area(_("Why"), max_chars=1000, height=70)
        others = st.text_input(_("What else was considered"), max_chars=1000)
        owner = st.text_input(_("Owner"), max_chars=200)
        due = st.date_input(_("Due"), None)
        again = st.date_input(_("Look again on"), None)
        later = st.date_input(_("Look again when the median is later than"), None) if point["project_id"] else None
        is_wanted = st.form_submit_button(_("Record"), icon=":material/check:", type="primary")
    if not is_wanted:
        return
    condition = {"measure": "finish_p50_date", "is": "above", "value": str(later)} if later else {}
    said = Words(title, owner, due, why, others, again, condition)
    decision = show.tried(
        lambda: reviewing.decide(where, context.viewer, number, key, said, seen_count=_seen(number, key, seen))
    )
    if decision is not None:
        st.session_state.pop(_seen_name(number, key), None)
        show.tell_next(_("Decision {number} is recorded.").format(number=decision))
        st.rerun()


def _seen_name(number: int, key: str) -> str:
    return f"review_seen_{number}_{key}"


def _seen(number: int, key: str, seen: int) -> int:
    """Return how many decisions stood there when this session last showed the point, before the button was pressed."""
    return int(st.session_state.get(_seen_name(number, key), seen))


def decisions(context: Context, review: Review) -> None:
    """Show the register of decisions as it stands today, and let the reader close one."""
    where = answers.home()
    found = followed(where, context.file, context.viewer, context.latest_date)
    text = st.text_input(_("Search decision, project, owner"), key="find_decision", max_chars=100)
    names = {**views.names_of(review.content), **_project_names(context)}
    rows = [one for one in found if views.is_found(one, text, names)]
    show.sentence(views.score_sentence(vars(score_now(where, context.file))))
    show.table(
        views.decisions_table(rows, names).drop(columns="decision_id"),
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
        wanted = st.selectbox(_("It is"), ["done", "dropped", "open"], format_func=views.status_of_decision)
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
    table = views.projects_table(review.content)
    show.table(
        table.drop(columns="project_id"),
        alt=_("Projects with their frozen forecast and announced date"),
        empty=show.plain(_("No project was forecast.")),
    )
    names = _project_names(context)
    running = [row["project_id"] for row in review.content["projects"]]
    if not running:
        return
    with (
        st.expander(show.plain(_("Announce a finish")), icon=":material/campaign:"),
        st.form(key="announce", border=False),
    ):
        project = st.selectbox(_("Project"), running, format_func=lambda one: names.get(one, one))
        day = st.date_input(_("Announced finish"), context.latest_date + timedelta(weeks=_DECIDING_WEEKS))
        by = st.text_input(_("Announced by"), max_chars=200)
        is_wanted = st.form_submit_button(_("Record the announcement"), icon=":material/check:")
    if is_wanted and isinstance(day, pd.Timestamp | type(context.latest_date)):
        number = review.head.review_id
        chance = show.tried(
            lambda: reviewing.announce(
                answers.home(), context.file, context.viewer, project, day, by or context.viewer.name, review_id=number
            )
        )
        if chance is not None:
            show.tell_next(
                _("Recorded: the chance of keeping it is {chance}.").format(chance=words.chance_text(chance))
            )
            st.rerun()


def register(context: Context) -> None:
    """Show risks and issues, and let the reader add one."""
    from data.journal import RaidEntry, read_entries, record_entries  # noqa: PLC0415 - slow to load

    where, names = answers.home(), _project_names(context)
    show.table(
        views.risks_table(read_entries(where), names),
        alt=_("Risks and issues"),
        empty=show.plain(_("No risk or issue is on record.")),
    )
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
