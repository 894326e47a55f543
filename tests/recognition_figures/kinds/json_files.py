"""JSON as systems and scripts hand it over."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from tests.recognition_figures.kinds.case import Case
from tests.recognition_figures.kinds.firm import FIRMS, iso, true_hours

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_Rows = list[tuple[str, str, int, float]]


def json_files() -> Iterator[Case]:
    """Return each shape of JSON for some languages."""
    for firm in FIRMS:
        rows = firm.rows(10)
        for name, make in _SHAPES.items():
            text, suffix = make(rows)
            yield Case("json", f"{name} {firm.code}", f"{firm.code}.{suffix}", text, true_hours(rows), _SAID)
        labels = (firm.date, firm.person, firm.project, firm.hours)
        own = [dict(zip(labels, (iso(day), p, project, h), strict=True)) for p, project, day, h in rows]
        text = json.dumps(own, ensure_ascii=False)
        yield Case("json", f"own labels {firm.code}", f"{firm.code}_own.json", text, true_hours(rows), _SAID)


_SAID: Final = {"unit.*": "seconds", "time_zone": "UTC"}


def _flat(rows: _Rows) -> tuple[str, str]:
    plain = [{"date": iso(day), "employee": p, "project": project, "hours": h} for p, project, day, h in rows]
    return json.dumps(plain, ensure_ascii=False), "json"


def _lines(rows: _Rows) -> tuple[str, str]:
    plain = [{"workDate": iso(day), "userName": p, "projectName": project, "hours": h} for p, project, day, h in rows]
    return "\n".join(json.dumps(one, ensure_ascii=False) for one in plain), "jsonl"


def _nested(rows: _Rows) -> tuple[str, str]:
    plain: list[dict[str, Any]] = [
        {"id": number, "user": {"name": p}, "project": {"name": project}, "date": iso(day), "hours": h}
        for number, (p, project, day, h) in enumerate(rows, start=1)
    ]
    return json.dumps({"time_entries": plain, "page": 1, "total": len(plain)}, ensure_ascii=False), "json"


def _worklogs(rows: _Rows) -> tuple[str, str]:
    plain = [
        {
            "tempoWorklogId": number,
            "author": {"displayName": p},
            "project": {"key": project},
            "startDate": iso(day),
            "timeSpentSeconds": round(h * 3600),
        }
        for number, (p, project, day, h) in enumerate(rows, start=1)
    ]
    return json.dumps({"results": plain}, ensure_ascii=False), "json"


def _moments(rows: _Rows) -> tuple[str, str]:
    plain = [
        {
            "member": p,
            "project": project,
            "started_at": f"{iso(day)}T08:00:00Z",
            "ended_at": f"{iso(day)}T{8 + int(h):02}:{round(60 * (h % 1)):02}:00Z",
        }
        for p, project, day, h in rows
    ]
    return json.dumps(plain, ensure_ascii=False), "json"


_SHAPES: Final[dict[str, Callable[[_Rows], tuple[str, str]]]] = {
    "flat": _flat,
    "lines": _lines,
    "nested": _nested,
    "worklogs": _worklogs,
    "moments": _moments,
}
