"""What a page shows stands in its address, in codes that outlive names, labels and languages.

Streamlit can bind a widget to the address by itself, but it writes the label on the screen there (a link breaks when a
project is renamed or the language changes), drops what it does not know without a word, replaces the entry of the
history (Back skips what was chosen) and refuses to switch pages while a bound value stands there. So widgets are tied
to the address here: :func:`begin` reads it, each widget takes its value from it, :func:`written_at_the_end` writes it.
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, Final, NoReturn, TypeVar, overload

import streamlit as st
from streamlit.runtime.scriptrunner import StopException, get_script_run_ctx

from dashboard.i18n import _
from dashboard.shown import in_markdown, in_text
from dashboard.views.links import code_of, resolved

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from streamlit.delta_generator import DeltaGenerator

Option = TypeVar("Option")

#: Words to look for are short.
_MOST_LETTERS: Final = 100
_LAST_KEY: Final = "golive_address_last"
_RUN_KEY: Final = "golive_address_run"
_UNKNOWN_KEY: Final = "golive_address_unknown"
_GO_KEY: Final = "golive_address_go"
_NEXT_KEY: Final = "golive_address_next"
#: Stands on every page; a click in the navigation keeps it, though the address of the other page does not say it yet.
AS_OF: Final = "as_of"

Values = dict[str, list[str]]


@dataclass(frozen=True)
class _Unknown:
    """A value of the address that nothing on the page answers to, and what the widget shows instead."""

    raw: str
    shown: Any


@dataclass
class _Run:
    """One run of a page: what its address says, and what it will say at the end."""

    page: str = ""
    said: Values = field(default_factory=dict)
    is_new: bool = True
    keeps_day: bool = False
    is_history: bool = False
    kept: Values = field(default_factory=dict)
    taken: set[str] = field(default_factory=set)
    place: DeltaGenerator | None = None
    is_held: bool = False


def begin(page: str) -> None:
    """Read the address; called once in each run, before any widget that is tied to it."""
    said = {name: st.query_params.get_all(name) for name in st.query_params}
    last_page, *known = st.session_state.get(_LAST_KEY, ("", None, None))
    is_history = bool(getattr(get_script_run_ctx(), "is_history_navigation", False))
    is_sent = bool(st.session_state.pop(_GO_KEY, False))
    is_other_page = page != last_page
    is_new = is_other_page or is_history or is_sent or said not in known
    if is_new:
        st.session_state[_UNKNOWN_KEY] = {}
    keeps_day = is_other_page and not is_history and known[0] is not None
    st.session_state[_RUN_KEY] = _Run(page, said, is_new, keeps_day, is_history)
    st.session_state[_LAST_KEY] = (page, said, said)
    for key, value in st.session_state.pop(_NEXT_KEY, {}).items():
        st.session_state[key] = value


def _run() -> _Run:
    run: _Run = st.session_state[_RUN_KEY]
    return run


def open_page() -> str:
    """Return the path of the page that runs."""
    return _run().page


def says(key: str) -> bool:
    """Tell whether the address asks for a value of a widget."""
    return bool(_run().said.get(key))


def place_for_problems() -> None:
    """Reserve the place on the page where it is said what the address asks for in vain."""
    _run().place = st.container()


@overload
def one_of(
    draw: Callable[..., Any],
    label: str,
    options: Sequence[Option],
    *,
    key: str,
    default: Option,
    words: Callable[[Option], str] = str,
    **looks: Any,
) -> Option: ...


@overload
def one_of(
    draw: Callable[..., Any],
    label: str,
    options: Sequence[Option],
    *,
    key: str,
    default: Option | None = None,
    words: Callable[[Option], str] = str,
    is_told: bool = True,
    is_lasting: bool = True,
    **looks: Any,
) -> Option | None: ...


def one_of(
    draw: Callable[..., Any],
    label: str,
    options: Sequence[Option],
    *,
    key: str,
    default: Option | None = None,
    words: Callable[[Option], str] = str,
    is_told: bool = True,
    is_lasting: bool = True,
    **looks: Any,
) -> Option | None:
    """Draw a widget that chooses one option, tied to the address.

    Parameters
    ----------
    words
        What the reader sees; the address holds the option itself. Links of earlier versions held these words: they
        still lead to the option as long as no other has the same.
    is_told
        Whether a value that is not among the options is said here; else the page asks :func:`unknown` and says it.
    is_lasting
        Whether the default is the same tomorrow; one that is found in the data stands in the address, too.
    """
    _prepare(key, list(options), words, default=default)
    with _labelled(draw, label, looks) as own:
        shown = _shown(draw, words)
        value: Option | None = draw(in_markdown(label), options, key=key, format_func=shown, **own)
    chosen: Option | None = _keep_one(key, label, value, default=default if is_lasting else None, is_told=is_told)
    return default if chosen is None else chosen


def some_of(
    draw: Callable[..., Any],
    label: str,
    options: Sequence[Option],
    *,
    key: str,
    words: Callable[[Option], str] = str,
    **looks: Any,
) -> list[Option]:
    """Draw a widget that chooses several options, tied to the address."""
    run, state = _run(), st.session_state
    if run.is_new or key not in state:
        found = [(raw, resolved(raw, options, words)) for raw in run.said.get(key, [])]
        state[key] = [option for _raw, option in found if option is not None]
        lost = [raw for raw, option in found if option is None]
        if lost:
            state[_UNKNOWN_KEY][key] = _Unknown(", ".join(lost), list(state[key]))
    else:
        state[key] = [option for option in state[key] if option in options]
    with _labelled(draw, label, looks) as own:
        values: list[Option] = draw(in_markdown(label), options, key=key, format_func=_shown(draw, words), **own)
    run.taken.add(key)
    unknown_value = _still_unknown(key, values)
    run.kept[key] = run.said[key] if unknown_value else [code_of(value) for value in values]
    if unknown_value:
        _tell(label, unknown_value.raw)
    return values


@contextlib.contextmanager
def _labelled(draw: Callable[..., Any], label: str, looks: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Write the label of a widget above it, and hide the widget's own.

    The browser fetches the code of a widget when it first stands on a page, and keeps room for it without its label
    meanwhile: everything below would move down by a line when it arrives.
    """
    if "label_visibility" in looks:
        yield looks
        return
    with st.container(gap=None, width="stretch" if _is_list(draw) else "content"):
        st.caption(in_markdown(label))
        yield {**looks, "label_visibility": "collapsed"}


