"""Numbers and dates in words. A figure of the same meaning is worded here and only here, for every page."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Final

import pandas as pd
from babel import Locale
from babel.dates import format_date

from analytics.delay.view import LATE_AFTER_WEEKS, LIKELY_LATE_PROBABILITY, RED_PROBABILITY
from analytics.known.groups import SMALLEST_GROUP_COUNT
from dashboard.i18n import _, language, ngettext

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

#: From which chance of being late on which words are used; the first that fits is taken.
CHANCE_STEPS: Final = (0.90, LIKELY_LATE_PROBABILITY, 0.34, 0.10)


#: What arithmetic leaves of a half still is one.
_HAIR: Final = 1e-9


def none_text() -> str:
    """Return what stands where nothing is known."""
    return "–"


def is_unknown(value: Any) -> bool:
    """Tell whether ``value`` is a gap of any kind (None, NaN, NaT)."""
    return value is None or bool(pd.isna(value))


def mapped(values: pd.Series[Any], wording: Callable[[Any], str]) -> pd.Series[str]:
    """Word a long column with few different values: each value is worded once."""
    texts = {value: wording(value) for value in values.dropna().unique()}
    return values.map(texts).astype(object).where(values.notna(), wording(None))


def day_text(value: Any) -> str:
    """Return a day without its year, where the year is told beside it: ``22 Nov``."""
    return (
        none_text() if is_unknown(value) else str(format_date(pd.Timestamp(value).date(), "d MMM", locale=language()))
    )


def date_text(value: Any) -> str:
    """Return a day that no reader can take for another: ``22 Nov 2026``."""
    if is_unknown(value):
        return none_text()
    day: date = pd.Timestamp(value).date()
    return str(format_date(day, "d MMM y", locale=language()))


def moment_text(value: Any) -> str:
    """Return a moment to the minute; moments are stored in UTC and said so."""
    if is_unknown(value):
        return none_text()
    moment = pd.Timestamp(value)
    return _("{day}, {time} UTC").format(day=date_text(moment), time=moment.strftime("%H:%M"))


def number_text(value: Any, digits: int = 0) -> str:
    """Return a number with thin gaps between thousands and a minus sign, which every reader reads the same way.

    What rounds to nothing has no sign, and no table takes the sign for the begin of a formula.
    """
    if is_unknown(value):
        return none_text()
    text = f"{_half_up(float(value), digits):,.{digits}f}".replace(",", " ")
    return text.replace("-", "−") if any(sign in "123456789" for sign in text) else text.removeprefix("-")


def _half_up(value: float, digits: int) -> float:
    """Return a number with halves rounded away from nothing, as people do it: 8.5 h are 9 h, and 9.5 h are 10 h."""
    step = 10**digits
    return math.copysign(math.floor(abs(value) * step + 0.5 + _HAIR) / step, value) if math.isfinite(value) else value


def count_text(value: Any) -> str:
    """Return a count; what is not known is said, because a dash is easily read as none."""
    return _("not known") if is_unknown(value) else number_text(value)


def hours_text(value: Any) -> str:
    """Return hours without decimals, with the unit."""
    return none_text() if is_unknown(value) else _("{hours} h").format(hours=number_text(value))


def percent_text(share: Any) -> str:
    """Return a measured share (not a chance) in percent."""
    return none_text() if is_unknown(share) else f"{100 * float(share):.0f} %"


def interval_text(share: Any, low: Any, high: Any) -> str:
    """Return a measured share with the interval in which it lies: ``12 % (5 % to 18 %)``."""
    if is_unknown(share):
        return none_text()
    if is_unknown(low) or is_unknown(high):
        return percent_text(share)
    return _("{share} ({low} to {high})").format(
        share=percent_text(share), low=percent_text(low), high=percent_text(high)
    )


def chance_text(chance: Any) -> str:
    """Return a chance in percent. Nothing is ever certain: the ends are ``under 1 %`` and ``over 99 %``."""
    if is_unknown(chance):
        return none_text()
    percent = 100 * float(chance)
    if percent < 1:
        return _("under 1 %")
    if percent > 99:
        return _("over 99 %")
    text = f"{percent:.0f} %"
    # Words and alerts begin at these chances: 79.7 % has not reached 80.
    is_under = any(text == f"{100 * line:.0f} %" and float(chance) < line for line in (*CHANCE_STEPS, RED_PROBABILITY))
    return just_under_text(text) if is_under else text


def just_under_text(text: str) -> str:
    """Return a figure that rounds up to a line which it has not reached."""
    return _("just under {line}").format(line=text)


def lateness_words(chance: Any) -> str:
    """Return in words how likely a project finishes more than two weeks after its committed date."""
    if is_unknown(chance):
        return _("not enough data")
    words = (_("very likely late"), _("likely late"), _("possibly late"), _("likely on time"))
    for step, word in zip(CHANCE_STEPS, words, strict=True):
        if float(chance) >= step:
            return word
    return _("very likely on time")


def lateness_text(chance: Any) -> str:
    """Return words and number together: ``likely late (72 %)``."""
    if is_unknown(chance):
        return lateness_words(chance)
    return f"{lateness_words(chance)} ({chance_text(chance)})"


def weeks_between(first: pd.Series[pd.Timestamp], last: pd.Series[pd.Timestamp]) -> pd.Series[float]:
    """Return the weeks from ``first`` to ``last``; unknown when either is."""
    return (last - first).dt.total_seconds() / (7 * 86_400)


def weeks_text(weeks: Any) -> str:
    """Return a span in weeks, with one decimal: the same move reads the same on every page."""
    if is_unknown(weeks):
        return none_text()
    return _("{weeks} weeks").format(weeks=number_text(weeks, 1))


def signed_weeks_text(weeks: Any) -> str:
    """Return weeks with their sign: ``+3.2 weeks``."""
    if is_unknown(weeks):
        return none_text()
    return _("{weeks} weeks").format(weeks=signed_number_text(weeks))


def signed_number_text(number: Any, digits: int = 1) -> str:
    """Return a number with its sign, where its unit stands beside it: ``+3.2``; what rounds to nothing has none."""
    if is_unknown(number):
        return none_text()
    text = f"{float(number):+,.{digits}f}".replace("-", "−").replace(",", " ")
    return text if any(sign in "123456789" for sign in text) else text[1:]


def amount_text(value: Any) -> str:
    """Return an amount of which one decimal decides something; its unit stands in the head of the column."""
    return number_text(value, 1)


def person_weeks_text(weeks: Any) -> str:
    """Return an amount of waiting in person-weeks."""
    return none_text() if is_unknown(weeks) else _("{weeks} person-weeks").format(weeks=number_text(weeks, 1))


def slip_text(weeks: Any) -> str:
    """Return how far a finish lies from the committed date, in words."""
    if is_unknown(weeks):
        return none_text()
    if abs(float(weeks)) < 0.05:
        return _("on the committed date")
    if float(weeks) > 0:
        return _("{span} after the committed date").format(span=weeks_text(weeks))
    return _("{span} before the committed date").format(span=weeks_text(-float(weeks)))


def committed_words(committed_by: Any) -> str:
    """Return which of the two plans is the committed date."""
    return _("current plan") if committed_by == "current_plan" else _("baseline")


def late_meaning(committed_by: Any) -> str:
    """Say in one sentence what "late" means, wherever it is counted."""
    return _(
        "Late: more than {weeks} weeks after the committed date ({which}). Likely late: a chance of {share} or more."
    ).format(
        weeks=number_text(LATE_AFTER_WEEKS),
        which=committed_words(committed_by),
        share=chance_text(LIKELY_LATE_PROBABILITY),
    )


def shortened(name: str, length: int) -> str:
    """Cut the middle out of a long name, at words where it has some: the end tells projects of one kind apart."""
    if len(name) <= length:
        return name
    head, tail = name[:8], name[9 - length :]
    return f"{head.rstrip()}…{tail.partition(' ')[2] or tail}"


def change_text(weeks: Any) -> str:
    """Return in words how a finish moved since a week ago."""
    if is_unknown(weeks):
        return _("new")
    if abs(float(weeks)) < 0.2:
        return _("unchanged")
    if float(weeks) > 0:
        return _("{span} later").format(span=weeks_text(weeks))
    return _("{span} earlier").format(span=weeks_text(-float(weeks)))


def age_text(weeks: Any) -> str:
    """Return how old a report is."""
    if is_unknown(weeks):
        return _("never reported")
    whole = round(float(weeks))
    if whole < 1:
        return _("less than a week old")
    return ngettext("{count} week old", "{count} weeks old", whole)


def yes_no_text(value: Any) -> str:
    """Return a flag in words."""
    if is_unknown(value):
        return _("not recorded")
    return _("yes") if bool(value) else _("no")


def assumed_text(*, is_assumed: Any) -> str:
    """Return the remark that stands beside a figure that rests on assumed knowledge."""
    return _("assumed") if not is_unknown(is_assumed) and bool(is_assumed) else _("as filed")


def is_group_shown(people_count: int) -> bool:
    """Tell whether a group is large enough for a figure of its own."""
    return people_count >= SMALLEST_GROUP_COUNT


def status_words(status: Any) -> str:
    """Return what a status report says, in words."""
    known = {"green": _("green"), "amber": _("amber"), "red": _("red")}
    return none_text() if is_unknown(status) else known.get(str(status), str(status))


def cause_words(cause: Any) -> str:
    """Return why a change was asked for, in words."""
    known = {
        "expectation": _("other expectation"),
        "legacy_integration": _("old system's interface"),
        "regulation": _("regulation"),
        "defect": _("defect"),
        "new_need": _("new need"),
    }
    return _("not recorded") if is_unknown(cause) else known.get(str(cause), str(cause))


def country_words(code: Any) -> str:
    """Return the name of a country from its two letters."""
    return none_text() if is_unknown(code) else str(Locale.parse(language()).territories.get(str(code), str(code)))


def product_words(product: Any) -> str:
    """Return what goes live, in words."""
    known = {
        "erp": "ERP",
        "crm": "CRM",
        "mes": "MES",
        "hospital": _("Hospital system"),
        "warehouse": _("Warehouse system"),
    }
    return known.get(str(product), plain_words(product))


def plain_words(name: Any) -> str:
    """Return a stored name (a phase, a kind) as words: ``data_migration`` becomes ``Data migration``."""
    if is_unknown(name) or not str(name).strip():
        return _("not recorded")
    words = str(name).replace("_", " ").strip()
    return words[:1].upper() + words[1:]


def step_words(step: str) -> str:
    """Word a step of an import or a build: the name of a file stays, figures are summed up."""
    steps = {
        "marts": _("Summing up people, projects and weeks …"),
        "results": _("Putting forecasts and signs of overload on record …"),
    }
    return steps.get(step, step)


def missing_results_sentence(missing: Sequence[tuple[str, str]]) -> str:
    """Say what could not be put on record at the last import, and why: (kind of result, reason)."""
    parts = [f"{result_words(what)} ({why.rstrip('.')})" for what, why in missing]
    return _(
        "Not on record since the last import: {what}. The imported data is complete; `golive publish` tries again."
    ).format(what="; ".join(parts))


def result_words(what: str) -> str:
    """Word a kind of result on record."""
    words = {
        "all": _("All figures on record"),
        "state": _("State of the data"),
        "forecasts": _("Forecasts and what drives them"),
        "load": _("Load and travel"),
        "strain": _("Signs of overload"),
        "anomalies": _("Anomalies"),
        "alerts": _("Alerts"),
    }
    return words.get(what, what)
