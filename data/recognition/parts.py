"""The parts of a sheet that holds several tables: what belongs to the first one, and what is taken in beside it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from data.recognition.recipe import Drop
from data.recognition.sections import Section, find_sections, only, part_alone, right_half, same_header
from data.recognition.understanding import Feed

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from data.files.preview import Preview
    from data.recognition.headers import Place
    from data.recognition.recipe import Recipe
    from data.recognition.understanding import Understanding

_SHOWN: Final = 4


@dataclass(frozen=True)
class Parts:
    """One sheet taken apart.

    Parameters
    ----------
    main
        The sheet with the rows of the first table alone.
    lines
        Stretches of lines that hold them; empty when all lines do.
    groups
        First line and title of each part of the first table.
    plans, others
        Parts that are left out or are tables of their own.
    until
        Where a second table stands to the right; 0 without one.
    """

    main: Preview
    lines: tuple[str, ...] = ()
    groups: tuple[tuple[int, str], ...] = ()
    plans: tuple[Section, ...] = ()
    others: tuple[Section, ...] = ()
    until: int = 0


def split(preview: Preview, place: Place) -> Parts:
    """Take a sheet apart; a sheet with one table is its own main part."""
    until = right_half(preview, place)
    sections = find_sections(preview, place)
    if len(sections) < 2:
        return Parts(preview, until=until)
    rows = preview.rows
    first, *rest = sections
    same = [part for part in rest if same_header(rows, first, part)]
    plans = [part for part in same if part.is_plan and not first.is_plan]
    mine = [first, *(part for part in same if part not in plans)]
    others = tuple(part for part in rest if part not in same)
    groups = tuple((rows[part.header][0], part.title) for part in mine)
    lines = tuple(part.lines(rows) for part in mine if part.lines(rows))
    return Parts(only(preview, place, mine), lines, groups, tuple(plans), others, until)


def drops_of(parts: Parts) -> list[Drop]:
    """Return what keeps the rows of other parts out."""
    return [Drop("outside", (), parts.lines)] if parts.lines else []


def words_of(parts: Parts, preview: Preview) -> list[str]:
    """Say what was left out, and that a table goes on under titles of its own."""
    return [
        f'Rows {part.lines(preview.rows)} under "{part.title}" are a plan; they are left out.' for part in parts.plans
    ]


def feeds_of(
    understanding: Understanding, parts: Parts, preview: Preview, place: Place, look: Callable[[Preview], Understanding]
) -> tuple[tuple[Feed, ...], tuple[str, ...]]:
    """Return the other tables of a sheet as they are taken in beside the first one, and words for the ones left out."""
    feeds: list[Feed] = []
    words: list[str] = []
    taken = {understanding.table, *(feed.table for feed in understanding.also_feeds)}
    for sub, lines, name, offset in _other_previews(parts, preview, place):
        seen = look(sub)
        recipe = _moved(seen, place, offset, lines) if seen.recipe and not seen.has_to_ask else None
        if recipe is None or seen.table in taken:
            shown = ", ".join(column for column in seen.columns[:_SHOWN] if not column.startswith("column "))
            what = f"look like {seen.table}" if seen.table else "belong to no table that Golive knows"
            words.append(
                f"{name} hold another table ({shown}), which {what}: it is left out. Put it on a sheet of its own to"
                " bring it in."
            )
            continue
        taken.add(seen.table)
        mapping = {source: target for source, target in _renamed_mapping(seen, place, offset).items() if source}
        feeds.append(Feed(seen.table, mapping, recipe, f"{name} are another table: {seen.table}."))
    return tuple(feeds), tuple(words)


def _other_previews(parts: Parts, preview: Preview, place: Place) -> list[tuple[Preview, tuple[str, ...], str, int]]:
    found: list[tuple[Preview, tuple[str, ...], str, int]] = []
    for part in parts.others:
        lines = part.lines(preview.rows)
        if lines:
            title = f' under "{part.title}"' if part.title else ""
            found.append((part_alone(preview, part), (lines,), f"Rows {lines}{title}", 0))
    if parts.until:
        rows = preview.rows[place.index :]
        right = tuple(
            (line, cells[parts.until :]) for line, cells in rows if any(c.strip() for c in cells[parts.until :])
        )
        sub = replace(preview, rows=right)
        found.append((sub, (), f"The columns from number {parts.until + 1} on", parts.until))
    return found


def _names(seen: Understanding, place: Place, offset: int) -> dict[str, str] | None:
    """Return column of the part → column of the sheet at its place; None when one of them is never stored."""
    found = {}
    for name, position in seen.positions.items():
        if position + offset >= len(place.names):
            return None
        found[name] = place.names[position + offset]
    return found


def _renamed_mapping(seen: Understanding, place: Place, offset: int) -> dict[str, str]:
    names = _names(seen, place, offset) or {}
    return {names.get(source, ""): target for source, target in seen.mapping.items()}


def _moved(seen: Understanding, place: Place, offset: int, lines: Sequence[str]) -> Recipe | None:
    """Return the recipe of a part over the columns of the whole sheet."""
    names = _names(seen, place, offset)
    recipe = seen.recipe
    if names is None or recipe is None:
        return None
    own = [Drop(d.rule, tuple(names[c] for c in d.columns), d.values) for d in recipe.drops]
    own += [Drop("outside", (), tuple(lines))] if lines else []
    used = [source for made in recipe.fields for source in made.sources if source]
    own += [Drop("empty", tuple(dict.fromkeys(names[source] for source in used)))] if used else []
    return replace(
        recipe,
        columns=tuple(place.names),
        fields=tuple(replace(m, sources=tuple(names[s] if s else "" for s in m.sources)) for m in recipe.fields),
        drops=tuple(own),
        grid=tuple(replace(day, source=names[day.source]) for day in recipe.grid),
        kinds=tuple(replace(kinds, column=names[kinds.column]) for kinds in recipe.kinds),
        fill_key=names.get(recipe.fill_key, ""),
        fill_down=tuple(names[name] for name in recipe.fill_down),
    )
