"""Parts of the review page: start, figures verified, agenda, walk-through."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

import streamlit as st

from analytics.review.agenda import FRAME_MINUTES, HOUR_MINUTES
from dashboard import address, show
from dashboard.answers import everything as answers
from dashboard.answers import review as reviewing
from dashboard.answers.review import Words
from dashboard.answers.review_decisions import followed
from dashboard.charts.review import then_and_now
from dashboard.i18n import _
from dashboard.views import review as views
from dashboard.views import review_figures, review_signs, words
from dashboard.views.drivers import movement_sentence

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dashboard.answers.days import Context
    from dashboard.answers.review import Review

#: When a point of a review was first shown on a day, by home, review and point: the timer runs from there, and a page
#: that is loaded anew (another screen in the room, a reload) does not begin it again.
_BEGUN: Final[dict[tuple[str, int, str, date], datetime]] = {}
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
    line = " · ".join(review_figures.verified_sentences(said))
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
            review_figures.send_list_table(said),
            alt=_("Status reports to ask for before the meeting"),
            empty=show.plain(_("No status report is overdue.")),
        )
        show.table(
            review_figures.filing_table(said),
            alt=_("Timesheets filed by team"),
            empty=show.plain(_("Nobody was expected to file.")),
        )
        show.remark(review_figures.filing_remark(said))
        show.table(
            review_figures.restated_table(said),
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
        _(
            "{count} points in {minutes} of the {most} minutes that the hour has for them; {rest} more did not fit."
        ).format(count=count, minutes=content["agenda_minutes"], most=HOUR_MINUTES - FRAME_MINUTES, rest=rest)
    )
    if count and st.button(_("Walk through"), icon=":material/slideshow:", key="walk", shortcut=_OPEN_KEY):
        address.choose_next(part="walk", point=content["agenda"][0]["key"])
    names = views.names_of(content)
    show.entries(
        views.agenda_entries(content["agenda"], names, 1), empty=show.plain(_("Nothing changed that needs the hour."))
    )
    if rest:
        with st.expander(show.plain(_("What did not fit the hour")), icon=":material/more_time:"):
            show.entries(views.agenda_entries(content["rest"], names, count + 1))
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
            _timer(review.head.review_id, key, int(point["minutes"]))
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


def _timer(number: int, key: str, minutes: int) -> None:
    """Say since when the point is open and until when it may take; a clock that ticks would redraw under the form."""
    now = datetime.now().astimezone()
    since = _BEGUN.setdefault((str(answers.home().path), number, key, now.date()), now)
    show.remark(
        _("Begun at {begun}, planned until {end} ({minutes} minutes).").format(
            begun=f"{since:%H:%M}", end=f"{since + timedelta(minutes=minutes):%H:%M}", minutes=minutes
        )
    )


def _point(review: Review, point: Mapping[str, Any]) -> None:
    names = views.names_of(review.content)
    st.subheader(show.plain(views.point_title(point, names)))
    first, *others = views.point_sentences(point)
    st.markdown(f"**{show.plain(review_signs.kind_words(point['kind']))}:** {show.plain(first)}")
    for text in others:
        show.sentence(f"• {text}")
    frozen = review.project(str(point["project_id"]))
    if frozen is not None and frozen["finish_p50_date"]:
        show.figure(
            then_and_now(
                views.range_rows(point, frozen),
                _("On {day}").format(day=words.date_text(review.content["since_date"])),
            ),
            key="then_and_now",
            alt=_("Forecast range today and the median before, with committed and announced dates"),
        )
    if point["movement"]:
        causes = views.movement_table(point["movement"], views.moved_weeks(point))
        show.table(causes, alt=_("Why the forecast moved"), empty="")
    elif views.moved_weeks(point) is not None:
        show.remark(movement_sentence(None, review.content["since_date"]))
    for sign in point["signs"]:
        if sign["evidence"]:
            show.remark(
                _("Evidence: {what}, {shown} of {count} rows").format(
                    what=review_signs.kind_words(sign["kind"]),
                    shown=len(sign["evidence"]),
                    count=sign["evidence_count"],
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
    # A decision that was recorded leaves an empty form, so that a second press records nothing twice.
    turn = int(st.session_state.get(_turn_name(number, key), 0))
    with st.form(key=f"decide_{number}_{key}_{turn}", border=False, clear_on_submit=False):
        title = st.text_area(_("Decision"), max_chars=200, height=70)
        owner = st.text_input(_("Owner"), max_chars=200)
        due = st.date_input(_("Due"), None)
        again = st.date_input(_("Look again on"), None)
        later = st.date_input(_("Look again when the median is later than"), None) if point["project_id"] else None
        # Days open a calendar over what lies below when Tab reaches them, so that none stands right above the button.
        why = st.text_area(_("Why"), max_chars=1000, height=70)
        others = st.text_input(_("What else was considered"), max_chars=1000)
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
        st.session_state[_turn_name(number, key)] = turn + 1
        show.tell_next(_("Decision {number} is recorded.").format(number=decision))
        st.rerun()


def _turn_name(number: int, key: str) -> str:
    return f"review_turn_{number}_{key}"


def _seen_name(number: int, key: str) -> str:
    return f"review_seen_{number}_{key}"


def _seen(number: int, key: str, seen: int) -> int:
    """Return how many decisions stood there when this session last showed the point, before the button was pressed."""
    return int(st.session_state.get(_seen_name(number, key), seen))
