"""Reads zips without trusting them: not their sizes, not their paths, not the encoding of their names."""

from __future__ import annotations

import shutil
import stat
import zipfile
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from uuid import uuid4

from data.files import encodings
from data.files.kinds import READABLE_ENDINGS, READABLE_WORDS, ZIP_ENDINGS
from data.files.limits import MAX_MEMBERS, MIN_TABLE_BYTES
from data.files.problems import FileProblem, UnreadableFile, display_name

if TYPE_CHECKING:
    from pathlib import Path

#: More than the largest import that is measured (3 million rows, 230 MB) by an order of magnitude.
MAX_UNPACKED_BYTES: Final = 4 << 30
#: Real exports pack 5 to 40 times; small members of one repeated row can pack better, hence the size beside it.
MAX_PACKING_RATIO: Final = 200
MIN_BYTES_FOR_RATIO: Final = 10 << 20
_UTF8_NAME_FLAG: Final = 0x800
_ENCRYPTED_FLAG: Final = 0x1
_COPY_BYTES: Final = 1 << 20


@dataclass(frozen=True)
class Member:
    """A file inside a zip that can be read."""

    name: str
    info: zipfile.ZipInfo


def list_members(path: Path) -> list[Member | UnreadableFile]:
    """List what a zip holds, the oldest first; members that are refused come with the reason.

    Raises
    ------
    FileProblem
        It is no zip, it is damaged, or it would unpack to more than a machine should take.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            infos = [info for info in archive.infolist() if not info.is_dir()]
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError) as error:
        raise _damaged(error) from error
    if len(infos) > MAX_MEMBERS:
        raise FileProblem(
            f"the zip holds {len(infos):,} files; more than {MAX_MEMBERS:,} are not read.",
            "Split it into several, or unpack it and import its folders.",
        )
    total = sum(info.file_size for info in infos)
    if total > MAX_UNPACKED_BYTES:
        raise FileProblem(
            f"the zip unpacks to {total / 1e9:,.1f} GB; more than {MAX_UNPACKED_BYTES >> 30} GB is not read.",
            "Unpack it yourself and import the folder.",
        )
    names = _decode_names(infos)
    order = sorted(range(len(infos)), key=lambda index: (infos[index].date_time, names[index]))
    return [_checked(names[index], infos[index]) for index in order if not _is_hidden(names[index])]


def extract(path: Path, member: Member, scratch: Path) -> Path:
    """Unpack one member into the scratch folder under a name of our own."""
    target = scratch / f"{uuid4().hex}{_ending(member.name)}"
    try:
        _refuse_wrong_place(path, member)
        with zipfile.ZipFile(path) as archive, archive.open(member.info) as source, target.open("wb") as copy:
            # Python's reader stops at the size that the directory tells, so a lying size can't unpack to more.
            shutil.copyfileobj(source, copy, _COPY_BYTES)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        target.unlink(missing_ok=True)
        raise _damaged(error) from error
    except BaseException:
        target.unlink(missing_ok=True)
        raise
    return target


def _refuse_wrong_place(path: Path, member: Member) -> None:
    """Refuse a directory that points outside the file: reading there fails like a broken disk."""
    if not 0 <= member.info.header_offset < path.stat().st_size:
        raise zipfile.BadZipFile("a member lies outside the file")


def _checked(name: str, info: zipfile.ZipInfo) -> Member | UnreadableFile:
    problem = _problem_of(name, info)
    return UnreadableFile(display_name(name), problem) if problem else Member(name, info)


def _problem_of(name: str, info: zipfile.ZipInfo) -> FileProblem | None:
    """Say why a member is not read: first what could do harm, then what can't be read."""
    parts = name.replace("\\", "/").split("/")
    ending = _ending(name)
    leads_out = name.startswith(("/", "\\")) or ".." in parts or parts[0][1:2] == ":"
    is_bomb = info.file_size > max(MIN_BYTES_FOR_RATIO, MAX_PACKING_RATIO * info.compress_size)
    reasons = (
        (leads_out, "its path leads out of the zip.", "Zip the files again from within their folder."),
        (stat.S_ISLNK(info.external_attr >> 16), "it is a link and not a file.", "Put the file itself into the zip."),
        (
            bool(info.flag_bits & _ENCRYPTED_FLAG),
            "it is protected by a password.",
            "Unpack it yourself and import the folder.",
        ),
        (ending in ZIP_ENDINGS, "it is a zip inside a zip.", "Unpack the outer zip and import what is in it."),
        (
            parts[-1].startswith("~$"),
            "it is the lock file of an open Office document.",
            "Nothing to do if the document itself is in the zip.",
        ),
        (
            ending not in READABLE_ENDINGS,
            f"files that end in {display_name(ending) if ending else 'nothing'} are not read.",
            f"Read are {READABLE_WORDS}.",
        ),
        (info.file_size < MIN_TABLE_BYTES, "it is too small to hold a table.", "Check that the export was finished."),
        (
            is_bomb,
            f"it unpacks to more than {MAX_PACKING_RATIO} times its size, as no export does.",
            "If it is right, unpack it yourself and import the file.",
        ),
    )
    return next((FileProblem(what, advice) for is_so, what, advice in reasons if is_so), None)


def _ending(name: str) -> str:
    base = name.replace("\\", "/").rsplit("/", 1)[-1]
    return f".{base.rsplit('.', 1)[1].lower()}"[:12] if "." in base else ""


def _is_hidden(name: str) -> bool:
    parts = name.replace("\\", "/").split("/")
    return any((part.startswith(".") and part not in (".", "..")) or part == "__MACOSX" for part in parts)


def _decode_names(infos: list[zipfile.ZipInfo]) -> list[str]:
    """Decode names that don't say that they are UTF-8: Chinese Windows writes them in GB18030, old tools in CP437.

    All such names together are the evidence, because one short name proves little.
    """
    raw = [
        None if info.flag_bits & _UTF8_NAME_FLAG else info.orig_filename.encode("cp437", "replace") for info in infos
    ]
    encoding = _names_encoding(b"\n".join(name for name in raw if name is not None and not name.isascii()))
    return [
        info.filename if name is None else name.decode(encoding, "replace").split("\0")[0]
        for info, name in zip(infos, raw, strict=True)
    ]


def _names_encoding(evidence: bytes) -> str:
    if encodings.is_utf8_so_far(evidence):
        return "utf-8"
    return next(iter(encodings.rank_for_names(evidence)), "cp437")


def _damaged(error: Exception) -> FileProblem:
    return FileProblem(f"the zip is damaged or was cut off while copying ({error}).", "Copy or export it again.")
