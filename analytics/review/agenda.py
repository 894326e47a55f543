"""The agenda: signs of one project or team together, ranked, as many as fit in the hour."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Any, Final

from analytics.review import delay_signs, people_signs
from analytics.review.announcing import Band
from analytics.review.items import STATE_BITS, Sign, plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from analytics.review.frames import AgendaFrames

#: Minutes of a review, and what of them is left for opening and closing.
HOUR_MINUTES: Final = 60
FRAME_MINUTES: Final = 8
#: What a point takes: reading it, and speaking of each further sign.
_FIRST_MINUTES: Final = 4
_MORE_MINUTES: Final = 1
_MOST_MINUTES: Final = 8
#: Where something must be decided or announced it takes longer.
_DECIDING: Final = {"promise": 2, "decision": 2, "moved": 1, "contradicted": 1}
#: Further signs of the same project add to its rank, but less than the first one.
_FURTHER_PART: Final = 0.5
#: What stood on the last agenda already and has not changed is worth this part of its first time.
_SEEN_PART: Final = 0.6
#: A point below this score is no news.
_LEAST_SCORE: Final = 1.0


@dataclass(frozen=True)
class Point:
    """One point of the agenda: a project or team with everything that is to be said of it, the gravest first."""

    subject: str
    signs: tuple[Sign, ...]
    score: float
    minutes: int
    seen_count: int

    @property
    def key(self) -> str:
        """Return what names the point in links and decisions."""
        return self.subject

    @property
    def kind(self) -> str:
        """Return the kind of the gravest sign."""
        return self.signs[0].kind


@dataclass(frozen=True)
class Agenda:
    """Points that fit in the hour, and the rest."""

    points: tuple[Point, ...]
    rest: tuple[Point, ...]

    @property
    def minutes(self) -> int:
        """Return how long the points take."""
        return sum(point.minutes for point in self.points)


def agenda(frames: AgendaFrames, band: Band | None = None, *, minutes: int = HOUR_MINUTES) -> Agenda:
    """Return the agenda of a review: ranked by expected harm and how unusual the change is."""
    by_subject: dict[str, list[Sign]] = {}
    for sign in signs(frames, band or Band()):
        by_subject.setdefault(sign.subject, []).append(sign)
    found = [_point(subject, own, frames.seen) for subject, own in by_subject.items()]
    ranked = sorted((one for one in found if one.score >= _LEAST_SCORE), key=lambda one: (-one.score, one.subject))
    return _fitting(ranked, minutes - FRAME_MINUTES)


def signs(frames: AgendaFrames, band: Band) -> Iterator[Sign]:
    """Give every sign, in no order that means anything."""
    return chain(
        delay_signs.moved(frames),
        delay_signs.contradicted_reports(frames),
        delay_signs.promises(frames, band),
        delay_signs.requests(frames),
        delay_signs.standstill(frames),
        people_signs.silent_teams(frames),
        people_signs.overload(frames),
        people_signs.long_away(frames),
        people_signs.junior_alone(frames),
        people_signs.crunch(frames),
        people_signs.replaced(frames),
        people_signs.spread_thin(frames),
        people_signs.cover(frames),
        people_signs.presence(frames),
        people_signs.restated(frames),
        decided(frames.decisions),
    )


def decided(decisions: Sequence[Mapping[str, Any]]) -> Iterator[Sign]:
    """Give open decisions that are due, must be looked at again, or are contradicted by what came."""
    for one in decisions:
        reasons = [name for name in ("must_look", "is_contradicted") if one[name]]
        if one["due"] in {"overdue", "due"}:
            reasons.insert(0, one["due"])
        if not reasons:
            continue
        bits = STATE_BITS * (2 if "is_contradicted" in reasons or "overdue" in reasons else 1)
        names = ("decision_id", "title", "owner_name", "due_date")
        subject = f"project:{one['project_id']}" if one["project_id"] else "firm"
        figures = plain({**{name: one[name] for name in names}, "reasons": reasons})
        yield Sign("decision", subject, 6.0, bits, figures)


def _point(subject: str, own: list[Sign], seen: Mapping[str, int]) -> Point:
    def worth(sign: Sign) -> float:
        return float(sign.score * _SEEN_PART ** min(seen.get(sign.key, 0), 4))

    # Three decisions on one project are one kind of sign: the kind counts once, so that talk does not outweigh harm.
    ordered = sorted(own, key=lambda sign: (-worth(sign), sign.kind))
    best: dict[str, float] = {}
    for sign in ordered:
        best.setdefault(sign.kind, worth(sign))
    scores = sorted(best.values(), reverse=True)
    minutes = _FIRST_MINUTES + _DECIDING.get(ordered[0].kind, 0) + _MORE_MINUTES * (len(best) - 1)
    return Point(
        subject,
        tuple(ordered),
        round(scores[0] + _FURTHER_PART * sum(scores[1:]), 4),
        min(minutes, _MOST_MINUTES),
        min(seen.get(sign.key, 0) for sign in ordered),
    )


def _fitting(ranked: list[Point], minutes: int) -> Agenda:
    """Take points in their order until the time is up; a short point does not jump a long one that is worse."""
    taken, left = 0, minutes
    for point in ranked:
        if point.minutes > left:
            break
        left -= point.minutes
        taken += 1
    return Agenda(tuple(ranked[:taken]), tuple(ranked[taken:]))
