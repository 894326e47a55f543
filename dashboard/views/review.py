"""A review in words: figures verified, points of the agenda, decisions, promises and the score of predictions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from dashboard.i18n import _, ngettext
from dashboard.views import words
from dashboard.views.typed import worded

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


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
    return _("The report of {day} is green; the chance of being late is {chance}, now and in the last review.").format(
        day=words.date_text(figures["report_date"]), chance=words.chance_text(figures["late_probability"])
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
        _("{count} new change requests ({hours}; usual: {usual})").format(
            count=figures["new_count"],
            hours=words.hours_text(figures["new_hours"]),
            usual=words.number_text(figures["usual_count"], 1),
        )
    ]
    if figures["unconfirmed_count"]:
        parts.append(_("{count} not confirmed by a prototype").format(count=figures["unconfirmed_count"]))
    if figures["approved_count"]:
        hours = words.hours_text(figures["approved_hours"])
        parts.append(_("{count} approved ({hours})").format(count=figures["approved_count"], hours=hours))
    return "; ".join(parts) + "."


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
    return _("{hours} booked in {count} weeks, progress {gained} (these hours usually bring {expected}).").format(
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
    return ngettext(
        "One person has been on site for {{weeks}} weeks in a row.",
        "{count} people have been on site for six weeks or more in a row, the longest for {{weeks}}.",
        figures["people_count"],
    ).format(weeks=figures["most_weeks"])


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
    "restated": lambda f: _("{count} past weeks say something else: {hours} in all.").format(
        count=f["weeks_count"], hours=words.hours_text(f["changed_hours"])
    ),
}


def names_of(content: Mapping[str, Any]) -> dict[str, str]:
    """Return names of projects as they were frozen."""
    forecast = {row["project_id"]: row["project_name"] or row["project_id"] for row in content["projects"]}
    return {**{key: name or key for key, name in content.get("names", {}).items()}, **forecast}


def point_title(point: Mapping[str, Any], names: Mapping[str, str]) -> str:
    """Return what a point is about: a project, a team, or the firm."""
    if point["project_id"]:
        return str(names.get(point["project_id"], point["project_id"]))
    return str(point["team_name"]) if point["team_name"] else _("The firm")


def point_sentences(point: Mapping[str, Any]) -> list[str]:
    """Return a sentence of each sign of a point, the gravest first."""
    return [sign_sentence(sign["kind"], sign["figures"]) for sign in point["signs"]]


def agenda_table(content: Mapping[str, Any]) -> pd.DataFrame:
    """Return the points of the agenda in words, and those that did not fit."""
    names = names_of(content)
    rows = [(number, one, True) for number, one in enumerate(content["agenda"], start=1)]
    rows += [(len(rows) + number, one, False) for number, one in enumerate(content["rest"], start=1)]
    return pd.DataFrame(
        {
            "key": [one["key"] for _n, one, _f in rows],
            _("No."): [number for number, _o, _f in rows],
            _("About"): [point_title(one, names) for _n, one, _f in rows],
            _("What"): [", ".join(kind_words(kind) for kind in one["kinds"]) for _n, one, _f in rows],
            _("Why"): [sign_sentence(one["kind"], one["lead_figures"]) for _n, one, _f in rows],
            _("Minutes"): [one["minutes"] for _n, one, _f in rows],
            _("Fits the hour"): [words.yes_no_text(fits) for _n, _o, fits in rows],
        }
    )


def evidence_table(sign: Mapping[str, Any]) -> pd.DataFrame:
    """Return the rows behind a sign with heads in words."""
    heads = {
        "change_request_id": _("Change request"),
        "estimated_hours": _("Estimated hours"),
        "requested_by": _("Requested by"),
        "raised_at": _("Raised"),
        "decided_at": _("Decided"),
        "status": _("Status"),
        "cause": _("Cause"),
        "week_start_date": _("Week"),
        "expected_count": _("Expected"),
        "filed_count": _("Filed"),
        "needed_count": _("Needed"),
        "planned_count": _("Planned"),
        "hours_then": _("Hours then"),
        "hours_now": _("Hours now"),
        "filed_late_hours": _("Filed late"),
        "corrected_hours": _("Corrected"),
        "withdrawn_hours": _("Withdrawn"),
    }
    frame = pd.DataFrame(sign["evidence"])
    known = {name: head for name, head in heads.items() if name in frame.columns}
    shown = frame[list(known)].rename(columns=known)
    return shown.assign(**{head: shown[head].map(_cause) for name, head in known.items() if name == "cause"})


def _cause(value: Any) -> str:
    return words.cause_words(value)


def verified_sentences(verified: Mapping[str, Any]) -> list[str]:
    """Return the line that opens a review, piece by piece."""
    expected, filed = verified["expected_count"], verified["filed_count"]
    share = words.percent_text(filed / expected if expected else None)
    parts = [
        _("newest week {day}").format(day=words.date_text(verified["week_start_date"])),
        _("filed {share}").format(share=share) + _silent_words(verified["teams"]),
    ]
    weeks = verified["restated_weeks_count"]
    by = ", ".join(dict.fromkeys(str(row["file_name"]) for row in verified["restated_by"][:3]))
    parts.append(
        _("{count} weeks restated by {files}").format(count=weeks, files=by) if weeks else _("no week restated")
    )
    count = len(verified["open_imports"])
    parts.append(
        ngettext("{count} import has open questions", "{count} imports have open questions", count)
        if count
        else _("no import question open")
    )
    late = len(verified["overdue_reports"])
    parts.append(
        ngettext("{count} status report overdue", "{count} status reports overdue", late)
        if late
        else _("no status report overdue")
    )
    if not verified["is_new_publication"]:
        parts.insert(0, _("nothing was imported since the last review"))
    return parts


def _silent_words(teams: Sequence[Mapping[str, Any]]) -> str:
    low = [row for row in teams if row["expected_count"] and row["filed_count"] / row["expected_count"] < 0.5]
    texts = [
        f"{row['team_name']} {words.percent_text(row['filed_count'] / row['expected_count'])}"
        for row in sorted(low, key=lambda row: row["filed_count"] / row["expected_count"])[:3]
    ]
    return f" ({', '.join(texts)})" if texts else ""


def send_list_table(verified: Mapping[str, Any]) -> pd.DataFrame:
    """Return whom to ask for which report before the meeting."""
    rows = pd.DataFrame(
        verified["overdue_reports"],
        columns=["project_id", "project_name", "manager_name", "email", "last_report_date", "waiting_days"],
    )
    return worded(
        {
            _("Project"): (rows["project_name"].fillna(rows["project_id"]), None),
            _("Ask"): (rows["manager_name"].fillna(""), None),
            _("E-mail"): (rows["email"].fillna(""), None),
            _("Last report"): (pd.to_datetime(rows["last_report_date"]), words.date_text),
            _("Days ago"): (pd.to_numeric(rows["waiting_days"]), words.number_text),
        }
    )


def projects_table(content: Mapping[str, Any]) -> pd.DataFrame:
    """Return every forecast project with its frozen figures and its announced finish."""
    rows = pd.DataFrame(content["projects"], columns=list(_COLUMNS))
    day = {name: pd.to_datetime(rows[name]) for name in _COLUMNS if name.endswith("_date")}
    number = {name: rows[name].astype("float64") for name in _COLUMNS if name in _NUMBERS}
    return worded(
        {
            "project_id": (rows["project_id"], None),
            _("Project"): (rows["project_name"].fillna(rows["project_id"]), None),
            _("Report"): (rows["reported_status"].map(words.status_words), None),
            _("Chance of being late"): (number["late_probability"], words.chance_text),
            _("Slip (P50), weeks"): (number["slip_weeks_p50"], words.amount_text),
            _("Expected person-weeks of delay"): (number["expected_delay_person_weeks"], words.amount_text),
            _("Median finish (P50)"): (day["finish_p50_date"], words.date_text),
            _("Safe finish (P80)"): (day["finish_p80_date"], words.date_text),
            _("Committed date"): (day["committed_date"], words.date_text),
            _("Announced date"): (day["announced_date"], words.date_text),
            _("Chance of keeping it"): (number["kept_probability"], words.chance_text),
            _("For 80 %, announce"): (day["proposed_date"], words.date_text),
            _("Changed"): (number["announced_changes_count"], words.number_text),
        }
    )


_NUMBERS: Final = frozenset(
    (
        "late_probability",
        "slip_weeks_p50",
        "expected_delay_person_weeks",
        "kept_probability",
        "announced_changes_count",
    )
)
_COLUMNS: Final = (
    "project_id",
    "project_name",
    "reported_status",
    *sorted(_NUMBERS),
    "finish_p50_date",
    "finish_p80_date",
    "committed_date",
    "announced_date",
    "proposed_date",
)


def status_of_decision(status: str) -> str:
    """Return the status of a decision in words."""
    known: Final = {
        "open": _("open"),
        "done": _("done"),
        "dropped": _("not done"),
        "superseded": _("superseded"),
    }
    return known.get(status, status)


def place_words(place: str) -> str:
    """Return where a finish lies against a predicted range."""
    known: Final = {
        "earlier": _("earlier than predicted"),
        "inside": _("inside the range"),
        "later": _("later than predicted"),
        "unknown": words.none_text(),
    }
    return known.get(place, place)


def decisions_table(decisions: Sequence[Mapping[str, Any]], names: Mapping[str, str]) -> pd.DataFrame:
    """Return decisions with the finish against both forecasts; what came after one is no proof that it came from it."""
    return pd.DataFrame(
        {
            "decision_id": [one["decision_id"] for one in decisions],
            _("No."): [one["decision_id"] for one in decisions],
            _("Decision"): [one["title"] for one in decisions],
            _("Project"): [names.get(one["project_id"], one["project_id"] or words.none_text()) for one in decisions],
            _("Owner"): [one["owner_name"] or words.none_text() for one in decisions],
            _("Due"): [words.date_text(one["due_date"]) for one in decisions],
            _("Status"): [_status(one) for one in decisions],
            _("Predicted (P10–P90)"): [_range(one["prediction"]) for one in decisions],
            _("Do nothing (P10–P90)"): [_range(one["do_nothing"]) for one in decisions],
            _("Finish"): [_finish(one) for one in decisions],
            _("Against the prediction"): [place_words(one["place"]) for one in decisions],
            _("Why"): [one["why"] for one in decisions],
        }
    )


def _status(one: Mapping[str, Any]) -> str:
    return (
        f"{status_of_decision(one['status'])}, {_('overdue')}"
        if one["due"] == "overdue"
        else status_of_decision(one["status"])
    )


def _range(said: Mapping[str, Any]) -> str:
    low, high = said.get("finish_p10_date"), said.get("finish_p90_date")
    return words.none_text() if not low or not high else f"{words.date_text(low)} – {words.date_text(high)}"


def _finish(one: Mapping[str, Any]) -> str:
    if one["finish_date"] is None:
        return words.none_text()
    day = words.date_text(one["finish_date"])
    return day if one["is_finished"] else _("{day} (median now)").format(day=day)


def score_sentence(score: Mapping[str, Any]) -> str:
    """Say how predictions fared; nothing is said of people."""
    count, held = score["scored_count"], score["held_count"]
    if not count:
        return _("No prediction can be scored yet: none of its projects is over.")
    if score["coverage"] is None:
        return _("{held} of {count} predictions held. A score is shown from 10 scored predictions on.").format(
            held=held, count=count
        )
    sentence = _("Predictions held in {held} of {count} cases ({share}, aim 80 %).").format(
        held=held, count=count, share=words.percent_text(score["coverage"])
    )
    if score["brier"] is None:
        return sentence
    return f"{sentence} " + _("Brier score {brier} (0 perfect, 0.25 a coin toss).").format(
        brier=words.number_text(score["brier"], 2)
    )


def movement_table(movement: Mapping[str, Any] | None) -> pd.DataFrame:
    """Return what moved a forecast, in weeks; the parts add up to the last row."""
    names = {
        "requests": _("Change requests"),
        "work": _("Hours and progress"),
        "plan": _("Plan and capacity"),
        "expectation": _("What other projects taught"),
        "total": _("Median finish, weeks"),
    }
    said = movement or {}
    rows = [(text, said[name]) for name, text in names.items() if name in said]
    frame = pd.DataFrame(rows, columns=["text", "weeks"])
    return worded({_("Why it moved"): (frame["text"], None), _("Weeks"): (frame["weeks"], words.signed_number_text)})


def review_labels(reviews: Sequence[Any]) -> dict[int, str]:
    """Return the reviews by number, as a list shows them."""
    return {one.review_id: f"{words.date_text(one.as_of_date)} · {one.review_id}" for one in reviews}


def part_labels() -> dict[str, str]:
    """Return the parts of the page by code."""
    return {
        "agenda": _("Agenda"),
        "walk": _("Walk-through"),
        "decisions": _("Decisions"),
        "dates": _("Announced dates"),
        "risks": _("Risks and issues"),
        "alerts": _("Alerts"),
    }


def point_labels(content: Mapping[str, Any]) -> dict[str, str]:
    """Return the points of the agenda by key, with their places."""
    names = names_of(content)
    return {
        point["key"]: f"{place}. {point_title(point, names)} · {kind_words(point['kind'])}"
        for place, point in enumerate(content["agenda"], start=1)
    }


def range_rows(point: Mapping[str, Any], frozen: Mapping[str, Any]) -> dict[str, Any]:
    """Return the days that the figure of a point draws."""
    moved: Mapping[str, Any] = next(
        (sign["figures"] for sign in point["signs"] if sign["kind"].startswith("moved")), {}
    )
    return {
        **{name: frozen[f"finish_{name}_date"] for name in ("p10", "p50", "p80", "p90")},
        "before": moved.get("finish_p50_date_before"),
        "committed": frozen["committed_date"],
        "announced": frozen["announced_date"],
    }


def filing_table(verified: Mapping[str, Any]) -> pd.DataFrame:
    """Return what each team has filed of the newest week."""
    rows = pd.DataFrame(verified["teams"], columns=["team_name", "expected_count", "filed_count"])
    return rows.rename(
        columns={"team_name": _("Team"), "expected_count": _("Expected"), "filed_count": _("Filed")}
    ).fillna({_("Team"): words.none_text()})


def restated_table(verified: Mapping[str, Any]) -> pd.DataFrame:
    """Return the batches that restated past weeks since the last review."""
    names = {
        "batch_id": _("Batch"),
        "file_name": _("File"),
        "weeks_count": _("Weeks"),
        "difference_hours": _("Difference, hours"),
    }
    rows = pd.DataFrame(verified["restated_by"], columns=[*names, "source_name"])
    return rows[list(names)].rename(columns=names)


def is_found(decision: Mapping[str, Any], text: str, names: Mapping[str, str]) -> bool:
    """Tell whether a decision holds the words that are searched for."""
    parts = [str(decision[name]) for name in ("title", "why", "alternatives", "owner_name", "note", "project_id")]
    parts.append(names.get(decision["project_id"], ""))
    return text.strip().casefold() in " ".join(parts).casefold()


def risk_kinds() -> dict[str, str]:
    """Return the kinds of entries by code."""
    return {
        "risk": _("Risk"),
        "assumption": _("Assumption"),
        "issue": _("Issue"),
        "dependency": _("Dependency"),
    }


def risks_table(entries: Sequence[Any], names: Mapping[str, str]) -> pd.DataFrame:
    """Return risks and issues in words."""
    kinds = risk_kinds()
    return pd.DataFrame(
        {
            _("No."): [one.raid_id for one in entries],
            _("Kind"): [kinds[one.kind] for one in entries],
            _("Project"): [names.get(one.project_id, one.project_id) for one in entries],
            _("Title"): [one.title for one in entries],
            _("Owner"): [one.owner_name or words.none_text() for one in entries],
            _("Due"): [words.date_text(one.due_date) for one in entries],
            _("Status"): [_("open") if one.status == "open" else _("closed") for one in entries],
        }
    )
