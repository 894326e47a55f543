"""Who is who across systems: people and projects that are written in several ways."""

from data.identities.decisions import Decisions, read_decisions, save_decisions
from data.identities.matching import KINDS, Kind, Known, Match, Matches, Suggestion, matches_of
from data.identities.resolving import decide, fill_aliases, listed_in, matches_in, rows_of_each

__all__ = [
    "KINDS",
    "Decisions",
    "Kind",
    "Known",
    "Match",
    "Matches",
    "Suggestion",
    "decide",
    "fill_aliases",
    "listed_in",
    "matches_in",
    "matches_of",
    "read_decisions",
    "rows_of_each",
    "save_decisions",
]
