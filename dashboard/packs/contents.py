"""What a pack holds: titles, sentences and tables, made once from the frozen review for every kind of file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from dashboard.i18n import _
from dashboard.shown import in_text
from dashboard.views import review as views
from dashboard.views import review_decisions, review_figures, words
from dashboard.views.rows import neutralised
from dashboard.views.typed import texts_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    import pandas as pd

#: So many projects stand in the chart: more bars can't be read on a slide.
CHARTED_COUNT: Final = 10


@dataclass(frozen=True)
class Part:
    """A table: its name in files, its heading, and its rows with numbers and days as such."""

    name: str
    heading: str
    rows: pd.DataFrame

    @property
    def texts(self) -> pd.DataFrame:
        """Return the rows in words, harmless wherever they are shown."""
        return texts_of(self.rows).map(lambda value: safe_text(words.none_text() if words.is_unknown(value) else value))


@dataclass(frozen=True)
class PointPage:
    """One point of the agenda: what it is about, and a sentence for each sign."""

    heading: str
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class Pack:
    """Everything that a pack says."""

    title: str
    day: date
    opening: tuple[str, ...]
    points: tuple[PointPage, ...]
    parts: tuple[Part, ...]
    bars: tuple[tuple[str, float], ...]
    bars_heading: str
    #: What the names of the bars are.
    bars_label: str = ""


def safe_text(value: Any) -> str:
    """Return a text that obeys nobody: no order of a terminal, and no formula of a spreadsheet."""
    return str(neutralised(in_text(str(value))))


def pack_of(
    head: Any,
    content: Mapping[str, Any],
    decisions: Sequence[Mapping[str, Any]],
    announced: Sequence[Mapping[str, Any]] = (),
) -> Pack:
    """Return what the pack of a review says.

    Parameters
    ----------
    decisions
        Decisions that were recorded at this review, followed up as far as is known.
    announced
        Dates that were announced at it, after its figures were frozen.
    """
    names = views.names_of(content)
    verified = content["verified"]
    attending = ", ".join(f"{one.name} ({one.role})" for one in head.attendees)
    opening = [
        _("Figures verified: {what}.").format(what="; ".join(review_figures.verified_sentences(verified))),
        _("Publication {file}, frozen {moment}.").format(
            file=content["publication"], moment=words.moment_text(head.opened_at)
        ),
        _("Attending: {names}").format(names=attending) if attending else "",
        review_decisions.score_sentence(content["score"]),
    ]
    points = [
        PointPage(
            safe_text(f"{place}. {views.point_title(point, names)}"),
            tuple(safe_text(text) for text in views.point_sentences(point)),
        )
        for place, point in enumerate(content["agenda"], start=1)
    ]
    return Pack(
        title=_("Review of {day}").format(day=words.date_text(head.as_of_date)),
        day=head.as_of_date,
        opening=tuple(safe_text(text) for text in opening if text),
        points=tuple(points),
        parts=tuple(_parts(content, decisions, announced, names)),
        bars=tuple(_bars(content)),
        bars_heading=_("Expected person-weeks of delay"),
    )


def _parts(
    content: Mapping[str, Any],
    decisions: Sequence[Mapping[str, Any]],
    announced: Sequence[Mapping[str, Any]],
    names: Mapping[str, str],
) -> list[Part]:
    verified = content["verified"]
    return [
        Part("agenda", _("Agenda"), views.agenda_table(content)),
        Part("projects", _("Projects and announced dates"), review_figures.projects_table(content)),
        Part("announced", _("Announced at this review"), review_figures.announced_table(announced, names)),
        Part("decisions", _("Decisions of this review"), review_decisions.decisions_table(decisions, names)),
        Part(
            "earlier_decisions", _("Earlier decisions"), review_decisions.decisions_table(content["decisions"], names)
        ),
        Part("filing", _("Timesheets filed by team"), review_figures.filing_table(verified)),
        Part("overdue_reports", _("Status reports to ask for"), review_figures.send_list_table(verified)),
        Part("restated", _("Restated weeks by file"), review_figures.restated_table(verified)),
    ]


def _bars(content: Mapping[str, Any]) -> list[tuple[str, float]]:
    rows = [one for one in content["projects"] if one["expected_delay_person_weeks"] is not None]
    return [
        (safe_text(one["project_name"] or one["project_id"]), float(one["expected_delay_person_weeks"]))
        for one in rows[:CHARTED_COUNT]
    ]
