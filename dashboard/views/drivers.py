"""Why a forecast says what it says: the weeks that each cause adds or takes away, in words and rows."""

from __future__ import annotations

from typing import Any, Final

import pandas as pd

from dashboard.i18n import _
from dashboard.views import words
from dashboard.views.rounding import parts_that_add
from dashboard.views.typed import worded

#: Less than this is no cause worth a sentence.
SMALLEST_WEEKS: Final = 0.25
#: So many causes are named in a sentence.
NAMED_COUNT: Final = 3


def driver_words(driver: Any) -> str:
    """Return the name of a cause as people say it."""
    known: Final = {
        "replanned": _("already in the current plan"),
        "late_start": _("late start"),
        "scope_approved": _("change requests approved"),
        "scope_pending": _("change requests still undecided"),
        "scope_expected": _("change requests still to come"),
        "rework": _("rework and defects"),
        "speed": _("hours needed for each planned hour"),
        "availability": _("people, leave and hours available"),
        "past_errors": _("what forecasts like this one missed before"),
        "wait": _("wait for sign-off and go-live"),
    }
    return known.get(str(driver), words.plain_words(driver))


def driver_label(driver: Any) -> str:
    """Return the name of a cause in two or three words, for a cell of a table."""
    known: Final = {
        "replanned": _("In the plan"),
        "late_start": _("Late start"),
        "scope_approved": _("Approved requests"),
        "scope_pending": _("Undecided requests"),
        "scope_expected": _("Requests to come"),
        "rework": _("Rework"),
        "speed": _("Effort over plan"),
        "availability": _("People available"),
        "past_errors": _("Past misses"),
        "wait": _("Sign-off wait"),
    }
    return known.get(str(driver), words.plain_words(driver))


def drivers_sentence(drivers: pd.DataFrame) -> str:
    """Say in one sentence what adds most weeks to the committed date and what takes some away.

    Parameters
    ----------
    drivers
        ``driver``, ``weeks``: they add up to the P50 less the committed date.
    """
    if drivers.empty:
        return _("What the forecast is made of is known only for projects with a plan and reported progress.")
    total = float(drivers["weeks"].sum())
    if abs(total) < SMALLEST_WEEKS:
        head = _("The median finish lies on the committed date.")
    elif total > 0:
        head = _("The median finish lies {weeks} after the committed date.").format(weeks=words.weeks_text(total))
    else:
        head = _("The median finish lies {weeks} before the committed date.").format(weeks=words.weeks_text(-total))
    with_it, against_it = _by_direction(shown_drivers(drivers), total)
    if not with_it and not against_it:
        return head
    if abs(total) < SMALLEST_WEEKS:
        return _("{head} What moves it under this model: {causes}.").format(
            head=head, causes="; ".join((with_it + against_it)[:NAMED_COUNT])
        )
    said = [head]
    if with_it:
        said.append(_("Most of it under this model: {causes}.").format(causes="; ".join(with_it[:NAMED_COUNT])))
    if against_it:
        said.append(_("Against it: {causes}.").format(causes="; ".join(against_it[: NAMED_COUNT - 1])))
    return " ".join(said)


def _by_direction(drivers: pd.DataFrame, total: float) -> tuple[list[str], list[str]]:
    """Return the causes worth a sentence that go the way of the total, and those that go against it, largest first."""
    told = drivers[drivers["weeks"].abs() >= SMALLEST_WEEKS]
    ranked = told.reindex(told["weeks"].abs().sort_values(ascending=False, kind="stable").index)
    causes: tuple[list[str], list[str]] = ([], [])
    for driver, weeks in zip(ranked["driver"], ranked["weeks"], strict=True):
        text = _("{cause} {weeks}").format(cause=driver_words(driver), weeks=words.signed_weeks_text(weeks))
        causes[0 if weeks * total >= 0 else 1].append(text)
    return causes


def main_driver(drivers: pd.DataFrame) -> tuple[str, float]:
    """Return the largest cause that goes the way of the total; of a total near nothing, the largest of all."""
    shown = shown_drivers(drivers)
    total = float(drivers["weeks"].sum())
    own = shown if abs(total) < SMALLEST_WEEKS else shown[shown["weeks"] * total > 0]
    largest = own.iloc[int(own["weeks"].abs().to_numpy().argmax())]
    return str(largest["driver"]), float(largest["weeks"])


