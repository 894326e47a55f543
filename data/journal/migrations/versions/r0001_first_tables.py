"""First tables: who looked at whom, and the reports of imports."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the first tables."""
    op.create_table(
        "access_log",
        sa.Column("access_id", sa.Integer, primary_key=True),
        sa.Column("seen_at", sa.DateTime, nullable=False, index=True),
        sa.Column("viewer_name", sa.String(200), nullable=False),
        sa.Column("view_name", sa.String(200), nullable=False),
        sa.Column("subject_person_id", sa.String(200), nullable=False, index=True),
        sa.Column("purpose", sa.String(200), nullable=False),
    )
    op.create_table(
        "import_log",
        sa.Column("import_id", sa.Integer, primary_key=True),
        sa.Column("started_at", sa.DateTime, nullable=False, index=True),
        sa.Column("is_dry_run", sa.Boolean, nullable=False),
        sa.Column("report_json", sa.String, nullable=False),
    )


def downgrade() -> None:
    """Drop the first tables."""
    op.drop_table("import_log")
    op.drop_table("access_log")
