"""Recognises what other systems and people wrote: which table a file holds, and what each column means."""

from data.recognition.cleaning import rule_of_drop
from data.recognition.dates import DATE_ORDERS
from data.recognition.decisions import (
    BOOKED_TWICE,
    DOUBT,
    FILTERED_BY,
    OUT,
    PRESENCE,
    REPLACE,
    answers_for,
    unused_answers,
)
from data.recognition.headers import SUM_PATTERN, TOTAL_PATTERN
from data.recognition.inspecting import delimiters_of, inspect_file, layouts_of
from data.recognition.knowing import Known
from data.recognition.masking import mask_file
from data.recognition.numbers import DECIMAL_MARKS
from data.recognition.profiles import Profile, profile_from_dict, profile_of
from data.recognition.recipe import Drop, Field, Recipe, recipe_from_dict
from data.recognition.recipe_sql import kept_lines_sql, needs_whole_rows, recipe_sql
from data.recognition.settling import identity_recipe, needs_reading_sql, settled, with_marks
from data.recognition.understanding import Cleaning, Feed, Question, Understanding, Why

__all__ = [
    "BOOKED_TWICE",
    "DATE_ORDERS",
    "DECIMAL_MARKS",
    "DOUBT",
    "FILTERED_BY",
    "OUT",
    "PRESENCE",
    "REPLACE",
    "SUM_PATTERN",
    "TOTAL_PATTERN",
    "Cleaning",
    "Drop",
    "Feed",
    "Field",
    "Known",
    "Profile",
    "Question",
    "Recipe",
    "Understanding",
    "Why",
    "answers_for",
    "delimiters_of",
    "identity_recipe",
    "inspect_file",
    "kept_lines_sql",
    "layouts_of",
    "mask_file",
    "needs_reading_sql",
    "needs_whole_rows",
    "profile_from_dict",
    "profile_of",
    "recipe_from_dict",
    "recipe_sql",
    "rule_of_drop",
    "settled",
    "unused_answers",
    "with_marks",
]
