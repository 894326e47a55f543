"""Ways in which files get damaged, or are made to do damage."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Final

import openpyxl

if TYPE_CHECKING:
    import random
    from collections.abc import Callable
    from pathlib import Path

HOSTILE: Final = (
    "=cmd|'/c calc'!A0",
    "'; drop table raw.timesheets; --",
    "\"; copy (select 1) to '/tmp/owned'; --",
    "$$ || 1 || $$",
    "../../../etc/passwd",
    "{{7*7}}",
    "%s%n%x",
    "<script>alert(1)</script>",
    "\x1b[31mred",
    "nan",
    "Infinity",
    "1e400",
    "-99999999999999999999",
    "0000-00-00",
    "9999-12-31",
    "10000-01-01",
    "24:00",
    "\u202eevil",
    "é" * 50,
    "𝟙𝟚",
    "NULL",
    "\ufeff",
    "\u00a0",
    "''",
    '""',
    "[bold]x[/bold]",
)
_ENCODINGS: Final = ("utf-16-le", "utf-16", "utf-32", "cp437", "cp1252", "gb18030", "shift_jis", "koi8-r", "utf-7")


def mutate(content: bytes, chance: random.Random) -> bytes:
    """Damage a text file in one to three ways."""
    for _ in range(chance.randrange(1, 4)):
        content = chance.choice(_WAYS)(content, chance)
    return content


def _truncate(content: bytes, chance: random.Random) -> bytes:
    return content[: chance.randrange(len(content) + 1)]


def _flip(content: bytes, chance: random.Random) -> bytes:
    if not content:
        return content
    changed = bytearray(content)
    for _ in range(chance.randrange(1, 40)):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def _shuffle(content: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(content) + 1)
    middle = bytearray(content[start : start + chance.randrange(1, 200)])
    chance.shuffle(middle)
    return content[:start] + bytes(middle) + content[start + len(middle) :]


def _encoding(content: bytes, chance: random.Random) -> bytes:
    text = content.decode("utf-8", errors="replace")
    return text.encode(chance.choice(_ENCODINGS), errors="replace")


def _mixed_encodings(content: bytes, chance: random.Random) -> bytes:
    lines = content.split(b"\n")
    place = chance.randrange(len(lines))
    lines[place] = lines[place].decode("utf-8", errors="replace").encode("gb18030", errors="replace")
    return b"\n".join(lines)


def _huge_cell(content: bytes, chance: random.Random) -> bytes:
    return _in_cell(content, chance, lambda _cell: b"x" * chance.choice((5_000, 200_000, 1_200_000)))


def _hostile(content: bytes, chance: random.Random) -> bytes:
    for _ in range(chance.randrange(1, 6)):
        content = _in_cell(content, chance, lambda _cell: chance.choice(HOSTILE).encode())
    return content


def _in_cell(content: bytes, chance: random.Random, change: Callable[[bytes], bytes]) -> bytes:
    lines = content.split(b"\n")
    place = chance.randrange(len(lines))
    cells = lines[place].split(b",")
    number = chance.randrange(len(cells))
    cells[number] = change(cells[number])
    lines[place] = b",".join(cells)
    return b"\n".join(lines)


def _quotes(content: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(content) + 1)
    return content[:start] + chance.choice((b'"', b"'", b'""', b'"\n', b"\r", b"\x00")) + content[start:]


def _delimiters(content: bytes, chance: random.Random) -> bytes:
    lines = content.split(b"\n")
    return b"\n".join(line.replace(b",", b";") if chance.random() < 0.2 else line for line in lines)


def _lines(content: bytes, chance: random.Random) -> bytes:
    lines = content.split(b"\n")
    chance.choice((chance.shuffle, lambda found: found.pop(0), lambda found: found.extend(found[:5])))(lines)
    return b"\n".join(lines)


def _wide(content: bytes, chance: random.Random) -> bytes:
    extra = b",".join(b"c%d" % number for number in range(chance.choice((3, 300, 3_000))))
    lines = content.split(b"\n")
    place = chance.choice((0, len(lines) // 2))
    lines[place] += b"," + extra
    return b"\n".join(lines)


def _no_breaks(content: bytes, chance: random.Random) -> bytes:
    return content.replace(b"\n", chance.choice((b"", b"\r", b"\n\n", b"\r\n", b"\x0b")))


_WAYS: Final = (
    _truncate,
    _flip,
    _shuffle,
    _encoding,
    _mixed_encodings,
    _huge_cell,
    _hostile,
    _hostile,
    _quotes,
    _delimiters,
    _lines,
    _wide,
    _no_breaks,
)


def write_damaged(folder: Path, number: int, content: bytes, chance: random.Random) -> Path:
    """Write a damaged file: mostly text, now and then a workbook, a zip or a text with a wrong ending."""
    kind = chance.random()
    if kind < 0.8:
        path, damaged = folder / f"f{number}.csv", mutate(content, chance)
    elif kind < 0.88:
        path, damaged = folder / f"f{number}.xlsx", _workbook(content, chance)
        damaged = _flip(damaged, chance) if chance.random() < 0.5 else damaged
    elif kind < 0.92:
        path, damaged = folder / f"f{number}.zip", _truncate(_zipped(mutate(content, chance)), chance)
    else:
        ending = chance.choice(("xlsx", "json", "parquet", "zip", "ods", "tsv", "txt", "xls"))
        path, damaged = folder / f"f{number}.{ending}", mutate(content, chance)
    path.write_bytes(damaged)
    return path


def _workbook(content: bytes, chance: random.Random) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for line in content.decode("utf-8", errors="replace").splitlines():
        cells = line.split(",")
        if chance.random() < 0.05:
            cells[chance.randrange(len(cells))] = chance.choice(HOSTILE)
        sheet.append(["".join(sign for sign in cell if sign.isprintable()) for cell in cells])
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _zipped(content: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("../../inner.csv", content)
    return target.getvalue()
