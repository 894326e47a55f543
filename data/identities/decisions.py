"""What the user decided about spellings, in one readable TOML file of the home."""

from __future__ import annotations

import hashlib
import json
import os
import tomllib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import tomli_w

from data.problems import GoliveError

if TYPE_CHECKING:
    from data.home import Home

_HEAD: Final = (
    "# Which spellings are one person or one project, and which are not.\n"
    "# You may edit it; then run `golive rebuild`.\n\n"
)


@dataclass(frozen=True)
class Decisions:
    """By kind: spelling → id that it is; pairs of spelling and id that are not the same."""

    same: dict[str, dict[str, str]] = field(default_factory=dict)
    different: dict[str, set[tuple[str, str]]] = field(default_factory=dict)

    @property
    def stamp(self) -> str:
        """A fingerprint: the same decisions have the same one."""
        plain = {
            "same": {kind: sorted(pairs.items()) for kind, pairs in sorted(self.same.items()) if pairs},
            "different": {kind: sorted(pairs) for kind, pairs in sorted(self.different.items()) if pairs},
        }
        return hashlib.sha256(json.dumps(plain).encode()).hexdigest()


def read_decisions(home: Home) -> Decisions:
    """Return what was decided.

    Raises
    ------
    GoliveError
        The file was damaged by hand: passing over it would take people for one another in silence.
    """
    file = home.identities_file
    if not file.is_file():
        return Decisions()
    try:
        plain = tomllib.loads(file.read_text(encoding="utf-8"))
        same = {kind: _texts(plain[kind].get("same", {})) for kind in plain}
        different = {
            kind: {(alias, str(one)) for alias, others in plain[kind].get("different", {}).items() for one in others}
            for kind in plain
        }
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError, AttributeError, TypeError) as error:
        raise GoliveError(f"{file} can't be read ({error}).", "Mend the line, or remove the file.") from error
    return Decisions(same, different)


def _texts(plain: dict[str, Any]) -> dict[str, str]:
    return {alias: str(target) for alias, target in plain.items()}


def save_decisions(home: Home, decisions: Decisions) -> None:
    """Write the file anew, whole or not at all."""
    plain: dict[str, dict[str, Any]] = {}
    for kind in sorted({*decisions.same, *decisions.different}):
        different: dict[str, list[str]] = {}
        for alias, target in sorted(decisions.different.get(kind, ())):
            different.setdefault(alias, []).append(target)
        plain[kind] = {"same": dict(sorted(decisions.same.get(kind, {}).items())), "different": different}
    draft = home.identities_file.with_suffix(f".{os.getpid()}.new")
    try:
        draft.write_text(_HEAD + tomli_w.dumps(plain), encoding="utf-8")
        draft.replace(home.identities_file)
    finally:
        draft.unlink(missing_ok=True)
