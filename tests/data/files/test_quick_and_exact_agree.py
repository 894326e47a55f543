"""The vectorised reader and the row-by-row reader must give the same table for any file."""

from __future__ import annotations

import tempfile
from pathlib import Path
from unittest.mock import patch

import pyarrow as pa
import pyarrow.compute as pc
from hypothesis import example, given
from hypothesis import strategies as st

from data.files import FileProblem, MalformedRow
from tests.data.files.helpers import read_one, rows
from tests.laws import examples

MARKS = ["a", "b,", ",", ",", '"', '""', '"x"', "\n", "\n", "\r\n", "\r", "a,b\n", "1,2\r\n", "\\", "'"]
LETTERS = [" ", "\u3000", "é", "二", "\ufeff", "1.5", "\t", "\x0b", "\u2028"]
PIECES = st.sampled_from(MARKS + LETTERS)
CELLS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=8)
Outcome = tuple[list[tuple[object, ...]], tuple[MalformedRow, ...], int] | str


def outcome(content: bytes, block_bytes: int, *, quick: bool) -> Outcome:
    """Read ``content`` in blocks of ``block_bytes`` and return what came out, or the words of the problem."""
    with tempfile.TemporaryDirectory() as folder, patch("data.files.blocks.BLOCK_BYTES", block_bytes):
        path = Path(folder) / "hours.csv"
        path.write_bytes(content)
        try:
            if quick:
                table = read_one(path, Path(folder))
            else:
                with patch("data.files.text.read_quickly", return_value=None):
                    table = read_one(path, Path(folder))
        except FileProblem as problem:
            return str(problem)
        return rows(table), table.malformed, table.header_line


@examples(120)
@given(st.lists(PIECES, max_size=60).map("".join), st.integers(1, 40))
@example('x\n"a"b,"c\nd"\n', 8)
@example('c,"d\n', 3)
@example("1,2\n\ufeff3,4\n", 4)
def test_both_readers_give_the_same_rows_line_numbers_and_refusals(body: str, block_bytes: int) -> None:
    content = f"a,b\n{body}".encode()
    exact = outcome(content, 1 << 20, quick=False)
    assert outcome(content, 1 << 20, quick=True) == exact
    assert outcome(content, block_bytes, quick=True) == exact
    assert outcome(content, block_bytes, quick=False) == exact


@examples(100)
@given(st.lists(st.lists(CELLS, min_size=3, max_size=3), max_size=20))
def test_what_is_written_with_quotes_is_read_back(cells: list[list[str]]) -> None:
    lines = ["a,b,c", *(",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in cells)]
    found = outcome("\n".join(lines).encode(), 1 << 20, quick=True)
    expected = [tuple(cell.strip() or None for cell in row) for row in cells]
    assert isinstance(found, tuple)
    assert [row[1:] for row in found[0]] == [row for row in expected if any(row)]


def test_both_readers_mean_the_same_by_white_space() -> None:
    characters = [chr(code) for code in range(0x110000) if not 0xD800 <= code < 0xE000]
    trimmed = pc.utf8_trim_whitespace(pa.array([f"{each}x{each}" for each in characters])).to_pylist()
    assert trimmed == [f"{each}x{each}".strip() for each in characters]