def typed(label: str, *, key: str, **looks: Any) -> str:
    """Draw a field for words to look for, tied to the address."""
    run, state = _run(), st.session_state
    if run.is_new or key not in state:
        state[key] = next(reversed(run.said.get(key, [])), "")[:_MOST_LETTERS]
    with _labelled(st.text_input, label, looks) as own:
        typed_text: str = st.text_input(in_markdown(label), key=key, max_chars=_MOST_LETTERS, **own)
    value = typed_text.strip()
    run.taken.add(key)
    run.kept[key] = [value] if value else []
    return value


def switch(label: str, *, key: str, **looks: Any) -> bool:
    """Draw a toggle, tied to the address."""
    _prepare(key, [False, True], default=False)
    value = st.toggle(in_markdown(label), key=key, **looks)
    return bool(_keep_one(key, label, value, default=False))


def page_number(count: int, *, key: str) -> int:
    """Draw page numbers where there is more than one page, tied to the address."""
    if count <= 1 and key not in _run().said:
        return 1
    _prepare(key, list(range(1, count + 1)), default=1)
    value = st.pagination(count, key=key) if count > 1 else 1
    return _keep_one(key, _("Page"), value, default=1) or 1


def day(label: str, *, key: str, first: date, last: date, **looks: Any) -> date:
    """Draw a field for a day, tied to the address; the default is the last one."""
    run, state = _run(), st.session_state
    if (run.is_new and not (run.keeps_day and key not in run.said)) or key not in state:
        raw = next(iter(run.said.get(key, [])), None)
        found = _day_of(raw, first, last)
        state[key] = found or last
        if raw is not None and found is None:
            state[_UNKNOWN_KEY][key] = _Unknown(raw, last)
    elif state[key] is not None:
        state[key] = min(max(state[key], first), last)
    value: date = st.date_input(in_markdown(label), min_value=first, max_value=last, key=key, **looks) or last
    return _keep_one(key, label, value, default=last) or last


