"""A console that obeys nobody but us: names from files can neither colour nor move nor rename the terminal."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, Final

from rich.console import Console, RenderHook
from rich.measure import Measurement
from rich.segment import Segment

from dashboard.shown import in_terminal

if TYPE_CHECKING:
    from rich.console import ConsoleOptions, ConsoleRenderable, RenderResult


def safe_console(**options: Any) -> Console:
    """Return a console for which square brackets and emoji names are text, and escape sequences of names are none."""
    console = Console(highlight=False, markup=False, emoji=False, **options)
    console.push_render_hook(_Cleaning())
    return console


class _Cleaning(RenderHook):
    def process_renderables(self, renderables: list[ConsoleRenderable]) -> list[ConsoleRenderable]:
        return [_Cleaned(one) for one in renderables]


class _Cleaned:
    """Whatever is printed, without what a terminal would obey; Rich adds its own colours after that."""

    def __init__(self, inner: ConsoleRenderable) -> None:
        self._inner = inner

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        for segment in console.render(self._inner, options):
            if segment.control:
                yield segment
            else:
                yield Segment(in_terminal(segment.text), segment.style)

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        return Measurement.get(console, options, self._inner)


#: A pipe or a file has no width: give tables room instead of folding every cell.
_PIPE_WIDTH: Final = 180

output = safe_console(width=None if sys.stdout.isatty() else _PIPE_WIDTH)
errors = safe_console(stderr=True)
