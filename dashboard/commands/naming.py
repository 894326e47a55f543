"""``golive names``: which spellings are one person or project, and the user's word on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from dashboard.answers.writing import decide_names
from dashboard.commands.common import HomeOption, JsonOption, home_of, print_json, progress, table
from dashboard.commands.console import output
from dashboard.i18n import _
from dashboard.views import names as views
from data.identities import KINDS
from data.naming import names_of

if TYPE_CHECKING:
    import pandas as pd

    from data.home import Home
    from data.identities import Kind
    from data.naming import Names

_SHOWN_COUNT: Final = 40
_KindOption = Annotated[str, typer.Option("--kind", metavar="KIND", help=_("person or project."))]
_Same = Annotated[
    list[str] | None, typer.Option("--same", metavar="SPELLING=ID", help=_("They are one; every figure follows."))
]
_Different = Annotated[
    list[str] | None, typer.Option("--different", metavar="SPELLING=ID", help=_("They are two; don't propose it."))
]
_Forget = Annotated[
    list[str] | None, typer.Option("--forget", metavar="SPELLING", help=_("Forget what was said of it."))
]


def names_command(
    kind: _KindOption = "person",
    same: _Same = None,
    different: _Different = None,
    forget: _Forget = None,
    home: HomeOption = None,
    is_json: JsonOption = False,
) -> None:
    """Show who is who across systems: what is taken for one, what may be one, and what no list knows.

    Only equal numbers, e-mail addresses and full names are taken for one unasked. The imported rows stay as they
    were read, and every word can be taken back.

    Examples
    --------

        golive names

        golive names --same "Zhang Wei=U2" --different "A. Weber=U7"

        golive names --kind project --json
    """  # noqa: D412 - the help page shows the lines as they stand
    if kind not in KINDS:
        words = _("“{value}” is not one of {allowed}.").format(value=kind, allowed=", ".join(KINDS))
        raise typer.BadParameter(words, param_hint="--kind")
    chosen: Kind = "person" if kind == "person" else "project"
    where = home_of(home)
    _decide(where, chosen, same or [], different or [], forget or [], is_json=is_json)
    found = names_of(where)[chosen]
    if is_json:
        print_json(_plain(found))
        return
    _show(found)


def _decide(home: Home, kind: Kind, same: list[str], different: list[str], forget: list[str], *, is_json: bool) -> None:
    if not (same or different or forget):
        return
    pairs = [
        dict(_pair(text, option) for text in texts) for texts, option in ((same, "--same"), (different, "--different"))
    ]
    with progress(is_quiet=is_json) as show:
        decide_names(home, kind, same=pairs[0], different=pairs[1], forget=forget, on_progress=show)


def _pair(text: str, option: str) -> tuple[str, str]:
    """Return spelling and id; the last sign of equality parts them, since spellings come from outside."""
    alias, sign, target = text.rpartition("=")
    if not (sign and alias and target):
        words = _("“{text}” is no pair. Write it as SPELLING=ID.").format(text=text)
        raise typer.BadParameter(words, param_hint=option)
    return alias.strip(), target.strip()


def _plain(names: Names) -> dict[str, Any]:
    rows = names.rows_count
    return {
        "kind": names.kind,
        "listed_count": len(names.listed),
        "same": [
            {"spelling": one.alias, "id": one.target, "reason": one.reason, "rows_count": rows.get(one.alias, 0)}
            for one in names.matches.matches
        ],
        "suggestions": [
            {"spelling": one.alias, "id": one.target, "reason": one.reason, "rows_count": rows.get(one.alias, 0)}
            for one in names.matches.suggestions
        ],
        "only_seen": [{"spelling": one, "rows_count": rows.get(one, 0)} for one in names.matches.only_seen],
        "different": [{"spelling": alias, "id": target} for alias, target in names.different],
    }


def _show(names: Names) -> None:
    output.print(f"{views.kind_words(names.kind)}: {views.names_sentence(names)}", markup=False)
    for title, rows in (
        (_("Possible match"), views.suggestions_table(names)),
        (_("Not on any list"), views.only_seen_table(names)),
        (_("Matched"), views.matches_table(names)),
        (_("Said to be two"), views.different_table(names)),
    ):
        _print(title, rows)


def _print(title: str, rows: pd.DataFrame) -> None:
    if rows.empty:
        return
    headings = [(str(name), "left") for name in rows.columns]
    output.print(table(title, headings, rows.head(_SHOWN_COUNT).to_numpy().tolist()))
    if len(rows) > _SHOWN_COUNT:
        output.print(_("{count} more; --json holds all.").format(count=len(rows) - _SHOWN_COUNT), markup=False)
