"""What is still to be sent on which channel, and sending it once data are published. It never raises.

Alerts stay in the journal until a channel has taken them: a server that is down or a machine that is switched off
delays them. After ``MOST_TRIES`` tries an alert is given up on that channel, and the page and the command say so. A
crash between sending and writing that down sends a message twice rather than never.
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from filelock import FileLock, Timeout

from dashboard import error_log
from dashboard.answers.alerts import alerts, listed, names_of
from dashboard.answers.viewers import local_viewer
from dashboard.delivery.messages import Message, harmless
from dashboard.delivery.sending import send_all
from dashboard.i18n import _
from dashboard.views.alerts import alert_line, digest_title
from data import clock
from data.alert_settings import alerts_table, channels_of
from data.problems import GoliveError
from data.publishing import published_file

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime

    from data.alert_settings import Channel
    from data.home import Home
    from data.journal import Alert, Delivery

MOST_TRIES: Final = 10
#: What is older is no news: a channel that is added later gets no flood.
_MOST_AGE: Final = timedelta(days=14)
#: More single messages at once than this would be refused by some chats: they become one digest.
_MOST_SINGLE: Final = 5
_LOCK: Final = "alerts.lock"


@dataclass(frozen=True)
class Outcome:
    """What became of sending on a channel: how many alerts, and why not where it failed."""

    channel_name: str
    alerts_count: int
    why: str = ""


@dataclass(frozen=True)
class Waiting:
    """Alerts that a channel has not taken yet: those still tried, those given up, and why the last try failed."""

    channel: Channel
    due: tuple[Alert, ...]
    given_up: tuple[Alert, ...]
    why: str


def deliver(home: Home) -> list[Outcome]:
    """Send what is due on every channel, and write down what became of it. Whatever fails, nothing is raised."""
    try:
        if not channels_of(alerts_table(home)):
            return []
        with FileLock(home.path / _LOCK, timeout=0, mode=0o600):
            return _deliver(home)
    except Timeout:
        return []  # another process is at it
    except GoliveError as problem:
        return [Outcome("alerts.toml", 0, str(problem))]
    except Exception as error:  # noqa: BLE001 - alerts keep no data from being published
        number = error_log.note_error(home, error, "alerts")
        return [Outcome("–", 0, _("An error that nobody expected; it is noted as {number}.").format(number=number))]


def _deliver(home: Home) -> list[Outcome]:
    from data.journal import note_deliveries  # noqa: PLC0415 - its libraries are slow to load

    file = published_file(home)
    if file is None:
        return []
    day, names = clock.today(), names_of(file)
    outgoing = [
        (one.channel, batch, _message(batch, names, day))
        for one in waiting(home, is_due_only=True)
        for batch in _batches(one)
    ]
    said = send_all(home, [(channel, message) for channel, _batch, message in outgoing])
    found = []
    for (channel, batch, _message_sent), why in zip(outgoing, said, strict=True):
        note_deliveries(home, channel.name, [one.alert_id for one in batch], is_sent=not why, why=why)
        found.append(Outcome(channel.name, len(batch), why))
    return found


def waiting(home: Home, *, is_due_only: bool = False) -> list[Waiting]:
    """Return what each channel has not taken yet.

    Parameters
    ----------
    is_due_only
        Leave out channels to which something was sent so lately that the next digest has to wait.
    """
    from data.journal import read_deliveries  # noqa: PLC0415 - as above

    channels = channels_of(alerts_table(home))
    if not channels:
        return []
    moment = clock.now().replace(tzinfo=None)
    fresh = [one for one in listed(alerts(home, local_viewer()), clock.today()) if moment - one.raised_at <= _MOST_AGE]
    tries = read_deliveries(home)
    found = [_waiting(channel, fresh, tries) for channel in channels]
    return [one for one in found if not is_due_only or (one.due and _is_time(one.channel, tries, moment))]


def _waiting(channel: Channel, fresh: Sequence[Alert], tries: Sequence[Delivery]) -> Waiting:
    own = [one for one in tries if one.channel_name == channel.name]
    sent = {one.alert_id for one in own if one.is_sent}
    left = [one for one in fresh if one.alert_id not in sent and (not channel.rules or one.rule_name in channel.rules)]
    counts = {one.alert_id: sum(a_try.alert_id == one.alert_id for a_try in own) for one in left}
    numbers = set(counts)
    failed = [one.why for one in own if not one.is_sent and one.alert_id in numbers]
    return Waiting(
        channel,
        tuple(one for one in left if counts[one.alert_id] < MOST_TRIES),
        tuple(one for one in left if counts[one.alert_id] >= MOST_TRIES),
        failed[-1] if failed else "",
    )


def _is_time(channel: Channel, tries: Sequence[Delivery], moment: datetime) -> bool:
    sent = [one.tried_at for one in tries if one.channel_name == channel.name and one.is_sent]
    return not sent or moment - max(sent) >= timedelta(hours=channel.every_hours)


def _batches(one: Waiting) -> list[Sequence[Alert]]:
    is_digest = one.channel.is_digest or len(one.due) > _MOST_SINGLE
    return [one.due] if is_digest else [(alert,) for alert in one.due]


def _message(batch: Sequence[Alert], names: Mapping[str, str], day: date) -> Message:
    lines = tuple(harmless(alert_line(one, names)) for one in batch)
    return Message(digest_title(len(batch), day), lines)


def trial_message() -> Message:
    """Return the message that shows whether a channel works."""
    return Message(_("Golive: test message"), (_("Alerts will arrive here."),))


def tested(home: Home, name: str | None) -> list[Outcome]:
    """Send the test message on one channel, or on all; nothing is written down.

    Raises
    ------
    GoliveError
        There is no such channel, or none at all.
    """
    channels = channels_of(alerts_table(home))
    chosen = [one for one in channels if name is None or one.name == name]
    if not chosen:
        known = ", ".join(one.name for one in channels)
        what = _("There is no channel “{name}”.").format(name=name) if name else _("No channel is set up.")
        advice = _("Channels: {names}.").format(names=known) if known else _("docs/alerts.md shows how to set one up.")
        raise GoliveError(what, advice)
    message = trial_message()
    said = send_all(home, [(one, message) for one in chosen])
    return [Outcome(one.name, 0, why) for one, why in zip(chosen, said, strict=True)]


def undelivered(home: Home) -> list[Waiting]:
    """Return the channels on which something failed or was given up; nothing where that can't be told."""
    with contextlib.suppress(GoliveError):
        return [one for one in waiting(home) if one.why or one.given_up]
    return []
