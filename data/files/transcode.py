"""Makes UTF-8 of a text file in any encoding; a file that is UTF-8 already is read where it lies."""

from __future__ import annotations

import codecs
import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO, Final
from uuid import uuid4

from data.files import encodings
from data.files.blocks import MAX_LINE_BYTES, count_lines, long_line_problem, nul_problem
from data.files.kinds import real_kind
from data.files.problems import FileProblem

if TYPE_CHECKING:
    from pathlib import Path

_SAMPLE_BYTES: Final = 1 << 20
_CHUNK_BYTES: Final = 1 << 20


@dataclass(frozen=True)
class Utf8Source:
    """A file in UTF-8: the original, or a copy in the scratch folder.

    Parameters
    ----------
    sha256
        Of the original; empty when the original itself is read, which hashes it on the way.
    """

    path: Path
    encoding: str
    sha256: str = ""
    is_copy: bool = False

    def remove(self) -> None:
        """Remove the copy, if it is one."""
        if self.is_copy:
            self.path.unlink(missing_ok=True)


def open_as_utf8(path: Path, scratch: Path) -> Utf8Source:
    """Return ``path`` as UTF-8, judged by its beginning; whether all of it is valid shows while it is read.

    Raises
    ------
    FileProblem
        The file is empty, something else than text, or in no known encoding.
    """
    with path.open("rb") as handle:
        sample = handle.read(_SAMPLE_BYTES)
    if not sample:
        raise FileProblem("the file is empty (0 bytes).", "Check that the export was finished and copy it again.")
    kind = real_kind(sample[:8192])
    if kind:
        raise FileProblem(
            f"this is not a text file but {kind}.",
            "Give it the right ending, or export the table as CSV or XLSX.",
        )
    encoding = encodings.by_mark(sample) or encodings.by_nuls(sample)
    if encoding and encoding != "utf-8-sig":
        return _transcode(path, scratch, [encoding])
    if b"\0" in sample:
        raise nul_problem(count_lines(sample[: sample.index(b"\0")] + b" "))
    if encodings.is_utf8_so_far(sample):
        return Utf8Source(path, encoding or "utf-8")
    return as_legacy(path, scratch)


def as_legacy(path: Path, scratch: Path) -> Utf8Source:
    """Decide which legacy encoding explains the file's bytes and make a UTF-8 copy of it."""
    evidence = _collect_evidence(path)
    ranked = [] if encodings.looks_like_damaged_utf8(evidence) else encodings.rank_legacy(evidence)
    if not ranked:
        raise _bad_byte(path, "utf-8")
    return _transcode(path, scratch, ranked)


def _collect_evidence(path: Path) -> bytes:
    found: list[bytes] = []
    size = 0
    with path.open("rb") as handle:
        while size < encodings.EVIDENCE_BYTES and (chunk := handle.read(_CHUNK_BYTES)):
            lines = encodings.evidence_lines(_whole_lines(handle, chunk), encodings.EVIDENCE_BYTES - size)
            found.append(lines)
            size += len(lines)
    return b"\n".join(lines for lines in found if lines)


def _whole_lines(handle: BinaryIO, chunk: bytes) -> bytes:
    """Step back to the last line end, so that no character is cut in two."""
    cut = max(chunk.rfind(b"\n"), chunk.rfind(b"\r")) + 1
    if cut and len(chunk) == _CHUNK_BYTES:
        handle.seek(cut - len(chunk), 1)
        return chunk[:cut]
    return chunk


def _transcode(path: Path, scratch: Path, ranked: list[str]) -> Utf8Source:
    """Write the copy in the first encoding of ``ranked`` in which the whole file is valid."""
    for encoding in ranked:
        copy = scratch / f"{uuid4().hex}.txt"
        try:
            sha256 = _write_copy(path, copy, encoding)
        except UnicodeDecodeError:
            copy.unlink(missing_ok=True)
        except BaseException:
            copy.unlink(missing_ok=True)
            raise
        else:
            return Utf8Source(copy, encoding, sha256, is_copy=True)
    raise _bad_byte(path, ranked[0])


def _write_copy(path: Path, copy: Path, encoding: str) -> str:
    decoder = codecs.getincrementaldecoder(encoding)()
    digest = hashlib.sha256()
    line_characters = 0
    lines = 1
    with path.open("rb") as source, copy.open("wb") as target:
        for chunk in iter(lambda: source.read(_CHUNK_BYTES), b""):
            digest.update(chunk)
            text = decoder.decode(chunk)
            target.write(text.encode("utf-8"))
            end = max(text.rfind("\n"), text.rfind("\r"))
            line_characters = len(text) - end - 1 if end >= 0 else line_characters + len(text)
            lines += text.count("\n") or text.count("\r")
            if line_characters > MAX_LINE_BYTES:
                raise long_line_problem(lines)
        target.write(decoder.decode(b"", final=True).encode("utf-8"))
    return digest.hexdigest()


def _bad_byte(path: Path, encoding: str) -> FileProblem:
    """Name the first byte that ``encoding`` can't explain."""
    decoder = codecs.getincrementaldecoder(encoding)()
    offset = 0
    lines = 1
    with path.open("rb") as handle:
        while True:
            chunk = handle.read(_CHUNK_BYTES)
            waiting = len(decoder.getstate()[0])
            try:
                decoder.decode(chunk, final=not chunk)
            except UnicodeDecodeError as error:
                place = error.start - waiting
                offset += place
                lines += count_lines(chunk[: max(place, 0)] + b" ") - 1
                break
            if not chunk:
                break
            offset += len(chunk)
            lines += count_lines(chunk + b" ") - 1
    return FileProblem(
        f"byte {offset + 1:,} (line {lines:,}) fits no encoding that the rest of the file is in; "
        f"the closest is {encoding.upper()}.",
        "Export the file again as CSV in UTF-8, or as XLSX.",
    )
