"""When two spellings are the same name, and when they may be."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_PARTS: Final = re.compile(r"[\s,;.·・_\-]+")
_IDEOGRAPH: Final = re.compile(r"[\u3400-\u9fff]")
_IDEOGRAPHS: Final = re.compile(r"^[\u3400-\u9fff]{2,4}$")
_DIGITS_AT_END: Final = re.compile(r"\d+$")


def folded(text: str) -> str:
    """Return the text without differences of case, width and spaces."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def parts_of(name: str) -> tuple[str, ...]:
    """Return the parts of a name in their order, folded."""
    return tuple(part for part in _PARTS.split(folded(name)) if part)


def name_key(name: str) -> str:
    """Return what two spellings of a full name share whatever the order of its parts; empty for a single part.

    A Chinese, Japanese or Korean name without a space is a full name in one part.
    """
    parts = parts_of(name)
    if len(parts) == 1 and _IDEOGRAPHS.match(parts[0]):
        return parts[0]
    return " ".join(sorted(parts)) if len(parts) > 1 else ""


def latin_keys(name: str) -> set[str]:
    """Return how a Chinese name may be written in Latin letters, in the form of ``name_key``; else nothing."""
    bare = "".join(parts_of(name))
    if not _IDEOGRAPHS.match(bare):
        return set()
    from pypinyin import lazy_pinyin  # noqa: PLC0415 - its dictionary takes a third of a second; most homes need none

    syllables = lazy_pinyin(bare)
    # One or two signs are the family name; the rest is written together or apart.
    splits = [(syllables[:cut], syllables[cut:]) for cut in (1, 2) if cut < len(syllables)]
    together = {" ".join(sorted(("".join(family), "".join(given)))) for family, given in splits}
    return together | {" ".join(sorted(syllables))}


def latin_text(text: str) -> str:
    """Return a text in small Latin letters without accents, Chinese signs by their sound, to be looked for and sorted.

    "陈伟" is "chen wei", "晨曦ERP" is "chen xi erp", "Łódź" is "lodz".
    """
    plain = folded(_without_accents(text)).replace("ł", "l").replace("ø", "o").replace("ß", "ss")
    if not _IDEOGRAPH.search(plain):
        return plain
    from pypinyin import lazy_pinyin  # noqa: PLC0415 - as above

    return " ".join(" ".join(lazy_pinyin(plain)).split())


def login_keys(name: str) -> set[str]:
    """Return logins that people get from their name: ``ana.weber``, ``aweber``, ``weber.a``, ``anaw``."""
    parts = parts_of(_without_accents(name))
    if len(parts) < 2:
        return set()
    first, last = parts[0], parts[-1]
    return {first + last, last + first, first[0] + last, last + first[0], first + last[0]}


def login_key(text: str) -> str:
    """Return a login, or what stands before the ``@``, in the form of ``login_keys``."""
    local = _DIGITS_AT_END.sub("", folded(_without_accents(text)).split("@")[0])
    return "".join(_PARTS.split(local))


def _without_accents(text: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))


def is_initials_of(short: str, full: str) -> bool:
    """Say whether one name is the other with parts cut to their first letter: "A. Weber", "Weber, A."."""
    left, right = sorted(parts_of(short)), list(parts_of(full))
    if len(left) != len(right) or len(left) < 2 or all(len(part) == 1 for part in left):
        return False
    if not any(len(part) == 1 for part in left):
        return False
    for part in sorted(left, key=len, reverse=True):
        found = next((one for one in right if one == part or (len(part) == 1 and one.startswith(part))), None)
        if found is None:
            return False
        right.remove(found)
    return True


def is_longer_name(longer: str, shorter: str) -> bool:
    """Say whether a name is another one with further parts, such as a middle name."""
    more, fewer = set(parts_of(longer)), set(parts_of(shorter))
    return len(fewer) >= 2 and fewer < more
