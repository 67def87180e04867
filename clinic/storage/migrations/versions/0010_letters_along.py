"""Whether scans of a client's letters may go along with the papers of the year."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("clients", sa.Column("letters_along", sa.Boolean(), nullable=True))


def downgrade() -> None:
    op.drop_column("clients", "letters_along")
