"""From how many people on a group gets a figure of its own: one of fewer would be a figure about a person."""

from __future__ import annotations

from typing import Final

SMALLEST_GROUP_COUNT: Final = 5
