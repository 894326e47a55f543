"""Alerts: one of an occurrence, when rules were looked at, and what became of deliveries.

Revision: 0009, after 0008.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables and the column."""
    with op.batch_alter_table("alerts") as table:
        table.add_column(sa.Column("occurrence", sa.Integer, nullable=False, server_default="1"))
        table.create_unique_constraint("one_alert_of_an_occurrence", ["rule_name", "subject_key", "occurrence"])
    op.create_table(
        "alert_looks",
        sa.Column("look_id", sa.Integer, primary_key=True),
        sa.Column("looked_at", sa.DateTime, nullable=False),
        sa.Column("as_of_date", sa.Date, nullable=False),
        sa.Column("publication", sa.String(200), nullable=False),
        sa.Column("rules_json", sa.String, nullable=False),
    )
    op.create_table(
        "alert_deliveries",
        sa.Column("delivery_id", sa.Integer, primary_key=True),
        sa.Column("tried_at", sa.DateTime, nullable=False),
        sa.Column("alert_id", sa.Integer, nullable=False, index=True),
        sa.Column("channel_name", sa.String(100), nullable=False),
        sa.Column("is_sent", sa.Boolean, nullable=False),
        sa.Column("why", sa.String(500), nullable=False),
    )


def downgrade() -> None:
    """Drop the tables and the column."""
    op.drop_table("alert_deliveries")
    op.drop_table("alert_looks")
    with op.batch_alter_table("alerts") as table:
        table.drop_constraint("one_alert_of_an_occurrence", type_="unique")
        table.drop_column("occurrence")
