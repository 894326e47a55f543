"""``golive review``: open a review, read past ones, decide, announce, and take the pack along."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dashboard.answers.viewers import local_viewer
from dashboard.commands.choosing_reviews import chosen_review, say_done
from dashboard.commands.common import (
    HomeOption,
    JsonOption,
    home_of,
    open_home,
    parse_as_of,
    progress,
)
from dashboard.commands.deciding import announce_command, close_command, decide_command
from dashboard.commands.review_risks import list_risks, take_risks, write_risks
from dashboard.commands.review_tables import list_decisions, list_reviews, show_review
from dashboard.i18n import _

if TYPE_CHECKING:
    from dashboard.answers.review import Review
    from data.home import Home

review_app = typer.Typer(
    name="review",
    help=_("Hold the weekly portfolio review: figures verified, agenda, decisions, announced dates, pack."),
    no_args_is_help=True,
    add_completion=False,
)

review_app.command("decide")(decide_command)
review_app.command("close")(close_command)
review_app.command("announce")(announce_command)

NumberArgument = Annotated[
    int | None, typer.Argument(metavar="[REVIEW]", min=1, help=_("Number of the review; default: the newest."))
]
OutOption = Annotated[Path, typer.Option("--out", metavar="FOLDER", help=_("Folder that the pack is written to."))]


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
    day = parse_as_of(as_of)
    where, file = open_home(home)
    from dashboard.answers.review import open_review, read_review  # noqa: PLC0415 - its libraries are slow to load

    with progress(is_quiet=is_json) as show:
        if show:
            show("results", 0.1)
        number = open_review(where, file, local_viewer(), people, day)
    show_review(read_review(where, local_viewer(), number), where, is_json=is_json)


@review_app.command("show")
def show_command(number: NumberArgument = None, home: HomeOption = None, is_json: JsonOption = False) -> None:
    """Show a review as it was: nothing that was imported since changes it.

    Examples
    --------

        golive review show

        golive review show 3 --json
    """  # noqa: D412 - the help page shows the lines as they stand
    show_review(chosen_review(home_of(home), number), home_of(home), is_json=is_json)


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
        list_decisions(home, text, is_json=is_json)
    elif is_risks:
        list_risks(home_of(home), text, is_json=is_json)
    else:
        list_reviews(home_of(home), is_json=is_json)


@review_app.command("risks")
def risks_command(
    take: Annotated[
        Path | None,
        typer.Option(
            "--take", metavar="FILE", help=_("Take in a list of risks and issues (CSV, XLSX); all or nothing.")
        ),
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help=_("Write the list into this file (.csv or .xlsx)."))
    ] = None,
    is_dry_run: Annotated[
        bool, typer.Option("--dry-run", help=_("Say what would be taken in, and do nothing."))
    ] = False,
    home: HomeOption = None,
    is_json: JsonOption = False,
) -> None:
    """List risks and issues, take in a list of another tool, or take the list along.

    An entry is known again by project, kind and title (in a list from --out by its number): the same file adds
    nothing twice.

    Examples
    --------

        golive review risks

        golive review risks --take "risk log.xlsx" --dry-run

        golive review risks --out risks.xlsx
    """  # noqa: D412 - the help page shows the lines as they stand
    if is_dry_run and take is None:
        raise typer.BadParameter(_("Name a file with --take."), param_hint="--dry-run")
    if take is not None:
        take_risks(home, take, is_trial=is_dry_run, is_json=is_json)
    if out is not None:
        write_risks(home_of(home), out, is_quiet=is_json)
    if take is None and out is None:
        list_risks(home_of(home), None, is_json=is_json)


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
    target = _write_pack(where, file, chosen_review(where, number), out, has_pdf=has_pdf)
    say_done(_("The pack: {path}").format(path=target), {"path": str(target)}, is_json=is_json)


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
    say_done(words, found, is_json=is_json)


def _write_pack(where: Home, file: Path, review: Review, out: Path, *, has_pdf: bool) -> Path:
    from dashboard.packs.of_reviews import pack_of_review  # noqa: PLC0415 - as above
    from dashboard.packs.writing import KINDS, write_pack  # noqa: PLC0415 - as above

    kinds = tuple(kind for kind in KINDS if has_pdf or kind != "pdf")
    pack = pack_of_review(where, file, local_viewer(), review)
    return write_pack(pack, out, f"review-{review.head.review_id}", kinds)


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
