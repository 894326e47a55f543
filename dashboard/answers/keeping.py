"""Answers are kept: what was asked of the same file, viewer and day is not reckoned twice.

One small memory for each function, the same under a page and under a command. A file that is published anew has another
name, so that nothing has to be forgotten when data come in.
"""

from __future__ import annotations

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

if TYPE_CHECKING:
    from collections.abc import Callable

_Given = ParamSpec("_Given")
_Answer = TypeVar("_Answer")

_MEMORIES: Final[list[_Memory]] = []


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


def kept(
    most: int, *, is_shared: bool = False, release: Callable[[Any], None] | None = None
) -> Callable[[Callable[_Given, _Answer]], Callable[_Given, _Answer]]:
    """Keep the last ``most`` answers of a function, by all that it was asked with.

    Whoever asks gets frames of their own, which share the cells until one of them is changed (pandas copies on write).
    ``is_shared`` hands out the very object: for connections and for what is made ready once. An answer is reckoned once
    even when two pages ask at the same moment; an error is not kept.
    """

    def decorate(function: Callable[_Given, _Answer]) -> Callable[_Given, _Answer]:
        memory = _Memory(most, release)
        _MEMORIES.append(memory)
        key = _key_of(function)
        remembered = cached(memory, key=key, condition=memory.condition)(function)
        if is_shared:
            return cast("Callable[_Given, _Answer]", remembered)

        @functools.wraps(function)
        def answer(*args: _Given.args, **kwargs: _Given.kwargs) -> _Answer:
            return cast("_Answer", _own(remembered(*args, **kwargs)))

        return answer

    return decorate


def forget_all() -> None:
    """Forget every answer, and close what was open."""
    for memory in _MEMORIES:
        with memory.condition:
            while memory:
                memory.popitem()


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
