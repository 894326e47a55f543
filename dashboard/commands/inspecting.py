"""``golive inspect``: say what a file is understood to hold, before anything is imported."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from dashboard.commands.asking import AnswersOption, parse_answers, print_question
from dashboard.commands.common import HomeOption, JsonOption, home_of, print_json, table
from dashboard.commands.console import output
from dashboard.i18n import _, ngettext
from dashboard.views.understood import outlook_sentence, table_words
from data.files import FileProblem
from data.files.delimiters import delimiter_word
from data.intake import look_at
from data.problems import ImportRefusedError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from data.recognition import Understanding

#: So many lines of sums are named.
_SHOWN_LINES: Final = 12


def inspect_command(
    path: Annotated[Path, typer.Argument(metavar="FILE", help=_("A file, a folder or a zip file."))],
    answer: AnswersOption = None,
    home: HomeOption = None,
    is_json: JsonOption = False,
) -> None:
    """Say what a file holds: which table, which system wrote it, what each column means and why, what must be asked.

    Nothing is imported and nothing is kept. `golive import` reads the file in the same way.

    Examples:

        golive inspect march.xlsx

        golive inspect export.csv --answer person_id=Kürzel --json
    """  # noqa: D406, D407, D412 - the help page shows the lines as they stand
    with tempfile.TemporaryDirectory(prefix="golive-inspect-") as scratch:
        try:
            found = look_at(home_of(home), path, Path(scratch), parse_answers(answer))
        except FileProblem as problem:
            raise ImportRefusedError(problem.what, problem.advice) from problem
    if is_json:
        print_json({"files": [understanding.as_json() for understanding in found]})
        return
    for understanding in found:
        _show(understanding)


def _show(understanding: Understanding) -> None:
    place = f"{understanding.file} › {understanding.sheet}" if understanding.sheet else understanding.file
    if not understanding.table:
        output.print(_("{place}: no table that Golive knows.").format(place=place), markup=False, soft_wrap=True)
    else:
        words = _("{place}: {table}, written by {system} (confidence {share:.0%}); header on line {line}.")
        output.print(
            words.format(
                place=place,
                table=understanding.table,
                system=understanding.system,
                share=understanding.confidence,
                line=understanding.header_row,
            ),
            style="bold",
            markup=False,
            soft_wrap=True,
        )
    if understanding.delimiter:
        words = _("Text in {encoding}; its cells are separated by: {delimiter} (another: --answer delimiter=…)")
        word = delimiter_word(understanding.delimiter)
        output.print(words.format(encoding=understanding.encoding, delimiter=word), markup=False, soft_wrap=True)
    for sentence in understanding.words:
        output.print(sentence, markup=False, soft_wrap=True)
    if understanding.mapping:
        rows = [
            [
                source,
                target,
                f"{understanding.reasons[source].score:.2f}" if source in understanding.reasons else "",
                understanding.reasons[source].words if source in understanding.reasons else "",
            ]
            for source, target in understanding.mapping.items()
        ]
        headings = [(_("column"), "left"), (_("means"), "left"), (_("score"), "right"), (_("because"), "left")]
        output.print(table("", headings, rows))
    _show_rest(understanding)


def _show_rest(understanding: Understanding) -> None:
    if understanding.unmapped:
        names = ", ".join(understanding.unmapped)
        output.print(_("Not stored: {names}").format(names=names), markup=False, soft_wrap=True)
    if understanding.denied_columns:
        names = ", ".join(understanding.denied_columns)
        output.print(
            _("Never stored, because they are nobody's business here: {names}").format(names=names),
            markup=False,
            soft_wrap=True,
        )
    for cleaning in understanding.cleaning:
        words = ngettext("{count} row", "{count} rows", cleaning.rows_count)
        state = _("applied") if cleaning.is_on else _("proposed; switch it on with --answer {token}=on")
        if cleaning.is_on and cleaning.is_optional:
            state = _("applied; switch it off with --answer {token}=off")
        named = f"{cleaning.rule} {cleaning.column}".strip()
        line = _("Rule {rule} ({rows}): {state}").format(
            rule=named, rows=words, state=state.format(token=cleaning.token)
        )
        output.print(line, markup=False, soft_wrap=True)
    _show_readings(understanding)
    place = f"{understanding.file} › {understanding.sheet}" if understanding.sheet else understanding.file
    for question in understanding.questions:
        print_question(place, question, output)


def _show_readings(understanding: Understanding) -> None:
    """Say how days and numbers are read, which rows are no entries, and what would come in."""
    marks = {"point": _("a point"), "comma": _("a comma")}
    lines = [
        (_("Days are read as {order}."), {"order": understanding.date_order}, understanding.date_order),
        (
            _("Decimals begin with {mark}."),
            {"mark": marks.get(understanding.decimal_mark, "")},
            understanding.decimal_mark == "comma",
        ),
        (_("Sums on the lines {lines}."), {"lines": _numbers(understanding.totals_rows)}, understanding.totals_rows),
        (
            _("Column names again on the lines {lines}."),
            {"lines": _numbers(understanding.repeated_header_rows)},
            understanding.repeated_header_rows,
        ),
        ("{words}", {"words": outlook_sentence(understanding.outlook)}, understanding.outlook),
    ]
    for words, values, is_known in lines:
        if is_known:
            output.print(words.format(**values), markup=False, soft_wrap=True)
    for feed in understanding.also_feeds:
        output.print(
            _("The same rows also hold {table}.").format(table=table_words(feed.table)), markup=False, soft_wrap=True
        )


def _numbers(lines: Sequence[int]) -> str:
    shown = ", ".join(str(line) for line in lines[:_SHOWN_LINES])
    return f"{shown} …" if len(lines) > _SHOWN_LINES else shown
