"""How many examples a law is tried on, and how hypothesis draws them.

Two profiles: ``fixed`` draws the same examples every time, so that a fresh clone fails only by what is in it;
``random`` draws anew with more examples (`make test-random`, which prints its seed). In ``fixed`` nothing is shrunk,
because an unlucky failure once shrank for minutes; the random profile shrinks what it finds.
"""

from __future__ import annotations

from typing import Final

from hypothesis import HealthCheck, Phase, settings

FIXED: Final = "fixed"
RANDOM: Final = "random"

#: So many times the examples are drawn in the random profile.
_RANDOM_FACTOR: Final = 10
_DEFAULT_EXAMPLES_COUNT: Final = 100

#: A busy machine is no failure, nor is a law that builds a warehouse for each example.
_TIMES: Final = (HealthCheck.too_slow, HealthCheck.function_scoped_fixture, HealthCheck.data_too_large)


def register_profiles() -> None:
    """Make both profiles known and take the fixed one, until ``--hypothesis-profile`` names another."""
    settings.register_profile(
        FIXED,
        max_examples=_DEFAULT_EXAMPLES_COUNT,
        derandomize=True,
        deadline=None,
        database=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=_TIMES,
    )
    settings.register_profile(
        RANDOM,
        max_examples=_DEFAULT_EXAMPLES_COUNT * _RANDOM_FACTOR,
        derandomize=False,
        deadline=None,
        database=None,
        print_blob=True,
        suppress_health_check=_TIMES,
    )
    settings.load_profile(FIXED)


def examples(count: int) -> settings:
    """Try a law on ``count`` examples, and on ten times as many in the random profile.

    It is read when the test module is imported, which is after pytest has taken the profile.
    """
    is_random = not settings().derandomize
    return settings(max_examples=count * _RANDOM_FACTOR if is_random else count)
