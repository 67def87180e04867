"""The small rests of a gift certificate paid in cash: a refund can leave another one after the first."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

TOGETHER = """
    UPDATE gifts SET paid_out = json_array(json_object('on', paid_out_on, 'cents', paid_out_cents))
    WHERE paid_out_on IS NOT NULL
"""
APART = """
    UPDATE gifts SET
    paid_out_on = json_extract(paid_out, '$[#-1].on'),
    paid_out_cents = (SELECT sum(json_extract(value, '$.cents')) FROM json_each(paid_out))
    WHERE paid_out IS NOT NULL
"""


def upgrade() -> None:
    op.add_column("gifts", sa.Column("paid_out", sa.JSON(), nullable=True))
    op.execute(TOGETHER)
    op.drop_column("gifts", "paid_out_cents")
    op.drop_column("gifts", "paid_out_on")


def downgrade() -> None:
    op.add_column("gifts", sa.Column("paid_out_on", sa.Date(), nullable=True))
    op.add_column("gifts", sa.Column("paid_out_cents", sa.Integer(), nullable=True))
    op.execute(APART)
    op.drop_column("gifts", "paid_out")
