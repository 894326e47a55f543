"""Alerts: what was told when and why, what people said of it, and what became of sending it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import func, select

from data.journal.edits import Edit, day_of, edit, edit_row, merged, read_edits
from data.journal.engine import added, now, reading
from data.journal.tables import AlertDeliveryRow, AlertLookRow, AlertRow
from data.problems import GoliveError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date, datetime

    from sqlalchemy.orm import Session

    from data.home import Home
    from data.journal.tables import Base

SUBJECT: Final = "alert"
ACKNOWLEDGED, SNOOZED, ENDED, RETURNED = "acknowledged", "snoozed", "ended", "returned"
#: Who writes that an alert is over.
_GOLIVE: Final = "Golive"
_WHY_LENGTH: Final = 500


@dataclass(frozen=True)
class NewAlert:
    """What is told: the rule, about what, its figure, and the figures that say why now."""

    rule_name: str
    subject_key: str
    value: float
    why: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Look:
    """One look at the rules: what it saw, and what it changes."""

    as_of_date: date
    publication: str
    rule_names: Sequence[str]
    raised: Sequence[NewAlert] = ()
    ended_ids: Sequence[int] = ()
    returned_ids: Sequence[int] = ()


@dataclass(frozen=True)
class Alert:
    """An alert with what became of it.

    Parameters
    ----------
    ended_date
        The day on which it was over; nothing while it lasts.
    is_acted
        Whether whoever acknowledged it acted on it; nothing while nobody did.
    reason
        What was said when it was acknowledged or snoozed.
    """

    alert_id: int
    raised_at: datetime
    as_of_date: date
    publication: str
    rule_name: str
    subject_key: str
    value: float
    why: Mapping[str, Any]
    ended_date: date | None = None
    is_acknowledged: bool = False
    is_acted: bool | None = None
    snoozed_until: date | None = None
    reason: str = ""
    said_by: str = ""
    version: int = 0
    history: tuple[Edit, ...] = ()

    @property
    def is_old(self) -> bool:
        """Tell whether it held before anybody looked."""
        return bool(self.why.get("is_old"))

    def state_on(self, day: date) -> str:
        """Return ``ended``, ``acknowledged``, ``snoozed`` or ``open`` as of a day."""
        if self.ended_date is not None and self.ended_date <= day:
            return "ended"
        if self.is_acknowledged:
            return "acknowledged"
        return "snoozed" if self.snoozed_until is not None and day < self.snoozed_until else "open"


@dataclass(frozen=True)
class Delivery:
    """One try to deliver an alert on a channel."""

    tried_at: datetime
    alert_id: int
    channel_name: str
    is_sent: bool
    why: str


def keep_look(home: Home, look: Look) -> bool:
    """Write down one look with all that it changes, all or nothing; say whether that was done.

    It is not where somebody answered one of these alerts, or another process looked, at the same moment: look again.
    """
    day = look.as_of_date.isoformat()
    rows: list[Base] = [
        AlertLookRow(
            looked_at=now(),
            as_of_date=look.as_of_date,
            publication=look.publication,
            rules_json=json.dumps(list(look.rule_names)),
        )
    ]
    with reading(home) as session:
        rows += [_row(session, one, look) for one in look.raised]
        edits = read_edits(session, SUBJECT)
    changed = [(one, ENDED, day) for one in look.ended_ids] + [(one, RETURNED, None) for one in look.returned_ids]
    for alert_id, kind, ended_date in changed:
        own = edits.get(alert_id, [])
        version = own[-1].version + 1 if own else 1
        rows.append(edit_row(_GOLIVE, SUBJECT, alert_id, version, kind, {"ended_date": ended_date}))
    return added(home, rows)


def _row(session: Session, new: NewAlert, look: Look) -> AlertRow:
    before = session.scalar(
        select(func.max(AlertRow.occurrence)).where(
            AlertRow.rule_name == new.rule_name, AlertRow.subject_key == new.subject_key
        )
    )
    return AlertRow(
        raised_at=now(),
        as_of_date=look.as_of_date,
        publication=look.publication,
        rule_name=new.rule_name,
        subject_key=new.subject_key,
        value=new.value,
        why_json=json.dumps(dict(new.why), ensure_ascii=False),
        occurrence=int(before or 0) + 1,
    )


def looked_rules(home: Home) -> frozenset[str]:
    """Return the rules that were ever looked at."""
    with reading(home) as session:
        texts = session.scalars(select(AlertLookRow.rules_json).distinct())
        return frozenset(name for text in texts for name in json.loads(text))


def read_alerts(home: Home) -> list[Alert]:
    """Return all alerts with what became of them, the newest first."""
    with reading(home) as session:
        edits = read_edits(session, SUBJECT)
        rows = session.scalars(select(AlertRow).order_by(AlertRow.alert_id.desc()))
        return [_alert(row, edits.get(row.alert_id, [])) for row in rows]


def read_alert(home: Home, alert_id: int) -> Alert:
    """Return one alert.

    Raises
    ------
    GoliveError
        There is none of that number.
    """
    found = next((one for one in read_alerts(home) if one.alert_id == alert_id), None)
    if found is None:
        raise GoliveError(f"No alert has the number {alert_id}.", "`golive alerts show --all` lists them.")
    return found


def acknowledge(
    home: Home, viewer_name: str, alert_id: int, reason: str, *, is_acted: bool, seen_version: int | None = None
) -> int:
    """Say that an alert was read, why it is left at that, and whether something was done; return the new version.

    Raises
    ------
    ConflictError
        Somebody else answered it after ``seen_version``.
    GoliveError
        There is none of that number, or no reason is given.
    """
    fields = {"is_acted": is_acted, "is_acknowledged": True, "snoozed_until": None}
    return _answer(home, viewer_name, alert_id, ACKNOWLEDGED, fields, reason, seen_version)


def snooze(
    home: Home, viewer_name: str, alert_id: int, until: date, reason: str, *, seen_version: int | None = None
) -> int:
    """Leave an alert alone until a day; return the new version.

    Raises
    ------
    ConflictError
        Somebody else answered it after ``seen_version``.
    GoliveError
        There is none of that number, it is over, or no reason is given.
    """
    if read_alert(home, alert_id).ended_date is not None:
        raise GoliveError(f"Alert {alert_id} is over.", "Only what lasts can be snoozed.")
    fields = {"snoozed_until": until.isoformat(), "is_acknowledged": False}
    return _answer(home, viewer_name, alert_id, SNOOZED, fields, reason, seen_version)


def _answer(
    home: Home,
    viewer_name: str,
    alert_id: int,
    kind: str,
    fields: Mapping[str, Any],
    reason: str,
    seen_version: int | None,
) -> int:
    read_alert(home, alert_id)
    if not reason.strip():
        raise GoliveError("An answer to an alert needs a reason.", "Say in a few words why.")
    return edit(home, viewer_name, SUBJECT, alert_id, kind, fields, seen_version=seen_version, note=reason)


def note_deliveries(home: Home, channel_name: str, alert_ids: Iterable[int], *, is_sent: bool, why: str = "") -> None:
    """Write down one try to deliver alerts on a channel; ``why`` holds no address and no secret."""
    rows = [
        AlertDeliveryRow(
            tried_at=now(), alert_id=alert_id, channel_name=channel_name, is_sent=is_sent, why=why[:_WHY_LENGTH]
        )
        for alert_id in alert_ids
    ]
    added(home, rows)


def read_deliveries(home: Home) -> list[Delivery]:
    """Return every try to deliver, in their order."""
    with reading(home) as session:
        rows = session.scalars(select(AlertDeliveryRow).order_by(AlertDeliveryRow.delivery_id))
        return [Delivery(row.tried_at, row.alert_id, row.channel_name, row.is_sent, row.why) for row in rows]


def _alert(row: AlertRow, edits: list[Edit]) -> Alert:
    said = merged(edits)
    answers = [one for one in edits if one.kind in {ACKNOWLEDGED, SNOOZED}]
    return Alert(
        alert_id=row.alert_id,
        raised_at=row.raised_at,
        as_of_date=row.as_of_date,
        publication=row.publication,
        rule_name=row.rule_name,
        subject_key=row.subject_key,
        value=0.0 if row.value is None else row.value,
        why=json.loads(row.why_json),
        ended_date=day_of(said.get("ended_date")),
        is_acknowledged=bool(said.get("is_acknowledged")),
        is_acted=said.get("is_acted"),
        snoozed_until=day_of(said.get("snoozed_until")),
        reason=answers[-1].note if answers else "",
        said_by=answers[-1].viewer_name if answers else "",
        version=edits[-1].version if edits else 0,
        history=tuple(edits),
    )
