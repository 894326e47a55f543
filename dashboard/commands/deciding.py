"""``golive review decide``, ``close`` and ``announce``: what people say in a review."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from dashboard.answers.viewers import local_viewer
from dashboard.commands.choosing_reviews import chosen_review, say_done
from dashboard.commands.common import HomeOption, JsonOption, home_of, open_home, parse_date
from dashboard.i18n import _

if TYPE_CHECKING:
    from dashboard.answers.review import Review

_CONDITION: Final = re.compile(r"^(\w+)\s+(above|below)\s+(\S+)$")


_Point = Annotated[str, typer.Argument(metavar="POINT", help=_("Key or number of the point of the agenda."))]
_Title = Annotated[str, typer.Argument(metavar="DECISION", help=_("What was decided."))]
_Owner = Annotated[str, typer.Option("--owner", help=_("Who carries it out."))]
_Due = Annotated[str | None, typer.Option("--due", metavar="DATE", help=_("Until when."))]
_Why = Annotated[str, typer.Option("--why", help=_("Why it was decided."))]
_Alternatives = Annotated[str, typer.Option("--alternatives", help=_("What else was considered."))]
_LookAgain = Annotated[str | None, typer.Option("--look-again", metavar="DATE", help=_("Day on which it comes back."))]
_When = Annotated[
    str | None,
    typer.Option(
        "--when",
        metavar="CONDITION",
        help=_("Condition on which it comes back, for example “finish_p50_date above 2027-07-15”, or free words."),
    ),
]
_By = Annotated[str, typer.Option("--by", help=_("Who decided it, if not the owner."))]
_Scenario = Annotated[
    int | None, typer.Option("--scenario", metavar="NUMBER", help=_("The kept what-if that was chosen."))
]
_Supersedes = Annotated[
    int | None, typer.Option("--supersedes", metavar="NUMBER", help=_("The decision whose place it takes."))
]
_SeenCount = Annotated[
    int | None, typer.Option("--seen", metavar="COUNT", help=_("Decisions at this point that you have seen."))
]
_Review = Annotated[
    int | None, typer.Option("--review", metavar="REVIEW", help=_("Number of the review; default: the newest."))
]


def decide_command(
    point: _Point,
    title: _Title,
    owner: _Owner = "",
    due: _Due = None,
    why: _Why = "",
    alternatives: _Alternatives = "",
    look_again: _LookAgain = None,
    when: _When = None,
    by: _By = "",
    scenario: _Scenario = None,
    supersedes: _Supersedes = None,
    seen: _SeenCount = None,
    review: _Review = None,
    home: HomeOption = None,
    is_json: JsonOption = False,
) -> None:
    """Record a decision at a point of a review, with the forecast without it and, with a scenario, with it.

    Examples
    --------

        golive review decide 2 "Freeze requests after design" --owner "Ana Machado" --due 2026-12-11
    """  # noqa: D412 - the help page shows the lines as they stand
    due_date, again_date = parse_date(due, "--due"), parse_date(look_again, "--look-again")
    where = home_of(home)
    from dashboard.answers.review import Words, decide  # noqa: PLC0415 - its libraries are slow to load

    found = chosen_review(where, review)
    words = Words(
        title=title,
        owner_name=owner,
        due_date=due_date,
        why=why,
        alternatives=alternatives,
        review_date=again_date,
        condition=_condition(when),
        asserted_by=by,
        scenario_id=scenario,
        supersedes_id=supersedes,
    )
    number = decide(where, local_viewer(), found.head.review_id, _key(found, point), words, seen_count=seen)
    say_done(_("Decision {number} is recorded.").format(number=number), {"decision_id": number}, is_json=is_json)


def close_command(
    number: Annotated[int, typer.Argument(metavar="DECISION", min=1, help=_("Number of the decision."))],
    is_dropped: Annotated[bool, typer.Option("--not-done", help=_("It was not carried out."))] = False,
    is_reopened: Annotated[bool, typer.Option("--reopen", help=_("Open it again."))] = False,
    note: Annotated[str, typer.Option("--note", help=_("What is to be said of it."))] = "",
    seen: Annotated[
        int | None,
        typer.Option("--seen", metavar="VERSION", help=_("Version that you have seen.")),
    ] = None,
    home: HomeOption = None,
    is_json: JsonOption = False,
) -> None:
    """Say that a decision was carried out, or not; the finish is put beside both forecasts.

    Examples
    --------

        golive review close 4

        golive review close 4 --not-done --note "no second team was free"
    """  # noqa: D412 - the help page shows the lines as they stand
    if is_dropped and is_reopened:
        raise typer.BadParameter(_("Choose one of both."), param_hint="--not-done, --reopen")
    where, file = open_home(home)
    from dashboard.answers.review import close  # noqa: PLC0415 - as above

    if is_reopened:
        from data.journal import reopen_decision  # noqa: PLC0415 - as above

        version = reopen_decision(where, local_viewer().name, number, note=note)
    else:
        version = close(where, file, local_viewer(), number, "dropped" if is_dropped else "done", note, seen=seen)
    say_done(
        _("Decision {number} is changed (version {version}).").format(number=number, version=version),
        {"decision_id": number, "version": version},
        is_json=is_json,
    )


def announce_command(
    project: Annotated[str, typer.Argument(metavar="PROJECT", help=_("Id of the project."))],
    day: Annotated[str, typer.Argument(metavar="DATE", help=_("The finish that was announced."))],
    by: Annotated[str, typer.Option("--by", help=_("Who announced it."))] = "",
    said: Annotated[
        str | None, typer.Option("--said", metavar="DATE", help=_("Day of the announcement; default: the newest."))
    ] = None,
    note: Annotated[str, typer.Option("--note", help=_("What was said with it."))] = "",
    home: HomeOption = None,
    is_json: JsonOption = False,
) -> None:
    """Record the finish that was announced to a client; Golive says how likely it is kept.

    Examples
    --------

        golive review announce P-7 2027-03-31 --by "Ana Machado"
    """  # noqa: D412 - the help page shows the lines as they stand
    announced, said_date = parse_date(day, "DATE"), parse_date(said, "--said")
    where, file = open_home(home)
    from dashboard.answers.review import announce  # noqa: PLC0415 - as above
    from dashboard.views.words import chance_text, date_text  # noqa: PLC0415 - as above

    if announced is None:  # DATE is an argument: typer has refused its absence
        raise typer.BadParameter(_("Give a day."), param_hint="DATE")
    viewer = local_viewer()
    chance = announce(where, file, viewer, project, announced, by or viewer.name, said_date=said_date, note=note)
    say_done(
        _("{project}: {day} is announced; the chance of keeping it is {chance}.").format(
            project=project, day=date_text(announced), chance=chance_text(chance)
        ),
        {"project_id": project, "announced_date": announced, "kept_probability": chance},
        is_json=is_json,
    )


def _condition(text: str | None) -> dict[str, Any]:
    if not text:
        return {}
    found = _CONDITION.match(text.strip())
    return dict(zip(("measure", "is", "value"), found.groups(), strict=True)) if found else {"text": text}


def _key(review: Review, text: str) -> str:
    """Return the key of a point that was named by its key or its number on the agenda."""
    points = review.content["agenda"]
    if text.isdigit() and 1 <= int(text) <= len(points):
        return str(points[int(text) - 1]["key"])
    return text
