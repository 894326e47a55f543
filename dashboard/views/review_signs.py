"""Signs of an agenda in words: what each kind is called, and a sentence with the figures that decide."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from analytics.delay.view import RED_PROBABILITY
from dashboard.i18n import _, ngettext
from dashboard.views import words

if TYPE_CHECKING:
    from collections.abc import Mapping


def kind_words(kind: str) -> str:
    """Return what a sign is called."""
    known: Final = {
        "moved": _("forecast moved"),
        "moved_earlier": _("forecast came nearer"),
        "contradicted": _("green report, red forecast"),
        "promise": _("announced date in danger"),
        "promise_safe": _("announced date is too late"),
        "requests": _("change requests"),
        "standstill": _("hours without progress"),
        "silent": _("timesheets missing"),
        "overload": _("more weeks on watch"),
        "long_away": _("long stay on site"),
        "junior_alone": _("junior alone on site"),
        "crunch": _("long weeks"),
        "replaced": _("team replaced"),
        "spread_thin": _("people on many projects"),
        "cover": _("site loses cover"),
        "presence": _("presence counter"),
        "restated": _("restated weeks"),
        "decision": _("decision to follow up"),
    }
    return known.get(kind, kind)


def sign_sentence(kind: str, figures: Mapping[str, Any]) -> str:
    """Say what happened, with the figures that decide."""
    wording: Final = {
        "moved": _moved,
        "moved_earlier": _moved,
        "contradicted": _contradicted,
        "promise": _promise,
        "promise_safe": _promise,
        "requests": _requests,
        "decision": _decision,
    }
    if kind in wording:
        return wording[kind](figures)
    return str(_PLAIN_SENTENCES.get(kind, lambda _figures: kind_words(kind))(figures))


def _moved(figures: Mapping[str, Any]) -> str:
    return _("Median finish {change}: {before} → {now}. Chance of being late {chance_before} → {chance}.").format(
        change=words.change_text(figures["moved_weeks"]),
        before=words.date_text(figures["finish_p50_date_before"]),
        now=words.date_text(figures["finish_p50_date"]),
        chance_before=words.chance_text(figures["late_probability_before"]),
        chance=words.chance_text(figures["late_probability"]),
    )


def _contradicted(figures: Mapping[str, Any]) -> str:
    said = _("The report of {day} is green; the chance of being late is {chance}").format(
        day=words.date_text(figures["report_date"]), chance=words.chance_text(figures["late_probability"])
    )
    since = figures.get("red_since_date")
    if words.is_unknown(since):
        return f"{said}."
    return _("{said}, and was over {line} on {day}, too.").format(
        said=said, line=words.percent_text(RED_PROBABILITY), day=words.date_text(since)
    )


def _promise(figures: Mapping[str, Any]) -> str:
    changes = int(figures["change_count"])
    sentence = _("Announced {day}: {chance} chance. For {aim}, announce {proposed}.").format(
        day=words.date_text(figures["announced_date"]),
        chance=words.chance_text(figures["kept_probability"]),
        aim=words.chance_text(figures["aim"]),
        proposed=words.date_text(figures["proposed_date"]),
    )
    return f"{sentence} {changed_words(changes)}"


def changed_words(count: int) -> str:
    """Say how often an announcement was changed."""
    return (
        ngettext("Changed {count} time so far.", "Changed {count} times so far.", count)
        if count
        else _("Never changed.")
    )


def _requests(figures: Mapping[str, Any]) -> str:
    parts = [
        ngettext(
            "{count} new change request ({{hours}}; usually {{usual}})",
            "{count} new change requests ({{hours}}; usually {{usual}})",
            figures["new_count"],
        ).format(hours=_scope_hours(figures["new_hours"]), usual=words.number_text(figures["usual_count"], 1))
    ]
    if figures["unconfirmed_count"]:
        parts.append(_("{count} not confirmed by a prototype").format(count=figures["unconfirmed_count"]))
    if figures["approved_count"]:
        hours = _scope_hours(figures["approved_hours"])
        parts.append(_("{count} approved ({hours})").format(count=figures["approved_count"], hours=hours))
    return "; ".join(parts) + "."


def _scope_hours(hours: float) -> str:
    """Return the hours of requests; those that take scope out are below zero."""
    return words.hours_text(hours).replace("-", "−")


def _decision(figures: Mapping[str, Any]) -> str:
    reasons: Final = {
        "overdue": _("overdue since {day}").format(day=words.date_text(figures["due_date"])),
        "due": _("due {day}").format(day=words.date_text(figures["due_date"])),
        "must_look": _("to be looked at again"),
        "is_contradicted": _("the finish lies later than everything that was predicted"),
    }
    return _("Decision {number}, “{title}” ({owner}): {why}.").format(
        number=figures["decision_id"],
        title=figures["title"],
        owner=figures["owner_name"] or words.none_text(),
        why=", ".join(reasons[one] for one in figures["reasons"] if one in reasons),
    )


def _standstill(figures: Mapping[str, Any]) -> str:
    return _(
        "{hours} booked in {count} weeks, late entries included; progress {gained} (by the budget such hours "
        "bring {expected})."
    ).format(
        hours=words.hours_text(figures["booked_hours"]),
        count=figures["weeks_count"],
        gained=f"{100 * figures['gained_ratio']:+.1f} %".replace("-", "−"),
        expected=f"{100 * figures['expected_ratio']:+.1f} %",
    )


def _silent(figures: Mapping[str, Any]) -> str:
    said = _("{filed} of {expected} timesheets filed").format(
        filed=figures["filed_count"], expected=figures["expected_count"]
    )
    return f"{said}, {ngettext('in the newest week.', '{count} weeks in a row.', figures['weeks_count'])}"


def _long_away(figures: Mapping[str, Any]) -> str:
    said = ngettext(
        "One person has been on site for {{weeks}} weeks in a row",
        "{count} people have been on site for six weeks or more in a row, the longest for {{weeks}}",
        figures["people_count"],
    ).format(weeks=figures["most_weeks"])
    if figures.get("is_by_hours"):
        return _("{said}, by hours that were booked there (trips may end between).").format(said=said)
    return _("{said}.").format(said=said)


_PLAIN_SENTENCES: Final[dict[str, Any]] = {
    "standstill": _standstill,
    "silent": _silent,
    "overload": lambda f: _("{weeks} on watch in twelve weeks, {more} more than in the last review.").format(
        weeks=words.person_weeks_text(f["watch_weeks"]), more=words.number_text(f["more_weeks"], 1)
    ),
    "long_away": _long_away,
    "junior_alone": lambda f: _("A junior has been alone at the site for {count} weeks, {hours} a week.").format(
        count=f["weeks_count"], hours=words.hours_text(f["weekly_hours"])
    ),
    "crunch": lambda f: _("The team works {hours} a week on average, {count} of the last 3 weeks.").format(
        hours=words.hours_text(f["weekly_hours"]), count=f["weeks_count"]
    ),
    "replaced": lambda f: _("{share} of the hours are by {count} people who had not worked here before.").format(
        share=words.percent_text(f["new_share"]), count=f["new_people_count"]
    ),
    "spread_thin": lambda f: _("{count} of {team} people work on {projects} projects or more.").format(
        count=f["people_count"], team=f["team_count"], projects=f["projects_count"]
    ),
    "cover": lambda f: _("{gap} person-weeks lack people from {day} on, over {count} weeks.").format(
        gap=words.number_text(f["gap_people_weeks"]), day=words.date_text(f["first_week"]), count=f["weeks_count"]
    ),
    "presence": lambda f: _("{counter}: {days} of {limit} ({count} people near the limit).").format(
        counter=f["counter_name"],
        days=words.number_text(f["days_count"]),
        limit=words.number_text(f["limit_count"]),
        count=f["people_count"],
    ),
    "restated": lambda f: _("What is known of {weeks} changed: {hours} more or less, added up without signs.").format(
        weeks=ngettext("{count} past week", "{count} past weeks", f["weeks_count"]),
        hours=words.hours_text(f["changed_hours"]),
    ),
}
