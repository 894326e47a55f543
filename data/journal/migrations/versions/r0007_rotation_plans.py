"""Rosters that somebody kept."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "rotation_plans",
        sa.Column("plan_id", sa.Integer, primary_key=True),
        sa.Column("kept_at", sa.DateTime, nullable=False, index=True),
        sa.Column("viewer_name", sa.String(200), nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("as_of_date", sa.Date, nullable=False),
        sa.Column("first_week_date", sa.Date, nullable=False),
        sa.Column("weeks_count", sa.Integer, nullable=False),
        sa.Column("plan_json", sa.String, nullable=False),
        sa.Column("roster_json", sa.String, nullable=False),
        sa.Column("result_json", sa.String, nullable=False),
        sa.Column("decision_id", sa.Integer, nullable=True, index=True),
        sa.Column("batch_id", sa.Integer, nullable=True),
    )


def downgrade() -> None:
    """Drop the table."""
    op.drop_table("rotation_plans")
