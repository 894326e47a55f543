"""Alerts: the rules looked at when data are published, what stands, and how often telling was right."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

import duckdb
import pandas as pd

from analytics.alerts.precision import Precision, precisions
from analytics.alerts.readings import AlertFrames, readings
from analytics.alerts.rules import AlertRules, AlertRulesError, alert_rules
from analytics.alerts.steps import Raised, Standing, step
from analytics.delay.progress_model.fitting import MODEL_VERSION
from dashboard.answers.data_state import filing_by_team
from dashboard.answers.days import known_week
from dashboard.answers.door import home_of, read
from dashboard.answers.known_rows import PEOPLE
from dashboard.answers.portfolio import forecast, forecast_week_ago, projects
from dashboard.answers.project import change_requests
from dashboard.answers.review_decisions import followed, promises_now
from dashboard.answers.review_frames import presence_near
from dashboard.answers.strain import strain_costs
from dashboard.i18n import _
from data.alert_settings import ALERTS_FILE, alerts_table
from data.problems import GoliveError
from data.strain_method import MethodFileError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date
    from pathlib import Path

    from dashboard.answers.viewers import Viewer
    from data.home import Home
    from data.journal import Alert, Decision, Look

#: Medians are looked back on so far at most; a rule may say fewer weeks.
_SAID_WEEKS: Final = 52
#: A decision within so many days after an alert about its project counts as acting on it.
_ACTED_DAYS: Final = 28
#: Others answer alerts meanwhile: then the look is taken again, so often.
_TRIES: Final = 3
#: Rules whose figures count people; who sees some teams only gets those of their teams.
_OF_PEOPLE: Final = frozenset({"level", "filing", "presence"})
_SAID_COLUMNS: Final = ("project_id", "as_of_date", "finish_p50_date", "is_alert")


def rules_in_force(home: Home) -> AlertRules:
    """Return the rules of a home.

    Raises
    ------
    MethodFileError
        ``alerts.toml`` can't be read or followed.
    """
    try:
        return alert_rules(alerts_table(home))
    except AlertRulesError as error:
        raise MethodFileError(str(error), _("Mend {file} in the home folder.").format(file=ALERTS_FILE.name)) from error


def look(file: Path, viewer: Viewer, as_of_date: date) -> Look:
    """Look at all rules on a day and write down what changed; return it.

    Raises
    ------
    GoliveError
        The rules or the journal can't be read or written.
    """
    from data.journal import keep_look, looked_rules, read_alerts  # noqa: PLC0415 - its libraries are slow to load

    home = home_of(file)
    rules = rules_in_force(home)
    for _try in range(_TRIES):
        known = read_alerts(home)
        found = readings(_frames(home, file, viewer, as_of_date, known), rules)
        change = step(rules, found, standing_of(known), pd.Timestamp(as_of_date), looked_before=looked_rules(home))
        made = _look(file, as_of_date, list(found), rules, change.raised)
        made = replace(made, ended_ids=change.ended, returned_ids=change.returned)
        if keep_look(home, made):
            return made
    raise GoliveError(_("Alerts changed while they were looked at."), _("Run `golive publish --again`."))


def _look(file: Path, day: date, names: Sequence[str], rules: AlertRules, raised: Sequence[Raised]) -> Look:
    from data import journal  # noqa: PLC0415 - as above

    alerts = [
        journal.NewAlert(
            one.rule_name,
            one.subject,
            one.value,
            {
                **one.figures,
                "before": one.before,
                "raise_at": rules.rules[one.rule_name].raise_at,
                "release_at": rules.rules[one.rule_name].release_at,
                **({"is_old": True} if one.is_old else {}),
            },
        )
        for one in raised
    ]
    return journal.Look(day, file.name, names, alerts)


def standing_of(alerts: Sequence[Alert]) -> list[Standing]:
    """Return the newest alert of each rule and subject."""
    newest: dict[tuple[str, str], Standing] = {}
    for one in alerts:
        ended = None if one.ended_date is None else pd.Timestamp(one.ended_date)
        stands = Standing(one.alert_id, one.rule_name, one.subject_key, pd.Timestamp(one.as_of_date), ended)
        newest.setdefault((one.rule_name, one.subject_key), stands)
    return list(newest.values())


def _frames(home: Home, file: Path, viewer: Viewer, day: date, alerts: Sequence[Alert]) -> AlertFrames:
    frames = frames_of_rows(file, viewer, day)
    if frames.forecast is None:
        return frames
    said, decisions = _said(home, day, alerts), followed(home, file, viewer, day)
    return replace(frames, said=said, promises=promises_now(home), decisions=decisions)


def frames_of_rows(file: Path, viewer: Viewer, day: date) -> AlertFrames:
    """Return what rules look at as far as it comes from rows, as known on a day: nothing of the journal."""
    frames = AlertFrames(pd.Timestamp(day), filing=filing_by_team(file, viewer, day, 1))
    if projects(file).empty:
        return frames
    return replace(
        frames,
        forecast=_told(lambda: forecast(file, viewer, day)),
        forecast_before=_told(lambda: forecast_week_ago(file, viewer, day)),
        levels=_told(lambda: strain_costs(file, viewer, day).levels),
        people=read(file, viewer, f"select person_id, team_name from {PEOPLE}", week=known_week(day)),
        requests=change_requests(file, viewer, day),
        presence=_told(lambda: presence_near(file, viewer, day)),
    )


def _told(ask: Callable[[], pd.DataFrame]) -> pd.DataFrame | None:
    """Return an answer, or nothing where it can't be given: its rules rest; pages say what is missing."""
    try:
        return ask()
    except duckdb.InterruptException:
        raise  # a Ctrl-C in the middle of a query
    except Exception:  # noqa: BLE001 - noted where the answer was reckoned for the pages
        return None


