"""Names and texts inside SQL: quoted, because names come from files."""

from __future__ import annotations


def quoted(name: str) -> str:
    """Return ``name`` as an SQL identifier; names come from files and are hostile."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """Return one of our own constants as an SQL text."""
    return "'" + text.replace("'", "''") + "'"
