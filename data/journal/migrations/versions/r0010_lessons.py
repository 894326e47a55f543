"""Lessons of post-mortems."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "lessons",
        sa.Column("lesson_id", sa.Integer, primary_key=True),
        sa.Column("written_at", sa.DateTime, nullable=False, index=True),
        sa.Column("viewer_name", sa.String(200), nullable=False),
        sa.Column("project_id", sa.String(200), nullable=False, index=True),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("note", sa.String, nullable=False),
        sa.Column("figure", sa.String(200), nullable=False),
        sa.Column("figure_weeks", sa.Float, nullable=True),
        sa.Column("tags_json", sa.String, nullable=False),
    )


def downgrade() -> None:
    """Drop the table."""
    op.drop_table("lessons")
