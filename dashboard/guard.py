"""One guard around every page: what nobody expected is said in Golive's own words and noted without anybody's data."""

from __future__ import annotations

import contextlib
import logging
from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard import address, error_log, show
from dashboard.answers import everything as answers
from dashboard.i18n import _
from data.problems import GoliveError

if TYPE_CHECKING:
    from collections.abc import Iterator

#: What breaks in callbacks, fragments and downloads ends there.
_LOGGERS: Final = ("streamlit.error_util", "streamlit.runtime.scriptrunner.script_runner", "streamlit")


@contextlib.contextmanager
def errors_in_words(page: str) -> Iterator[None]:
    """Run a page; say what went wrong and what to do instead of showing a traceback."""
    _watch_what_is_not_guarded()
    try:
        yield
    except GoliveError as problem:
        address.hold()
        st.error(show.plain(str(problem)), icon=":material/error:")
    except Exception as error:  # noqa: BLE001 - the last one who can say it; it is noted with its place
        address.hold()
        _say(error_log.note_error(answers.home(), error, page))


def _say(number: str) -> None:
    advice = _(
        "Your data is untouched. Load the page again, or choose another day or filter. If it comes back, run "
        "`golive rebuild`, and report it with the line {number} of {file}: it holds no personal data."
    )
    file = show.plain(str(error_log.log_file(answers.home())))
    st.error(
        advice.format(number=show.plain(number), file=file)
        if number
        else _("Load the page again. The error could not be noted: check that the home can be written."),
        title=_("This page could not be shown"),
        icon=":material/error:",
    )


class _Unguarded(logging.Handler):
    """Notes what Streamlit catches itself: errors in callbacks, in fragments and in downloads."""

    def emit(self, record: logging.LogRecord) -> None:
        error = record.exc_info[1] if record.exc_info else None
        if error is not None:
            error_log.note_error(answers.home(), error, "outside of a page")


def _watch_what_is_not_guarded() -> None:
    for logger in map(logging.getLogger, _LOGGERS):
        if not any(type(handler).__name__ == _Unguarded.__name__ for handler in logger.handlers):
            logger.addHandler(_Unguarded(logging.ERROR))
