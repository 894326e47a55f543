"""Reads the source of the pages: which texts reach a place that reads markup without having passed ``dashboard.shown``.

A text is trusted when it can be followed to words of our own: a constant, a text of the catalogue, a number or a day,
or one of the functions that make a name harmless. Everything else is found, also what happens to be harmless today.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass
from pathlib import Path
from typing import Final

ROOM: Final = Path(__file__).parents[2] / "dashboard"

#: Arguments by position that Streamlit reads as Markdown; the named ones are the same for all.
_MARKDOWN: Final = {
    **dict.fromkeys(
        (
            *("markdown", "caption", "info", "error", "warning", "success", "subheader", "title", "header", "toast"),
            *("button", "form_submit_button", "download_button", "link_button", "expander", "popover", "checkbox"),
            *("toggle", "radio", "pills", "segmented_control", "spinner", "status", "selectbox", "multiselect"),
            *("text_input", "text_area", "number_input", "date_input", "time_input", "slider", "select_slider"),
            *("file_uploader", "badge", "page_link", "tabs", "table", "exception", "Page", "chat_message", "dialog"),
        ),
        (0,),
    ),
    "metric": (0, 1, 2),
    "progress": (1,),
}
_NAMED: Final = frozenset(
    ("label", "text", "title", "help", "delta", "value", "body", "caption", "captions", "icon", "delta_description")
)
#: Values of these are not read as Markdown.
_VALUES_OF_INPUTS: Final = frozenset(
    ("text_input", "text_area", "number_input", "date_input", "time_input", "slider", "checkbox", "toggle")
)
_PLAIN: Final = {"text": (0,), "code": (0,), "dataframe": (0,)}
_OPTIONS: Final = frozenset(("radio", "pills", "segmented_control"))
_FORBIDDEN: Final = frozenset(("write", "html", "iframe", "LinkColumn", "link_button", "write_stream", "echo"))

#: Make a name harmless in Markdown, or return days and numbers.
_SAFE_IN_MARKDOWN: Final = frozenset(
    ("in_markdown", "in_markdown_cells", "markdown_table", "plain", "date_text", "int", "len", "round", "ngettext")
)
_SAFE_IN_TEXT: Final = frozenset((*_SAFE_IN_MARKDOWN, "in_text", "in_cells", "in_styled_cells", "in_terminal"))
#: Return words of our own catalogue for a code of our own, never a name.
_OWN_WORDS: Final = frozenset(
    ("measure_words", "period_words", "kind_words", "check_words", "remedy_words", "purpose_sentence", "heat_legend")
)
#: Return Markdown in which each name is escaped; their own source is read by a test, too.
MARKDOWN_VIEWS: Final = frozenset(("person_sentence",))
#: A parameter of this name is Markdown of our own: every call that gives one is looked at.
_OWN_MARKDOWN: Final = "empty"
#: A text that goes through more steps can't be followed.
_DEPTH: Final = 12


@dataclass(frozen=True)
class Found:
    """A text that reaches a reader of markup on a way that nobody can follow."""

    file: str
    line: int
    what: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.what}"


def strangers_in(source: str, file: str = "") -> list[Found]:
    """Return every text in a module that reaches Streamlit unescaped."""
    tree = ast.parse(source)
    if not any(isinstance(node, ast.Import) and node.names[0].name == "streamlit" for node in ast.walk(tree)):
        return []
    modules = _modules_of(tree)
    found: list[Found] = []
    for scope, call in _calls(tree, [tree]):
        given = [word.value for word in call.keywords if word.arg == _OWN_MARKDOWN]
        found += [
            Found(file, call.lineno, f"{_OWN_MARKDOWN}={ast.unparse(one)[:60]} is not a text of our own")
            for one in given
            if not _is_trusted(one, scope, _SAFE_IN_MARKDOWN)
        ]
        if isinstance(call.func, ast.Attribute) and not _is_module(call.func.value, modules):
            found += [Found(file, call.lineno, words) for words in _faults(call, call.func.attr, scope)]
    return found


def strangers_in_room(room: Path = ROOM) -> list[Found]:
    """Return every such text of a room, in the order of its files."""
    files = sorted(room.rglob("*.py"))
    return [
        one
        for file in files
        for one in strangers_in(file.read_text(encoding="utf-8"), file.relative_to(room).as_posix())
    ]


def _modules_of(tree: ast.Module) -> set[str]:
    """Return the names of imported modules of our own: ``show.table`` is not Streamlit's table."""
    return {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
        if alias.name != "streamlit"
    }


