"""What stands in the address of a page: codes of options, and how a code finds its option again."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final, TypeVar

from rapidfuzz import fuzz, process

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

Option = TypeVar("Option")

_SHOWN_COUNT: Final = 5
_LIKE_SCORE: Final = 60


def code_of(option: Any) -> str:
    """Return an option as it stands in the address."""
    if isinstance(option, bool):
        return str(option).lower()
    return option.isoformat() if isinstance(option, date) else str(option)


def resolved(raw: str, options: Sequence[Option], words: Callable[[Option], str]) -> Option | None:
    """Return the option that a value of the address means.

    The code itself wins; then its words count, which links of earlier versions held, if only one option has them.
    """
    by_code = {code_of(option): option for option in options}
    if raw in by_code:
        return by_code[raw]
    wanted = _folded(raw)
    for names in (code_of, words, lambda option: words(option).partition(" · ")[0]):
        found = [option for option in options if _folded(names(option)) == wanted]
        if len(found) == 1:
            return found[0]
        if found:
            return None
    return None


def alike(raw: str, labels: Mapping[str, str]) -> list[str]:
    """Return the ids whose id or label is most like what was asked for, the best first."""
    texts = {key: f"{label} {key}" for key, label in labels.items()}
    found = process.extract(raw, texts, scorer=fuzz.WRatio, limit=_SHOWN_COUNT, score_cutoff=_LIKE_SCORE)
    return [key for _text, _score, key in found]


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()
