"""``golive alerts``: what is told without being asked, answers to it, and whether messages get through."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from dashboard.answers.viewers import local_viewer
from dashboard.commands.common import (
    HomeOption,
    JsonOption,
    home_of,
    open_home,
    parse_date,
    print_json,
    progress,
    rows_of,
    table,
)
from dashboard.commands.console import output
from dashboard.i18n import _
from data import clock

if TYPE_CHECKING:
    from pathlib import Path

    from dashboard.delivery.outbox import Outcome
    from data.journal import Alert

alerts_app = typer.Typer(
    name="alerts",
    help=_("Show alerts, acknowledge or snooze them, and test how they are sent."),
    no_args_is_help=True,
    add_completion=False,
)

NumberArgument = Annotated[int, typer.Argument(metavar="ALERT", min=1, help=_("Number of the alert."))]
ReasonOption = Annotated[str, typer.Option("--reason", help=_("Why, in a few words; kept in the journal."))]
SeenOption = Annotated[
    int | None,
    typer.Option("--seen", metavar="VERSION", help=_("Version that you have seen.")),
]


@alerts_app.command("show")
def show_command(
    is_all: Annotated[bool, typer.Option("--all", help=_("Also those that are answered or over."))] = False,
    home: HomeOption = None,
    is_json: JsonOption = False,
) -> None:
    """Show alerts that wait for somebody, how often each rule was right, and what could not be sent.

    Examples
    --------

        golive alerts show

        golive alerts show --all --json
    """  # noqa: D412 - the help page shows the lines as they stand
    where, file = open_home(home)
    from dashboard.answers import alerts as answers  # noqa: PLC0415 - its libraries are slow to load
    from dashboard.delivery.outbox import undelivered  # noqa: PLC0415 - as above

    viewer, day = local_viewer(), clock.today()
    known = answers.alerts(where, viewer)
    followed = {one.alert_id for one in answers.answered_by_decision(where, known, day)}
    found = known if is_all else answers.unanswered(where, known, day)
    precision = answers.precision(where, viewer)
    stuck = undelivered(where)
    if is_json:
        print_json(
            {
                "alerts": [{**answers.plain_alert(one, day), "is_followed": one.alert_id in followed} for one in found],
                "precision": [{**vars(one), "open_count": one.open_count, "share": one.share} for one in precision],
                "not_sent": [
                    {
                        "channel": one.channel.name,
                        "waiting_count": len(one.due),
                        "given_up_count": len(one.given_up),
                        "why": one.why,
                    }
                    for one in stuck
                ],
            }
        )
        return
    _print(found, file, followed)
    from dashboard.views import alerts as views  # noqa: PLC0415 - as above

    for one in precision:
        output.print(views.precision_sentence(one), markup=False, soft_wrap=True)
    held_before = views.held_before_sentence(sum(one.is_old for one in known))
    if held_before:
        output.print(held_before, markup=False, soft_wrap=True)
    for left in stuck:
        count = len(left.due) + len(left.given_up)
        output.print(views.channel_sentence(left.channel.name, count, left.why), markup=False, soft_wrap=True)


@alerts_app.command("acknowledge")
def acknowledge_command(
    number: NumberArgument,
    reason: ReasonOption = "",
    is_needless: Annotated[bool, typer.Option("--nothing-to-do", help=_("It needed no action."))] = False,
    seen: SeenOption = None,
    home: HomeOption = None,
    is_json: JsonOption = False,
) -> None:
    """Say that an alert was read and acted on, or that there is nothing to do. It is not told again while it lasts.

    Examples
    --------

        golive alerts acknowledge 4 --reason "second team from Monday on"

        golive alerts acknowledge 5 --nothing-to-do --reason "timesheets come on paper this week"
    """  # noqa: D412 - the help page shows the lines as they stand
    where = home_of(home)
    from data.journal import acknowledge  # noqa: PLC0415 - as above

    version = acknowledge(where, local_viewer().name, number, reason, is_acted=not is_needless, seen_version=seen)
    _done(_("Alert {number} is acknowledged.").format(number=number), number, version, is_json=is_json)


@alerts_app.command("snooze")
def snooze_command(
    number: NumberArgument,
    until: Annotated[str, typer.Option("--until", metavar="DATE", help=_("Day from which it is open again."))],
    reason: ReasonOption = "",
    seen: SeenOption = None,
    home: HomeOption = None,
    is_json: JsonOption = False,
) -> None:
    """Leave an alert alone until a day; then it is open again, if it still lasts.

    Examples
    --------

        golive alerts snooze 4 --until 2026-12-14 --reason "decided in the next review"
    """  # noqa: D412 - the help page shows the lines as they stand
    day = parse_date(until, "--until")
    where = home_of(home)
    from data.journal import snooze  # noqa: PLC0415 - as above

    if day is None or day <= clock.today():
        raise typer.BadParameter(_("Give a day that lies ahead."), param_hint="--until")
    version = snooze(where, local_viewer().name, number, day, reason, seen_version=seen)
    _done(_("Alert {number} is snoozed.").format(number=number), number, version, is_json=is_json)


@alerts_app.command("test-delivery")
def try_delivery_command(
    channel: Annotated[
        str | None, typer.Argument(metavar="[CHANNEL]", help=_("Name of the channel; default: all of them."))
    ] = None,
    home: HomeOption = None,
    is_json: JsonOption = False,
) -> None:
    """Send a test message on a channel of alerts.toml, and say what came of it.

    Examples
    --------

        golive alerts test-delivery

        golive alerts test-delivery team-chat
    """  # noqa: D412 - the help page shows the lines as they stand
    where = home_of(home)
    from dashboard.delivery.outbox import tested  # noqa: PLC0415 - as above

    _outcomes(tested(where, channel), is_json=is_json)


@alerts_app.command("deliver")
def deliver_command(home: HomeOption = None, is_json: JsonOption = False) -> None:
    """Send what is due now; publishing does so by itself.

    Examples
    --------

        golive alerts deliver
    """  # noqa: D412 - the help page shows the lines as they stand
    where, _file = open_home(home)
    from dashboard.delivery.outbox import deliver  # noqa: PLC0415 - as above

    _outcomes(deliver(where), is_json=is_json)


@alerts_app.command("replay")
def replay_command(
    weeks: Annotated[int, typer.Option("--weeks", min=1, max=260, help=_("So many weeks up to the newest day."))] = 52,
    home: HomeOption = None,
    is_json: JsonOption = False,
) -> None:
    """Look at past weeks as known then: alerts per week, how many proved right, none twice. Nothing is written.

    Examples
    --------

        golive alerts replay

        golive alerts replay --weeks 12 --json
    """  # noqa: D412 - the help page shows the lines as they stand
    _where, file = open_home(home)
    from dashboard.answers.alert_replay import replayed  # noqa: PLC0415 - as above

    with progress(is_quiet=is_json) as show:
        found = replayed(file, local_viewer(), weeks, show)
    if is_json:
        print_json(
            {
                "weeks": rows_of(found.weeks),
                "rules": [vars(one) for one in found.judged],
                "repeated_count": found.repeated_count,
                "alerts": [
                    {"rule": one.rule_name, "subject": one.subject, "day": f"{one.day:%Y-%m-%d}", **one.figures}
                    for one in found.told
                ],
            }
        )
        return
    from dashboard.views.alerts import replay_sentence, replay_table  # noqa: PLC0415 - as above

    rows = replay_table(found.judged)
    cells = [[str(cell) for cell in row] for row in rows.itertuples(index=False)]
    output.print(table(_("Alerts of past weeks"), [(str(name), "left") for name in rows.columns], cells))
    output.print(replay_sentence(found.weeks, found.repeated_count), markup=False, soft_wrap=True)


def _outcomes(found: list[Outcome], *, is_json: bool) -> None:
    """Print what came of sending; a failure ends with 1."""
    if is_json:
        print_json([vars(one) for one in found])
    elif not found:
        output.print(_("Nothing is due, or no channel is set up."), markup=False)
    else:
        rows = [[one.channel_name, one.why or _("sent")] for one in found]
        output.print(table(_("Delivery"), [(_("Channel"), "left"), (_("Outcome"), "left")], rows))
    if any(one.why for one in found):
        raise typer.Exit(1)


def _done(sentence: str, number: int, version: int, *, is_json: bool) -> None:
    if is_json:
        print_json({"alert_id": number, "version": version})
    else:
        output.print(sentence, markup=False, soft_wrap=True)


def _print(found: list[Alert], file: Path, followed: set[int]) -> None:
    from dashboard.answers.alerts import names_of  # noqa: PLC0415 - as above
    from dashboard.views import alerts as views  # noqa: PLC0415 - as above

    if not found:
        output.print(views.headline(0, 0), markup=False)
        return
    rows = views.alerts_table(found, names_of(file), clock.today(), followed)
    cells: list[list[str]] = [[str(cell) for cell in row] for row in rows.itertuples(index=False)]
    output.print(table(_("Alerts"), [(str(name), "left") for name in rows.columns], cells))
