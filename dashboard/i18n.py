"""Words in the reader's language: every visible text goes through ``_`` or ``ngettext``.

The language is taken from ``GOLIVE_LANGUAGE`` when the process starts. English texts are the keys of the
catalogue, so English works without any compiled file.
"""

from __future__ import annotations

import gettext
import os
from functools import cache
from pathlib import Path
from typing import Final

DOMAIN: Final = "golive"
LOCALE_FOLDER: Final = Path(__file__).parent / "locale"


def language() -> str:
    """Return the language of the words on the screen, ``en`` when nothing else is asked for."""
    return os.environ.get("GOLIVE_LANGUAGE", "en")


@cache
def _catalogue(code: str) -> gettext.NullTranslations:
    return gettext.translation(DOMAIN, localedir=LOCALE_FOLDER, languages=[code], fallback=True)


def _(message: str) -> str:
    """Return ``message`` in the reader's language."""
    return _catalogue(language()).gettext(message)


def ngettext(one: str, many: str, count: int) -> str:
    """Return the form of a message that fits ``count``, with ``{count}`` filled in."""
    return _catalogue(language()).ngettext(one, many, count).format(count=count)
