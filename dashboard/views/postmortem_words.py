"""Words of post-mortems: causes, signs, gaps, remarks. Nothing here says who; people appear by role."""

from __future__ import annotations

from typing import Any, Final

from dashboard.i18n import _
from dashboard.views import words

#: Minutes of the guided review, by part.
REVIEW_MINUTES: Final = {"timeline": 10, "turning": 10, "account": 15, "lessons": 10}


def loss_words(cause: Any, department: Any = "") -> str:
    """Return where weeks went, as a line of the account."""
    if cause == "scope":
        return _("Requests, {department}").format(department=department) if department else _("Requests")
    known = {
        "late_start": _("Late start"),
        "scope_cut": _("Scope taken out"),
        "rework": _("Rework"),
        "productivity": _("Effort over plan"),
        "standstill": _("Standstills"),
        "staffing": _("Hours against plan"),
        "leave": _("Leave and absence"),
        "pause": _("Pauses"),
        "handover": _("Handovers"),
        "gate": _("Sign-off and go-live wait"),
        "open_work": _("Not explained (replay error)"),
    }
    return known.get(str(cause), words.plain_words(cause))


def loss_help(cause: Any) -> str:
    """Say in one sentence what a line of the account means."""
    known = {
        "late_start": _("Weeks from the planned start until work began."),
        "scope": _("Approved change requests at the planned pace."),
        "scope_cut": _("Approved requests that took work out, at the planned pace."),
        "rework": _("Hours booked as rework."),
        "productivity": _("Hours that earned less than an hour of planned work each; below zero they earned more."),
        "standstill": _("Three weeks or more in which hours were booked and progress hardly moved."),
        "staffing": _("Fewer hours than planned, recorded leave aside; below zero more were booked than planned."),
        "leave": _("Hours short of the plan for which leave is recorded."),
        "pause": _("Three weeks or more with hardly any hours."),
        "handover": _("What the hours brought less than usual in the six weeks after much of the team changed."),
        "gate": _("Low progress around a change of phase or an open sign-off, and waiting once the work was done."),
        "open_work": _("Work that the replay still holds open at the finish."),
    }
    return known.get(str(cause), "")


def spell_words(kind: Any) -> str:
    """Return a spell in words."""
    known = {
        "late_start": _("Late start"),
        "pause": _("Pause"),
        "go_live_wait": _("Wait for the go-live"),
        "handover": _("Handover"),
        "gate": _("Sign-off gate"),
        "standstill": _("Standstill"),
    }
    return known.get(str(kind), words.plain_words(kind))


def sign_words(sign: Any) -> str:
    """Return a sign with its rule, short enough for a cell."""
    known = {
        "forecast_late": _("Forecast: likely late two weeks in a row"),
        "forecast_moved": _("Forecast: three weeks later within eight"),
        "behind_plan": _("Progress below 80 % of the plan"),
        "scope_growth": _("Scope 10 % above budget"),
        "request_burst": _("Scope up 5 % within four weeks"),
        "hours_over_earned": _("Booked hours 30 % above earned ones"),
        "standstill": _("No progress in four weeks of work"),
        "plan_moved": _("Current plan two weeks after baseline"),
        "new_team": _("Half of the hours by newcomers"),
        "silence": _("No timesheets for three weeks"),
    }
    return known.get(str(sign), words.plain_words(sign))


def action_words(kind: Any) -> str:
    """Return what was done, in words."""
    known = {
        "replan": _("Current plan moved"),
        "scope_cut": _("Scope taken out"),
        "people_added": _("People added"),
        "decision": _("Decision recorded"),
    }
    return known.get(str(kind), words.plain_words(kind))


def role_words(seniority: Any) -> str:
    """Return a person's role, never the name."""
    known = {
        "junior": _("a junior"),
        "mid": _("an engineer"),
        "senior": _("a senior"),
        "consultant": _("a consultant"),
    }
    return known.get(str(seniority), _("a team member"))


def measure_label(measure: Any) -> str:
    """Return what a cost counts."""
    known = {
        "nights_count": _("Nights away"),
        "onsite_weeks_count": _("Person-weeks on site"),
        "longest_onsite_count": _("Weeks in a row on site, longest"),
        "long_weeks_count": _("Person-weeks above 48 hours"),
        "leave_days_count": _("Days of leave taken"),
    }
    return known.get(str(measure), words.plain_words(measure))


def gap_sentence(gap: Any) -> str:
    """Say what an account lacks and what to bring."""
    known = {
        "not_started": _("The project has not begun, so there is nothing to account for."),
        "no_plan": _("No planned start or finish is known, so there is no plan to be late against. Import projects."),
        "finish_before_start": _("The finish lies before the start. Correct the dates in the list of projects."),
        "no_budget": _("No budget in hours is known, so work can't be turned into weeks. Import projects."),
        "no_hours": _("No hours are booked, so nothing says what was done when. Import timesheets."),
        "no_progress": _("No progress was ever reported, so nothing says what the hours brought. Import reports."),
    }
    return known.get(str(gap), str(gap))


def remark_sentence(remark: Any) -> str:
    """Say what a reader has to know beside an account that stands."""
    known = {
        "cancelled": _(
            "The project was cancelled: the account says how far it was behind at the planned pace, not a delay."
        ),
        "running": _("The project still runs: the account says how far it is behind at the planned pace so far."),
        "known_at_guessed": _(
            "When these rows became known was guessed at import, so every week below in which something could have "
            "been known is a guess, too."
        ),
        "requests_without_estimate": _(
            "Some approved requests have no estimate: their work is in effort over plan, not in requests."
        ),
        "hours_after_finish": _("Hours were booked after the finish. They are support here and not part of the delay."),
        "reopened": _("An earlier list called the project finished. The newest finish counts here."),
        "not_filed": _(
            "Timesheets of the weeks since then are not filed. Not filed is not zero, so the account ends before them."
        ),
        "known_after_end": _(
            "Most hours came in more than a month after the end, without the day on which they were filed. What was "
            "known when can't be told, so no week is called knowable. Import history with --history."
        ),
        "weeks_missing": _(
            "Timesheets of some of its people are missing. Their hours are not known to be none: what stands under "
            "hours against plan is an upper bound."
        ),
        "progress_from_packages": _("No report gives a progress; that of the work packages stands in for it."),
    }
    return known.get(str(remark), str(remark))


def grouping_words(by: Any) -> str:
    """Return by what accounts are pooled."""
    known = {"client_name": _("Client"), "product": _("Product"), "team_size": _("Team size")}
    return known.get(str(by), words.plain_words(by))
