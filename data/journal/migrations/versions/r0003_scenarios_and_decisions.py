"""What-ifs that were kept, and decisions with what was predicted of them."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "scenarios",
        sa.Column("scenario_id", sa.Integer, primary_key=True),
        sa.Column("saved_at", sa.DateTime, nullable=False, index=True),
        sa.Column("viewer_name", sa.String(200), nullable=False),
        sa.Column("project_id", sa.String(200), nullable=False, index=True),
        sa.Column("as_of_date", sa.Date, nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("steps_json", sa.String, nullable=False),
        sa.Column("result_json", sa.String, nullable=False),
    )
    op.create_table(
        "decisions",
        sa.Column("decision_id", sa.Integer, primary_key=True),
        sa.Column("decided_at", sa.DateTime, nullable=False, index=True),
        sa.Column("viewer_name", sa.String(200), nullable=False),
        sa.Column("project_id", sa.String(200), nullable=False, index=True),
        sa.Column("scenario_id", sa.Integer, nullable=True, index=True),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("owner_name", sa.String(200), nullable=False),
        sa.Column("due_date", sa.Date, nullable=True),
        sa.Column("prediction_json", sa.String, nullable=False),
        sa.Column("note", sa.String, nullable=False),
    )


def downgrade() -> None:
    """Drop the tables."""
    op.drop_table("decisions")
    op.drop_table("scenarios")
