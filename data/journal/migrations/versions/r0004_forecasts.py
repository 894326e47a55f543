"""What was forecast when, from which rows and by which version: the record that forecasts are judged by."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "forecast_runs",
        sa.Column("run_id", sa.Integer, primary_key=True),
        sa.Column("made_at", sa.DateTime, nullable=False, index=True),
        sa.Column("as_of_date", sa.Date, nullable=False, index=True),
        sa.Column("data_stamp", sa.String(200), nullable=False),
        sa.Column("model_version", sa.String(100), nullable=False),
        sa.Column("seed", sa.Integer, nullable=False),
        sa.Column("parameters_json", sa.String, nullable=False),
        sa.UniqueConstraint("data_stamp", "as_of_date", "model_version", "seed", name="one_run_of_a_kind"),
    )
    op.create_table(
        "forecasts",
        sa.Column("forecast_id", sa.Integer, primary_key=True),
        sa.Column("run_id", sa.Integer, nullable=False, index=True),
        sa.Column("project_id", sa.String(200), nullable=False, index=True),
        sa.Column("mode", sa.String(20), nullable=False),
        sa.Column("finish_p10_date", sa.Date, nullable=True),
        sa.Column("finish_p50_date", sa.Date, nullable=True),
        sa.Column("finish_p80_date", sa.Date, nullable=True),
        sa.Column("finish_p90_date", sa.Date, nullable=True),
        sa.Column("planned_finish_date", sa.Date, nullable=True),
        sa.Column("late_probability", sa.Float, nullable=True),
    )


def downgrade() -> None:
    """Drop the tables."""
    op.drop_table("forecasts")
    op.drop_table("forecast_runs")
