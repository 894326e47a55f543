"""The pack of a review, as one command and one button take it along."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from dashboard.answers.days import as_of_date
from dashboard.answers.review_decisions import announced_in, followed
from dashboard.packs.contents import Pack, pack_of

if TYPE_CHECKING:
    from pathlib import Path

    from dashboard.answers.review import Review
    from dashboard.answers.viewers import Viewer
    from data.home import Home

#: Kinds that are one file, with what a browser calls them.
FILES: Final = {
    "pdf": "application/pdf",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def pack_of_review(home: Home, file: Path, viewer: Viewer, review: Review) -> Pack:
    """Return the pack of a review: its frozen figures, and the decisions that were made in it."""
    number = review.head.review_id
    made = [one for one in followed(home, file, viewer, as_of_date(file)) if one["review_id"] == number]
    return pack_of(review.head, review.content, made, announced_in(home, review.head))


def pack_file(pack: Pack, kind: str) -> bytes:
    """Return one file of a pack; ``kind`` is one of ``FILES``.

    Raises
    ------
    DocumentError
        The PDF can't be set, for example for want of a font.
    """
    # Each kind loads its own libraries.
    if kind == "pdf":
        from dashboard.packs.document import document_of  # noqa: PLC0415 - see above

        return document_of(pack)
    if kind == "pptx":
        from dashboard.packs.slides import slides_of  # noqa: PLC0415 - see above

        return slides_of(pack)
    from dashboard.packs.workbook import workbook_of  # noqa: PLC0415 - see above

    return workbook_of(pack)
