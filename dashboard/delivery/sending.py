"""One message on one channel, tried with limits."""

from __future__ import annotations

import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

from dashboard.delivery.mailing import send_mail
from dashboard.delivery.posting import no_answer, post
from dashboard.delivery.problems import DeliveryError
from dashboard.delivery.webhooks import address, check_answer, payload
from dashboard.i18n import _
from data import clock
from data.alert_settings import WEBHOOKS
from data.problems import GoliveError
from data.secret_values import secret

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.delivery.messages import Message
    from data.alert_settings import Channel
    from data.home import Home


class Limits:
    """How long and how often a channel is tried in one go; publishing waits for no more than ``whole_seconds``."""

    timeout_seconds: float = 5.0
    attempts_count: int = 2
    pause_seconds: float = 1.0
    whole_seconds: float = 12.0


_OLDEST_BYTES: Final = 2_000_000


def send(home: Home, channel: Channel, message: Message) -> None:
    """Deliver a message on a channel, trying again where that may help.

    Raises
    ------
    DeliveryError
        It was not delivered.
    """
    for attempt in range(1, Limits.attempts_count + 1):
        try:
            _send_once(home, channel, message)
        except GoliveError as problem:  # a secret that is not there
            raise DeliveryError(str(problem), is_passing=False) from None
        except DeliveryError as problem:
            if not problem.is_passing or attempt == Limits.attempts_count:
                raise
            time.sleep(Limits.pause_seconds)
        else:
            return


def send_all(home: Home, outgoing: Sequence[tuple[Channel, Message]]) -> list[str]:
    """Deliver messages side by side; return of each why it failed, empty where it did not.

    Who hangs beyond the whole limit is left hanging: a thread that ends with the process.
    """
    said: list[str | None] = [None] * len(outgoing)

    def work(place: int, channel: Channel, message: Message) -> None:
        try:
            send(home, channel, message)
        except DeliveryError as problem:
            said[place] = problem.why
        except Exception as error:  # noqa: BLE001 - one channel keeps no other from sending; the message may hold secrets
            said[place] = _("An error that nobody expected ({kind}).").format(kind=type(error).__name__)
        else:
            said[place] = ""

    threads = [
        threading.Thread(target=work, args=(place, *one), daemon=True, name=f"golive-delivery-{place}")
        for place, one in enumerate(outgoing)
    ]
    for thread in threads:
        thread.start()
    end = time.monotonic() + Limits.whole_seconds
    for thread in threads:
        thread.join(max(end - time.monotonic(), 0.0))
    late = no_answer(Limits.whole_seconds)
    return [late if one is None else one for one in said]


def _send_once(home: Home, channel: Channel, message: Message) -> None:
    where = f"alerts.toml, channels.{channel.name}"
    if channel.kind in WEBHOOKS:
        url, key = secret(channel.section, "url", where), secret(channel.section, "secret", where)
        seconds = clock.now().timestamp()
        body = payload(channel.kind, message, key, seconds)
        check_answer(channel.kind, post(address(channel.kind, url, key, seconds), body, Limits.timeout_seconds))
    elif channel.kind == "mail":
        send_mail(channel.section, message, secret(channel.section, "password", where), Limits.timeout_seconds)
    else:
        _append(home.path / Path(str(channel.section["path"])).expanduser(), message)


def _append(file: Path, message: Message) -> None:
    """Add a message to the end of a file, whole or not at all; a file that has grown large begins again."""
    content = f"{clock.local_now():%Y-%m-%d %H:%M} {message.text()}\n\n".encode()
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        size = file.stat().st_size if file.is_file() else 0
        if size > _OLDEST_BYTES:
            file.replace(file.with_name(f"{file.name}.old"))
            size = 0
        with file.open("ab", buffering=0) as target:
            written = 0
            try:
                written = target.write(content)
            finally:
                if written != len(content):
                    target.truncate(size)
    except OSError as error:
        why = _("The file can't be written ({why}).").format(why=error.strerror)
        raise DeliveryError(why, is_passing=False) from None
    if written != len(content):
        raise DeliveryError(_("The file can't be written: the disk is full."), is_passing=False)
