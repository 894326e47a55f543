"""Fitted forecast models, kept in the home: what was learnt once is not learnt again by the next command.

One JSON file for each fit, named by what it was fitted on. They can be removed at any time.
"""

from __future__ import annotations

import contextlib
import json
import os
from typing import TYPE_CHECKING, Final

from analytics.delay.progress_model.fit_store import FitStore
from analytics.delay.progress_model.fitting import MODEL_VERSION
from analytics.delay.progress_model.keeping import model_of, plain
from dashboard.answers.door import home_of

if TYPE_CHECKING:
    from pathlib import Path

_MOST_FILES: Final = 64


def recalled_fits(file: Path) -> FitStore:
    """Return a store with the fits of the home of a warehouse file, and of no other home.

    What can't be read, or is of another version, is passed over: it is learnt again.
    """
    fits = FitStore()
    for kept in sorted(_folder(file).glob("*.json")):
        with contextlib.suppress(OSError, ValueError):
            model = model_of(json.loads(kept.read_text(encoding="utf-8")))
            if model.version == MODEL_VERSION:
                fits.remember([model])
    return fits


def keep_fits(file: Path, fits: FitStore) -> None:
    """Keep in the home of a warehouse file what was learnt since the last time.

    A home that can't be written is no reason to fail: then it is tried again the next time.
    """
    fresh = fits.fresh()
    if not fresh:
        return
    with contextlib.suppress(OSError):
        for model in fresh:
            _keep(_folder(file), model.fingerprint, json.dumps(plain(model)))
            fits.saved(model)
        _thin_out(_folder(file))


def _folder(file: Path) -> Path:
    return home_of(file).path / "fits"


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
