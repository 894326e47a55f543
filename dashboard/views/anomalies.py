"""What is unlike its own past, in words: a question about rows, never a statement about a person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from dashboard.i18n import _, ngettext
from dashboard.views import words
from dashboard.views.exact import exact_hours_text
from dashboard.views.typed import worded

if TYPE_CHECKING:
    from collections.abc import Mapping


def check_words(check: str) -> str:
    """Return what a check looks for."""
    known: Final = {
        "long_day": _("More hours on one day than a person can work"),
        "copied_weeks": _("Several weeks in a row with the same hours"),
        "hours_on_leave": _("Hours on a day of leave"),
        "hours_on_holiday": _("Hours on a public holiday of the place of work"),
        "team_silence": _("People of one team who always filed stop in the same weeks"),
        "ended_project_hours": _("Hours on a project that is finished or cancelled"),
        "trip_without_hours": _("A trip over workdays without any hours"),
        "onsite_without_trip": _("A week on site in another city without a trip"),
        "request_decided_before_raised": _("A change request decided before it was raised"),
        "total_left_range": _("A week's total outside what its own past makes likely"),
        "week_restated": _("A week changed by more than a tenth after it was four weeks old"),
    }
    return known.get(check, words.plain_words(check))


def cause_words(cause: str) -> str:
    """Return the likely cause of an anomaly."""
    known: Final = {
        "booked_by_plan": _("the plan was booked, not the work"),
        "calendar_differs": _("the firm's calendar differs from the public one"),
        "clock_not_stopped": _("a running clock was not stopped"),
        "columns_swapped": _("the columns of raising and deciding were swapped"),
        "day_and_month_swapped": _("day and month were swapped"),
        "entered_twice": _("the same work was entered twice"),
        "entries_overlap": _("several entries cover the same time"),
        "finish_date_wrong": _("the finish of the project is wrong"),
        "holiday_worked": _("the holiday was worked"),
        "hours_added_late": _("hours were added late"),
        "hours_not_filed": _("the hours of these days were not filed or not imported"),
        "hours_removed_late": _("hours were taken out late"),
        "imported_twice": _("the same work came in two files"),
        "leave_not_taken": _("the leave was not taken"),
        "leave_partly_worked": _("part of the leave was worked"),
        "less_work": _("there was less work"),
        "more_work": _("there was more work"),
        "people_did_not_file": _("people have not filed"),
        "raised_after_the_fact": _("the request was typed in after it was decided"),
        "restated_by_import": _("an import changed many weeks at once"),
        "site_calendar_missing": _("the calendar of the site is not known, because the trip is missing"),
        "still_open": _("the project is still open for booking"),
        "team_stopped_filing": _("the team stopped filing, or its file is missing"),
        "trip_not_filed": _("the trip was not filed"),
        "trip_not_made": _("the trip was not made"),
        "trips_not_imported": _("the trips were not imported"),
        "week_copied": _("a week was copied"),
        "week_in_one_day": _("a whole week was booked on one day"),
        "week_taken_back": _("the week was taken back"),
        "weeks_not_imported": _("the file of these weeks was not imported"),
        "wrong_project_picked": _("the wrong project was picked"),
        "wrong_year": _("the year is wrong"),
    }
    return known.get(cause, words.plain_words(cause).lower())


def to_do_words(remedy: str, count: int) -> str:
    """Return what can be done in a few words, with how many anomalies wait for it."""
    short: Final = {
        "check_calendar": _("Give the firm's days off"),
        "correct_entry": _("Correct the entry"),
        "correct_finish_date": _("Correct the finish"),
    }
    return f"{short.get(remedy, remedy_words(remedy))} · {words.number_text(count)}"


def remedy_words(remedy: str) -> str:
    """Return what can be done."""
    known: Final = {
        "add_trip": _("Import the trip"),
        "ask_person": _("Ask the person"),
        "ask_team": _("Ask the team"),
        "check_calendar": _("Give the firm's own days off in calendar_overrides.csv of the home, then rebuild"),
        "check_mapping": _("Check what the columns were taken for"),
        "close_project_for_booking": _("Close the project for booking"),
        "correct_entry": _("Correct the entry in its system and import it again"),
        "correct_finish_date": _("Correct the finish of the project and import it again"),
        "import_missing_week": _("Import the missing weeks"),
        "mark_right": _("Say that it is right"),
        "undo_import": _("Take the import back"),
    }
    return known.get(remedy, words.plain_words(remedy))


def value_text(value: Any, unit: str) -> str:
    """Return a value with its unit."""
    if words.is_unknown(value):
        return words.none_text()
    if unit == "hours":
        return exact_hours_text(value)
    if unit == "share":
        return words.percent_text(value)
    if float(value).is_integer():
        count = int(value)
        whole = {
            "weeks": ngettext("{count} week", "{count} weeks", count),
            "days": ngettext("{count} day", "{count} days", count),
            "people": ngettext("{count} person", "{count} people", count),
        }
        return whole.get(unit, words.number_text(value))
    number = words.number_text(value, 1)
    parts = {"weeks": _("{number} weeks"), "days": _("{number} days"), "people": _("{number} people")}
    return parts.get(unit, "{number}").format(number=number)


def unusual_text(row: Mapping[str, Any]) -> str:
    """Say how unusual it is, against its own past."""
    score = row["unusual_score"]
    if words.is_unknown(score):
        return _("there is no past to compare with")
    if row["score_kind"] == "past_share":
        return _("{share} of its own other occasions were like this").format(share=words.percent_text(score))
    return _("outside its usual range ({score} × the usual deviation)").format(score=words.number_text(abs(score), 1))


def subject_text(row: Mapping[str, Any], people: Mapping[str, str], projects: Mapping[str, str]) -> str:
    """Return who or what it is about."""
    parts = []
    if not words.is_unknown(row["change_request_id"]):
        parts.append(str(row["change_request_id"]))
    if not words.is_unknown(row["person_id"]):
        parts.append(people.get(row["person_id"], row["person_id"]))
    elif not words.is_unknown(row["team_name"]):
        parts.append(str(row["team_name"]))
    if not words.is_unknown(row["project_id"]):
        parts.append(projects.get(row["project_id"], row["project_id"]))
    if not words.is_unknown(row["country"]):
        parts.append(words.country_words(row["country"]))
    return " · ".join(parts) or _("the whole firm")


def days_text(row: Mapping[str, Any]) -> str:
    """Return the day, or the first and the last."""
    first, last = words.date_text(row["first_date"]), words.date_text(row["last_date"])
    return first if first == last else _("{first} to {last}").format(first=first, last=last)


def records_of(rows: pd.DataFrame) -> list[dict[str, Any]]:
    """Return each row by the names of its columns."""
    return [{str(name): value for name, value in row.items()} for row in rows.to_dict("records")]


def anomalies_table(rows: pd.DataFrame, people: Mapping[str, str], projects: Mapping[str, str]) -> pd.DataFrame:
    """Word the anomalies, in the order given."""
    records = records_of(rows)
    return pd.DataFrame(
        {
            _("What"): [check_words(row["check"]) for row in records],
            _("Where"): [subject_text(row, people, projects) for row in records],
            _("When"): [days_text(row) for row in records],
            _("Found"): [value_text(row["value"], row["unit"]) for row in records],
            _("Usual"): [_usual(row) for row in records],
            _("How unusual"): [unusual_text(row) for row in records],
            _("Likely cause"): [cause_words(row["likely_cause"]) for row in records],
            _("Remedy"): [remedy_words(row["remedy"]) for row in records],
        },
        dtype="object",
    )


def _usual(row: Mapping[str, Any]) -> str:
    low, high = value_text(row["usual_low"], row["unit"]), value_text(row["usual_high"], row["unit"])
    return _("up to {high}").format(high=high) if row["usual_low"] == 0 else f"{low} – {high}"


def anomaly_label(row: Mapping[str, Any], people: Mapping[str, str], projects: Mapping[str, str]) -> str:
    """Return one line for a list to choose from."""
    return f"{check_words(row['check'])} · {subject_text(row, people, projects)} · {days_text(row)}"


def anomaly_sentences(row: Mapping[str, Any], people: Mapping[str, str], projects: Mapping[str, str]) -> list[str]:
    """Say what, where, how unusual, and why probably."""
    found = [
        _("{what}: {where}, {when}.").format(
            what=check_words(row["check"]), where=subject_text(row, people, projects), when=days_text(row)
        ),
        _("Found {found}; usual is {usual}. That is, {unusual}.").format(
            found=value_text(row["value"], row["unit"]), usual=_usual(row), unusual=unusual_text(row)
        ),
        _("Most likely {cause}. {remedy}.").format(
            cause=cause_words(row["likely_cause"]), remedy=remedy_words(row["remedy"])
        ),
    ]
    if row["is_assumed"]:
        found.append(_("When these rows became known is assumed, because their file did not say it."))
    return found


def question_text(row: Mapping[str, Any], people: Mapping[str, str], projects: Mapping[str, str]) -> str:
    """Return a question to the person or the team, ready to be sent."""
    return _(
        "Hello, our records show for {where}, {when}: {what} ({found}). Is that right? If not, please correct it in "
        "the system in which it was entered."
    ).format(
        where=subject_text(row, people, projects),
        when=days_text(row),
        what=check_words(row["check"])[:1].lower() + check_words(row["check"])[1:],
        found=value_text(row["value"], row["unit"]),
    )


def rates_table(rates: pd.DataFrame) -> pd.DataFrame:
    """Say how often each check speaks, and whether it is too loud."""
    return worded(
        {
            _("Check"): (rates["check"].map(check_words), None),
            _("Anomalies"): (rates["anomaly_count"], words.number_text),
            _("Person-weeks touched"): (rates["touched_count"], words.number_text),
            _("Of filed person-weeks"): (rates["touched_share"].map(_small_percent), None),
            _("Too loud"): (rates["is_too_loud"].map(words.yes_no_text), None),
        }
    )


def _small_percent(share: Any) -> str:
    return words.none_text() if words.is_unknown(share) else f"{100 * share:.2f} %"


def summary_sentence(count: int, right_count: int) -> str:
    """Say how many there are, and how many were said to be right."""
    found = ngettext("{count} anomaly", "{count} anomalies", count)
    right = ngettext("{count} more was said to be right", "{count} more were said to be right", right_count)
    return _("{anomalies}; {right}.").format(anomalies=found, right=right) if right_count else f"{found}."
