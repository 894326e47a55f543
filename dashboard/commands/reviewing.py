"""``golive review``: open a review, read past ones, decide, announce, and take the pack along."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from dashboard.answers.viewers import local_viewer
from dashboard.commands.common import (
    HomeOption,
    JsonOption,
    home_of,
    open_home,
    parse_date,
    print_json,
    progress,
    table,
)
from dashboard.commands.console import output
from dashboard.i18n import _
from data.problems import GoliveError

if TYPE_CHECKING:
    import pandas as pd

    from dashboard.answers.review import Review
    from data.home import Home

review_app = typer.Typer(
    name="review",
    help=_("Hold the weekly portfolio review: figures verified, agenda, decisions, announced dates, pack."),
    no_args_is_help=True,
)

NumberArgument = Annotated[
    int | None, typer.Argument(metavar="[REVIEW]", min=1, help=_("Number of the review; default: the newest."))
]
OutOption = Annotated[Path, typer.Option("--out", metavar="FOLDER", help=_("Folder that the pack is written to."))]
_CONDITION: Final = re.compile(r"^(\w+)\s+(above|below)\s+(\S+)$")


@review_app.command("open")
def open_command(
    attendees: Annotated[
        list[str] | None,
        typer.Option("--attendee", metavar="NAME=ROLE", help=_("Who takes part, and as what; may be repeated.")),
    ] = None,
    as_of: Annotated[
        str | None, typer.Option("--as-of", metavar="DATE", help=_("Day of the review; default: the newest."))
    ] = None,
    home: HomeOption = None,
    is_json: JsonOption = False,
) -> None:
    """Open a review: its figures are frozen from then on. The same state of the data makes one review only.

    Examples
    --------

        golive review open
    """  # noqa: D412 - the help page shows the lines as they stand
    people = _attendees(attendees or [])
    day = parse_date(as_of, "--as-of")
    where, file = open_home(home)
    from dashboard.answers.review import open_review, read_review  # noqa: PLC0415 - its libraries are slow to load

    with progress(is_quiet=is_json) as show:
        if show:
            show("results", 0.1)
        number = open_review(where, file, local_viewer(), people, day)
    _show(read_review(where, local_viewer(), number), is_json=is_json)


@review_app.command("show")
def show_command(number: NumberArgument = None, home: HomeOption = None, is_json: JsonOption = False) -> None:
    """Show a review as it was: nothing that was imported since changes it.

    Examples
    --------

        golive review show

        golive review show 3 --json
    """  # noqa: D412 - the help page shows the lines as they stand
    _show(_review(home_of(home), number), is_json=is_json)


@review_app.command("list")
def list_command(
    is_decisions: Annotated[bool, typer.Option("--decisions", help=_("List decisions instead of reviews."))] = False,
    is_risks: Annotated[bool, typer.Option("--risks", help=_("List risks and issues instead of reviews."))] = False,
    text: Annotated[
        str | None, typer.Option("--find", metavar="TEXT", help=_("Only decisions or risks with these words."))
    ] = None,
    home: HomeOption = None,
    is_json: JsonOption = False,
) -> None:
    """List past reviews, decisions with what became of them, or risks and issues.

    Examples
    --------

        golive review list

        golive review list --decisions --find Zelkova
    """  # noqa: D412 - the help page shows the lines as they stand
    if is_decisions and is_risks:
        raise typer.BadParameter(_("Choose one of both."), param_hint="--decisions, --risks")
    if is_decisions:
        _list_decisions(home, text, is_json=is_json)
    elif is_risks:
        _list_risks(home_of(home), text, is_json=is_json)
    else:
        _list_reviews(home_of(home), is_json=is_json)


@review_app.command("decide")
def decide_command(
    point: Annotated[str, typer.Argument(metavar="POINT", help=_("Key or number of the point of the agenda."))],
    title: Annotated[str, typer.Argument(metavar="DECISION", help=_("What was decided."))],
    owner: Annotated[str, typer.Option("--owner", help=_("Who carries it out."))] = "",
    due: Annotated[str | None, typer.Option("--due", metavar="DATE", help=_("Until when."))] = None,
    why: Annotated[str, typer.Option("--why", help=_("Why it was decided."))] = "",
    alternatives: Annotated[str, typer.Option("--alternatives", help=_("What else was considered."))] = "",
    look_again: Annotated[
        str | None, typer.Option("--look-again", metavar="DATE", help=_("Day on which it comes back."))
    ] = None,
    when: Annotated[
        str | None,
        typer.Option(
            "--when",
            metavar="CONDITION",
            help=_("Condition on which it comes back, for example “finish_p50_date above 2027-07-15”, or free words."),
        ),
    ] = None,
    by: Annotated[str, typer.Option("--by", help=_("Who decided it, if not the owner."))] = "",
    scenario: Annotated[
        int | None, typer.Option("--scenario", metavar="NUMBER", help=_("The kept what-if that was chosen."))
    ] = None,
    supersedes: Annotated[
        int | None, typer.Option("--supersedes", metavar="NUMBER", help=_("The decision whose place it takes."))
    ] = None,
    seen: Annotated[
        int | None,
        typer.Option("--seen", metavar="COUNT", help=_("Decisions at this point that you have seen.")),
    ] = None,
    review: Annotated[
        int | None, typer.Option("--review", metavar="REVIEW", help=_("Number of the review; default: the newest."))
    ] = None,
    home: HomeOption = None,
    is_json: JsonOption = False,
) -> None:
    """Record a decision at a point of a review, with the forecast without it and, with a scenario, with it.

    Examples
    --------

        golive review decide 2 "Freeze requests after design" --owner "Ana Machado" --due 2026-12-11
    """  # noqa: D412 - the help page shows the lines as they stand
    due_date, again_date = parse_date(due, "--due"), parse_date(look_again, "--look-again")
    where = home_of(home)
    from dashboard.answers.review import Words, decide  # noqa: PLC0415 - as above

    found = _review(where, review)
    words = Words(
        title=title,
        owner_name=owner,
        due_date=due_date,
        why=why,
        alternatives=alternatives,
        review_date=again_date,
        condition=_condition(when),
        asserted_by=by,
        scenario_id=scenario,
        supersedes_id=supersedes,
    )
    number = decide(where, local_viewer(), found.head.review_id, _key(found, point), words, seen_count=seen)
    _done(_("Decision {number} is recorded.").format(number=number), {"decision_id": number}, is_json=is_json)


@review_app.command("close")
def close_command(
    number: Annotated[int, typer.Argument(metavar="DECISION", min=1, help=_("Number of the decision."))],
    is_dropped: Annotated[bool, typer.Option("--not-done", help=_("It was not carried out."))] = False,
    is_reopened: Annotated[bool, typer.Option("--reopen", help=_("Open it again."))] = False,
    note: Annotated[str, typer.Option("--note", help=_("What is to be said of it."))] = "",
    seen: Annotated[
        int | None,
        typer.Option("--seen", metavar="VERSION", help=_("Version that you have seen.")),
    ] = None,
    home: HomeOption = None,
    is_json: JsonOption = False,
) -> None:
    """Say that a decision was carried out, or not; the finish is put beside both forecasts.

    Examples
    --------

        golive review close 4

        golive review close 4 --not-done --note "no second team was free"
    """  # noqa: D412 - the help page shows the lines as they stand
    if is_dropped and is_reopened:
        raise typer.BadParameter(_("Choose one of both."), param_hint="--not-done, --reopen")
    where, file = open_home(home)
    from dashboard.answers.review import close  # noqa: PLC0415 - as above

    if is_reopened:
        from data.journal import reopen_decision  # noqa: PLC0415 - as above

        version = reopen_decision(where, local_viewer().name, number, note=note)
    else:
        version = close(where, file, local_viewer(), number, "dropped" if is_dropped else "done", note, seen=seen)
    _done(
        _("Decision {number} is changed (version {version}).").format(number=number, version=version),
        {"decision_id": number, "version": version},
        is_json=is_json,
    )


@review_app.command("announce")
def announce_command(
    project: Annotated[str, typer.Argument(metavar="PROJECT", help=_("Id of the project."))],
    day: Annotated[str, typer.Argument(metavar="DATE", help=_("The finish that was announced."))],
    by: Annotated[str, typer.Option("--by", help=_("Who announced it."))] = "",
    said: Annotated[
        str | None, typer.Option("--said", metavar="DATE", help=_("Day of the announcement; default: the newest."))
    ] = None,
    note: Annotated[str, typer.Option("--note", help=_("What was said with it."))] = "",
    home: HomeOption = None,
    is_json: JsonOption = False,
) -> None:
    """Record the finish that was announced to a client; Golive says how likely it is kept.

    Examples
    --------

        golive review announce P-7 2027-03-31 --by "Ana Machado"
    """  # noqa: D412 - the help page shows the lines as they stand
    announced, said_date = parse_date(day, "DATE"), parse_date(said, "--said")
    where, file = open_home(home)
    from dashboard.answers.review import announce  # noqa: PLC0415 - as above
    from dashboard.views.words import chance_text, date_text  # noqa: PLC0415 - as above

    if announced is None:  # DATE is an argument: typer has refused its absence
        raise typer.BadParameter(_("Give a day."), param_hint="DATE")
    viewer = local_viewer()
    chance = announce(where, file, viewer, project, announced, by or viewer.name, said_date=said_date, note=note)
    _done(
        _("{project}: {day} is announced; the chance of keeping it is {chance}.").format(
            project=project, day=date_text(announced), chance=chance_text(chance)
        ),
        {"project_id": project, "announced_date": announced, "kept_probability": chance},
        is_json=is_json,
    )


@review_app.command("pack")
def pack_command(
    out: OutOption,
    number: NumberArgument = None,
    has_pdf: Annotated[bool, typer.Option("--pdf/--no-pdf", help=_("Set the PDF, too."))] = True,
    home: HomeOption = None,
    is_json: JsonOption = False,
) -> None:
    """Write the pack of a review: workbook, slides, PDF, CSV and Parquet, all from its frozen figures.

    Examples
    --------

        golive review pack --out packs

        golive review pack 3 --out packs --no-pdf
    """  # noqa: D412 - the help page shows the lines as they stand
    where, file = open_home(home)
    target = _write_pack(where, file, _review(where, number), out, has_pdf=has_pdf)
    _done(_("The pack: {path}").format(path=target), {"path": str(target)}, is_json=is_json)


@review_app.command("run")
def run_command(
    is_pack: Annotated[bool, typer.Option("--pack", help=_("Write the pack, too."))] = False,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FOLDER", help=_("Folder of the pack; default: packs in the home."))
    ] = None,
    has_pdf: Annotated[bool, typer.Option("--pdf/--no-pdf", help=_("Set the PDF, too."))] = True,
    home: HomeOption = None,
    is_json: JsonOption = False,
) -> None:
    """Open the review of the newest day from a timer; the same state of the data makes one review only.

    Examples
    --------

        golive review run --pack
    """  # noqa: D412 - the help page shows the lines as they stand
    where, file = open_home(home)
    from dashboard.answers.review import open_review, read_review  # noqa: PLC0415 - as above

    viewer = local_viewer()
    number = open_review(where, file, viewer)
    found: dict[str, Any] = {"review_id": number}
    words = _("Review {number} is open.").format(number=number)
    if is_pack:
        target = _write_pack(
            where, file, read_review(where, viewer, number), out or where.path / "packs", has_pdf=has_pdf
        )
        found["path"] = str(target)
        words = f"{words} " + _("The pack: {path}").format(path=target)
    _done(words, found, is_json=is_json)


def _write_pack(where: Home, file: Path, review: Review, out: Path, *, has_pdf: bool) -> Path:
    from dashboard.answers import everything as answers  # noqa: PLC0415 - as above
    from dashboard.answers.review_decisions import followed  # noqa: PLC0415 - as above
    from dashboard.packs.contents import pack_of  # noqa: PLC0415 - as above
    from dashboard.packs.writing import KINDS, write_pack  # noqa: PLC0415 - as above

    number = review.head.review_id
    made = [
        one for one in followed(where, file, local_viewer(), answers.as_of_date(file)) if one["review_id"] == number
    ]
    kinds = tuple(kind for kind in KINDS if has_pdf or kind != "pdf")
    return write_pack(pack_of(review.head, review.content, made), out, f"review-{number}", kinds)


def _attendees(texts: list[str]) -> list[Any]:
    from data.journal import Attendee  # noqa: PLC0415 - as above

    found = []
    for text in texts:
        name, sign, role = text.partition("=")
        if not name.strip() or not sign or not role.strip():
            raise typer.BadParameter(
                _("“{text}” is not NAME=ROLE, for example “Ana=portfolio manager”.").format(text=text),
                param_hint="--attendee",
            )
        found.append(Attendee(name.strip(), role.strip()))
    return found


def _condition(text: str | None) -> dict[str, Any]:
    if not text:
        return {}
    found = _CONDITION.match(text.strip())
    return dict(zip(("measure", "is", "value"), found.groups(), strict=True)) if found else {"text": text}


def _review(where: Home, number: int | None) -> Review:
    from dashboard.answers.review import last_review, read_review  # noqa: PLC0415 - as above

    if number is not None:
        return read_review(where, local_viewer(), number)
    found = last_review(where, local_viewer())
    if found is None:
        raise GoliveError(_("No review was opened yet."), _("`golive review open` opens one."))
    return found


def _key(review: Review, text: str) -> str:
    """Return the key of a point that was named by its key or its number on the agenda."""
    points = review.content["agenda"]
    if text.isdigit() and 1 <= int(text) <= len(points):
        return str(points[int(text) - 1]["key"])
    return text


def _done(sentence: str, said: dict[str, Any], *, is_json: bool) -> None:
    if is_json:
        print_json(said)
    else:
        output.print(sentence, markup=False, soft_wrap=True)


def _show(review: Review, *, is_json: bool) -> None:
    head = review.head
    if is_json:
        print_json({"review_id": head.review_id, "opened_at": head.opened_at, **review.content})
        return
    from dashboard.views import review as views  # noqa: PLC0415 - as above
    from dashboard.views.words import date_text, moment_text  # noqa: PLC0415 - as above

    content = review.content
    title = _("Review {number} of {day}").format(number=head.review_id, day=date_text(head.as_of_date))
    output.print(title, style="bold", markup=False)
    output.print(_("Figures frozen at {moment}.").format(moment=moment_text(head.opened_at)), markup=False)
    if head.attendees:
        names = ", ".join(f"{one.name} ({one.role})" for one in head.attendees)
        output.print(_("Attending: {names}").format(names=names), markup=False, soft_wrap=True)
    verified = "; ".join(views.verified_sentences(content["verified"]))
    output.print(_("Figures verified: {what}.").format(what=verified), markup=False, soft_wrap=True)
    if content["vanished"]:
        gone = ", ".join(str(row["project_name"] or row["project_id"]) for row in content["vanished"])
        output.print(_("No longer in the register: {names}.").format(names=gone), markup=False, soft_wrap=True)
    _print(
        _("Agenda, {minutes} minutes").format(minutes=content["agenda_minutes"]),
        views.agenda_table(content).drop(columns="key"),
    )
    output.print(views.score_sentence(content["score"]), markup=False, soft_wrap=True)


def _print(heading: str, rows: pd.DataFrame) -> None:
    if rows.empty:
        output.print(_("Nothing that needs the hour."), markup=False)
        return
    output.print(
        table(
            heading,
            [(str(name), "left") for name in rows.columns],
            [[str(c) for c in r] for r in rows.itertuples(index=False)],
        )
    )


def _list_reviews(where: Home, *, is_json: bool) -> None:
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


def _list_decisions(home: Path | None, text: str | None, *, is_json: bool) -> None:
    where, file = open_home(home)
    from dashboard.answers import everything as answers  # noqa: PLC0415 - as above
    from dashboard.answers.review_decisions import followed, score_now  # noqa: PLC0415 - as above
    from dashboard.views import review as views  # noqa: PLC0415 - as above

    viewer = local_viewer()
    found = [one for one in followed(where, file, viewer, answers.as_of_date(file)) if _has(one, text)]
    if is_json:
        print_json({"decisions": found, "score": vars(score_now(where, file))})
        return
    if not found:
        output.print(_("No decision is on record."), markup=False)
        return
    listed = answers.projects(file)
    names = dict(zip(listed["project_id"], listed["project_name"].fillna(listed["project_id"]), strict=True))
    _print(_("Decisions"), views.decisions_table(found, names).drop(columns="decision_id"))
    output.print(views.score_sentence(vars(score_now(where, file))), markup=False, soft_wrap=True)


def _list_risks(where: Home, text: str | None, *, is_json: bool) -> None:
    from data.journal import read_entries  # noqa: PLC0415 - as above

    found = [vars(one) for one in read_entries(where)]
    found = [one for one in found if _has(one, text)]
    if is_json:
        print_json(found)
        return
    if not found:
        output.print(_("No risk or issue is on record."), markup=False)
        return
    rows = [
        [str(one["raid_id"]), one["kind"], one["project_id"], one["title"], one["owner_name"], one["status"]]
        for one in found
    ]
    heads = [_("No."), _("Kind"), _("Project"), _("Title"), _("Owner"), _("Status")]
    output.print(table(_("Risks and issues"), [(head, "left") for head in heads], rows))


def _has(one: dict[str, Any], text: str | None) -> bool:
    names = ("title", "why", "alternatives", "owner_name", "project_id", "note", "status")
    return text is None or text.casefold() in " ".join(str(one.get(name, "")) for name in names).casefold()
