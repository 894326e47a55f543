"""A table of sentences as Markdown: cells wrap, and it stands at once instead of moving what follows when it comes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.shown import in_markdown
from dashboard.views import words

if TYPE_CHECKING:
    import pandas as pd


def markdown_table(rows: pd.DataFrame) -> str:
    """Return ``rows`` as a table in Markdown that shows every cell letter by letter."""
    lines = [[_cell(name) for name in rows.columns], ["---"] * len(rows.columns)]
    lines += [[_cell(cell) for cell in row] for row in rows.itertuples(index=False)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _cell(cell: object) -> str:
    text = words.none_text() if words.is_unknown(cell) else str(cell)
    return in_markdown(text).replace("|", "\\|")
