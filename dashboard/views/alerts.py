"""Alerts in words: what is told, why now, what became of it, and how often telling was right. No person is named."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from dashboard.i18n import _, ngettext
from dashboard.views import words

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence
    from datetime import date


def rule_words(name: str) -> str:
    """Return what a rule is called."""
    known: Final = {
        "late": _("high chance of being late"),
        "promise": _("announced date in danger"),
        "moved": _("median finish moved"),
        "level": _("signs of overload"),
        "filing": _("timesheets missing"),
        "requests": _("late change requests"),
        "decision": _("decision overdue"),
        "presence": _("presence counter"),
    }
    return known.get(name, name)


def subject_words(alert: Any, names: Mapping[str, str]) -> str:
    """Return what an alert is about: a project or a team."""
    kind, _colon, name = alert.subject_key.partition(":")
    if kind == "team":
        return str(name)
    project_id = str(alert.why.get("project_id") or "")
    return names.get(project_id, project_id) if project_id else _("The firm")


def alert_sentence(alert: Any) -> str:
    """Say what is so and why it is told now, with the line that was crossed."""
    return _SENTENCES[alert.rule_name](alert) if alert.rule_name in _SENTENCES else rule_words(alert.rule_name)


def _late(alert: Any) -> str:
    before = alert.why.get("before")
    line = float(alert.why["raise_at"])
    was = "" if before is None else _(" ({chance} a week before)").format(chance=_below(before, line))
    return _("Chance of being late {chance}{was}; told from {line} on. Median finish {day}.").format(
        chance=words.chance_text(alert.value),
        was=was,
        line=words.chance_text(alert.why["raise_at"]),
        day=words.date_text(alert.why.get("finish_p50_date")),
    )


def _below(chance: float, line: float) -> str:
    """Return a chance; one that rounds up to the line which it has not reached says so."""
    text = words.chance_text(chance)
    return words.just_under_text(text) if chance < line and text == words.chance_text(line) else text


def _promise(alert: Any) -> str:
    return _("Announced {day}: the chance of keeping it is {chance}, below {line}. For 80 %, announce {other}.").format(
        day=words.date_text(alert.why["announced_date"]),
        chance=words.chance_text(alert.value),
        line=words.chance_text(alert.why["raise_at"]),
        other=words.date_text(alert.why.get("proposed_date")),
    )


def _moved(alert: Any) -> str:
    return _("Median finish {change}: {before} (said on {since}) → {now}.").format(
        change=words.change_text(alert.why["moved_days"] / 7),
        before=words.date_text(alert.why["finish_p50_date_before"]),
        since=words.date_text(alert.why["since_date"]),
        now=words.date_text(alert.why["finish_p50_date"]),
    )


def _level(alert: Any) -> str:
    return _("{count} of {team} people are at HIGH; told from {line} on.").format(
        count=alert.why["people_count"], team=alert.why["team_count"], line=words.number_text(alert.why["raise_at"])
    )


def _filing(alert: Any) -> str:
    return _("{filed} of {expected} timesheets of the week of {week} are filed, less than {line}.").format(
        filed=alert.why["filed_count"],
        expected=alert.why["expected_count"],
        week=words.date_text(alert.why.get("week")),
        line=words.percent_text(alert.why["raise_at"]),
    )


def _requests(alert: Any) -> str:
    return _("{count} late change requests in {weeks} weeks ({hours}); usual here in as long: {usual}.").format(
        count=alert.why["new_count"],
        weeks=words.number_text(alert.why["weeks_count"]),
        hours=words.hours_text(alert.why["new_hours"]),
        usual=words.number_text(alert.why["usual_count"], 1),
    )


def _decision(alert: Any) -> str:
    return _("Decision {number} was due on {day} and is open.").format(
        number=alert.why["decision_id"], day=words.date_text(alert.why["due_date"])
    )


def _presence(alert: Any) -> str:
    return ngettext(
        "{{counter}}: {count} person near or over the limit.",
        "{{counter}}: {count} people near or over the limit.",
        int(alert.why["people_count"]),
    ).format(counter=alert.why["counter_name"])


_SENTENCES: Final[dict[str, Callable[[Any], str]]] = {
    "late": _late,
    "promise": _promise,
    "moved": _moved,
    "level": _level,
    "filing": _filing,
    "requests": _requests,
    "decision": _decision,
    "presence": _presence,
}


def alert_line(alert: Any, names: Mapping[str, str]) -> str:
    """Return an alert as one line of a message."""
    return f"{subject_words(alert, names)} · {rule_words(alert.rule_name)}: {alert_sentence(alert)}"


def status_text(alert: Any, day: date, *, is_followed: bool = False) -> str:
    """Return what became of an alert; a decision about the project that followed it answers it."""
    status = alert.state_on(day)
    if status == "ended":
        return _("over since {day}").format(day=words.date_text(alert.ended_date))
    if status == "snoozed":
        return _("snoozed until {day}: {reason}").format(day=words.date_text(alert.snoozed_until), reason=alert.reason)
    if status == "acknowledged":
        what = _("acted on") if alert.is_acted else _("nothing to do")
        return f"{what}: {alert.reason}"
    if is_followed and not alert.is_old:
        return _("a decision followed")
    return _("held before") if alert.is_old else _("open")


def alerts_table(
    alerts: Sequence[Any], names: Mapping[str, str], day: date, followed: Collection[int] = ()
) -> pd.DataFrame:
    """Return alerts in words; ``followed`` are the numbers of those that a decision followed."""
    return pd.DataFrame(
        {
            _("No."): [one.alert_id for one in alerts],
            _("Since"): [words.date_text(one.as_of_date) for one in alerts],
            _("About"): [subject_words(one, names) for one in alerts],
            _("Alert"): [rule_words(one.rule_name) for one in alerts],
            _("Why now"): [alert_sentence(one) for one in alerts],
            _("Status"): [status_text(one, day, is_followed=one.alert_id in followed) for one in alerts],
        }
    )


def alert_entries(alerts: Sequence[Any], names: Mapping[str, str]) -> list[tuple[str, str, str]]:
    """Return alerts as a list shows them: number and subject, rule and day, why now."""
    return [
        (
            f"{one.alert_id}. {subject_words(one, names)}",
            _("{rule} · told since {day}").format(rule=rule_words(one.rule_name), day=words.date_text(one.as_of_date)),
            alert_sentence(one),
        )
        for one in alerts
    ]


def alert_labels(alerts: Sequence[Any], names: Mapping[str, str]) -> dict[int, str]:
    """Return alerts by number, as a list shows them."""
    return {
        one.alert_id: f"{one.alert_id}: {subject_words(one, names)} · {rule_words(one.rule_name)}" for one in alerts
    }


def answer_labels() -> dict[str, str]:
    """Return the answers to an alert by code."""
    return {
        "acted": _("acted on"),
        "needless": _("nothing to do"),
        "snooze": _("snoozed"),
    }


def headline(open_count: int, others_count: int) -> str:
    """Say how many alerts wait for somebody."""
    if not open_count:
        return _("No alert is open.")
    said = ngettext("{count} alert is open.", "{count} alerts are open.", open_count)
    if not others_count:
        return said
    more = ngettext("{count} more lasts and is answered.", "{count} more last and are answered.", others_count)
    return f"{said} {more}"


def precision_sentence(one: Any) -> str:
    """Say how often a rule was right."""
    rest = ngettext("{count} is not answered yet", "{count} are not answered yet", one.open_count)
    raised = ngettext("{count} alert", "{count} alerts", one.raised_count)
    return _("{rule}: {raised}; acted on {acted}, needed nothing {needless}, {rest}.").format(
        rule=rule_words(one.rule_name),
        raised=raised,
        acted=one.acted_count,
        needless=one.needless_count,
        rest=rest,
    )


def held_before_sentence(count: int) -> str:
    """Say how many alerts are left out where rules are judged; nothing where none is."""
    if not count:
        return ""
    return ngettext(
        "{count} alert more held before rules were first looked at, and is not counted.",
        "{count} alerts more held before rules were first looked at, and are not counted.",
        count,
    )


def replay_table(judged: Sequence[Any]) -> pd.DataFrame:
    """Return, for each rule, how many alerts past weeks would have had and how many proved right."""
    return pd.DataFrame(
        {
            _("Alert"): [rule_words(one.rule_name) for one in judged],
            _("Raised"): [one.raised_count for one in judged],
            _("Can be judged"): [one.judged_count or words.none_text() for one in judged],
            _("Proved right"): [one.right_count if one.judged_count else words.none_text() for one in judged],
        }
    )


def replay_sentence(weeks: pd.DataFrame, repeated_count: int) -> str:
    """Say how many alerts a week there would have been, and that none was told twice."""
    counts = weeks["count"]
    said = _("{count} alerts in {weeks} weeks: {mean} a week, {most} in the fullest.").format(
        count=int(counts.sum()),
        weeks=len(weeks),
        mean=words.number_text(float(counts.mean()), 1),
        most=int(counts.max()),
    )
    twice = (
        ngettext("{count} was told twice.", "{count} were told twice.", repeated_count)
        if repeated_count
        else _("None was told twice for the same reason.")
    )
    return f"{said} {twice}"


def digest_title(count: int, day: date) -> str:
    """Return the title of a message about so many alerts; it holds no name."""
    said = ngettext("Golive: {count} new alert", "Golive: {count} new alerts", count)
    return f"{said}, {words.date_text(day)}"


def channel_sentence(name: str, waiting_count: int, why: str) -> str:
    """Say that alerts were not sent on a channel."""
    said = ngettext("{count} alert was not sent on {{name}}", "{count} alerts were not sent on {{name}}", waiting_count)
    return f"{said.format(name=name)}: {why}"
