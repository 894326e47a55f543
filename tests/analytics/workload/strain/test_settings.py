"""Anchors, weights and windows are data: complete, sourced, versioned."""

from __future__ import annotations

import copy

import pytest

from analytics.workload.strain.settings import DOMAINS, StrainSettingsError, strain_settings
from data.strain_method import strain_table
from tests.analytics.workload.strain.helpers import SETTINGS


def test_every_line_has_a_source_and_a_grade() -> None:
    lines = [(x.name, x.source, x.grade) for x in SETTINGS.domains]
    lines += [(x.name, x.source, x.grade) for x in SETTINGS.indicators]
    lines += [(x.name, x.source, x.grade) for x in SETTINGS.rules.values()]
    for name, source, grade in lines:
        assert len(source) > 5, name
        assert grade in {"A", "B", "C"}, name


def test_each_domain_has_an_indicator_that_counts() -> None:
    assert [domain.name for domain in SETTINGS.domains] == list(DOMAINS)
    assert all(SETTINGS.of_domain(name) for name in DOMAINS)


def test_client_load_is_one_of_the_domains() -> None:
    codes = {i.code for i in SETTINGS.of_domain("client")}
    assert codes == {"K1", "K2", "K3", "K4"}


def test_time_zones_are_shown_as_a_fact_and_do_not_count() -> None:
    assert "zone_hours" not in {i.name for i in SETTINGS.of_domain("travel")}


def test_another_anchor_is_another_version() -> None:
    table = copy.deepcopy(strain_table())
    table["indicators"]["nights_away"]["watch"] = 13
    assert strain_settings(table).version != SETTINGS.version


def test_the_same_content_in_another_order_is_the_same_version() -> None:
    table = strain_table()
    turned = {name: dict(reversed(lines.items())) for name, lines in reversed(table.items())}
    assert strain_settings(turned).version == SETTINGS.version


@pytest.mark.parametrize(
    ("section", "name", "change", "words"),
    [
        ("indicators", "nights_away", {"watch": 30}, "must rise"),
        ("indicators", "nights_away", {"source": ""}, "needs a source"),
        ("indicators", "nights_away", {"grade": "D"}, "needs a source"),
        ("indicators", "nights_away", {"domain": "mood"}, "known domain"),
        ("domains", "hours", {"weight": 0.9}, "sum to 1"),
        ("rules", "watch_once", {"colour": "red"}, "not complete"),
    ],
)
def test_a_wrong_line_is_named(section: str, name: str, change: dict[str, object], words: str) -> None:
    table = copy.deepcopy(strain_table())
    table[section][name].update(change)
    with pytest.raises(StrainSettingsError, match=words):
        strain_settings(table)
