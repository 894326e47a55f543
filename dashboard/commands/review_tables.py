"""Reviews, decisions and risks in the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dashboard.answers.viewers import local_viewer
from dashboard.commands.common import open_home, print_json, table
from dashboard.commands.console import output
from dashboard.i18n import _

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

    from dashboard.answers.review import Review
    from data.home import Home


def show_review(review: Review, where: Home, *, is_json: bool) -> None:
    """Show a review as it was, in words with the decisions recorded in it since; JSON holds what was frozen."""
    head = review.head
    if is_json:
        print_json({"review_id": head.review_id, "opened_at": head.opened_at, **review.content})
        return
    from dashboard.answers.review_decisions import announced_in  # noqa: PLC0415 - its libraries are slow to load
    from dashboard.views import review_decisions, review_figures  # noqa: PLC0415 - as above
    from dashboard.views.review import agenda_table, names_of  # noqa: PLC0415 - as above
    from dashboard.views.words import date_text, moment_text  # noqa: PLC0415 - as above
    from data.journal import read_decisions  # noqa: PLC0415 - as above

    content = review.content
    title = _("Review {number} of {day}").format(number=head.review_id, day=date_text(head.as_of_date))
    output.print(title, style="bold", markup=False)
    output.print(_("Figures frozen at {moment}.").format(moment=moment_text(head.opened_at)), markup=False)
    if head.attendees:
        names = ", ".join(f"{one.name} ({one.role})" for one in head.attendees)
        output.print(_("Attending: {names}").format(names=names), markup=False, soft_wrap=True)
    verified = "; ".join(review_figures.verified_sentences(content["verified"]))
    output.print(_("Figures verified: {what}.").format(what=verified), markup=False, soft_wrap=True)
    if content["vanished"]:
        gone = ", ".join(str(row["project_name"] or row["project_id"]) for row in content["vanished"])
        output.print(_("No longer in the register: {names}.").format(names=gone), markup=False, soft_wrap=True)
    _print_table(
        _("Agenda, {minutes} minutes").format(minutes=content["agenda_minutes"]),
        agenda_table(content).drop(columns="key"),
    )
    decisions = [one for one in read_decisions(where) if one.review_id == head.review_id]
    if decisions:
        heads = [(_("No."), "right"), (_("Decision"), "left"), (_("Owner"), "left"), (_("Status"), "left")]
        rows = [
            [str(one.decision_id), one.title, one.owner_name, review_decisions.status_of_decision(one.status)]
            for one in decisions
        ]
        output.print(table(_("Decisions recorded in it"), heads, rows))
    said = announced_in(where, head)
    if said:
        _print_table(_("Announced at it"), review_figures.announced_table(said, names_of(content)))
    output.print(review_decisions.score_sentence(content["score"]), markup=False, soft_wrap=True)


def _print_table(heading: str, rows: pd.DataFrame) -> None:
    if rows.empty:
        output.print(_("Nothing that needs the hour."), markup=False)
        return
    from dashboard.views.typed import texts_of  # noqa: PLC0415 - its libraries are slow to load

    output.print(
        table(
            heading,
            [(str(name), "left") for name in rows.columns],
            [[str(c) for c in r] for r in texts_of(rows).itertuples(index=False)],
        )
    )


def list_reviews(where: Home, *, is_json: bool) -> None:
    """List past reviews."""
    from dashboard.answers.review import reviews  # noqa: PLC0415 - as above
    from dashboard.views.words import date_text  # noqa: PLC0415 - as above

    found = reviews(where)
    if is_json:
        names = ("review_id", "opened_at", "viewer_name", "as_of_date", "publication", "model_version")
        print_json([{name: getattr(one, name) for name in names} for one in found])
        return
    if not found:
        output.print(_("No review was opened yet. `golive review open` opens one."), markup=False)
        return
    rows = [[str(one.review_id), date_text(one.as_of_date), one.viewer_name, str(len(one.attendees))] for one in found]
    heads = [(_("No."), "right"), (_("Day"), "left"), (_("Opened by"), "left"), (_("Attending"), "right")]
    output.print(table(_("Reviews"), heads, rows))


def list_decisions(home: Path | None, text: str | None, *, is_json: bool) -> None:
    """List decisions with what became of them."""
    where, file = open_home(home)
    from dashboard.answers import everything as answers  # noqa: PLC0415 - as above
    from dashboard.answers.review_decisions import followed, score_now  # noqa: PLC0415 - as above
    from dashboard.views import review_decisions  # noqa: PLC0415 - as above

    viewer = local_viewer()
    found = [one for one in followed(where, file, viewer, answers.as_of_date(file)) if has_words(one, text)]
    if is_json:
        print_json({"decisions": found, "score": vars(score_now(where, file))})
        return
    if not found:
        output.print(_("No decision is on record."), markup=False)
        return
    listed = answers.projects(file)
    names = dict(zip(listed["project_id"], listed["project_name"].fillna(listed["project_id"]), strict=True))
    _print_table(_("Decisions"), review_decisions.decisions_table(found, names).drop(columns="decision_id"))
    output.print(review_decisions.score_sentence(vars(score_now(where, file))), markup=False, soft_wrap=True)


def has_words(one: dict[str, Any], text: str | None) -> bool:
    """Tell whether a decision or an entry holds the words, or none are asked for."""
    names = ("title", "why", "alternatives", "owner_name", "project_id", "note", "status")
    return text is None or text.casefold() in " ".join(str(one.get(name, "")) for name in names).casefold()
