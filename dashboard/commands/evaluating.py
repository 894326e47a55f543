"""``golive evaluate strain``: how well planted cases are found, on teams made up for it, with simpler rules beside."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Annotated, Any, Final

import pandas as pd
import typer

from dashboard.commands.common import JsonOption, print_json, progress, rows_of, table
from dashboard.commands.console import output
from dashboard.i18n import _

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from analytics.workload.strain.proof import StrainProof
    from analytics.workload.strain.settings import StrainSettings
    from data.strain_cases import PlantedTeams

evaluate_app = typer.Typer(
    name="evaluate",
    help=_("Prove the methods on cases whose answer is known."),
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

DETECTORS: Final = ("index", "long_week", "acwr", "top_tenth")

_Seed = Annotated[int, typer.Option("--seed", min=0, help=_("Another seed makes other teams."))]
_People = Annotated[int, typer.Option("--people", min=160, max=2_000, help=_("How many people."))]
_Missing = Annotated[float, typer.Option("--missing", min=0, max=0.9, help=_("Share of the weeks that nobody files."))]
_Seeds = Annotated[
    int, typer.Option("--seeds", min=1, max=20, help=_("Judge teams of so many seeds together, from --seed on."))
]
_Markdown = Annotated[bool, typer.Option("--markdown", help=_("Print the tables as they stand in docs/strain.md."))]

#: The first Mondays have too little past to judge anybody.
_FIRST_WEEKS: Final = 8


@evaluate_app.command("strain")
def evaluate_strain_command(
    seed: _Seed = 7,
    people: _People = 240,
    missing: _Missing = 0.0,
    seeds: _Seeds = 1,
    is_markdown: _Markdown = False,
    is_json: JsonOption = False,
) -> None:
    """Judge the strain index on teams in which overload was planted, and on people in whom none was.

    Each level is told on its Monday with what was known then. Cases and anchors were written by the same hands: the
    tables prove the code and show trade-offs; they don't prove that the index is valid for people.

    Examples
    --------

        golive evaluate strain

        golive evaluate strain --seed 3 --json

        golive evaluate strain --missing 0.3

        golive evaluate strain --seeds 4 --markdown
    """  # noqa: D412 - the help page shows the lines as they stand
    with progress(is_quiet=is_json) as show:
        proof, settings = evaluated(
            range(seed, seed + seeds),
            people,
            missing,
            lambda share: show(_("Telling each Monday"), share) if show else None,
        )
    if is_json:
        print_json(
            {
                "version": settings.version,
                "seed": seed,
                "seeds": seeds,
                "people": people,
                "missing_share": missing,
                "recall": rows_of(proof.recall),
                "quiet": rows_of(proof.quiet),
                "overall": rows_of(proof.overall),
            }
        )
        return
    for title, headings, rows in (_recall_table(proof), _quiet_table(proof), _overall_table(proof)):
        if is_markdown:
            output.print(_in_markdown(headings, rows), soft_wrap=True)
            continue
        output.print(table(title, headings, rows))
        output.print()
    output.print(
        _(
            "Settings {version}, seed {seed}. Cases and anchors share their authors: it proves code, not validity."
        ).format(version=settings.version, seed=seed),
        markup=False,
        soft_wrap=True,
    )


def evaluated(
    seeds: Sequence[int], people: int, missing_share: float = 0.0, on_progress: Callable[[float], None] | None = None
) -> tuple[StrainProof, StrainSettings]:
    """Make up the teams of each seed, tell each Monday, and judge them together."""
    from analytics.workload.strain.proof import strain_proof  # noqa: PLC0415 - other commands do without it
    from analytics.workload.strain.settings import strain_settings  # noqa: PLC0415 - other commands do without it
    from data.strain_cases import CasesSize, planted_teams  # noqa: PLC0415 - the same
    from data.strain_method import strain_table  # noqa: PLC0415 - the same

    settings = strain_settings(strain_table())
    flags: list[pd.DataFrame] = []
    truth: list[pd.DataFrame] = []
    for number, seed in enumerate(seeds):
        teams = planted_teams(seed, CasesSize(people=people, missing_share=missing_share))

        def show(share: float, number: int = number) -> None:
            if on_progress is not None:
                on_progress((number + share) / len(seeds))

        for rows, found in ((flags, _flags_of(teams, settings, show)), (truth, teams.truth)):
            rows.append(found.assign(person_id=f"{seed}-" + found["person_id"]))
    return strain_proof(pd.concat(flags, ignore_index=True), pd.concat(truth, ignore_index=True), DETECTORS), settings


def _flags_of(teams: PlantedTeams, settings: StrainSettings, on_progress: Callable[[float], None]) -> pd.DataFrame:
    """Return for each person and week what the index and the simple rules told."""
    from analytics.workload.strain.published import flags_of_levels, published_levels, rule_flags  # noqa: PLC0415 - the same

    frames = frames_of(teams)
    first, last = teams.first_date + timedelta(weeks=_FIRST_WEEKS), teams.last_date + timedelta(days=1)
    told = published_levels(frames, settings, first, last, on_progress)
    flags = flags_of_levels(told).merge(
        rule_flags(frames, first, last), on=["person_id", "week_start_date"], how="left", validate="one_to_one"
    )
    return flags.assign(**{name: flags[name].eq(True) for name in DETECTORS[1:]})  # noqa: FBT003 - null is no flag


def frames_of(teams: PlantedTeams) -> Any:
    """Return the planted teams as the frames that the index reads."""
    from analytics.workload.strain.frames import StrainFrames  # noqa: PLC0415 - other commands do without it
    from data.time_zones import country_zones, zone_offsets  # noqa: PLC0415 - the same

    zones = {*teams.frames["people"]["time_zone"], *teams.frames["trips"]["destination_time_zone"]}
    return StrainFrames(
        **teams.frames,
        country_zones=country_zones(),
        zone_offsets=zone_offsets(zones, teams.first_date, teams.last_date),
    )


def _in_markdown(headings: list[tuple[str, str]], rows: list[list[str]]) -> str:
    lines = [[name for name, _side in headings], ["---"] * len(headings), *rows]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines) + "\n"


Told = tuple[str, list[tuple[str, str]], list[list[str]]]


def _recall_table(proof: StrainProof) -> Told:
    index = proof.recall.loc[proof.recall["detector"].eq("index")].set_index("kind")
    found = proof.recall.pivot_table(index="kind", columns="detector", values="recall", sort=False)
    headings = [
        (_("planted, to be found"), "left"),
        (_("cases"), "right"),
        (_("within weeks"), "right"),
        (_("index"), "right"),
        (_("median weeks"), "right"),
        ("≥ 55 h", "right"),
        ("ACWR", "right"),
        (_("top tenth of the team"), "right"),
    ]
    rows = [
        [
            str(kind),
            f"{row['cases']:.0f}",
            f"{row['within_weeks']:.0f}",
            f"{row['recall']:.2f}",
            "" if pd.isna(row["median_weeks"]) else f"{row['median_weeks']:.1f}",
            *(f"{found[name].to_dict()[kind]:.2f}" for name in DETECTORS[1:]),
        ]
        for kind, row in index.to_dict("index").items()
    ]
    return _("Share found within the stated weeks"), headings, rows


def _quiet_table(proof: StrainProof) -> Told:
    headings = [
        (_("not to be found"), "left"),
        (_("people"), "right"),
        (_("weeks on WATCH or HIGH"), "right"),
        (_("weeks on HIGH"), "right"),
        (_("weeks without data"), "right"),
        (_("changes of level a year"), "right"),
        (_("weeks ≥ 55 h"), "right"),
        (_("weeks ACWR"), "right"),
        (_("weeks in top tenth"), "right"),
    ]
    rows = [
        [
            str(row["kind"]),
            f"{row['people']:.0f}",
            *(_percent(row[name]) for name in ("index", "high", "no_data")),
            f"{row['changes_a_year']:.2f}",
            *(_percent(row[name]) for name in DETECTORS[1:]),
        ]
        for row in proof.quiet.to_dict("records")
    ]
    return _("People who must not be found"), headings, rows


def _overall_table(proof: StrainProof) -> Told:
    headings = [
        (_("rule"), "left"),
        (_("lowest share found"), "right"),
        (_("mean share found"), "right"),
        (_("clean person-weeks"), "right"),
        (_("flagged"), "right"),
        (_("HIGH"), "right"),
        (_("without data"), "right"),
        (_("false episodes in 100 years"), "right"),
        (_("changes a year, steady people"), "right"),
    ]
    rows = [
        [
            str(row["detector"]),
            f"{row['lowest_recall']:.2f}",
            f"{row['mean_recall']:.2f}",
            f"{row['clean_weeks']:.0f}",
            _percent(row["flagged_share"]),
            _percent(row["high_share"]),
            _percent(row["no_data_share"]),
            f"{row['false_episodes_100_years']:.1f}",
            f"{row['changes_a_year']:.2f}",
        ]
        for row in proof.overall.to_dict("records")
    ]
    return _("The same on all clean person-weeks"), headings, rows


def _percent(share: Any) -> str:
    return "" if pd.isna(share) else f"{100 * float(share):.2f} %"
