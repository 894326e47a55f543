"""The account of a post-mortem in words, rows and tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from dashboard.i18n import _, ngettext
from dashboard.views import words
from dashboard.views.postmortem_words import (
    gap_sentence,
    loss_help,
    loss_words,
    remark_sentence,
    sign_words,
)
from dashboard.views.rounding import parts_that_add
from dashboard.views.typed import worded

if TYPE_CHECKING:
    from analytics.postmortem.result import PostMortem

#: Departments beyond these stand together in one line.
SHOWN_DEPARTMENTS_COUNT: Final = 3
#: So many causes have a colour of their own in the windows.
SHOWN_CAUSES_COUNT: Final = 6
_LEAST_WEEKS: Final = 0.05


def title_of(mortem: PostMortem) -> str:
    """Return the project's name."""
    name = mortem.project.get("project_name")
    return mortem.project_id if words.is_unknown(name) else str(name)


def subtitle_of(mortem: PostMortem) -> str:
    """Say in one line which project it is, and what the figures rest on."""
    case = mortem.case
    parts = [mortem.project.get("client_name"), mortem.project.get("site_city")]
    known = [str(part) for part in parts if not words.is_unknown(part) and str(part)]
    if case.planned_start_date is not None and case.end_date > case.planned_start_date:
        months = max(round((case.end_date - case.planned_start_date).days / 30.4), 1)
        known.append(ngettext("{count} month", "{count} months", months))
    people = int(case.people["person_id"].nunique())
    known.append(ngettext("{count} person", "{count} people", people))
    if mortem.account is not None and case.ending == "finished":
        error = words.weeks_text(abs(mortem.account.replay_error_weeks))
        known.append(_("replay error {weeks}").format(weeks=error))
    return " · ".join(known)


def ending_text(mortem: PostMortem) -> str:
    """Say how it ended, and when."""
    day = words.date_text(mortem.case.end_date)
    said = {
        "finished": _("Finished {day}"),
        "cancelled": _("Cancelled {day}"),
        "running": _("Still running on {day}"),
    }
    return said[mortem.case.ending].format(day=day)


def verdict(mortem: PostMortem) -> str:
    """Say in one sentence how late the project was and where most of it went."""
    late = _late_sentence(mortem)
    if mortem.account is None:
        return late
    causes = cause_sums(mortem)
    costly = causes[causes["delay_weeks"] >= 1.0]
    costly = costly[costly["cause"].ne("open_work")]
    if costly.empty:
        return late
    first, last = costly.iloc[0], causes.iloc[-1]
    said = _("{late} Largest part of the account: {cause}, {weeks}").format(
        late=late,
        cause=loss_words(first["cause"]),
        weeks=words.signed_weeks_text(first["delay_weeks"]),
    )
    if last["delay_weeks"] > -1.0:
        return f"{said}."
    return _("{said}; against it: {cause}, {weeks}.").format(
        said=said, cause=loss_words(last["cause"]), weeks=words.signed_weeks_text(last["delay_weeks"])
    )


def _late_sentence(mortem: PostMortem) -> str:
    case, account = mortem.case, mortem.account
    if case.ending != "finished":
        if account is None:
            return _("{ending}.").format(ending=ending_text(mortem))
        return _("{ending}, {weeks} against the planned pace.").format(
            ending=ending_text(mortem), weeks=words.signed_weeks_text(account.late_weeks)
        )
    if case.planned_finish_date is None:
        return _("{ending}; no baseline is known.").format(ending=ending_text(mortem))
    weeks = (case.end_date - case.planned_finish_date) / pd.Timedelta(weeks=1)
    if abs(weeks) < _LEAST_WEEKS:
        return _("Finished on its baseline.")
    if weeks > 0:
        return _("Finished {weeks} after the baseline.").format(weeks=words.weeks_text(weeks))
    return _("Finished {weeks} before the baseline.").format(weeks=words.weeks_text(-weeks))


def consequence(mortem: PostMortem) -> str:
    """Say when it could have been known, how long until something was done, and how often the sign was wrong."""
    hindsight = mortem.hindsight
    found = hindsight.knowable
    if mortem.case.is_known_after_end:
        return _("When it could have been known can't be told: the rows came in after the end.")
    if found is None:
        return _("No sign with a record of its own stood before the baseline finish.")
    week = words.date_text(found.week_start_date)
    alarm = _("the same sign was a false alarm in {false} of {rang} other projects").format(
        false=found.false_count, rang=found.rang_count
    )
    turning = hindsight.turning
    if turning.latency_weeks is None:
        action = _("no action is recorded after it")
    elif turning.latency_weeks < 1:
        action = _("the first action after it came in the same week")
    else:
        action = _("{weeks} before the first action after it").format(weeks=words.weeks_text(turning.latency_weeks))
    said = _("Knowable in the week of {week} ({sign}), {action}; {alarm}.").format(
        week=week, sign=sign_words(found.sign), action=action, alarm=alarm
    )
    if found.by_record == "today":
        said += " " + _("Too few projects had finished by then to know this sign: its record is of today.")
    return said


