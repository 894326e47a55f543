"""What a firm decides about its figures stands in one file of its home that people may edit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from data.home import Home
from data.settings import SettingsError, committed_by, filed_share, set_committed_by, set_filed_share

if TYPE_CHECKING:
    from pathlib import Path


def test_the_baseline_counts_until_somebody_chooses(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    assert committed_by(home) == "baseline"
    set_committed_by(home, "current_plan")
    assert committed_by(home) == "current_plan"
    assert committed_by(Home(tmp_path / "another")) == "baseline"


def test_other_settings_of_the_file_stay_as_they_are(tmp_path: Path) -> None:
    home = Home(tmp_path)
    text = '# by Ana\nother = 3\ncommitted_date = "baseline"\n\n[more]\ncommitted_date = "of another table"\n'
    home.settings_file.write_text(text, encoding="utf-8")
    set_committed_by(home, "current_plan")
    set_committed_by(home, "current_plan")
    content = home.settings_file.read_text(encoding="utf-8")
    assert committed_by(home) == "current_plan"
    assert (
        content
        == 'committed_date = "current_plan"\n# by Ana\nother = 3\n\n[more]\ncommitted_date = "of another table"\n'
    )


@pytest.mark.parametrize("content", ["committed_date = ", 'committed_date = "first plan"', "committed_date = 3"])
def test_a_file_that_says_nothing_sensible_is_told_in_words(tmp_path: Path, content: str) -> None:
    home = Home(tmp_path)
    home.settings_file.write_text(content, encoding="utf-8")
    with pytest.raises(SettingsError, match=r"settings\.toml"):
        committed_by(home)


def test_an_unknown_choice_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="baseline, current_plan"):
        set_committed_by(Home(tmp_path), "first plan")


def test_half_of_the_people_must_have_filed_until_somebody_chooses(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    assert filed_share(home) == 0.5
    set_filed_share(home, 0.8)
    set_committed_by(home, "current_plan")
    assert (filed_share(home), committed_by(home)) == (0.8, "current_plan")


@pytest.mark.parametrize("value", ["0", "1.5", "true", '"half"', "nan"])
def test_a_share_that_cannot_be_is_told_in_words(tmp_path: Path, value: str) -> None:
    home = Home(tmp_path)
    home.settings_file.write_text(f"reporting_week_filed_share = {value}\n", encoding="utf-8")
    with pytest.raises(SettingsError, match="above 0 and up to 1"):
        filed_share(home)
    with pytest.raises(SettingsError, match="above 0 and up to 1"):
        set_filed_share(home, 0)
