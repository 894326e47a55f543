"""Who looks, and whom they may see."""

from __future__ import annotations

import os
from dataclasses import dataclass


@dataclass(frozen=True)
class Viewer:
    """Who looks. ``scope`` names the teams whose people the viewer may see; ``None`` means all of them."""

    name: str
    role: str
    scope: tuple[str, ...] | None = None

    @property
    def sees_everybody(self) -> bool:
        """Tell whether nothing is withheld from the viewer."""
        return self.scope is None


def local_viewer() -> Viewer:
    """Return the one viewer there is until sign-in is configured: whoever sits at this machine."""
    return Viewer(name=os.environ.get("USER") or os.environ.get("USERNAME") or "local", role="local")
