"""One SELECT that makes contract cells of a source's cells, as a recipe says.

What can't be read as the recipe says stays in sight behind a question mark ("? 25/03/2026"), so that the import
refuses it instead of reading it in another way.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from data.contracts import TABLES, Kind
from data.problems import ImportRefusedError
from data.readings import readings_of
from data.recognition.cell_sql import day_sql, is_guarded_sql, let
from data.recognition.field_sql import FieldSql
from data.recognition.headers import TOTAL_PATTERN
from data.recognition.sums import GROUP_PATTERN, NUMBER_PATTERN
from data.recognition.values import DIRECTIONS, OTHER_SIGNS, PLAIN_SIGNS
from data.sql_text import literal, quoted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from data.recognition.recipe import Drop, Recipe

_WIDE: Final = f"０１２３４５６７８９：／－．，（）％　{OTHER_SIGNS}{DIRECTIONS}"
_NARROW: Final = f"0123456789:/-.,()% {PLAIN_SIGNS}"
_MOST_DAYS: Final = 400
#: What is added up where several rows become one.
_ADDED: Final = ("cost_amount", "leave_hours", "present_hours", "planned_hours")


def recipe_sql(recipe: Recipe, source_columns: Sequence[str]) -> str:
    """Return SQL over the relation ``source_cells`` that gives ``line_number`` and text columns of the contract.

    Rows of one line repeat when a row holds several days; ``part_number`` counts them from 1.

    Parameters
    ----------
    source_columns
        The columns that the relation has, beside ``line_number``.

    Raises
    ------
    ImportRefusedError
        A column that the recipe needs is missing.
    """
    _refuse_missing(recipe, source_columns)
    return _Writer(recipe, tuple(source_columns)).sql()


def kept_lines_sql(recipe: Recipe, source_columns: Sequence[str]) -> str:
    """Return SQL over the relation ``source_cells`` that gives ``line_number`` of each row that is an entry."""
    _refuse_missing(recipe, source_columns)
    return _Writer(recipe, tuple(source_columns)).kept_lines()


def needs_whole_rows(recipe: Recipe) -> bool:
    """Say whether a rule of the recipe looks at all cells of a row, also at those that nothing is made of."""
    return recipe.drop_duplicates or any(drop.rule in ("totals", "stray") for drop in recipe.drops)


def _refuse_missing(recipe: Recipe, source_columns: Sequence[str]) -> None:
    missing = [name for name in recipe.sources if name not in source_columns]
    if missing:
        raise ImportRefusedError(
            f"The file lacks {', '.join(missing[:5])}, from which its columns are made.", "Inspect the file again."
        )


class _Writer:
    """Writes the steps one after the other; columns are called c0, c1, … so that no header can do harm."""

    def __init__(self, recipe: Recipe, columns: tuple[str, ...]) -> None:
        self._recipe = recipe
        needs_all = needs_whole_rows(recipe)
        self._names = [name for name in columns if needs_all or name in recipe.sources]
        self._place = {name: f"c{index}" for index, name in enumerate(self._names)}
        self._cells = FieldSql(recipe, self._place)

    def kept_lines(self) -> str:
        steps = self._kept_steps()
        body = ",\n".join(f"{name} as (\n{sql}\n)" for name, sql in steps)
        return f"with\n{body}\nselect line_number from {steps[-1][0]}"

    def _kept_steps(self) -> list[tuple[str, str]]:
        """Return the steps up to the rows that are entries."""
        steps = [("tidy", self._tidy())]
        if self._recipe.fill_key:
            steps.append(("filled", self._filled()))
        if self._recipe.drops:
            steps.append(("kept", self._kept(steps[-1][0])))
        if self._recipe.drop_duplicates:
            places = ", ".join(self._place.values())
            first = f"row_number() over (partition by {places} order by line_number) = 1"
            steps.append(("once", f"select * from {steps[-1][0]} qualify {first}"))
        return steps

    def sql(self) -> str:
        steps = self._kept_steps()
        spread = self._spread(steps[-1][0])
        if spread:
            steps.append(("spread", spread))
        before = steps[-1][0]
        made = self._made(before, has_part=bool(spread))
        for name, (column, sql) in self._cells.lookups.items():
            steps.append((name, f"select cell, {sql} as value from (select distinct {column} as cell from {before})"))
        steps.append(("made", made))
        last = "made"
        if self._recipe.merge_days:
            steps += [("islands", _islands_sql()), ("merged", _merged_sql(self._targets()))]
            last = "merged"
        elif self._recipe.group_by:
            steps.append(("grouped", self._grouped()))
            last = "grouped"
        body = ",\n".join(f"{name} as (\n{sql}\n)" for name, sql in steps)
        part = ", part_number" if last == "made" and spread else ""
        targets = ", ".join(quoted(target) for target in self._targets())
        return f"with\n{body}\nselect line_number{part}, {targets} from {last}"

    def _targets(self) -> list[str]:
        return [made.target for made in self._recipe.fields]

    def _c(self, source: str) -> str:
        return self._place[source] if source else "null::varchar"

    def _tidy(self) -> str:
        cells = []
        texts, flags = self._recipe.text_sources, self._recipe.sources_of(Kind.FLAG)
        for name in self._names:
            sql = quoted(name)
            if self._recipe.has_guards:
                sql = (
                    f"case when {is_guarded_sql(sql)} then trim({sql}[2:])"
                    f" when starts_with({sql}, '=\"') and ends_with({sql}, '\"') then trim({sql}[3:-2]) else {sql} end"
                )
            if self._recipe.has_wide_signs and name not in texts:
                sql = f"translate({sql}, {literal(_WIDE)}, {literal(_NARROW)})"
            if self._recipe.empty and name not in flags:  # a dash says no there
                marks = ", ".join(map(literal, self._recipe.empty))
                sql = f"case when trim({sql}) in ({marks}) then null else {sql} end"
            if self._recipe.has_guards:
                sql = f"nullif({sql}, '')"
            cells.append(f"{sql} as {self._place[name]}")
        # Whatever type a hostile or empty relation gives, cells are text.
        return f"select line_number, {', '.join(cells)} from source_cells"

    def _filled(self) -> str:
        key = self._c(self._recipe.fill_key)
        down = {self._c(name) for name in (self._recipe.fill_key, *self._recipe.fill_down)}
        cells = [
            f"coalesce({place}, first_value({place}) over (partition by parent_number order by line_number)) as {place}"
            if place in down
            else place
            for place in self._place.values()
        ]
        return (
            f"select line_number, {', '.join(cells)} from (select *, count({key}) over (order by line_number"
            f" rows between unbounded preceding and current row) as parent_number from tidy)"
        )

    def _kept(self, before: str) -> str:
        conditions = " and ".join(f"not coalesce({self._drop(drop)}, false)" for drop in self._recipe.drops)
        return f"select * from {before} where {conditions}"

    def _drop(self, drop: Drop) -> str:
        if drop.rule in ("kind", "not_kind"):
            return self._kind(drop)
        if drop.rule == "empty":
            return f"coalesce({', '.join(self._c(name) for name in drop.columns)}) is null"
        if drop.rule in ("lines", "outside"):
            inside = _inside_lines(drop.values)
            return inside if drop.rule == "lines" else f"not ({inside})"
        return self._drop_by_cells(drop)

    def _drop_by_cells(self, drop: Drop) -> str:
        every = list(self._place.values())
        if drop.rule == "totals":
            total = literal(TOTAL_PATTERN)
            some = " or ".join(f"{self._c(name)} is null" for name in drop.columns) or "false"
            any_total = f"regexp_matches(concat_ws('|', {', '.join(every)}), {literal(_inside(TOTAL_PATTERN))})"
            named = f"regexp_full_match(coalesce({', '.join(every)}), {total}) or (({some}) and {any_total})"
            return f"({named} or {self._unnamed_sum(drop, every)})"
        if drop.rule == "repeated_header":
            same = " + ".join(
                f"coalesce((lower({self._c(name)}) = {literal(label.casefold())})::int, 0)"
                for name, label in zip(drop.columns, drop.values, strict=True)
            )
            return f"(({same}) >= {max(2, round(0.6 * len(drop.columns)))})"
        if drop.rule == "stray":
            return f"(({' + '.join(f'({place} is not null)::int' for place in every)}) <= 1)"
        if drop.rule in ("notes", "marked"):
            column = self._c(drop.columns[0])
            return f"starts_with({column}, '# ')" if drop.rule == "notes" else f"({column} is not null)"
        if drop.rule == "no_hours":
            zero = r"[-+]?0*([.,:]0+)*\s*\D*"
            return " and ".join(
                f"({self._c(name)} is null or regexp_full_match({self._c(name)}, {literal(zero)}))"
                for name in drop.columns
            )
        if drop.rule == "value":
            values = ", ".join(literal(value) for value in drop.values)
            return f"lower({self._c(drop.columns[0])}) in ({values})"
        raise ImportRefusedError(f"There is no rule {drop.rule} for rows to leave out.")

    def _kind(self, drop: Drop) -> str:
        """Say that a row is of a kind by any of the columns; values without columns of their own count for all."""
        values = ", ".join(literal(value) for value in drop.values)
        found = " or ".join(f"coalesce({self._c(name)} in ({values}), false)" for name in drop.columns)
        return f"({found})" if drop.rule == "kind" else f"(not ({found}))"

    def _unnamed_sum(self, drop: Drop, every: list[str]) -> str:
        """Say that numbers stand alone or behind the name of a group, and the columns of the key are empty."""
        if not drop.columns:
            return "false"
        number = literal(NUMBER_PATTERN)
        texts = " + ".join(f"coalesce((not regexp_full_match({place}, {number}))::int, 0)" for place in every)
        filled = " + ".join(f"({place} is not null)::int" for place in every)
        keys = [self._c(name) for name in drop.columns]
        first = f"coalesce({', '.join(every)})"
        bare = " and ".join(f"{key} is null" for key in keys)
        headed = " and ".join(f"({key} is null or {key} = {first})" for key in keys)
        is_group = f"({texts}) = 1 and ({headed}) and regexp_matches({first}, {literal(GROUP_PATTERN)})"
        return f"(({filled}) > ({texts}) and ((({texts}) = 0 and {bare}) or ({is_group})))"

    def _spread(self, before: str) -> str:
        """Make several rows of one: a row per day of a grid, or per day from a first to a last one."""
        if self._recipe.grid:
            kept = "piece.cell is not null"
            if self._recipe.leave_letters:
                letters = ", ".join(literal(letter) for letter, _ in self._recipe.leave_letters)
                kept = f"lower(trim(piece.cell)) in ({letters})"
            days = ", ".join(
                f"{{'day': {literal(day.date)}, 'cell': {self._c(day.source)}}}" for day in self._recipe.grid
            )
            rows = f"select *, unnest([{days}]) as piece, unnest(range(1, {len(self._recipe.grid) + 1})) as part_number"
            return f"select * from ({rows} from {before}) where {kept}"
        made = next((made for made in self._recipe.fields if made.op == "spread_date"), None)
        if made is None:
            return ""
        first, last = self._cells.both_ends(made)
        order = self._recipe.date_order
        begin = let(first, "first_text", lambda text: day_sql(text, order))
        end = let(last, "last_text", lambda text: day_sql(text, order))
        days = "list_transform(range(0, last_day - first_day + 1), lambda n: first_day + n::int)"
        if made.unit:  # leave on a weekend alone stays
            weekdays = f"list_filter({days}, lambda d: strpos({literal(made.unit)}, isodow(d)::varchar) = 0)"
            days = f"case when len({weekdays}) > 0 then {weekdays} else {days} end"
        return (
            f"select *, unnest(coalesce(days, [null::date])) as piece, unnest(range(1, coalesce(len(days), 1) + 1))"
            f" as part_number from (select *, case when last_day >= first_day and last_day - first_day < {_MOST_DAYS}"
            f" then {days} end as days"
            f" from (select *, {begin} as first_day, coalesce({end}, {begin}) as last_day from {before}))"
        )

    def _made(self, before: str, *, has_part: bool) -> str:
        cells = ",\n    ".join(f"{self._cells.sql(made)} as {quoted(made.target)}" for made in self._recipe.fields)
        joins = "".join(f"\nleft join {name} on {c} = {name}.cell" for name, (c, _) in self._cells.lookups.items())
        return f"select line_number{', part_number' if has_part else ''},\n    {cells}\nfrom {before}{joins}"

    def _grouped(self) -> str:
        by = ", ".join(quoted(target) for target in self._recipe.group_by)
        cells = []
        for target in self._targets():
            name = quoted(target)
            if target in self._recipe.group_by:
                cells.append(name)
            elif target in _ADDED:
                (reading,) = readings_of([TABLES[self._recipe.table].by_name[target]])
                whole = f" when count(*) > count({name}) then null" if target == "leave_hours" else ""
                cells.append(
                    f"case when count(*) filter (where starts_with({name}, '? ')) > 0"
                    f" then min({name}) filter (where starts_with({name}, '? ')){whole}"
                    f" else round(sum({reading.sql}), 6)::varchar end as {name}"
                )
            else:
                cells.append(f"arg_min({name}, line_number) as {name}")
        return f"select min(line_number) as line_number, {', '.join(cells)} from made group by {by}"


def _inside_lines(values: Sequence[str]) -> str:
    """Return SQL that says whether the line is one of some lines and stretches of lines."""
    single = [value for value in values if "-" not in value]
    found = [f"line_number in ({', '.join(str(int(value)) for value in single)})"] if single else []
    for value in values:
        if "-" in value:
            first, last = value.split("-")
            found.append(f"line_number between {int(first)} and {int(last)}")
    return f"({' or '.join(found) or 'false'})"


def _islands_sql() -> str:
    """Give the days of a person that follow one another the same number."""
    return (
        "select *, try_cast(departed_at[:10] as date) - row_number() over (partition by person_id"
        " order by try_cast(departed_at[:10] as date), line_number)::int as island"
        " from (select * from made qualify row_number() over (partition by person_id, departed_at order by line_number)"
        " = 1)"
    )


def _merged_sql(targets: list[str]) -> str:
    cells = []
    for target in targets:
        name = quoted(target)
        if target == "person_id":
            cells.append(name)
        elif target == "departed_at":
            cells.append(f"min({name}) as {name}")
        elif target == "returned_at":
            cells.append(f"max({name}) as {name}")
        else:
            cells.append(f"arg_min({name}, line_number) as {name}")
    return f"select min(line_number) as line_number, {', '.join(cells)} from islands group by person_id, island"


def _inside(pattern: str) -> str:
    return rf"(^|\|){pattern}(\||$)"