def _day_of(raw: str | None, first: date, last: date) -> date | None:
    try:
        found = date.fromisoformat(raw or "")
    except ValueError:
        return None
    return found if first <= found <= last else None


def _prepare(key: str, options: list[Any], words: Callable[[Any], str] = str, *, default: Any) -> None:
    """Set the widget's value: from the address when that is new, and to what it can show."""
    run, state = _run(), st.session_state
    if run.is_new or key not in state:
        raw = next(reversed(run.said.get(key, [])), None)
        found = None if raw is None else resolved(raw, options, words)
        state[key] = default if found is None else found
        if raw is not None and found is None:
            state[_UNKNOWN_KEY][key] = _Unknown(raw, default)
    elif state[key] not in options:
        state[key] = default


def _keep_one(key: str, label: str, value: Any, *, default: Any, is_told: bool = True) -> Any:
    run = _run()
    run.taken.add(key)
    found = _still_unknown(key, value)
    if found:
        run.kept[key] = run.said.get(key, [found.raw])
        if is_told:
            _tell(label, found.raw)
    elif value is not None and value != default:
        run.kept[key] = [code_of(value)]
    return value


def _still_unknown(key: str, value: Any) -> _Unknown | None:
    """Return what the address asked for in vain, until the reader has chosen something."""
    held: dict[str, _Unknown] = st.session_state.setdefault(_UNKNOWN_KEY, {})
    if key in held and held[key].shown != value:
        del held[key]
    return held.get(key)


def unknown(key: str) -> str:
    """Return the value that the address asks for in vain, or nothing."""
    found: _Unknown | None = st.session_state.get(_UNKNOWN_KEY, {}).get(key)
    return found.raw if found else ""


def choose_next(**values: Any) -> NoReturn:
    """Set widgets by their keys and run the page again: what was made just now is chosen then, and in the address."""
    st.session_state[_NEXT_KEY] = values
    st.rerun()


def choose(key: str, value: Any) -> None:
    """Set a widget from a button; called before the widget is drawn, in a callback."""
    st.session_state[key] = value


def _tell(label: str, raw: str) -> None:
    text = _("The address of this page asks for {label} “{value}”, which there is not here. It was left out.")
    _problem(text.format(label=label, value=raw))


def _problem(text: str) -> None:
    place = _run().place
    (place or st).info(in_markdown(text), icon=":material/link_off:")


def _shown(draw: Callable[..., Any], words: Callable[[Any], str]) -> Callable[[Any], str]:
    """Return words for options as the widget needs them: lists show text, everything else reads Markdown."""
    harmless = in_text if _is_list(draw) else in_markdown
    return lambda option: harmless(words(option))


def _is_list(draw: Callable[..., Any]) -> bool:
    return draw.__name__ in {"selectbox", "multiselect"}


def hold() -> None:
    """Leave the address as it is: what it asks for does not exist, and the reader is asked what was meant."""
    _run().is_held = True


@contextlib.contextmanager
def written_at_the_end() -> Iterator[None]:
    """Run a page and write its address afterwards, also where the page stops early because there is nothing to show."""
    try:
        yield
    except StopException:
        _finish()
        raise
    _finish()


def _finish() -> None:
    """Write the address, where it changed."""
    run = _run()
    if run.is_held:
        return
    others = {name: values for name, values in run.said.items() if name not in run.taken}
    # Back can pass an address that the way to another page has left behind: nobody asked for what it says.
    if others and run.is_new and not run.is_history:
        told = ", ".join(f"{name}={value}" for name, values in others.items() for value in values)
        _problem(_("The address of this page also says “{values}”, which nothing here answers to.").format(values=told))
    new = {name: values for name, values in run.kept.items() if values}
    if new != run.said:
        st.query_params.from_dict(new)
    st.session_state[_LAST_KEY] = (run.page, run.said, new)


def go(path: str, **values: Any) -> NoReturn:
    """Open a page (or this one) with values of its widgets, by their keys; the day that is shown goes along."""
    run = _run()
    day_shown = {AS_OF: run.kept[AS_OF]} if AS_OF in run.kept else {}
    st.session_state[_GO_KEY] = True
    st.switch_page(path, query_params={**day_shown, **_codes(values)})


def _codes(values: Mapping[str, Any]) -> Values:
    return {name: [code_of(value)] for name, value in values.items() if value is not None}
