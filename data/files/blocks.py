"""Reads a UTF-8 file in blocks of whole lines and counts its lines."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO, Final

from data.files.problems import FileProblem

if TYPE_CHECKING:
    from collections.abc import Callable

#: Large enough for the vectorised reader, small enough that several fit in the processor's reach.
BLOCK_BYTES: Final = 8 << 20
#: No timesheet has a line of 16 MB; a file that does is no table, and reading on would fill the memory.
MAX_LINE_BYTES: Final = 16 << 20
#: Lines of one quoted cell over which the end of a block is moved back.
_MAX_LINES_BACK: Final = 2_000


@dataclass(frozen=True)
class Block:
    """Whole lines of a file."""

    data: bytes
    first_line: int
    line_count: int


def count_lines(data: bytes) -> int:
    """Count lines that end in LF, CR or CRLF; a last line without an end counts too."""
    if not data:
        return 0
    ends = data.count(b"\n")
    if b"\r" in data:
        ends += data.count(b"\r") - data.count(b"\r\n")
    return ends + (data[-1:] not in (b"\n", b"\r"))


class BlockReader:
    """Hands out the blocks of an open file, one after the other.

    Parameters
    ----------
    skip_bytes, first_line
        Where the rows begin, and on which line.
    on_bytes
        Is given all bytes of the file in their order, for hashing.
    on_progress
        Is told the share that was read.
    """

    def __init__(
        self,
        handle: BinaryIO,
        size: int,
        *,
        skip_bytes: int,
        first_line: int,
        on_bytes: Callable[[bytes], object],
        on_progress: Callable[[float], None],
    ) -> None:
        self._handle = handle
        self._size = max(size, 1)
        self._on_progress = on_progress
        self._on_bytes = on_bytes
        self._rest = b""
        self._line = first_line
        self._at_end = False
        self.bytes_read = 0
        self._read(skip_bytes)

    def next_block(self) -> Block | None:
        """Return the next block of whole lines, or None at the end of the file.

        Raises
        ------
        FileProblem
            A line is longer than any line of a table, or there are NUL bytes.
        """
        data = self._rest
        cut = 0
        while not self._at_end and cut == 0:
            data += self._read(BLOCK_BYTES)
            cut = _end_of_lines(data)
            if len(data) - cut > MAX_LINE_BYTES:
                raise long_line_problem(self._line + count_lines(data[:cut]))
        if self._at_end:
            cut = len(data)
        self._rest = data[cut:]
        block = Block(data[:cut], self._line, count_lines(data[:cut]))
        if not block.data:
            return None
        if b"\0" in block.data:
            raise nul_problem(self._line + count_lines(block.data[: block.data.index(b"\0")] + b" ") - 1)
        self._line += block.line_count
        self._on_progress(min(self.bytes_read / self._size, 1.0))
        return block

    def _read(self, size: int) -> bytes:
        data = self._handle.read(size)
        self._at_end = len(data) < size
        self._on_bytes(data)
        self.bytes_read += len(data)
        return data


def long_line_problem(line_number: int) -> FileProblem:
    """Say that a line is longer than any line of a table."""
    return FileProblem(
        f"line {line_number:,} is longer than {MAX_LINE_BYTES >> 20} MB, so this is not a table of text.",
        "Check that the right file was chosen, and export it again.",
    )


def nul_problem(line_number: int) -> FileProblem:
    """Say that a text file holds binary zeros."""
    return FileProblem(
        f"line {line_number:,} holds binary zeros, so this is not a text file or it was damaged.",
        "Export it again as CSV in UTF-8, or as XLSX.",
    )


def _end_of_lines(data: bytes) -> int:
    """Return where the last whole line ends, if it can be found quickly one that is not inside quotes.

    A block that ends inside quotes is read right as well, only slowly. A CR at the very end may be half of a CRLF
    and is left for later.
    """
    last = data.rfind(b"\n") + 1 or data.rfind(b"\r", 0, len(data) - 1) + 1
    cut = last
    is_odd = data.count(b'"', 0, cut) % 2
    for _ in range(_MAX_LINES_BACK if is_odd else 0):
        earlier = data.rfind(b"\n", 0, cut - 1) + 1
        if earlier == 0:
            return last
        if data.count(b'"', earlier, cut) % 2:
            return earlier
        cut = earlier
    return last
