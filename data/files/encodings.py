"""Which encoding a text file is in, decided by evidence.

A byte order mark or the pattern of NUL bytes decides at once. Bytes that are valid UTF-8 in the whole file are
UTF-8. For the rest each legacy encoding is a small model of what people write in it: how likely are frequent
characters, rarer ones, ones that nobody uses. The model under which the bytes are most likely wins, if it
explains them at all and the whole file is valid in it. "Decodes without an error" is never the reason: almost
any bytes do in Windows-1252, and most Big5 text does in GB18030.
"""

from __future__ import annotations

import codecs
import math
import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from data.files import frequent

if TYPE_CHECKING:
    from collections.abc import Callable

#: Bytes of lines with non-ASCII characters on which the models are compared.
EVIDENCE_BYTES: Final = 128 << 10
_ASCII_LOG: Final = math.log(1 / 40)
_NEVER_LOG: Final = math.log(1e-9)
#: Mean log-likelihood per non-ASCII byte below which no model explains the bytes; noise is at ln(1/256) = -5.5,
#: rare names in right encodings stay above -6.
_RUBBISH_LOG: Final = -6.3
_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_HIGH: Final = r"[^\x00-\x7f]"
_HIGH_BYTE: Final = re.compile(rb"[\x80-\xff]")
_LINE_END: Final = re.compile(rb"[\r\n]|\Z")


def by_mark(sample: bytes) -> str:
    """Name the encoding that a byte order mark announces, or return an empty text."""
    return next((name for mark, name in _BOMS if sample.startswith(mark)), "")


def by_nuls(sample: bytes) -> str:
    """Name UTF-16 without a mark: its commas, digits and line ends put NULs on one side of each pair only.

    Pairs of two letters mean that it is ordinary text with stray NULs; in UTF-16 they are rare characters.
    """
    pairs = len(sample) // 2
    left, right = sample[: 2 * pairs : 2], sample[1 : 2 * pairs : 2]
    most, least = sorted((left.count(0), right.count(0)), reverse=True)
    letter_pairs = sum(1 for pair in zip(left[:4096], right[:4096], strict=True) if min(pair) >= 9 and max(pair) < 127)
    if most == 0 or most < pairs / 50 or least > most / 20 or letter_pairs > min(pairs, 4096) / 2:
        return ""
    return "utf-16-le" if right.count(0) == most else "utf-16-be"


