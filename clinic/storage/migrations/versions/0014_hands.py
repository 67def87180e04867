"""Signatures of those who treat, for the papers that they issue themselves."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "hands",
        sa.Column("staff", sa.String(), nullable=False),
        sa.Column("drawn_at", sa.String(27), nullable=False),
        sa.Column("strokes", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["staff"], ["staff.id"], name="fk_hands_staff_staff", ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("staff", name="pk_hands"),
    )


def downgrade() -> None:
    op.drop_table("hands")
