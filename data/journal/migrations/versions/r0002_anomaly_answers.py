"""What was said of anomalies: "it is right", with a note, or no longer so."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "anomaly_answers",
        sa.Column("answer_id", sa.Integer, primary_key=True),
        sa.Column("answered_at", sa.DateTime, nullable=False, index=True),
        sa.Column("viewer_name", sa.String(200), nullable=False),
        sa.Column("anomaly_key", sa.String(1000), nullable=False, index=True),
        sa.Column("is_right", sa.Boolean, nullable=False),
        sa.Column("note", sa.String, nullable=False),
    )


def downgrade() -> None:
    """Drop the table."""
    op.drop_table("anomaly_answers")
