"""``python -m tests.recognition_figures.pictures``: draw what is made of files of each kind, for ``docs/import.md``.

Each picture shows the rows of a made-up file as they stand; what comes in is dark, what is left out is struck through.
"""

from __future__ import annotations

import csv
import io
import tempfile
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Final

from data.recognition import inspect_file
from tests.recognition_figures.kinds.competing import competing
from tests.recognition_figures.kinds.layouts import layouts
from tests.recognition_figures.kinds.odd_days import odd_days
from tests.recognition_figures.kinds.quantities import quantities
from tests.recognition_figures.kinds.row_kinds import row_kinds
from tests.recognition_figures.kinds.sums import sums

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from data.recognition import Understanding
    from tests.recognition_figures.kinds.case import Case

FOLDER: Final = Path(__file__).parents[2] / "docs" / "pictures"
#: Picture → where its file is made, and the file's name.
PICTURES: Final[dict[str, tuple[Callable[[], Iterator[Case]], str]]] = {
    "sums": (sums, "day_sums en"),
    "kinds": (row_kinds, "leave by type de"),
    "people": (competing, "Created by before en"),
    "overtime": (quantities, "overtime de"),
    "swapped": (odd_days, "swapped en"),
    "projects": (layouts, "projects and total zh"),
    "groups": (layouts, "group titles en"),
}
_ROWS: Final = 14
_WIDTH: Final = 118
_HEIGHT: Final = 22
_LETTERS: Final = 15
_STYLE: Final = (
    "text{font:12px sans-serif;fill:#1f2937}.out{fill:#9ca3af;text-decoration:line-through}.head{font-weight:600}"
    ".said{font-size:12px;fill:#4b5563}rect{fill:#fff;stroke:#d1d5db}"
)


def main() -> None:
    """Draw all pictures."""
    FOLDER.mkdir(exist_ok=True)
    for name, (make, wanted) in PICTURES.items():
        case = next(one for one in make() if one.name == wanted)
        (FOLDER / f"{name}.svg").write_text(picture_of(case), encoding="utf-8")


def picture_of(case: Case) -> str:
    """Return the picture of a file as SVG."""
    with tempfile.TemporaryDirectory() as folder:
        seen = inspect_file(case.write(Path(folder)), Path(folder), answers=dict(_plain(case)))[0]
    rows = _rows(case)[:_ROWS]
    taken = {int(row["line"] or 0) for row in seen.preview_rows}
    width = max(len(row) for row in rows)
    lines = [
        _line(number, row, is_head=number == seen.header_row, is_in=number in taken)
        for number, row in enumerate(rows, 1)
    ]
    said = _said(seen)
    height = _HEIGHT * (len(rows) + len(said)) + 16
    texts = [
        f'<text class="said" x="8" y="{_HEIGHT * (len(rows) + place) + 24}">{escape(one)}</text>'
        for place, one in enumerate(said)
    ]
    size = f'viewBox="0 0 {max(_WIDTH * width + 16, 720)} {height}" role="img" aria-label="{escape(case.name)}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}><style>{_STYLE}</style>{"".join([*lines, *texts])}</svg>\n'


def _plain(case: Case) -> Iterator[tuple[str, str]]:
    for token, answer in case.answers.items():
        if "*" not in token and not token.startswith("doubt.") and token != "table":  # noqa: S105 - a key of answers
            yield token, answer


def _rows(case: Case) -> list[list[str]]:
    if isinstance(case.content, str):
        sign = ";" if ";" in case.content.splitlines()[0] else ","
        return list(csv.reader(io.StringIO(case.content), delimiter=sign))
    sheet = next(iter(case.content.values()))
    return [["" if cell is None else str(cell).removesuffix(" 00:00:00") for cell in row] for row in sheet]


def _line(number: int, row: list[str], *, is_head: bool, is_in: bool) -> str:
    kind = "head" if is_head else "in" if is_in else "out"
    top = _HEIGHT * (number - 1) + 4
    return "".join(
        f'<rect x="{8 + _WIDTH * place}" y="{top}" width="{_WIDTH}" height="{_HEIGHT}"/>'
        f'<text class="{kind}" x="{13 + _WIDTH * place}" y="{top + 15}">{escape(cell[:_LETTERS])}</text>'
        for place, cell in enumerate(row)
    )


def _said(seen: Understanding) -> list[str]:
    words = [*seen.words, *(question.words for question in seen.questions)]
    return [word[:110] for word in words][:4]


if __name__ == "__main__":
    main()
