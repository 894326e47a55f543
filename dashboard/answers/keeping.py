"""Answers are kept: what was asked of the same file, viewer and day is not reckoned twice.

One small memory for each function, the same under a page and under a command. A file that is published anew has another
name, so that nothing has to be forgotten when data come in. Some answers are also on record: reckoned at publishing and
written beside the file (see ``dashboard.answers.records``), so that a process that has just begun need not reckon them.
"""

from __future__ import annotations

import contextlib
import dataclasses
import functools
import inspect
import math
from threading import Condition
from typing import TYPE_CHECKING, Any, Final, ParamSpec, TypeVar, cast

import pandas as pd
from cachetools import LRUCache, cached
from cachetools.keys import typedkey

from analytics.known import ReportingDay
from dashboard.answers.records import Record, Results, question_of, results_file
from dashboard.answers.viewers import Viewer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

_Given = ParamSpec("_Given")
_Answer = TypeVar("_Answer")

_MEMORIES: Final[list[_Memory]] = []
#: Of each function on record its memory, and what tells two questions apart.
_MEMORY_OF: Final[dict[Callable[..., Any], tuple[_Memory, Callable[..., Any]]]] = {}
#: Kinds of records that an answer on record may hold, by name.
_CLASSES: Final[dict[str, type]] = {}
#: Records that are being made, by warehouse file.
_BEGUN: Final[dict[Path, Record]] = {}


class _Memory(LRUCache[Any, Any]):
    """Answers of one function, the least used leaves first; ``release`` is called with what leaves."""

    def __init__(self, most: int, release: Callable[[Any], None] | None) -> None:
        super().__init__(maxsize=most)
        self._release = release
        self.condition = Condition()

    def popitem(self) -> tuple[Any, Any]:
        key, value = super().popitem()
        if self._release is not None:
            self._release(value)
        return key, value

    def drop(self, key: Any) -> None:
        """Let one answer go."""
        if key in self:
            value = self.pop(key)
            if self._release is not None:
                self._release(value)


def kept(
    most: int,
    *,
    is_shared: bool = False,
    release: Callable[[Any], None] | None = None,
    on_record: tuple[type, ...] | None = None,
) -> Callable[[Callable[_Given, _Answer]], Callable[_Given, _Answer]]:
    """Keep the last ``most`` answers of a function, by all that it was asked with.

    Whoever asks gets frames of their own, which share the cells until one of them is changed (pandas copies on write).
    ``is_shared`` hands out the very object: for connections and for what is made ready once. An answer is reckoned once
    even when two pages ask at the same moment; an error is not kept.

    ``on_record`` looks for the answer in the results of the ``file`` first, for viewers who see everybody; it names the
    kinds of records that the answer holds beside tables and plain values.
    """

    def decorate(function: Callable[_Given, _Answer]) -> Callable[_Given, _Answer]:
        memory = _Memory(most, release)
        _MEMORIES.append(memory)
        key = _key_of(function)
        _MEMORY_OF[function] = (memory, key)
        found = function if on_record is None else _recalled(function, on_record)
        remembered = cached(memory, key=key, condition=memory.condition)(found)
        if is_shared:
            return cast("Callable[_Given, _Answer]", remembered)

        @functools.wraps(function)
        def answer(*args: _Given.args, **kwargs: _Given.kwargs) -> _Answer:
            given = remembered(*args, **kwargs)
            if on_record is not None and _BEGUN:
                _note(function, given, *args, **kwargs)
            return cast("_Answer", _own(given))

        return answer

    return decorate


@contextlib.contextmanager
def noting(file: Path, record: Record) -> Iterator[None]:
    """Put every answer about a warehouse file that is given meanwhile on record, where it is of the kind."""
    _BEGUN[file] = record
    try:
        yield
    finally:
        del _BEGUN[file]


def is_known(answer: Callable[_Given, Any], *args: _Given.args, **kwargs: _Given.kwargs) -> bool:
    """Tell whether an answer of a function that is on record need not be reckoned: it is kept, or on record."""
    function = inspect.unwrap(answer)
    memory, key = _MEMORY_OF[function]
    if key(*args, **kwargs) in memory:
        return True
    asked = _asked(function, *args, **kwargs)
    return asked is not None and (asked.name, asked.question) in results_of(asked.file)


