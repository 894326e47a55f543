"""Fitted forecast models, kept in the home: what was learnt once is not learnt again by the next command.

One JSON file for each fit, named by what it was fitted on. They can be removed at any time.
"""

from __future__ import annotations

import contextlib
import json
import os
from typing import TYPE_CHECKING, Final

from analytics.delay.progress_model.keeping import model_of, plain
from analytics.delay.progress_model.lesson import learnt_models, remember

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_MOST_FILES: Final = 64


@contextlib.contextmanager
def kept_fits(file: Path) -> Iterator[None]:
    """Remember the fits of the home of a warehouse file while something is forecast, and keep the new ones.

    A home that can't be written is no reason to fail: then they are learnt again the next time.
    """
    folder = file.parent.parent / "fits"
    known = _recall(folder)
    yield
    with contextlib.suppress(OSError):
        for model in learnt_models():
            if model.fingerprint not in known:
                _keep(folder, model.fingerprint, json.dumps(plain(model)))
        _thin_out(folder)


def _recall(folder: Path) -> set[str]:
    """Remember what the folder holds; return the names. What can't be read is passed over: it is learnt again."""
    found = []
    for file in sorted(folder.glob("*.json")):
        with contextlib.suppress(OSError, ValueError):
            found.append(model_of(json.loads(file.read_text(encoding="utf-8"))))
    remember(found)
    return {model.fingerprint for model in found}


def _keep(folder: Path, name: str, content: str) -> None:
    folder.mkdir(exist_ok=True)
    draft = folder / f"{name}.{os.getpid()}.new"
    try:
        draft.write_text(content, encoding="utf-8")
        draft.replace(folder / f"{name}.json")
    finally:
        draft.unlink(missing_ok=True)


def _thin_out(folder: Path) -> None:
    files = sorted(folder.glob("*.json"), key=lambda file: file.stat().st_mtime)
    for file in files[:-_MOST_FILES]:
        file.unlink(missing_ok=True)
