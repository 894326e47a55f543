"""Risks and issues that Golive proposes from the signs of a review; a person confirms each before it is on record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from data.journal import RaidEntry

#: What is so already is an issue; what may come is a risk. Other signs are matters of the hour, not of a register.
_KINDS: Final = {
    "moved": "risk",
    "contradicted": "risk",
    "promise": "risk",
    "requests": "risk",
    "cover": "risk",
    "presence": "risk",
    "overload": "risk",
    "long_away": "risk",
    "standstill": "issue",
    "junior_alone": "issue",
    "crunch": "issue",
    "replaced": "issue",
}


def proposed(content: Mapping[str, Any], entries: Sequence[RaidEntry]) -> list[dict[str, Any]]:
    """Return the gravest sign of each project on an agenda that no open entry was made of yet.

    Each has ``kind`` (risk or issue), ``project_id``, ``sign_key``, ``sign_kind`` and the sign's ``figures``.
    """
    there = {one.sign_key for one in entries if one.status == "open"}
    found = []
    for point in content["agenda"]:
        signs = [one for one in point["signs"] if one["kind"] in _KINDS] if point["project_id"] else []
        if not signs or any(one["key"] in there for one in signs):
            continue
        found.append(
            {
                "kind": _KINDS[signs[0]["kind"]],
                "project_id": point["project_id"],
                "sign_key": signs[0]["key"],
                "sign_kind": signs[0]["kind"],
                "figures": signs[0]["figures"],
            }
        )
    return found
