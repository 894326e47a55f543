"""The page about data contracts says what the contracts say."""

from __future__ import annotations

from data.contract_docs import DOCS_FILE, render
from data.contracts import TABLES


def test_the_page_is_what_the_contracts_render_to() -> None:
    assert DOCS_FILE.read_text(encoding="utf-8") == render(), "run: python -m data.contract_docs"


def test_every_column_of_every_table_is_on_the_page() -> None:
    page = render()
    for table in TABLES.values():
        part = page.split(f"## {table.name}\n", 1)[1].split("\n## ", 1)[0]
        assert all(f"`{column.name}`" in part for column in table.columns)


def test_every_table_has_a_unit_made_of_required_columns() -> None:
    for table in TABLES.values():
        assert set(table.unit) <= set(table.required), table.name
