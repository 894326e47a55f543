"""Questions about a file: answers given as options, and asking at a terminal."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from dashboard.commands.console import errors, output
from dashboard.i18n import _
from data.files import FileProblem
from data.intake import look_at, speaks_contract

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rich.console import Console

    from data.home import Home
    from data.import_reports import FileReport, ImportOptions
    from data.recognition import Question, Understanding

AnswersOption = Annotated[
    list[str] | None,
    typer.Option(
        "--answer",
        metavar="KEY=VALUE",
        help=_(
            "Answer a question, or decide what a column means: date_order=dmy, person_id=Mitarbeiter,"
            " march.csv:project_id=P-7. May be given several times."
        ),
    ),
]
#: Answers lead to new questions; a person is not asked for ever.
_ROUNDS: Final = 8


def parse_answers(answers: Sequence[str] | None) -> dict[str, str]:
    """Return token → value of every ``--answer TOKEN=VALUE``; anything else is an error of usage."""
    found: dict[str, str] = {}
    for answer in answers or ():
        token, sign, value = answer.partition("=")
        if not sign or not token.strip():
            raise typer.BadParameter(
                _("“{answer}” is no answer. Write it as KEY=VALUE, for example date_order=dmy.").format(answer=answer),
                param_hint="--answer",
            )
        found[token.strip()] = value.strip()
    return found


def is_at_a_terminal() -> bool:
    """Say whether somebody is there who can be asked."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def ask_at_terminal(home: Home, paths: Sequence[Path], options: ImportOptions) -> dict[str, str]:
    """Ask what the files don't say, and return all answers."""
    answers = dict(options.answers)
    for path in paths:
        for _round in range(_ROUNDS):
            open_questions = _open_questions(home, path, {**options.all_answers, **answers}, options.table_name)
            if not open_questions:
                break
            for understanding, question in open_questions:
                place = _place(understanding)
                answers[f"{place}:{question.token}"] = ask_person(place, question)
    return answers


def _open_questions(
    home: Home, path: Path, answers: Mapping[str, str], table_name: str | None
) -> list[tuple[Understanding, Question]]:
    with tempfile.TemporaryDirectory(prefix="golive-ask-") as scratch:
        try:
            found = look_at(home, path, Path(scratch), answers, is_for_import=True)
        except FileProblem:
            return []  # the import says it, with the other files
    return [
        (one, question)
        for one in found
        if one.table and one.columns and not speaks_contract(one, table_name)
        for question in one.questions
        if question.is_blocking
    ]


def _place(understanding: Understanding) -> str:
    return f"{understanding.file} › {understanding.sheet}" if understanding.sheet else understanding.file


def ask_person(place: str, question: Question) -> str:
    """Print a question with its options, and return what the person at the terminal answers."""
    output.print(f"{place}: {question.words}", markup=False, soft_wrap=True)
    for number, option in enumerate(question.options, 1):
        cells = ", ".join(question.examples.get(option, ()))
        output.print(f"  {number}  {option}{f' ({cells})' if cells else ''}", markup=False, soft_wrap=True)
    said: str = typer.prompt(_("Number of an option, or the answer itself"))
    if said.strip().isdecimal() and 0 < int(said) <= len(question.options):
        return question.options[int(said) - 1]
    return said.strip()


def show_questions(reports: Sequence[FileReport]) -> None:
    """Print what must be answered, and how; each file or sheet can be left out."""
    for report in reports:
        for question in report.questions:
            print_question(report.file, question, errors)
    for place in dict.fromkeys(report.file for report in reports if report.questions):
        words = _('{place}: to leave it out: --answer "{place}:table=out"').format(place=place)
        errors.print(words, markup=False, soft_wrap=True)


def print_question(place: str, question: Question, screen: Console) -> None:
    """Print a question, cells for each of its answers, and an answer ready to paste."""
    screen.print(f"{place}: {question.words}", style="bold", markup=False, soft_wrap=True)
    if question.options:
        options = ", ".join(question.options)
        screen.print("  " + _("Possible: {options}").format(options=options), markup=False, soft_wrap=True)
    for option, cells in question.examples.items():
        screen.print(f"    {option}: {', '.join(cells)}", markup=False, soft_wrap=True)
    example = f"{place}:{question.token}={question.options[0] if question.options else '…'}"
    screen.print("  " + _('Answer: --answer "{example}"').format(example=example), markup=False, soft_wrap=True)
