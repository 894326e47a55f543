"""What was decided for files of one kind, applied to the next one."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from data.recognition.cleaning import try_recipe
from data.recognition.recipe import Recipe, recipe_from_dict
from data.recognition.understanding import Understanding

if TYPE_CHECKING:
    from collections.abc import Mapping

    from data.files.preview import Preview
    from data.recognition.columns import FoundTable
    from data.recognition.systems import System


@dataclass(frozen=True)
class Profile:
    """What was decided for files of one kind: applied unasked to the next file with the same header."""

    name: str
    recipe: Recipe
    mapping: Mapping[str, str] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        """Return plain lists, texts and numbers, for TOML."""
        return {"name": self.name, "mapping": dict(self.mapping), "recipe": self.recipe.as_dict()}


def profile_from_dict(plain: Mapping[str, Any]) -> Profile:
    """Read back what :meth:`Profile.as_dict` gave."""
    return Profile(str(plain["name"]), recipe_from_dict(plain["recipe"]), dict(plain.get("mapping", {})))


def by_profile(preview: Preview, table: FoundTable, system: System, profile: Profile) -> Understanding:
    """Apply what was decided for a file with the same columns, wherever its header stands in this one."""
    recipe = profile.recipe
    placed = replace(recipe, header_line=table.place.line, header_rows=table.place.rows, delimiter=preview.delimiter)
    trial = try_recipe(placed, table) if table.rows else None
    mapping = dict(profile.mapping) or {
        source: made.target for made in reversed(placed.fields) for source in made.sources if source
    }
    return Understanding(
        file=preview.file_name,
        sheet=preview.sheet,
        table=placed.table,
        system=system.name,
        encoding=preview.encoding,
        delimiter=preview.delimiter,
        header_row=table.place.line,
        header_rows=table.place.rows,
        columns=table.names,
        mapping=mapping,
        unmapped=tuple(name for name in table.names if name not in mapping),
        confidence=1.0,
        questions=(),
        cleaning=trial.cleaning if trial else (),
        denied_columns=table.denied,
        reasons={},
        date_order=placed.date_order,
        decimal_mark=placed.decimal_mark,
        also_feeds=(),
        totals_rows=tuple(line for line in table.totals if line),
        repeated_header_rows=tuple(line for line in table.repeats if line),
        recipe=placed,
        hints={},
        words=(f'Read as decided in "{profile.name}".',),
        rows_count=len(table.rows),
        is_sample=not table.is_whole,
        profile=profile.name,
    )
