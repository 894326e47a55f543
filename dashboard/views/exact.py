"""Hours to the hundredth, where a proof must add up; elsewhere hours are told without decimals."""

from __future__ import annotations

from typing import Any

from dashboard.i18n import _
from dashboard.views import words


def exact_hours_text(hours: Any) -> str:
    """Return hours with two decimals and the unit."""
    return words.none_text() if words.is_unknown(hours) else _("{hours} h").format(hours=words.number_text(hours, 2))


def signed_hours_text(hours: Any) -> str:
    """Return a difference with its sign; no difference has none."""
    if words.is_unknown(hours):
        return words.none_text()
    size = round(float(hours), 6)
    return f"{'+' if size > 0 else '−' if size < 0 else ''}{exact_hours_text(abs(size))}"
