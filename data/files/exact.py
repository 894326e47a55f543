"""Reads rows one by one with Python's csv module: slow, exact, and able to go on after a damaged row."""

from __future__ import annotations

import csv
import io
from collections import deque
from typing import TYPE_CHECKING, Final

from data.files.blocks import MAX_LINE_BYTES, Block
from data.files.problems import MAX_SHOWN_CHARACTERS, FileProblem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from data.files.table import TableWriter

# The module's own limit of 128 KB per cell is met by real exports (descriptions, comments); ours is the line,
# which the blocks have checked already, and the record, which is checked below.
csv.field_size_limit(4 * MAX_LINE_BYTES)

#: How many characters may be read a second time after quotes that are never closed, before the file is given up.
_MAX_REPEATED_CHARACTERS: Final = 256 << 20
_OPEN_QUOTE: Final = 'opens a quote (") that is never closed properly'


def lines_of(text: str) -> list[str]:
    """Split at LF, CR and CRLF only, and keep the ends; ``str.splitlines`` would split at form feeds too."""
    return list(io.StringIO(text, newline=""))


def read_exactly(block: Block, more: Callable[[], Block | None], delimiter: str, writer: TableWriter) -> None:
    """Add the rows of ``block`` to ``writer``.

    A quoted cell may go on into the next block: then ``more`` is asked for it, and its rows are added too.
    """
    lines = lines_of(block.data.decode("utf-8"))
    if b'"' not in block.data:
        for offset, row in enumerate(csv.reader(lines, delimiter=delimiter)):
            writer.add_cells(block.first_line + offset, row, lines[offset])
        return
    for line_number, cells, taken in Records(lines, block.first_line, more, delimiter):
        text = "".join(taken[:9])[: MAX_SHOWN_CHARACTERS + 1]
        if cells is None:
            writer.add_malformed(line_number, text, _OPEN_QUOTE)
        else:
            writer.add_cells(line_number, cells, text)


class _Feed:
    """Gives lines to the csv module and remembers which ones the current record took."""

    def __init__(self, lines: list[str], more: Callable[[], Block | None]) -> None:
        self.taken: list[str] = []
        self._waiting = deque(lines)
        self._more = more
        self._taken_characters = 0

    def __iter__(self) -> _Feed:
        return self

    def __next__(self) -> str:
        if not self._waiting:
            # Between two records the block is simply done; inside a quoted cell the record goes on in the next.
            block = self._more() if self.taken else None
            if block is None:
                raise StopIteration
            self._waiting.extend(lines_of(block.data.decode("utf-8")))
        if self._taken_characters > MAX_LINE_BYTES:
            raise StopIteration
        line = self._waiting.popleft()
        self.taken.append(line)
        self._taken_characters += len(line)
        return line

    def begin_record(self) -> None:
        self.taken = []
        self._taken_characters = 0

    def give_back_all_but_first(self) -> int:
        self._waiting.extendleft(reversed(self.taken[1:]))
        characters = self._taken_characters
        self.taken = self.taken[:1]
        return characters


class Records:
    """Iterates over records as (line number, cells or None for a damaged one, the lines that it took)."""

    def __init__(self, lines: list[str], first_line: int, more: Callable[[], Block | None], delimiter: str) -> None:
        self._feed = _Feed(lines, more)
        self._line = first_line
        self._delimiter = delimiter
        self._repeated = 0

    def __iter__(self) -> Iterator[tuple[int, list[str] | None, list[str]]]:
        reader = self._reader()
        while True:
            self._feed.begin_record()
            cells: list[str] | None
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error:
                reader = self._reader()
                cells = self._mend()
            yield self._line, cells, self._feed.taken
            self._line += len(self._feed.taken)

    def _reader(self) -> Iterator[list[str]]:
        return csv.reader(self._feed, delimiter=self._delimiter, strict=True)

    def _mend(self) -> list[str] | None:
        """Read a record that breaks the rules of quoting: leniently if it is one line, else give up its first line.

        Without this, one stray quote would swallow all rows up to the next quote.
        """
        if len(self._feed.taken) == 1:
            return _lenient(self._feed.taken[0], self._delimiter)
        self._repeated += self._feed.give_back_all_but_first()
        if self._repeated > _MAX_REPEATED_CHARACTERS:
            raise FileProblem(
                f'too many quotes (") are opened and never closed; one is in line {self._line:,}.',
                'Export the file again so that quotes inside cells are doubled ("").',
            )
        return None


def _lenient(line: str, delimiter: str) -> list[str] | None:
    """Read one line as most programs do (``"a"b`` is ``ab``); None if a quote is still open at its end."""
    is_open = False

    def feed() -> Iterator[str]:
        nonlocal is_open
        yield line
        is_open = True

    cells = next(csv.reader(feed(), delimiter=delimiter))
    return None if is_open else cells