def results_of(file: Path) -> Results:
    """Return what is on record for a warehouse file."""
    try:
        stamp = results_file(file).stat().st_mtime_ns
    except OSError:
        stamp = 0
    return _results(file, stamp)


def forget(answer: Callable[_Given, Any], *args: _Given.args, **kwargs: _Given.kwargs) -> None:
    """Forget one answer of a function whose answers are shared, and close it if it was open."""
    remembered: Any = answer
    memory: _Memory = remembered.cache
    with memory.condition:
        memory.drop(remembered.cache_key(*args, **kwargs))


def forget_all() -> None:
    """Forget every answer, and close what was open."""
    for memory in _MEMORIES:
        with memory.condition:
            while memory:
                memory.popitem()


def _recalled(function: Callable[_Given, _Answer], classes: tuple[type, ...]) -> Callable[_Given, _Answer]:
    """Look for an answer on record before it is reckoned."""
    _CLASSES.update({one.__name__: one for one in classes})

    def recall(*args: _Given.args, **kwargs: _Given.kwargs) -> _Answer:
        asked = _asked(function, *args, **kwargs)
        if asked is not None and asked.file not in _BEGUN:
            results = results_of(asked.file)
            if (asked.name, asked.question) in results:
                return cast("_Answer", results.recall(asked.name, asked.question))
        return function(*args, **kwargs)

    return functools.update_wrapper(recall, function)


def _note(function: Callable[..., Any], given: object, *args: object, **kwargs: object) -> None:
    asked = _asked(function, *args, **kwargs)
    if asked is not None and asked.file in _BEGUN:
        _BEGUN[asked.file].add(asked.name, asked.question, given)


@dataclasses.dataclass(frozen=True)
class _Asked:
    """What a record calls a question."""

    file: Path
    name: str
    question: str


def _asked(function: Callable[..., Any], *args: object, **kwargs: object) -> _Asked | None:
    """Return what a record calls a question; nothing where the viewer does not see everybody."""
    bound = inspect.signature(function).bind(*args, **kwargs)
    bound.apply_defaults()
    asked: Mapping[str, Any] = bound.arguments
    viewer = asked.get("viewer")
    if isinstance(viewer, Viewer) and not viewer.sees_everybody:
        return None
    rest = {name: one for name, one in asked.items() if name not in {"file", "viewer"} and not name.startswith("_")}
    return _Asked(asked["file"], function.__name__.strip("_"), question_of(rest))


def _key_of(function: Callable[..., Any]) -> Callable[..., Any]:
    """Return what tells two questions apart: every argument, also those that were left out.

    A parameter whose name begins with ``_`` tells nothing apart: another one stands for it.
    """
    signature = inspect.signature(function)

    def key(*args: object, **kwargs: object) -> Any:
        bound = signature.bind(*args, **kwargs)
        bound.apply_defaults()
        return typedkey(*(_hashable(value) for name, value in bound.arguments.items() if not name.startswith("_")))

    return key


def _hashable(value: object) -> object:
    """Two days of one date may tell different weeks; lists and rows are told by what they hold."""
    if isinstance(value, ReportingDay):
        return value.isoformat(), value.reporting_sunday
    if isinstance(value, (list, tuple)):
        return tuple(_hashable(one) for one in value)
    if isinstance(value, dict):
        return frozenset((name, _hashable(one)) for name, one in value.items())
    # What a row lacks is the same whichever way pandas writes it; as it stands, no two are equal.
    missing = value is pd.NA or value is pd.NaT or (isinstance(value, float) and math.isnan(value))
    return None if missing else value


def _own(value: Any) -> Any:
    """Return an answer whose frames can be changed without changing what is kept."""
    if isinstance(value, (pd.DataFrame, pd.Series)):
        return value.copy(deep=False)
    if isinstance(value, tuple) and type(value) is tuple:
        return tuple(_own(one) for one in value)
    if isinstance(value, list):
        return [_own(one) for one in value]
    if isinstance(value, dict):
        return {name: _own(one) for name, one in value.items()}
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        own = {field.name: _own(getattr(value, field.name)) for field in dataclasses.fields(value) if field.init}
        return dataclasses.replace(value, **own)
    return value


@kept(8, is_shared=True)
def _results(file: Path, stamp: int) -> Results:  # noqa: ARG001 - part of the key: they may be published anew
    return Results(results_file(file), _CLASSES)


def read_results(place: Path) -> Results:
    """Return the results that another process wrote to a place."""
    return Results(place, _CLASSES)
