"""The waterfall from the committed date to the median finish."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.charts.waterfalls import weeks_waterfall
from dashboard.i18n import _

if TYPE_CHECKING:
    import pandas as pd
    import plotly.graph_objects as go


def driver_waterfall(rows: pd.DataFrame, *, is_short: bool = False) -> go.Figure:
    """Draw how many weeks each driver adds to the committed date or takes away, and what they come to.

    Parameters
    ----------
    rows
        ``label``, ``weeks``, ``text``; in the order in which they are drawn, from the top.
    is_short
        It stands beside something else: short names, low rows.
    """
    return weeks_waterfall(
        rows,
        total_label=_("Median finish") if is_short else _("median finish (P50) against the committed date"),
        x_title=_("Weeks after the committed date"),
        row_height=24 if is_short else 34,
    )
