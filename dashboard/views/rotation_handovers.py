"""Handovers of a plan as a table and as check lists, chances of being late before and after, and costs of travel."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

import pandas as pd

from dashboard.i18n import _
from dashboard.views.words import (
    amount_text,
    chance_text,
    date_text,
    none_text,
    number_text,
    plain_words,
    signed_number_text,
)

if TYPE_CHECKING:
    from datetime import date

    from analytics.rotation.fares import Journeys
    from analytics.rotation.handovers import HandoverList
    from dashboard.views.rotation import RosterView

_MOST_REQUESTS: Final = 8
#: A working week.
_DAYS: Final = 5


def last_day(view: RosterView, one: HandoverList) -> date:
    """Return the Sunday of the leaver's last week."""
    return view.problem.weeks[0] + timedelta(weeks=one.handover.last_week, days=6)


def title(view: RosterView, one: HandoverList) -> str:
    """Return the name of a handover."""
    names = (view.project(one.handover.project), view.person(one.handover.person))
    return ", ".join([*names, date_text(last_day(view, one))])


def handover_table(view: RosterView, lists: list[HandoverList]) -> pd.DataFrame:
    """Return one row for each handover, by day."""
    rows = [
        (
            date_text(last_day(view, one)),
            view.project(one.handover.project),
            view.person(one.handover.person),
            takers_text(view, one),
            str(_DAYS * one.handover.overlap_weeks) if one.handover.successors else none_text(),
            str(len(one.request_ids)),
            _alone_text(one),
        )
        for one in lists
    ]
    names = [
        _("Until"),
        _("Site"),
        _("Leaves"),
        _("Takes over"),
        _("Days together"),
        _("Open requests"),
        _("Of those on site only the leaver knows"),
    ]
    return pd.DataFrame(rows, columns=names, dtype="object")


def takers_text(view: RosterView, one: HandoverList) -> str:
    """Return who takes over, else who stays."""
    found = one.handover
    if found.successors:
        return ", ".join(view.person(person) for person in found.successors)
    if found.remaining:
        return _("{people} (stay)").format(people=", ".join(view.person(person) for person in found.remaining[:3]))
    return _("nobody: the site stays open")


def _alone_text(one: HandoverList) -> str:
    parts = [_("the project")] if one.handover.is_only_one else []
    return ", ".join([*parts, *(plain_words(name) for name in one.activities)]) or none_text()


def check_list(view: RosterView, one: HandoverList) -> list[str]:
    """Return what is to be done before a stint ends, as sentences to tick."""
    found = one.handover
    leaver, day = view.person(found.person), date_text(last_day(view, one))
    lines = [_together_text(one)]
    if found.is_only_one:
        lines.append(_("Nobody else who is on site knows the project: show them around before {day}").format(day=day))
    if one.activities:
        lines.append(
            _("{person} alone has worked on {activities} in the last half year: write down and show").format(
                person=leaver, activities=", ".join(plain_words(name) for name in one.activities)
            )
        )
    if one.request_ids:
        shown = ", ".join(one.request_ids[:_MOST_REQUESTS])
        rest = len(one.request_ids) - _MOST_REQUESTS
        more = _(" and {count} more").format(count=rest) if rest > 0 else ""
        lines.append(_("Requests that are open: {ids}").format(ids=f"{shown}{more}"))
    lines += [
        _("Documents: settings, interfaces, test cases, and where they are kept"),
        _("The client: who decides, who tests, what was promised by word of mouth"),
        _("Access: accounts and badges of {person} end on {day}").format(person=leaver, day=day),
    ]
    return lines


def _together_text(one: HandoverList) -> str:
    weeks = one.handover.overlap_weeks
    if not one.handover.successors:
        return _("Nobody begins in these weeks: say who answers the client")
    if not weeks:
        return _("No day together is planned: agree on two days on site, or on calls")
    return _("{count} working days together are planned").format(count=_DAYS * weeks)


def check_rows(view: RosterView, lists: list[HandoverList]) -> list[list[object]]:
    """Return the check lists as rows: day, site, leaver, who takes over, a box to tick, what is to be done."""
    return [
        [
            last_day(view, one),
            view.project(one.handover.project),
            view.person(one.handover.person),
            takers_text(view, one),
            "☐",
            text,
        ]
        for one in lists
        for text in check_list(view, one)
    ]


def late_table(view: RosterView, rows: pd.DataFrame) -> pd.DataFrame:
    """Return each project's chance of being late under the roster and under the proposal."""
    places = {own: place for place, own in enumerate(view.problem.project_ids)}
    made = [
        (
            view.project(places[str(row["project_id"])]),
            amount_text(row["open_weeks_before"]),
            amount_text(row["open_weeks_after"]),
            chance_text(row["late_before"]),
            chance_text(row["late_after"]),
            signed_number_text(100 * (row["late_after"] - row["late_before"])),
        )
        for row in rows.to_dict("records")
    ]
    names = [
        _("Site"),
        _("Open now"),
        _("Open then"),
        _("Late, open weeks of now"),
        _("Late, open weeks then"),
        _("Points"),
    ]
    return pd.DataFrame(made, columns=names, dtype="object")


def journey_rows(before: Journeys, after: Journeys) -> list[tuple[str, str, str, str]]:
    """Return journeys and what they cost, for the figures before and after."""
    rows = [
        (
            _("Journeys"),
            number_text(before.count),
            number_text(after.count),
            signed_number_text(after.count - before.count, 0),
        )
    ]
    for code in sorted(before.amounts.keys() | after.amounts.keys()):
        was, now = round(before.amounts.get(code, 0.0)), round(after.amounts.get(code, 0.0))
        name = _("Fares by own trips, {currency}").format(currency=code)
        rows.append((name, number_text(was), number_text(now), signed_number_text(now - was, 0)))
    if before.unknown_count or after.unknown_count:
        rows.append(
            (
                _("Journeys without a known fare"),
                number_text(before.unknown_count),
                number_text(after.unknown_count),
                signed_number_text(after.unknown_count - before.unknown_count, 0),
            )
        )
    return rows
