"""Reads the source of charts, views and commands: names that are joined with markup, and ways around the console."""

from __future__ import annotations

import ast

from tests.dashboard.source_of_pages import ROOM, Found

_OWN_MARKUP = ("<br>", "<extra>", "</extra>")


def strangers_in_figures(source: str, file: str = "") -> list[Found]:
    """Return every text that is joined with our own markup without having lost its own."""
    tree = ast.parse(source)
    return [
        Found(file, node.lineno, f"{ast.unparse(piece)[:60]} is joined with markup and not passed through in_figure")
        for node in ast.walk(tree)
        if isinstance(node, (ast.BinOp, ast.JoinedStr)) and not _is_inner(tree, node)
        for pieces in [_pieces(node)]
        if any(isinstance(one, ast.Constant) and _has_markup(one.value) for one in pieces)
        for piece in pieces
        if not _is_harmless(piece)
    ]


def strangers_in_terminal(source: str, file: str = "") -> list[Found]:
    """Return every way to the terminal that does not lead through the one console or the one writer of JSON."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        spoken = ast.unparse(node.func)
        first = ast.unparse(node.args[0]) if node.args else ""
        is_bare = spoken in {"print", "typer.echo", "click.echo", "typer.secho", "Console", "rich.print"}
        is_written = spoken in {"sys.stdout.write", "sys.stderr.write"} and not first.startswith("in_json(")
        is_markup = any(
            word.arg == "markup" and not (isinstance(word.value, ast.Constant) and word.value.value is False)
            for word in node.keywords
        )
        if is_bare or is_written or is_markup:
            found.append(Found(file, node.lineno, f"{spoken} reaches the terminal past safe_console and in_json"))
    return found


def figures_of_room() -> list[Found]:
    """Return what is wrong in charts and views."""
    files = sorted([*(ROOM / "charts").rglob("*.py"), *(ROOM / "views").rglob("*.py")])
    return [
        one
        for file in files
        for one in strangers_in_figures(file.read_text(encoding="utf-8"), file.relative_to(ROOM).as_posix())
    ]


def commands_of_room() -> list[Found]:
    """Return what is wrong in the command line."""
    files = [one for one in sorted((ROOM / "commands").rglob("*.py")) if one.name != "console.py"]
    return [
        one
        for file in [*files, ROOM / "cli.py"]
        for one in strangers_in_terminal(file.read_text(encoding="utf-8"), file.relative_to(ROOM).as_posix())
    ]


def _is_inner(tree: ast.AST, node: ast.AST) -> bool:
    return any(isinstance(outer, ast.BinOp) and node in (outer.left, outer.right) for outer in ast.walk(tree))


def _pieces(node: ast.expr) -> list[ast.expr]:
    match node:
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            return [*_pieces(left), *_pieces(right)]
        case ast.JoinedStr(values=values):
            return [part for value in values for part in _pieces(value)]
        case ast.FormattedValue(value=value):
            return [value]
        case _:
            return [node]


def _has_markup(value: object) -> bool:
    return isinstance(value, str) and any(mark in value for mark in _OWN_MARKUP)


def _is_harmless(piece: ast.expr) -> bool:
    match piece:
        case ast.Constant():
            return True
        case ast.Call(func=ast.Name(id="_" | "in_figure")):
            return True
        case ast.Call(func=ast.Attribute(value=ast.Call(func=ast.Name(id="_")), attr="format"), keywords=words):
            return all(isinstance(word.value, ast.Constant) for word in words)
        case _:
            return False
