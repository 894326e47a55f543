"""No word of a post-mortem blames: they speak of what happened and what was known, and people appear by role."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOM = Path(__file__).parents[2] / "dashboard"
FILES = sorted(file for file in ROOM.rglob("*.py") if "postmortem" in file.name or "post_mortem" in file.name)
#: Says who ought to have done otherwise, or whose doing it was.
BLAMING = re.compile(
    r"should(?: not)? have|ought to have|could have done|fault of|at fault|to blame|guilty|failed to|neglect|careless|"
    r"mistake of|culprit|responsible for the delay|because of (?:him|her)\b",
    re.IGNORECASE,
)
#: Columns that tell who somebody is.
NAMING = re.compile(r"person_name|manager_name|lead_person|owner_name|manager_person_id")


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_no_text_blames_and_no_name_stands_beside_a_loss(file: Path) -> None:
    source = file.read_text(encoding="utf-8")
    assert BLAMING.findall(source) == []
    assert NAMING.findall(source) == []


def test_the_files_of_post_mortems_are_found() -> None:
    assert len(FILES) >= 15
