"""What the pack of a post-mortem holds: the same sentences and tables as its page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.i18n import _
from dashboard.packs.contents import Pack, Part, PointPage, safe_text
from dashboard.views import postmortem as views
from dashboard.views import postmortem_across as across
from dashboard.views import postmortem_but_for as both
from dashboard.views import postmortem_tables as tables

if TYPE_CHECKING:
    from datetime import date

    from analytics.postmortem.result import PostMortem


def postmortem_pack(mortem: PostMortem, day: date, names: dict[str, str]) -> Pack:
    """Return what the pack of a post-mortem says, as known on a day.

    Parameters
    ----------
    names
        Names of projects by their ids, for the comparables.
    """
    rows = views.account_rows(mortem)
    opening = [
        views.subtitle_of(mortem),
        views.verdict(mortem),
        views.consequence(mortem),
        *views.sentences(mortem),
        views.adds_up_sentence(mortem),
        _("People appear by role. Causes are contributions, not liability."),
    ]
    return Pack(
        title=safe_text(_("Post-mortem of {project}").format(project=views.title_of(mortem))),
        day=day,
        opening=tuple(safe_text(text) for text in opening if text),
        points=tuple(_points(mortem)),
        parts=tuple(_parts(mortem, names)),
        bars=tuple((safe_text(label), float(weeks)) for label, weeks in zip(rows["label"], rows["weeks"], strict=True)),
        bars_heading=_("Weeks by cause"),
        bars_label=_("Cause"),
    )


def _points(mortem: PostMortem) -> list[PointPage]:
    points = [
        (_("When it could have been known"), [tables.reported_sentence(mortem), tables.signs_sentence(mortem)]),
        (_("But for"), [both.methods_sentence(mortem), both.joint_sentence()]),
        (_("What it cost people"), [tables.left_sentence(mortem), tables.support_sentence(mortem)]),
        (_("Requirements and comparables"), [
            across.requirements_sentence(mortem.requirements),
            across.comparables_sentence(mortem),
        ]),
    ]  # fmt: skip
    return [PointPage(heading, tuple(safe_text(text) for text in texts if text)) for heading, texts in points]


def _parts(mortem: PostMortem, names: dict[str, str]) -> list[Part]:
    found = mortem.requirements
    parts = [
        Part("account", _("Account"), views.account_table(mortem)),
        Part("windows", _("Windows"), views.windows_table(mortem)),
        Part("but_for", _("But for"), both.but_for_table(mortem)),
        Part("joint", _("Joint credit"), both.joint_table(mortem)),
        Part("signs", _("Signs"), tables.signs_table(mortem)),
        Part("actions", _("Actions"), tables.actions_table(mortem)),
        Part("costs", _("What it cost people"), tables.costs_table(mortem)),
        Part("outcomes", _("What it brought"), tables.outcomes_table(mortem)),
        Part("requests_by_phase", _("Requests by phase"), across.requests_table(found.by_phase, "phase")),
        Part("requests_by_reason", _("Requests by reason"), across.requests_table(found.by_cause, "cause")),
        Part("departments", _("Departments"), across.departments_table(found.by_department)),
        Part("comparables", _("Comparables"), across.comparables_table(mortem, names)),
        Part("weeks", _("Week by week"), tables.weeks_table(mortem)),
    ]
    return [part for part in parts if part.rows.shape[1]]
