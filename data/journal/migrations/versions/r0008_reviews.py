"""Reviews with their frozen figures, announced dates, risks, alerts, and what decisions say beside their title."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables; decisions of before have no review, no reasons and no condition."""
    _reviews()
    _registers()
    with op.batch_alter_table("decisions") as table:
        table.add_column(sa.Column("review_id", sa.Integer, nullable=True))
        table.add_column(sa.Column("item_key", sa.String(500), nullable=False, server_default=""))
        table.add_column(sa.Column("item_number", sa.Integer, nullable=True))
        table.add_column(sa.Column("why", sa.String, nullable=False, server_default=""))
        table.add_column(sa.Column("alternatives", sa.String, nullable=False, server_default=""))
        table.add_column(sa.Column("review_date", sa.Date, nullable=True))
        table.add_column(sa.Column("condition_json", sa.String, nullable=False, server_default="{}"))
        table.add_column(sa.Column("asserted_by", sa.String(200), nullable=False, server_default=""))
        table.add_column(sa.Column("do_nothing_json", sa.String, nullable=False, server_default="{}"))
        table.add_column(sa.Column("supersedes_id", sa.Integer, nullable=True))
    op.create_index("ix_decisions_review_id", "decisions", ["review_id"])
    # Of two people who decide on the same item at once, the second is told. Rows without a number never collide.
    op.create_index("one_decision_of_a_number", "decisions", ["review_id", "item_key", "item_number"], unique=True)


def _reviews() -> None:
    op.create_table(
        "reviews",
        sa.Column("review_id", sa.Integer, primary_key=True),
        sa.Column("opened_at", sa.DateTime, nullable=False, index=True),
        sa.Column("viewer_name", sa.String(200), nullable=False),
        sa.Column("as_of_date", sa.Date, nullable=False, index=True),
        sa.Column("scope_json", sa.String, nullable=False),
        sa.Column("publication", sa.String(200), nullable=False),
        sa.Column("model_version", sa.String(100), nullable=False),
        sa.Column("attendees_json", sa.String, nullable=False),
        sa.Column("content_json", sa.String, nullable=False),
        sa.Column("content_sha256", sa.String(64), nullable=False),
    )
    op.create_table(
        "announcements",
        sa.Column("announcement_id", sa.Integer, primary_key=True),
        sa.Column("recorded_at", sa.DateTime, nullable=False, index=True),
        sa.Column("viewer_name", sa.String(200), nullable=False),
        sa.Column("project_id", sa.String(200), nullable=False, index=True),
        sa.Column("announced_date", sa.Date, nullable=False),
        sa.Column("said_date", sa.Date, nullable=False),
        sa.Column("said_by", sa.String(200), nullable=False),
        sa.Column("review_id", sa.Integer, nullable=True),
        sa.Column("kept_probability", sa.Float, nullable=True),
        sa.Column("note", sa.String, nullable=False),
    )


def _registers() -> None:
    op.create_table(
        "edits",
        sa.Column("edit_id", sa.Integer, primary_key=True),
        sa.Column("edited_at", sa.DateTime, nullable=False, index=True),
        sa.Column("viewer_name", sa.String(200), nullable=False),
        sa.Column("subject", sa.String(20), nullable=False),
        sa.Column("subject_id", sa.Integer, nullable=False, index=True),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("fields_json", sa.String, nullable=False),
        sa.Column("note", sa.String, nullable=False),
        sa.UniqueConstraint("subject", "subject_id", "version", name="one_edit_of_a_version"),
    )
    op.create_table(
        "raid_entries",
        sa.Column("raid_id", sa.Integer, primary_key=True),
        sa.Column("recorded_at", sa.DateTime, nullable=False, index=True),
        sa.Column("viewer_name", sa.String(200), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("project_id", sa.String(200), nullable=False, index=True),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("sign_key", sa.String(500), nullable=False),
        sa.Column("owner_name", sa.String(200), nullable=False),
        sa.Column("due_date", sa.Date, nullable=True),
        sa.Column("note", sa.String, nullable=False),
    )
    op.create_table(
        "alerts",
        sa.Column("alert_id", sa.Integer, primary_key=True),
        sa.Column("raised_at", sa.DateTime, nullable=False, index=True),
        sa.Column("as_of_date", sa.Date, nullable=False),
        sa.Column("publication", sa.String(200), nullable=False),
        sa.Column("rule_name", sa.String(100), nullable=False, index=True),
        sa.Column("subject_key", sa.String(500), nullable=False, index=True),
        sa.Column("value", sa.Float, nullable=True),
        sa.Column("why_json", sa.String, nullable=False),
    )


def downgrade() -> None:
    """Drop the tables and the columns."""
    op.drop_index("one_decision_of_a_number", "decisions")
    op.drop_index("ix_decisions_review_id", "decisions")
    with op.batch_alter_table("decisions") as table:
        for name in (
            "supersedes_id",
            "do_nothing_json",
            "asserted_by",
            "condition_json",
            "review_date",
            "alternatives",
            "why",
            "item_number",
            "item_key",
            "review_id",
        ):
            table.drop_column(name)
    for name in ("alerts", "raid_entries", "edits", "announcements", "reviews"):
        op.drop_table(name)