def _said(home: Home, day: date, alerts: Sequence[Alert]) -> pd.DataFrame:
    """Return medians that were told before: by the forecasts on record, and by alerts."""
    from data.journal import read_medians  # noqa: PLC0415 - as above

    first = day - timedelta(weeks=_SAID_WEEKS)
    rows: list[tuple[Any, ...]] = [(*one, False) for one in read_medians(home, first, MODEL_VERSION)]
    rows += [
        (one.why["project_id"], one.as_of_date, one.why["finish_p50_date"], True)
        for one in alerts
        if one.rule_name == "moved"
    ]
    frame = pd.DataFrame(rows, columns=list(_SAID_COLUMNS))
    return frame.assign(**{name: pd.to_datetime(frame[name]) for name in _SAID_COLUMNS[1:3]})


def alerts(home: Home, viewer: Viewer, as_of_date: date | None = None) -> list[Alert]:
    """Return the alerts that a viewer may see, the newest first; of a past day those that were raised by then."""
    from data.journal import read_alerts  # noqa: PLC0415 - as above

    found = [one for one in read_alerts(home) if as_of_date is None or one.as_of_date <= as_of_date]
    return [one for one in found if is_seen(one, viewer)]


def is_seen(alert: Alert, viewer: Viewer) -> bool:
    """Tell whether a viewer may see an alert: one that counts people is of the viewer's teams only."""
    if viewer.scope is None or alert.rule_name not in _OF_PEOPLE:
        return True
    kind, _colon, name = alert.subject_key.partition(":")
    return kind == "team" and name in viewer.scope


def listed(found: Sequence[Alert], day: date) -> list[Alert]:
    """Return the alerts that wait for somebody: they last, and nobody has acknowledged or snoozed them."""
    return [one for one in found if one.state_on(day) == "open" and not one.is_old]


def answered_by_decision(home: Home, found: Sequence[Alert], day: date) -> list[Alert]:
    """Return the listed alerts that a decision about the project followed: it answers them."""
    from data.journal import read_decisions  # noqa: PLC0415 - as above

    decisions = read_decisions(home)
    return [one for one in listed(found, day) if _is_acted(one, decisions)]


def unanswered(home: Home, found: Sequence[Alert], day: date) -> list[Alert]:
    """Return the listed alerts that nothing answers yet."""
    numbers = {one.alert_id for one in answered_by_decision(home, found, day)}
    return [one for one in listed(found, day) if one.alert_id not in numbers]


def names_of(file: Path) -> dict[str, str]:
    """Return the names of projects by id."""
    rows = projects(file)
    return dict(zip(rows["project_id"], rows["project_name"].fillna(rows["project_id"]), strict=True))


def precision(home: Home, viewer: Viewer, day: date | None = None) -> list[Precision]:
    """Return of each rule how many alerts were acted on, by what people said, or by a decision that followed.

    Of a past day those count that had been raised by then. What held before alerts were first looked at is left out.
    """
    from data.journal import read_decisions  # noqa: PLC0415 - as above

    decisions = read_decisions(home)
    found = [one for one in alerts(home, viewer, day) if not one.is_old]
    return precisions((one.rule_name, _is_acted(one, decisions)) for one in found)


def _is_acted(alert: Alert, decisions: Sequence[Decision]) -> bool | None:
    if alert.is_acted is not None:
        return alert.is_acted
    project_id = alert.why.get("project_id")
    latest = alert.raised_at + timedelta(days=_ACTED_DAYS)
    is_followed = bool(project_id) and any(
        one.project_id == project_id and alert.raised_at <= one.decided_at <= latest for one in decisions
    )
    return True if is_followed else None


def plain_alert(alert: Alert, day: date) -> dict[str, Any]:
    """Return an alert as JSON shows it."""
    said = {name: value for name, value in asdict(alert).items() if name != "history"}
    return {**said, "status": alert.state_on(day), "is_old": alert.is_old}
