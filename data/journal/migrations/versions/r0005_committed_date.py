"""What lateness was measured against, and both plans, beside each kept forecast."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_KINDS = "one_run_of_a_kind"
_OLD_KIND = ["data_stamp", "as_of_date", "model_version", "seed"]


def upgrade() -> None:
    """Add the columns. Until now lateness was always measured against the first plan."""
    with op.batch_alter_table("forecast_runs") as table:
        table.add_column(sa.Column("committed_by", sa.String(20), nullable=False, server_default="baseline"))
        table.drop_constraint(_KINDS, type_="unique")
        table.create_unique_constraint(_KINDS, [*_OLD_KIND, "committed_by"])
    with op.batch_alter_table("forecasts") as table:
        table.add_column(sa.Column("baseline_finish_date", sa.Date, nullable=True))
        table.add_column(sa.Column("committed_date", sa.Date, nullable=True))


def downgrade() -> None:
    """Drop the columns, and the runs that only they tell from others."""
    op.execute(
        "delete from forecasts where run_id in (select run_id from forecast_runs where committed_by <> 'baseline')"
    )
    op.execute("delete from forecast_runs where committed_by <> 'baseline'")
    with op.batch_alter_table("forecasts") as table:
        table.drop_column("committed_date")
        table.drop_column("baseline_finish_date")
    with op.batch_alter_table("forecast_runs") as table:
        table.drop_constraint(_KINDS, type_="unique")
        table.create_unique_constraint(_KINDS, _OLD_KIND)
        table.drop_column("committed_by")
