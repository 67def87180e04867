"""Reasons for discounts, bundles that a household shares, and the rest of a gift certificate paid in cash."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

COLUMNS = (
    ("lines", "discount_reason", sa.String()),
    ("bundles", "shared_with", sa.JSON()),
    ("gifts", "paid_out_on", sa.Date()),
    ("gifts", "paid_out_cents", sa.Integer()),
)
BEFORE = ("invoice", "position", "kind", "text", "price_cents", "discount_cents", "tax_cents")
CHARGED = (*BEFORE, "discount_reason")


def issued(columns: tuple[str, ...]) -> str:
    """Write the guard that keeps a charged line as it is."""
    changed = " OR ".join(f"NEW.{column} IS NOT OLD.{column}" for column in columns)
    return (
        f"CREATE TRIGGER lines_issued BEFORE UPDATE ON lines WHEN {changed} "
        "BEGIN SELECT RAISE(ABORT, 'paper_is_final'); END"
    )


def upgrade() -> None:
    op.execute("DROP TRIGGER lines_issued")
    for table, name, kind in COLUMNS:
        op.add_column(table, sa.Column(name, kind, nullable=True))
    op.execute(issued(CHARGED))


def downgrade() -> None:
    op.execute("DROP TRIGGER lines_issued")
    for table, name, _kind in COLUMNS:
        op.drop_column(table, name)
    op.execute(issued(BEFORE))
