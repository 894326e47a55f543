"""``golive undo`` and ``golive redo``: take a batch back, or put it back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from dashboard.answers.writing import redo, undo
from dashboard.commands.common import HomeOption, JsonOption, home_of, print_json, progress
from dashboard.commands.console import output
from dashboard.i18n import _

if TYPE_CHECKING:
    from data.inbox import Batch

BatchArgument = Annotated[int, typer.Argument(metavar="BATCH", help=_("Number of the batch, as the import told it."))]


def undo_command(batch_id: BatchArgument, home: HomeOption = None, is_json: JsonOption = False) -> None:
    """Take one batch back. Later batches stay; every figure becomes what it would be without it.

    Examples
    --------

        golive undo 12

        golive undo 12 --json
    """  # noqa: D412 - the help page shows the lines as they stand
    with progress(is_quiet=is_json) as show:
        batch = undo(home_of(home), batch_id, on_progress=show)
    _tell(
        batch, is_json=is_json, words=_("Batch {number} ({file}) was taken back. `golive redo {number}` puts it back.")
    )


def redo_command(batch_id: BatchArgument, home: HomeOption = None, is_json: JsonOption = False) -> None:
    """Put a batch back that was undone, in its old place among the others.

    Examples
    --------

        golive redo 12

        golive redo 12 --json
    """  # noqa: D412 - the help page shows the lines as they stand
    with progress(is_quiet=is_json) as show:
        batch = redo(home_of(home), batch_id, on_progress=show)
    _tell(batch, is_json=is_json, words=_("Batch {number} ({file}) is in force again."))


def _tell(batch: Batch, *, is_json: bool, words: str) -> None:
    if is_json:
        print_json({"batch_id": batch.batch_id, "file": batch.file_name, "table": batch.table_name})
        return
    output.print(words.format(number=batch.batch_id, file=batch.file_name), markup=False)