def _is_module(base: ast.expr, modules: set[str]) -> bool:
    return isinstance(base, ast.Name) and base.id in modules


def _calls(node: ast.AST, scopes: list[ast.AST]) -> list[tuple[list[ast.AST], ast.Call]]:
    found = []
    for child in ast.iter_child_nodes(node):
        inner = [*scopes, child] if isinstance(child, (ast.FunctionDef, ast.AsyncFunctionDef)) else scopes
        if isinstance(child, ast.Call):
            found.append((inner, child))
        found += _calls(child, inner)
    return found


def _faults(call: ast.Call, name: str, scopes: list[ast.AST]) -> list[str]:
    if name in _FORBIDDEN:
        return [f"{name} is not used here: it reads what it gets as markup or as an address"]
    faults = [
        f"{name}({ast.unparse(value)[:60]}) is not escaped"
        for value in _read_as_markdown(call, name)
        if not _is_trusted(value, scopes, _SAFE_IN_MARKDOWN)
    ]
    faults += [
        f"{name}({ast.unparse(call.args[place])[:60]}) has control characters"
        for place in _PLAIN.get(name, ())
        if place < len(call.args) and not _is_trusted(call.args[place], scopes, _SAFE_IN_TEXT)
    ]
    named = {word.arg: word.value for word in call.keywords}
    if "unsafe_allow_html" in named or "unsafe_allow_javascript" in named:
        faults.append("unsafe markup is never allowed")
    if name in _OPTIONS and not _are_own_options(call, named, scopes):
        faults.append(f"options of {name} are read as Markdown: give format_func of own words, or in_markdown")
    if name == "download_button" and not _is_file_name(named.get("file_name"), scopes):
        faults.append("the name of a download goes through in_file_name")
    return faults


def _read_as_markdown(call: ast.Call, name: str) -> list[ast.expr]:
    if name not in _MARKDOWN:
        return []
    found = [call.args[place] for place in _MARKDOWN[name] if place < len(call.args)]
    return found + [
        word.value
        for word in call.keywords
        if word.arg in _NAMED and not (word.arg == "value" and name in _VALUES_OF_INPUTS)
    ]


def _are_own_options(call: ast.Call, named: dict[str | None, ast.expr], scopes: list[ast.AST]) -> bool:
    words = named.get("format_func")
    if words is None:
        options = call.args[1] if len(call.args) > 1 else named.get("options")
        return options is None or _is_trusted(options, scopes, _SAFE_IN_MARKDOWN) or "WINDOWS" in ast.unparse(options)
    if isinstance(words, ast.Attribute) and words.attr == "__getitem__":
        return _is_trusted(words.value, scopes, _SAFE_IN_MARKDOWN)
    if isinstance(words, ast.Lambda):
        return _is_trusted(words.body, scopes, _SAFE_IN_MARKDOWN)
    return _name_of(words) in {*_OWN_WORDS, "in_markdown", "plain"}


def _is_file_name(value: ast.expr | None, scopes: list[ast.AST]) -> bool:
    return value is None or _is_trusted(value, scopes, frozenset(("in_file_name",)))


