"""Who sees some teams only: no answer tells of anybody else, whatever its query forgets."""

from __future__ import annotations

import ast
import dataclasses
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pandas as pd
import pytest

from dashboard.answers import everything as answers
from dashboard.answers.anomalies import anomalies, names
from dashboard.answers.door import PERSON_COLUMNS, read, read_firm, read_unseen
from dashboard.answers.postmortem import post_mortem
from dashboard.answers.proof import restated_weeks
from dashboard.answers.silences import silences
from tests.dashboard.company import FIRST_MONDAY, LAST_DAY, PEOPLE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

EVERYBODY: Final = answers.Viewer("ana", "local")
NORTH: Final = answers.Viewer("bo", "lead", ("North",))
NOBODY: Final = answers.Viewer("cy", "lead", ())
IDS: Final = tuple(person_id for person_id, _, _ in PEOPLE)
OTHERS: Final = {one for person_id, name, team in PEOPLE if team != "North" for one in (person_id, name)}
ANSWERS: Final = Path(answers.__file__).parent

#: Modules that look at everybody, because what they tell is of the firm or is withheld by themselves.
WHOLE_FIRM: Final = {
    "anomalies": "rates of checks are of the firm; anomalies are withheld by team",
    "door": "it is the door",
    "postmortem_frames": "accounts add up over everybody; people are numbers, and absences are of people in scope",
    "portfolio": "forecasts are reckoned from everybody's hours and plans, and shown by project",
    "proof": "restated hours add up over everybody; persons are withheld",
    "reporting": "the reporting week is that of the firm",
    # And one that opens the file by itself: "silences" asks nobody with a scope.
}

_Asked = dict[str, "Callable[[Path, answers.Viewer], Any]"]
ASKED: Final[_Asked] = {
    "anomalies": lambda file, who: anomalies(file, who, LAST_DAY),
    "fact_rows": lambda file, who: answers.fact_rows(file, who, LAST_DAY, "p07", FIRST_MONDAY, LAST_DAY),
    "facts": lambda file, who: answers.facts(file, who, LAST_DAY, IDS),
    "names": lambda file, who: names(file, who)[0],
    "overview": lambda file, who: answers.overview(file, who, LAST_DAY, IDS),
    "people": lambda file, who: answers.people(file, who, LAST_DAY),
    "person_projects": lambda file, who: answers.person_projects(file, who, LAST_DAY, "p07", 52),
    "post_mortem": lambda file, who: post_mortem(file, who, LAST_DAY, "erp-1"),
    "project_people": lambda file, who: answers.project_people(file, who, LAST_DAY, "his-1"),
    "refused_rows": answers.refused_rows,
    "restated": lambda file, who: restated_weeks(file, who, pd.Timestamp(LAST_DAY), "person"),
    "silences": silences,
    "sites": lambda file, who: answers.sites(file, who, LAST_DAY),
    "strain": lambda file, who: answers.strain(file, who, LAST_DAY),
    "strip": lambda file, who: answers.strip(file, who, LAST_DAY, "p07", 4),
    "timesheet_rows": lambda file, who: answers.timesheet_rows(file, who, LAST_DAY, weeks_count=60),
    "travel": lambda file, who: answers.travel(file, who, LAST_DAY, ("p01",)),
    "trip_rows": lambda file, who: answers.trip_rows(file, who, LAST_DAY, "p07"),
    "trips": lambda file, who: answers.trips(file, who, LAST_DAY, IDS),
    "warnings": lambda file, who: [
        answers.warning_rows(file, who, check) for check in answers.warning_counts(file, EVERYBODY)["check_name"]
    ],
    "weeks": lambda file, who: answers.weeks(file, who, LAST_DAY, IDS, 60),
}


def _texts(value: Any) -> Iterator[str]:
    """Every text that an answer holds, at any depth."""
    if isinstance(value, pd.DataFrame):
        for name in value.columns:
            yield from _texts(value[name].tolist())
    elif isinstance(value, dict):
        yield from _texts(list(value))
        yield from _texts(list(value.values()))
    elif isinstance(value, (list, tuple, set)):
        for one in value:
            yield from _texts(one)
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        for field in dataclasses.fields(value):
            yield from _texts(getattr(value, field.name))
    elif isinstance(value, str):
        yield value


@pytest.mark.parametrize("name", ASKED)
def test_no_answer_tells_of_people_of_other_teams(company_file: Path, name: str) -> None:
    assert not OTHERS & set(_texts(ASKED[name](company_file, NORTH)))
    assert not {one for person in PEOPLE for one in person[:2]} & set(_texts(ASKED[name](company_file, NOBODY))) - {
        "p01" if name == "travel" else ""  # the one who was asked about, with nothing known
    }


def test_together_these_answers_tell_of_everybody_to_who_sees_everybody(company_file: Path) -> None:
    told = {text for ask in ASKED.values() for text in _texts(ask(company_file, EVERYBODY))}
    assert OTHERS & set(IDS) <= told


def test_a_query_that_forgets_the_scope_gets_the_people_in_scope_only(company_file: Path) -> None:
    for table in ("marts.people", "marts.person_weeks", "staging.timesheet_versions", "staging.trip_versions"):
        seen = set(read(company_file, NORTH, f"from {table}")["person_id"])
        assert seen
        assert seen < set(read(company_file, EVERYBODY, f"from {table}")["person_id"])
        assert not seen & OTHERS


def test_what_is_of_no_person_is_the_same_for_every_viewer(company_file: Path) -> None:
    for table in ("marts.projects", "marts.project_weeks", "marts.change_requests", "raw.batches"):
        query = f"select count(*) as n from {table}"
        assert read(company_file, NORTH, query).equals(read(company_file, EVERYBODY, query))


def test_rows_about_people_are_not_read_for_the_whole_firm(company_file: Path) -> None:
    with pytest.raises(ValueError, match="person_id"):
        read_firm(company_file, "from marts.person_weeks")
    assert len(read_unseen(company_file, "from marts.person_weeks"))


def test_every_answer_that_names_people_is_asked_here_or_sees_everybody_for_a_reason() -> None:
    """A new reader of the whole file has to give its reason above."""
    used = {
        file.stem
        for file in ANSWERS.glob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Name) and node.id in {"whole_firm", "read_unseen", "open_for_reading"}
    }
    assert used == {*WHOLE_FIRM, "silences"}
    assert "person_id" in PERSON_COLUMNS


def test_the_scoped_database_can_reach_no_other_file(company_file: Path) -> None:
    with pytest.raises(Exception, match=r"disabled|Permission"):
        read(company_file, NORTH, "from read_csv('/etc/passwd')")
