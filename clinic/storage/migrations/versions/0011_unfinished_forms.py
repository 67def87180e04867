"""What somebody was filling in when the window was locked, to go on with it."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def key(column: str, to: str) -> sa.ForeignKeyConstraint:
    name = f"fk_unfinished_forms_{column}_{to}"
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=name, ondelete="RESTRICT")


def upgrade() -> None:
    op.create_table(
        "unfinished_forms",
        sa.Column("staff", sa.String(), nullable=False),
        sa.Column("client", sa.String(), nullable=True),
        sa.Column("saved_at", sa.String(27), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        key("staff", "staff"),
        key("client", "clients"),
        sa.PrimaryKeyConstraint("staff", name="pk_unfinished_forms"),
    )
    op.create_index("ix_unfinished_forms_client", "unfinished_forms", ["client"])


def downgrade() -> None:
    op.drop_table("unfinished_forms")
