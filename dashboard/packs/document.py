"""The pack as PDF/A, set by typst: no browser, no system library, no network.

The texts reach typst as data, never as markup: a name of brackets and hashes stays a name.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from dashboard.i18n import _, language
from data.problems import GoliveError

if TYPE_CHECKING:
    from dashboard.packs.contents import Pack

_TEMPLATE: Final = Path(__file__).with_name("document.typ")
FONTS: Final = ("Noto Sans", "Noto Sans CJK SC", "DejaVu Sans")
#: Columns of wide tables that a page holds; the workbook has all.
_SHOWN: Final = {"agenda": (1, 2, 3, 4, 5), "projects": (1, 2, 3, 4, 6, 7, 9, 10), "decisions": (1, 2, 3, 4, 5, 6, 9)}


class DocumentError(GoliveError):
    """The document can't be set."""


@cache
def _fonts() -> Any:
    """Return the fonts of this machine, looked for once a process."""
    import typst  # noqa: PLC0415 - only when a pack is made

    return typst.Fonts(include_system_fonts=True, include_embedded_fonts=True)


def has_asian_font() -> bool:
    """Tell whether a font for Chinese is there: without one, Chinese names would be boxes."""
    return any("CJK" in name for name in _fonts().families())


def document_of(pack: Pack) -> bytes:
    """Return the document.

    Raises
    ------
    DocumentError
        A font for Chinese is missing and the pack holds Chinese, or typst refuses.
    """
    import typst  # noqa: PLC0415 - as above

    content = _plain(pack)
    text = json.dumps(content, ensure_ascii=False)
    if not has_asian_font() and any("\u3400" <= sign <= "\u9fff" for sign in text):
        raise DocumentError(
            _("The pack holds Chinese, and no font for it is on this machine."),
            _("Install Noto Sans CJK (Debian: fonts-noto-cjk), or leave the PDF out with --no-pdf."),
        )
    try:
        made = typst.compile(
            _TEMPLATE,
            font_paths=_fonts(),
            sys_inputs={"pack": text},
            format="pdf",
            pdf_standards=["a-2b"],
        )
    except (typst.TypstError, RuntimeError, ValueError) as error:
        raise DocumentError(_("The PDF can't be set ({why}).").format(why=error), "") from error
    return bytes(made)


def _plain(pack: Pack) -> dict[str, Any]:
    parts = []
    for part in pack.parts:
        texts = part.texts
        names = _SHOWN.get(part.name, range(texts.shape[1]))
        shown = texts.iloc[:, [place for place in names if place < texts.shape[1]]]
        if len(shown):
            rows = [[str(cell) for cell in row] for row in shown.itertuples(index=False)]
            parts.append({"heading": part.heading, "heads": [str(name) for name in shown.columns], "rows": rows})
    return {
        "language": language().partition("_")[0],
        "title": pack.title,
        "day": [pack.day.year, pack.day.month, pack.day.day],
        "page": _("Page"),
        "opening": list(pack.opening),
        "points": [{"heading": one.heading, "sentences": list(one.sentences)} for one in pack.points],
        "parts": parts,
        "bars_heading": pack.bars_heading,
        "bars": [[name, round(weeks, 1)] for name, weeks in pack.bars],
    }
