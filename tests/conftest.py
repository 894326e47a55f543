"""Laws draw the same examples in every run, unless a run asks for others."""

from __future__ import annotations

from tests.laws import register_profiles

register_profiles()