def sentences(mortem: PostMortem) -> list[str]:
    """Return gaps, and remarks on an account that stands."""
    remarks = mortem.account.remarks if mortem.account is not None else ()
    return [*(gap_sentence(gap) for gap in mortem.gaps), *(remark_sentence(one) for one in remarks)]


def cause_sums(mortem: PostMortem) -> pd.DataFrame:
    """Return ``cause`` and ``delay_weeks``, the largest first."""
    if mortem.account is None:
        return pd.DataFrame(columns=["cause", "delay_weeks"])
    sums = mortem.account.lines.groupby("cause", as_index=False)[["delay_weeks"]].sum()
    return sums.sort_values("delay_weeks", ascending=False, kind="stable", ignore_index=True)


def account_rows(mortem: PostMortem) -> pd.DataFrame:
    """Return ``cause``, ``label``, ``weeks`` and ``text`` of each line, rounded so that they add up as shown."""
    if mortem.account is None:
        return pd.DataFrame(columns=["cause", "label", "weeks", "text"])
    lines = mortem.account.lines
    scope = lines[lines["cause"].eq("scope")]
    others = scope.iloc[SHOWN_DEPARTMENTS_COUNT:]
    if len(others) > 1:
        together = pd.DataFrame(
            {"cause": ["scope"], "department": [_("other departments")], "delay_weeks": [others["delay_weeks"].sum()]}
        )
        lines = pd.concat([lines.drop(index=others.index), together], ignore_index=True)
    order = {cause: place for place, cause in enumerate(lines["cause"].drop_duplicates())}
    lines = lines.assign(place=lines["cause"].map(order)).sort_values("place", kind="stable", ignore_index=True)
    weeks = parts_that_add(lines["delay_weeks"].tolist())
    return pd.DataFrame(
        {
            "cause": lines["cause"],
            "label": [loss_words(*pair) for pair in zip(lines["cause"], lines["department"], strict=True)],
            "weeks": weeks,
            "text": [words.signed_number_text(one) for one in weeks],
        }
    )


def account_table(mortem: PostMortem) -> pd.DataFrame:
    """Return the account with what each line means."""
    rows = account_rows(mortem)
    return worded(
        {
            _("Where the weeks went"): (rows["label"], None),
            _("Weeks"): (rows["weeks"], words.signed_number_text),
            _("What it is"): (rows["cause"].map(loss_help), None),
        }
    )


def total_label(mortem: PostMortem) -> str:
    """Return what the account adds up to."""
    return _("Finish, weeks late") if mortem.case.ending == "finished" else _("Behind the planned pace")


def adds_up_sentence(mortem: PostMortem) -> str:
    """Name the method, the sum and the replay error."""
    account = mortem.account
    if account is None:
        return ""
    said = _(
        "Windows, as-planned v as-built: each week is measured against the planned pace of {pace} hours. "
        "The lines add up to {weeks}."
    ).format(pace=words.number_text(account.built.pace), weeks=words.signed_weeks_text(account.late_weeks))
    if mortem.case.ending != "finished":
        return said
    error = words.weeks_text(abs(account.replay_error_weeks))
    return f"{said} " + _("The replay misses the finish by {error}.").format(error=error)


def windows_rows(mortem: PostMortem) -> pd.DataFrame:
    """Return ``window``, ``label`` and ``weeks`` for the figure: the largest causes, the rest together."""
    if mortem.account is None:
        return pd.DataFrame(columns=["window", "label", "weeks"])
    windows = mortem.account.windows
    sizes = windows.assign(size=windows["delay_weeks"].abs()).groupby("cause")["size"].sum()
    named = set(sizes.sort_values(ascending=False).head(SHOWN_CAUSES_COUNT).index)
    labels = windows["cause"].map(lambda cause: loss_words(cause) if cause in named else _("Others"))
    rows = windows.assign(label=labels).groupby(["window_start_date", "label"], as_index=False, sort=False)
    found = rows[["delay_weeks"]].sum().rename(columns={"window_start_date": "window", "delay_weeks": "weeks"})
    found = found[found["weeks"].abs() > 1e-9]
    order = found["weeks"].abs().groupby(found["label"]).sum().where(lambda size: size.index != _("Others"), -1.0)
    return found.sort_values("label", key=lambda label: -label.map(order), kind="stable", ignore_index=True)


def windows_table(mortem: PostMortem) -> pd.DataFrame:
    """Return weeks lost in each window, with its largest cause."""
    columns: dict[str, tuple[Any, Any]] = {}
    if mortem.account is not None:
        windows = mortem.account.windows
        groups = windows.groupby("window_start_date")
        largest = windows.loc[groups["delay_weeks"].idxmax()]
        sums = groups["delay_weeks"].sum()
        columns = {
            _("From"): (largest["window_start_date"].to_list(), words.date_text),
            _("To"): (largest["window_end_date"].to_list(), words.date_text),
            _("Weeks lost"): (parts_that_add(sums.to_list()), words.signed_number_text),
            _("Largest"): ([loss_words(cause) for cause in largest["cause"]], None),
            _("Of it, weeks"): (largest["delay_weeks"].to_list(), words.signed_number_text),
        }
    return worded(columns)
