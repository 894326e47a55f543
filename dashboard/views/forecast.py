"""How a forecast is worded. The portfolio and the project page both speak through this module."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from dashboard.i18n import _
from dashboard.views import words

if TYPE_CHECKING:
    import pandas as pd

#: Below this many finished or running projects behind a forecast the page says so.
FEW_REFERENCES_COUNT: Final = 10

#: A progress figure older than this is called old.
OLD_PROGRESS_WEEKS: Final = 6
#: Reasons that say that facts of a project can't be true.
DOUBTS: Final = ("budget_doubted", "plan_doubted")


def basis_words(mode: Any) -> str:
    """Return in words what a forecast is based on."""
    known = {
        "A": _("own progress and plan"),
        "B": _("plan and its usual error"),
        "C": _("similar projects"),
    }
    return known.get(str(mode), _("not enough data"))


def basis_sentence(mode: Any) -> str:
    """Return one sentence on what a forecast is based on."""
    known = {
        "A": _(
            "Plays the rest of the work from the project's own speed, people and requests, corrected by what such "
            "forecasts missed before."
        ),
        "B": _("No usable progress is reported: based on the plan, widened by how wrong plans like it were."),
        "C": _("Neither progress nor a plan is known: based on how long comparable projects took."),
    }
    return known.get(str(mode), _("There is not enough data for a forecast."))


def reason_words(reason: Any) -> str:
    """Return why a forecast rests on what it rests on; empty when that says itself."""
    known = {
        "no_plan": _("No plan is known, so there is no committed date to compare with."),
        "silent_too_long": _("Long overdue, and nothing was heard of it for half a year: enter its end if it is over."),
        "on_hold": _("On hold: the range assumes that work went on today; every week of rest comes on top."),
        "no_hours_lately": _("Nobody booked hours lately: the project may be at rest."),
        "no_progress": _("No progress was ever reported."),
        "progress_too_old": _("The last progress report is too old to go by."),
        "progress_is_effort": _(
            "The progress reported here is the share of the budget used: effort, not work done. The forecast goes by "
            "the plan."
        ),
        "budget_doubted": _(
            "The budget and the booked hours can't both be true: correct the budget, or the hours. Until then the "
            "forecast leaves the budget out and goes by progress and plan alone."
        ),
        "plan_doubted": _(
            "Start and planned finish lie more than 20 years apart: a year is mistyped. There is no forecast until the "
            "dates are corrected."
        ),
    }
    return known.get(str(reason), "")


def with_words(forecast: pd.DataFrame) -> pd.DataFrame:
    """Add the wording of each forecast: one column of text for each thing that a page says.

    Parameters
    ----------
    forecast
        One row per project, as ``analytics.delay.forecast_portfolio`` returns it.
    """
    return forecast.assign(
        finish_p50_text=forecast["finish_p50_date"].map(words.date_text),
        finish_p80_text=forecast["finish_p80_date"].map(words.date_text),
        committed_text=forecast["committed_date"].map(words.date_text),
        baseline_text=forecast["baseline_finish_date"].map(words.date_text),
        plan_text=forecast["planned_finish_date"].map(words.date_text),
        slip_p50_text=forecast["slip_weeks_p50"].map(words.slip_text),
        slip_p80_text=forecast["slip_weeks_p80"].map(words.slip_text),
        expected_delay_text=forecast["expected_delay_person_weeks"].map(words.person_weeks_text),
        lateness_text=forecast["late_probability"].map(words.lateness_text),
        basis_text=[
            _basis_text(mode, is_default, reason)
            for mode, is_default, reason in zip(
                forecast["mode"], forecast["is_default_class"], forecast["reason"], strict=True
            )
        ],
        progress_text=[
            progress_text(ratio, age)
            for ratio, age in zip(forecast["progress_ratio"], forecast["progress_age_weeks"], strict=True)
        ],
        knowledge_text=[words.assumed_text(is_assumed=flag) for flag in forecast["is_assumed"]],
    )


def _basis_text(mode: Any, is_default: Any, reason: Any) -> str:
    basis = basis_words(mode)
    if bool(is_default):
        basis = _("{basis}; general experience").format(basis=basis)
    return rest_text(basis, reason)


def rest_text(basis: str, reason: Any) -> str:
    """Return the basis with what sets a project apart from others: who stopped it, or that nothing is heard of it."""
    known = {
        "budget_doubted": _("{basis}; the budget is doubted"),
        "on_hold": _("{basis}; on hold by decision"),
        "no_hours_lately": _("{basis}; silent: no hours for eight weeks"),
    }
    return known.get(str(reason), "{basis}").format(basis=basis)


def progress_text(ratio: Any, age_weeks: Any) -> str:
    """Return the reported progress with its age: ``62 % (3 weeks old)``."""
    if words.is_unknown(ratio):
        return _("not reported")
    return f"{words.percent_text(ratio)} ({words.age_text(age_weeks)})"


def spi_text(spi: Any, *, is_hidden: Any) -> str:
    """Return the schedule index, or why it is not shown."""
    if words.is_unknown(spi) or bool(is_hidden):
        return _("too early to say")
    return f"{float(spi):.2f}"


def remarks(row: pd.Series) -> list[str]:
    """Return what a reader has to know before trusting a forecast."""
    found = [basis_sentence(row["mode"])]
    reason = reason_words(row["reason"])
    if reason:
        found.append(reason)
    if not words.is_unknown(row["n_reference"]) and row["n_reference"] < FEW_REFERENCES_COUNT:
        found.append(
            _("Only {count} comparable cases stand behind the range; take it as rough.").format(
                count=int(row["n_reference"])
            )
        )
    if bool(row["is_default_class"]):
        found.append(_("This firm's own history is too short: the range comes from general experience."))
    age = row["progress_age_weeks"]
    if not words.is_unknown(age) and age > OLD_PROGRESS_WEEKS:
        found.append(_("The last progress report is {age}.").format(age=words.age_text(age)))
    if bool(row["is_first_plan_reported"]):
        found.append(
            _(
                "The baseline in the list differs from the plan in the first report by more than a week; the report "
                "counts, because lists are overwritten."
            )
        )
    if bool(row["is_assumed"]):
        found.append(_("Part of the history arrived in one go: when each row became known is assumed, not recorded."))
    return found
