"""The figure on filing: which team had filed which week."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.palette import BLUE, ORANGE, laid_out
from dashboard.i18n import _

#: From "nothing filed" to "all filed"; the share is written in each cell.
_SCALE = ((0.0, ORANGE), (0.5, "#F2D9A6"), (1.0, BLUE))


def filing_heatmap(rows: pd.DataFrame) -> go.Figure:
    """Draw the share of filed timesheet weeks by team and week.

    Parameters
    ----------
    rows
        ``team_name``, ``week_start_date``, ``filed_ratio``, ``filed_count``, ``expected_count``.
    """
    share = rows.pivot_table(index="team_name", columns="week_start_date", values="filed_ratio")
    filed = rows.pivot_table(index="team_name", columns="week_start_date", values="filed_count")
    expected = rows.pivot_table(index="team_name", columns="week_start_date", values="expected_count")
    figure = go.Figure(
        go.Heatmap(
            z=100 * share,
            x=[pd.Timestamp(week).strftime("%d %b %Y") for week in share.columns],
            y=list(share.index),
            zmin=0,
            zmax=100,
            colorscale=_SCALE,
            texttemplate="%{z:.0f}",
            customdata=[
                [list(pair) for pair in zip(*counts, strict=True)]
                for counts in zip(filed.to_numpy().tolist(), expected.to_numpy().tolist(), strict=True)
            ],
            hovertemplate="%{y}, %{x}: %{z:.0f} % (%{customdata[0]} / %{customdata[1]})<extra></extra>",
            xgap=2,
            ygap=2,
            colorbar={"title": _("% filed"), "thickness": 10},
        )
    )
    laid_out(figure, height=110 + 30 * max(len(share), 1), x_title=_("Week beginning"), has_legend=False)
    figure.update_xaxes(type="category", nticks=8, showgrid=False)
    figure.update_yaxes(autorange="reversed", showgrid=False)
    return figure
