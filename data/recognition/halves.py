"""What says that a day is half a day."""

from __future__ import annotations

from typing import Final

#: What says that a day is a half one; whole cells, lower case. The same words stand in the SQL of the recipe.
HALF_WORDS: Final = (
    *("yes", "y", "true", "1", "x", "ja", "oui", "да", "是", "はい", "si", "sí", "sim", "有", "half", "half day"),
    *("am", "pm", "morning", "afternoon", "vormittag", "nachmittag", "vormittags", "nachmittags", "matin"),
    *("après-midi", "上午", "下午", "午前", "午後", "утро", "до обеда", "после обеда", "mañana", "tarde", "manhã"),
    *("mattina", "pomeriggio", "0.5", "0,5", "½", "halb", "halber tag", "demi-journée", "半天", "半日", "first half"),
    *("second half", "1st half", "2nd half"),
)


def is_half(cell: str) -> bool:
    """Say whether a cell of a column of halves means half a day."""
    return cell.strip().casefold() in HALF_WORDS