def _name_of(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def _is_trusted(value: ast.expr, scopes: list[ast.AST], safe: frozenset[str], depth: int = 0) -> bool:
    """Tell whether a text can be followed to words of our own."""
    if depth > _DEPTH:
        return False
    if isinstance(value, ast.Call):
        return _is_trusted_call(value, scopes, safe, depth)
    if isinstance(value, ast.Name):
        return _is_trusted_name(value.id, scopes, safe, depth)
    parts = _parts(value)
    return parts is not None and all(_is_trusted(part, scopes, safe, depth + 1) for part in parts)


def _parts(value: ast.expr) -> list[ast.expr] | None:
    """Return what a text is made of; None for what can't be followed."""
    match value:
        case ast.Constant():
            return []
        case ast.JoinedStr(values=parts) | ast.BoolOp(values=parts) | ast.List(elts=parts) | ast.Tuple(elts=parts):
            return parts
        case ast.Dict(values=parts):
            return parts
        case ast.FormattedValue(value=inner) | ast.Subscript(value=ast.Name() as inner):
            return [inner]
        case ast.BinOp(left=left, right=right) | ast.IfExp(body=left, orelse=right):
            return [left, right]
        case _:
            return None


def _is_trusted_call(call: ast.Call, scopes: list[ast.AST], safe: frozenset[str], depth: int) -> bool:
    name = _name_of(call.func)
    if name == "_":
        return bool(call.args) and isinstance(call.args[0], ast.Constant)
    if name in safe or name in _OWN_WORDS or name in MARKDOWN_VIEWS:
        return True
    parts = [*call.args, *(word.value for word in call.keywords)]
    if name in {"format", "list", "get"} and isinstance(call.func, ast.Attribute):
        parts.append(call.func.value)
    elif name != "list":
        return False
    return all(_is_trusted(part, scopes, safe, depth + 1) for part in parts)


def _is_trusted_name(name: str, scopes: list[ast.AST], safe: frozenset[str], depth: int) -> bool:
    """Follow a name to all that is assigned to it in the innermost scope that knows it."""
    for scope in reversed(scopes):
        given = _assigned(scope, name)
        if given:
            return all(one is not None and _is_trusted(one, scopes, safe, depth + 1) for one in given)
        if isinstance(scope, (ast.FunctionDef, ast.AsyncFunctionDef)) and name in _parameters(scope):
            return name == _OWN_MARKDOWN
    return name.isupper()


def _parameters(function: ast.FunctionDef | ast.AsyncFunctionDef) -> set[str]:
    spoken = function.args
    return {one.arg for one in (*spoken.posonlyargs, *spoken.args, *spoken.kwonlyargs)}


def _assigned(scope: ast.AST, name: str) -> list[ast.expr | None]:
    """Return what a name gets in a scope; None stands for what can't be followed."""
    found: list[ast.expr | None] = []
    for node in _own_nodes(scope):
        if isinstance(node, ast.Assign):
            for target in node.targets:
                found += _from_target(target, node.value, name)
        elif isinstance(node, (ast.AnnAssign, ast.NamedExpr)) and getattr(node.target, "id", "") == name:
            found.append(node.value)
        elif isinstance(node, (ast.For, ast.comprehension)):
            found += [None for part in ast.walk(node.target) if isinstance(part, ast.Name) and part.id == name]
        elif isinstance(node, ast.withitem) and node.optional_vars is not None:
            found += [None for part in ast.walk(node.optional_vars) if getattr(part, "id", "") == name]
    return found


def _from_target(target: ast.expr, value: ast.expr, name: str) -> list[ast.expr | None]:
    if isinstance(target, ast.Name):
        return [value] if target.id == name else []
    if isinstance(target, ast.Tuple):
        parts = value.elts if isinstance(value, ast.Tuple) else [None] * len(target.elts)
        return [
            part for one, part in zip(target.elts, parts, strict=False) if isinstance(one, ast.Name) and one.id == name
        ]
    return []


def _own_nodes(scope: ast.AST) -> list[ast.AST]:
    """Return the nodes of a scope without those of the functions in it."""
    found: list[ast.AST] = []
    waiting = list(ast.iter_child_nodes(scope))
    while waiting:
        node = waiting.pop()
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            continue
        found.append(node)
        waiting += ast.iter_child_nodes(node)
    return found
