"""A fitted model as plain lists and numbers, and back: what a file can hold and a person can read."""

from __future__ import annotations

from dataclasses import asdict, fields, is_dataclass
from typing import Any, get_args, get_origin, get_type_hints

from analytics.delay.progress_model import fitting, levels, scope_process, stack
from analytics.delay.progress_model.lesson import ProgressModel

#: Where the names in the models' own annotations are found.
_NAMES = {**vars(levels), **vars(scope_process), **vars(fitting), **vars(stack)}


def plain(model: ProgressModel) -> dict[str, Any]:
    """Return the model as lists, texts and numbers."""
    return asdict(model)


def model_of(content: Any) -> ProgressModel:
    """Return the model that ``plain`` made this of.

    Raises
    ------
    ValueError
        It is not the content of a model of this version.
    """
    try:
        found: ProgressModel = _read(ProgressModel, content)
    except (TypeError, KeyError, AttributeError, IndexError) as error:
        raise ValueError("no model of this version") from error
    return found


def _read(kind: Any, content: Any) -> Any:
    if is_dataclass(kind):
        hints = get_type_hints(kind, localns=_NAMES)
        names = [one.name for one in fields(kind)]
        if set(content) != set(names):
            raise KeyError("other fields")
        return kind(**{name: _read(hints[name], content[name]) for name in names})  # type: ignore[operator] # a class
    if get_origin(kind) is tuple:
        (inner, *_rest) = get_args(kind)
        return tuple(_read(inner, one) for one in content)
    if get_origin(kind) is dict:
        inner = get_args(kind)[1]
        return {str(name): _read(inner, value) for name, value in content.items()}
    return kind(content)
