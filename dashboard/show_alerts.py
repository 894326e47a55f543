"""Alerts on the review page: what waits for somebody, answers, how often telling was right, what was not sent."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard import show
from dashboard.answers import alerts as answers
from dashboard.answers import everything
from dashboard.delivery.outbox import undelivered
from dashboard.i18n import _
from dashboard.views import alerts as views
from data.problems import GoliveError

if TYPE_CHECKING:
    from datetime import date

    from dashboard.answers.days import Context
    from data.journal import Alert

_ANSWERS: Final = ("acted", "needless", "snooze")


def alerts(context: Context) -> None:
    """Show the alerts that wait for somebody; of a past day those that had been raised by then."""
    home, day = everything.home(), context.as_of_date
    known = answers.alerts(home, context.viewer, day)
    waiting = answers.unanswered(home, known, day)
    followed = answers.answered_by_decision(home, known, day)
    lasting = [*followed, *(one for one in known if one.state_on(day) in {"acknowledged", "snoozed"})]
    names = answers.names_of(context.file)
    st.subheader(show.plain(_("Alerts")))
    show.sentence(views.headline(len(waiting), len(lasting)))
    show.entries(views.alert_entries(waiting, names))
    if waiting:
        show.remark(_("Each alert keeps the figures of the day since which it stands; Portfolio has those of today."))
    if not context.is_replay:
        _answer(context, [*waiting, *lasting], names)
    with st.expander(show.plain(_("All alerts, and how often they were right")), icon=":material/history:"):
        show.table(
            views.alerts_table(known, names, day, {one.alert_id for one in followed}),
            alt=_("All alerts with what became of them"),
            empty=show.plain(_("No alert was raised yet. Rules are looked at whenever data are published.")),
        )
        for one in answers.precision(home, context.viewer, day):
            show.remark(views.precision_sentence(one))
        show.remark(views.held_before_sentence(sum(one.is_old for one in known)))
    for left in undelivered(home):
        count = len(left.due) + len(left.given_up)
        st.warning(show.plain(views.channel_sentence(left.channel.name, count, left.why)), icon=":material/mail_off:")


def _answer(context: Context, found: list[Alert], names: dict[str, str]) -> None:
    """Let the reader acknowledge or snooze an alert, with a reason."""
    if not found:
        return
    by_number = {one.alert_id: one for one in found}
    labels, kinds = views.alert_labels(found, names), views.answer_labels()
    with (
        st.expander(show.plain(_("Acknowledge or snooze")), icon=":material/notifications_paused:"),
        st.form(key="answer_alert", border=False),
    ):
        number = st.selectbox(_("Alert"), list(labels), format_func=labels.__getitem__)
        kind = st.selectbox(_("It is"), list(_ANSWERS), format_func=kinds.__getitem__)
        until = st.date_input(_("Snooze until"), context.latest_date + timedelta(weeks=1))
        reason = st.text_input(_("Reason (needed)"), max_chars=300)
        is_wanted = st.form_submit_button(_("Save the answer"), icon=":material/check:")
    if not is_wanted:
        return
    one = by_number[number]
    until_date: date | None = until if kind == "snooze" else None
    if show.tried(lambda: _save(context, one, kind, reason, until_date)) is not None:
        show.tell_next(_("Alert {number} is answered.").format(number=number))
        st.rerun()


def _save(context: Context, one: Alert, kind: str, reason: str, until: date | None) -> int:
    from data.journal import acknowledge, snooze  # noqa: PLC0415 - its libraries take half a second to load

    home, who = everything.home(), context.viewer.name
    if kind == "snooze":
        if until is None or until <= context.latest_date:
            raise GoliveError(_("A snoozed alert comes back on a day."), _("Give a day that lies ahead."))
        return snooze(home, who, one.alert_id, until, reason, seen_version=one.version)
    return acknowledge(home, who, one.alert_id, reason, is_acted=kind == "acted", seen_version=one.version)