def is_utf8_so_far(sample: bytes) -> bool:
    """Say whether the beginning of a file is valid UTF-8; a character cut at the end is no fault."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(sample)
    except UnicodeDecodeError:
        return False
    return True


def evidence_lines(block: bytes, wanted: int) -> bytes:
    """Return up to ``wanted`` bytes of lines that hold non-ASCII characters."""
    if block.isascii():
        return b""
    found: list[bytes] = []
    size = 0
    place = 0
    # From one high byte to the next: a pattern for the whole line would try every byte of a long line as its beginning.
    while size < wanted and (high := _HIGH_BYTE.search(block, place)):
        start = max(place, *(block.rfind(end, place, high.start()) + 1 for end in (b"\n", b"\r")))
        ended = _LINE_END.search(block, high.end())
        place = ended.start() if ended else len(block)
        found.append(block[start:place])
        size += len(found[-1]) + 1
    return b"\n".join(found)


@dataclass(frozen=True)
class _Model:
    """How likely each character is in texts of one encoding; see ``frequent`` for the characters."""

    encoding: str
    log_of: Callable[[str], float]
    log_of_context: Callable[[str], float] = lambda _: 0.0
    prior: float = 1.0

    def log_likelihood(self, evidence: bytes) -> float | None:
        """Return the natural logarithm of the probability of the bytes, or None if they are not valid."""
        lines = []
        for line in evidence.split(b"\n"):
            try:
                lines.append(line.decode(self.encoding))
            except UnicodeDecodeError:
                lines.append("")
        # The evidence may end inside a line, and one damaged line must not decide: the whole file is checked later.
        if lines.count("") > len(lines) // 10:
            return None
        text = "\n".join(lines)
        total = self.log_of_context(text) + math.log(self.prior)
        for character, count in Counter(text).items():
            total += count * (_ASCII_LOG if character < "\x80" else self.log_of(character))
        lost = len(evidence) - sum(len(line.encode(self.encoding)) + 1 for line in lines) + 1
        return total + lost * _NEVER_LOG


def _by_shares(classes: list[tuple[str, float]], rest: Callable[[str], float]) -> Callable[[str], float]:
    """Make a model of classes of characters with the share of the text that each class makes up."""
    logs: dict[str, float] = {}
    for characters, share in classes:
        fresh = [character for character in dict.fromkeys(characters) if character not in logs]
        logs.update(dict.fromkeys(fresh, math.log(share / max(len(fresh), 1))))
    return lambda character: logs[character] if character in logs else rest(character)


def _gb_rest(character: str) -> float:
    raw = character.encode("gb18030")
    if len(raw) == 4:
        return math.log(1e-8)
    if raw[1] >= 0xA1 and 0xB0 <= raw[0] <= 0xF7:
        return math.log(0.36 / 3400) if raw[0] <= 0xD7 else math.log(0.015 / 3008)
    return math.log(0.002 / 400) if raw[0] in (0xA6, 0xA7, 0xA2) else math.log(0.002 / 20_000)


def _big5_rest(character: str) -> float:
    lead = character.encode("cp950")[0]
    if 0xA4 <= lead <= 0xC6:
        return math.log(0.38 / 5000)
    return math.log(0.02 / 400) if lead <= 0xA3 else math.log(0.01 / 7652)


def _sjis_rest(character: str) -> float:
    raw = character.encode("cp932")
    if len(raw) == 1:
        return math.log(0.02 / 63)
    if 0x88 <= raw[0] <= 0x98:
        return math.log(0.33 / 2965)
    return math.log(0.02 / 400) if raw[0] <= 0x87 else math.log(0.01 / 3700)


def _neighbours(pattern: str, factor: float) -> Callable[[str], float]:
    """Weigh each place where ``pattern`` is found: letters that rarely stand so."""
    compiled = re.compile(pattern)
    return lambda text: math.log(factor) * sum(1 for _ in compiled.finditer(text))


_PUNCTUATION = (frequent.CJK_PUNCTUATION, 0.1)
_EAST_ASIAN: Final = (
    _Model(
        "gb18030",
        _by_shares([(frequent.SIMPLIFIED, 0.5), _PUNCTUATION, (frequent.KANA, 0.003)], _gb_rest),
    ),
    _Model(
        "cp950",
        _by_shares([(frequent.TRADITIONAL, 0.5), _PUNCTUATION, (frequent.KANA, 0.003)], _big5_rest),
    ),
    _Model(
        "cp932",
        _by_shares([(frequent.JAPANESE, 0.15), (frequent.KANA, 0.4), _PUNCTUATION], _sjis_rest),
    ),
)
_CONTENT_MODELS: Final = (
    *_EAST_ASIAN,
    _Model(
        "cp1252",
        _by_shares([(frequent.WESTERN, 0.85), (frequent.WESTERN_SIGNS, 0.1)], lambda _: math.log(0.02 / 60)),
        # In the languages of Western Europe two accented letters seldom touch, and capitals don't follow small ones.
        _neighbours(rf"{_HIGH}(?={_HIGH})", 0.05),
    ),
    _Model(
        "cp1251",
        _by_shares([(frequent.RUSSIAN, 0.85), (frequent.RUSSIAN.upper(), 0.1)], lambda _: math.log(0.02 / 70)),
        # A Russian word has no Latin letters in it, and seldom one letter only.
        _neighbours(rf"(?<=[A-Za-z]){_HIGH}|{_HIGH}(?=[A-Za-z])|(?<!{_HIGH}){_HIGH}(?!{_HIGH})", 0.02),
        # Pairs of capital letters in the middle of words are how two Chinese characters look in it.
        prior=0.02,
    ),
)


#: Names in zips: where they are not East Asian they are in the code page of DOS, never in that of Windows.
_NAME_MODELS: Final = (
    *_EAST_ASIAN,
    _Model(
        "cp437",
        _by_shares([(frequent.WESTERN, 0.9)], lambda _: math.log(0.1 / 80)),
        _neighbours(rf"{_HIGH}(?={_HIGH})", 0.05),
    ),
)


def rank_legacy(evidence: bytes) -> list[str]:
    """Return the legacy encodings that explain ``evidence``, the likeliest first; empty if none does."""
    return _rank(evidence, _CONTENT_MODELS)


def rank_for_names(evidence: bytes) -> list[str]:
    """Return the encodings that explain the names in a zip that doesn't say which it uses."""
    return _rank(evidence, _NAME_MODELS)


def _rank(evidence: bytes, models: tuple[_Model, ...]) -> list[str]:
    high_bytes = len(evidence) - len(evidence.translate(None, bytes(range(128, 256))))
    ascii_bytes = len(evidence) - high_bytes
    found: list[tuple[float, str]] = []
    for model in models:
        total = model.log_likelihood(evidence)
        # Trail bytes that look like ASCII cost no ASCII character, so compare with the same bytes as plain text.
        if total is not None and (total - ascii_bytes * _ASCII_LOG) / max(high_bytes, 1) >= _RUBBISH_LOG:
            found.append((total, model.encoding))
    return [encoding for _, encoding in sorted(found, reverse=True)]


def looks_like_damaged_utf8(evidence: bytes) -> bool:
    """Say whether most non-ASCII bytes form UTF-8 characters, so that a few broken bytes are damage."""
    high_bytes = sum(byte >= 128 for byte in evidence)
    text = evidence.decode("utf-8", "replace")
    good = sum(len(character.encode()) for character in text if character >= "\x80" and character != "\ufffd")
    return good >= 0.8 * high_bytes > 0