def shown_drivers(drivers: pd.DataFrame) -> pd.DataFrame:
    """Return the causes of one project with weeks that add up as they are shown, wherever they are shown."""
    return drivers.assign(weeks=parts_that_add(drivers["weeks"].tolist()))


def drivers_table(drivers: pd.DataFrame) -> pd.DataFrame:
    """Word the causes, in the order in which a project meets them."""
    return worded(
        {
            _("Driver"): (drivers["driver"].map(driver_words), None),
            _("Weeks"): (shown_drivers(drivers)["weeks"], words.signed_weeks_text),
        }
    )


def driver_rows(drivers: pd.DataFrame) -> pd.DataFrame:
    """Return ``label``, ``weeks`` and ``text`` of each cause for the figure."""
    shown = shown_drivers(drivers)
    return pd.DataFrame(
        {
            "label": shown["driver"].map(driver_words),
            "weeks": shown["weeks"],
            "text": shown["weeks"].map(words.signed_weeks_text),
        }
    )


def short_driver_rows(drivers: pd.DataFrame) -> pd.DataFrame:
    """Return the same as :func:`driver_rows` under short names and with bare numbers, for a narrow figure."""
    shown = shown_drivers(drivers)
    return pd.DataFrame(
        {
            "label": shown["driver"].map(driver_label),
            "weeks": shown["weeks"],
            "text": shown["weeks"].map(words.signed_number_text),
        }
    )


def movement_words() -> dict[str, str]:
    """Return what can move a forecast, in the order in which it is told."""
    return {
        "work": _("Hours and progress"),
        "requests": _("Change requests"),
        "plan": _("Plan and roster"),
        "expectation": _("What was learnt from other projects"),
    }


def movement_sentence(movement: Any, before: Any) -> str:
    """Say what moved the middle of a forecast since an earlier day.

    Parameters
    ----------
    movement
        As ``analytics.delay.explaining.moved_between`` returns it, or nothing.
    """
    if movement is None:
        return _(
            "On one of the two days nothing was known of its progress or plan, and it was forecast from similar"
            " projects alone: what moved it can't be taken apart."
        )
    if abs(movement.total) < SMALLEST_WEEKS / 2:
        return _("The median finish has hardly moved since {day}.").format(day=words.date_text(before))
    parts = [(f"{text[:1].lower()}{text[1:]}", getattr(movement, name)) for name, text in movement_words().items()]
    shown = parts_that_add([weeks for _name, weeks in parts])
    told = "; ".join(
        f"{name} {words.signed_weeks_text(weeks)}" for (name, _weeks), weeks in zip(parts, shown, strict=True) if weeks
    )
    return _("The median finish moved by {total} since {day}: {parts}.").format(
        total=words.signed_weeks_text(movement.total), day=words.date_text(before), parts=told
    )


def new_rows_table(rows: pd.DataFrame) -> pd.DataFrame:
    """Word what became known meanwhile."""
    names: Final = {
        "request_raised": _("change request raised"),
        "request_estimated": _("change request estimated anew (difference)"),
        "request_decided": _("change request decided"),
        "request_gone": _("change request no longer in the log"),
        "hours": _("hours booked"),
        "progress": _("progress reported"),
        "plan_of_record": _("plan moved"),
        "roster": _("hours planned ahead"),
    }
    return pd.DataFrame(
        {
            _("What"): [names.get(fact, fact) for fact in rows["fact"]],
            _("Which"): [_reference(fact, name) for fact, name in zip(rows["fact"], rows["reference"], strict=True)],
            _("How much"): [_amount(fact, value) for fact, value in zip(rows["fact"], rows["value"], strict=True)],
        }
    )


def _reference(fact: str, name: Any) -> str:
    """Return the id of a request, or the week of what has none."""
    return str(name) if fact.startswith("request_") else _("week of {day}").format(day=words.date_text(name))


def _amount(fact: str, value: Any) -> str:
    if words.is_unknown(value):
        return words.none_text()
    if fact == "progress":
        return f"{100 * float(value):+.1f} %".replace("-", "−")
    if fact == "plan_of_record":
        return _("{days} days").format(days=f"{float(value):+.0f}".replace("-", "−"))
    return f"{float(value):+,.0f} h".replace("-", "−").replace(",", " ")
