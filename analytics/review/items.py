"""One thing that may deserve a place on the agenda, and how unusual it is."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd
from scipy import special

if TYPE_CHECKING:
    from collections.abc import Mapping

#: Nothing counts as more unusual than this, in bits (1 in 256): beyond it the tail is guesswork.
MOST_BITS: Final = 8.0
#: A state that begins counts as this unusual: neither chance nor usual size can be told of it.
STATE_BITS: Final = 3.0
#: An evidence table shows so many rows; how many there are is told beside it.
EVIDENCE_ROWS: Final = 12


@dataclass(frozen=True)
class Sign:
    """One thing that happened to a project or a team.

    Parameters
    ----------
    kind
        A code word, for example ``moved``; words are made of it when it is shown.
    subject
        ``project:ID``, ``team:NAME`` or ``firm``.
    harm_person_weeks
        What it is expected to cost, in person-weeks.
    bits
        How unusual it is: minus the binary logarithm of the chance of at least as much; at most ``MOST_BITS``.
    figures
        Plain numbers, texts and ISO dates by name.
    evidence
        The rows behind it, of plain values.
    evidence_count
        How many rows there are, also those that are not kept here.
    """

    kind: str
    subject: str
    harm_person_weeks: float
    bits: float
    figures: Mapping[str, Any] = field(default_factory=dict)
    evidence: tuple[Mapping[str, Any], ...] = ()
    evidence_count: int = 0

    @property
    def key(self) -> str:
        """Return what names the same thing in the next review."""
        return f"{self.kind}:{self.subject}"

    @property
    def score(self) -> float:
        """Return what signs are ranked by: expected harm on a log scale times how unusual the change is.

        On a plain scale one large project would fill every agenda; a doubled harm counts as one step more.
        """
        return float(np.log2(1.0 + max(self.harm_person_weeks, 0.0)) * min(max(self.bits, 0.0), MOST_BITS))


def count_bits(count: float, usual: float) -> float:
    """Return how unusual so many events are where ``usual`` are expected (Poisson tail), in bits."""
    if count < 1:
        return 0.0
    return _bits(float(special.pdtrc(count - 1, max(usual, 0.1))))


def share_bits(count: int, of: int, usual_share: float) -> float:
    """Return how unusual it is that at most ``count`` of ``of`` file, where a share usually does (binomial tail)."""
    return _bits(float(special.bdtr(count, of, min(max(usual_share, 0.01), 0.99))))


def size_bits(size: float, usual: float) -> float:
    """Return how unusual a change is whose usual absolute size (the median) is ``usual``: Laplace's tail, in bits."""
    return min(abs(size) / max(usual, 1e-9), MOST_BITS)


def _bits(chance: float) -> float:
    return min(-float(np.log2(max(chance, 2.0**-MOST_BITS))), MOST_BITS)


def plain(value: Any) -> Any:
    """Return a value as JSON holds it: days as ISO dates, what is not known as nothing, numbers of six digits."""
    if isinstance(value, (list, tuple)):
        return [plain(one) for one in value]
    if isinstance(value, dict):
        return {str(name): plain(one) for name, one in value.items()}
    return None if value is None or pd.isna(value) else _plain_one(value)


def _plain_one(value: Any) -> Any:
    if isinstance(value, (bool, np.bool_)):
        return bool(value)
    if isinstance(value, (int, np.integer)):
        return int(value)
    if isinstance(value, (float, np.floating)):
        return round(float(value), 6)
    return value.isoformat()[:10] if hasattr(value, "isoformat") else str(value)


def rows_of(frame: pd.DataFrame, columns: tuple[str, ...]) -> tuple[dict[str, Any], ...]:
    """Return the first rows of a frame as evidence."""
    shown = frame[[name for name in columns if name in frame.columns]].head(EVIDENCE_ROWS)
    return tuple(plain({str(name): value for name, value in row.items()}) for row in shown.to_dict("records"))
